package app

import (
	"strings"

	"ganvas/app/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/widgets"
)

// fail shows an error: what failed, where, and what can be done.
func (a *App) fail(err error) {
	text := widget.NewLabel(words.Sentence(err.Error()))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.ErrorIcon()))
	row := container.NewBorder(nil, nil, container.NewVBox(container.NewGridWrap(fyne.NewSquareSize(32), icon)), nil, container.New(fixedWidth(440), text))
	a.inform("That did not work", row)
}

// inform shows something that is only to be read; Enter and Escape close it.
func (a *App) inform(title string, content fyne.CanvasObject) { a.informOf(always, title, content) }

// informOf is inform about something that may go.
func (a *App) informOf(about subject, title string, content fyne.CanvasObject) {
	d := a.newDialog(title, content)
	closing := dialogButton("Close", nil, func() { d.Hide() })
	setButtons(d, closing)
	a.present(d, about)
	a.window.Canvas().Focus(closing)
}

// confirm asks before something that cannot be taken back; action is what the button says that does
// it. The keyboard is on the other button. done is told false where what it is about goes first.
func (a *App) confirm(about subject, title, action, message string, done func(bool)) {
	d := a.newDialog(title, withWidth(380, newText(message)))
	ok := false
	d.SetOnClosed(func() { done(ok) })
	keep := dialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() })
	do := dialogButton(action, nil, func() {
		ok = true
		d.Hide()
	})
	do.Importance = widget.HighImportance
	setButtons(d, keep, do)
	a.present(d, about)
	a.window.Canvas().Focus(keep)
}

// A question asks for a word or a number.
type question struct {
	about          subject
	title, message string
	label, text    string // of the entry, and what it holds at first
	action         string // what the button says that takes it
	take           func(text string) error
}

// ask shows a question, with what its entry holds selected, so that typing replaces it. Its dialog
// stays, and says why, while take returns an error.
func (a *App) ask(q question) {
	entry := a.newDialogEntry()
	entry.SetText(q.text)
	hint := newNote("")
	box := container.NewVBox(container.New(columns{150, 1}, newLine(q.label), entry), hint)
	if q.message != "" {
		box.Objects = append([]fyne.CanvasObject{newText(q.message)}, box.Objects...)
	}
	d := a.newDialog(q.title, withWidth(420, box))
	take := func() {
		if err := q.take(strings.TrimSpace(entry.Text)); err != nil {
			hint.set(words.Sentence(err.Error()))
			return
		}
		d.Hide()
	}
	entry.OnSubmitted = func(string) { take() }
	do := dialogButton(q.action, nil, take)
	do.Importance = widget.HighImportance
	setButtons(d, dialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() }), do)
	a.present(d, q.about)
	a.window.Canvas().Focus(entry)
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// dialogButton is a button that Space and Enter press, and that leaves Escape to the window; icon
// may be nil.
func dialogButton(title string, icon fyne.Resource, tapped func()) *widgets.TippedButton {
	return widgets.TipButton(icon, title, "", tapped)
}

// A dialogEntry is an entry in a dialog, which Escape dismisses.
type dialogEntry struct {
	widget.Entry
	dismiss func()
}

func (a *App) newDialogEntry() *dialogEntry {
	e := &dialogEntry{dismiss: a.dismiss}
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey is part of fyne.Focusable.
func (e *dialogEntry) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		e.dismiss()
		return
	}
	e.Entry.TypedKey(key)
}

// newDialog makes a dialog without buttons yet. Fyne leaves titles in the corner: this one is in
// line with what is below it.
func (a *App) newDialog(title string, content fyne.CanvasObject) *dialog.CustomDialog {
	heading := newHeading(title)
	heading.Truncation = fyne.TextTruncateOff
	return dialog.NewCustomWithoutButtons("", container.New(titleLayout{}, heading, content), a.window)
}

// A titleLayout puts a title above the top of its second object, into the room that Fyne keeps for
// one.
type titleLayout struct{}

// Layout is part of fyne.Layout.
func (titleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = 4
	height := objects[0].MinSize().Height
	objects[0].Move(fyne.NewPos(0, -height-gap))
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[1].Move(fyne.Position{})
	objects[1].Resize(size)
}

// MinSize is part of fyne.Layout.
func (titleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[1].MinSize()
	size.Width = max(size.Width, objects[0].MinSize().Width)
	return size
}
