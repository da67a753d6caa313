package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ganvas/app/settings"
)

// A Host is what a page may ask of the window.
type Host interface {
	Window() fyne.Window
	// Dismiss hides what lies on top of the window, if it may be dismissed.
	Dismiss()
	// Present shows a dialog that Escape dismisses as its own button would, and that goes with its
	// subject.
	Present(d dialog.Dialog, about Subject)
	// Fail shows an error: what failed, where, and what can be done.
	Fail(err error)
	// InformOf shows something that is only to be read; Enter and Escape close it.
	InformOf(about Subject, title string, content fyne.CanvasObject)
	// Confirm asks before something that cannot be taken back.
	Confirm(about Subject, title, action, message string, done func(bool))
	// Ask asks for a word or a number.
	Ask(q Question)
	// AskFile has a file chosen, AskFolder a folder, AskSave a place for a file to write, and
	// AskNewFolder one for a folder.
	AskFile(title, purpose string, extensions []string, chosen func(path string))
	AskFolder(title, purpose string, chosen func(path string))
	AskSave(about Subject, title, purpose, name, extension string, chosen func(path string))
	AskNewFolder(about Subject, title, purpose, name string, chosen func(path string))
}

// A Desk is the Host of a window: it has the window's dialogs.
type Desk struct {
	Win     fyne.Window
	Prefs   settings.Preferences
	Closing bool // the window closes: nothing else has it any more
	dialogs []shownDialog
}

// Window returns the window.
func (k *Desk) Window() fyne.Window { return k.Win }
