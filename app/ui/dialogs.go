package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/words"
	"ganvas/widgets"
)

// Fail shows an error: what failed, where, and what can be done.
func (k *Desk) Fail(err error) {
	text := widget.NewLabel(words.Sentence(err.Error()))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.ErrorIcon()))
	row := container.NewBorder(nil, nil, container.NewVBox(container.NewGridWrap(fyne.NewSquareSize(32), icon)), nil, container.New(FixedWidth(440), text))
	k.Inform("That did not work", row)
}

// Inform shows something that is only to be read; Enter and Escape close it.
func (k *Desk) Inform(title string, content fyne.CanvasObject) { k.InformOf(Always, title, content) }

// InformOf is Inform about something that may go.
func (k *Desk) InformOf(about Subject, title string, content fyne.CanvasObject) {
	d := NewDialog(title, content, k.Win)
	closing := DialogButton("Close", nil, func() { d.Hide() })
	SetButtons(d, closing)
	k.Present(d, about)
	k.Win.Canvas().Focus(closing)
}

// Confirm asks before something that cannot be taken back; action is what the button says that does
// it. The keyboard is on the other button. done is told false where what it is about goes first.
func (k *Desk) Confirm(about Subject, title, action, message string, done func(bool)) {
	d := NewDialog(title, WithWidth(380, NewText(message)), k.Win)
	ok := false
	d.SetOnClosed(func() { done(ok) })
	keep := DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() })
	do := DialogButton(action, nil, func() {
		ok = true
		d.Hide()
	})
	do.Importance = widget.HighImportance
	SetButtons(d, keep, do)
	k.Present(d, about)
	k.Win.Canvas().Focus(keep)
}

// A Question asks for a word or a number.
type Question struct {
	About          Subject
	Title, Message string
	Label, Text    string // of the entry, and what it holds at first
	Action         string // what the button says that takes it
	Take           func(text string) error
}

// Ask shows a question. Its dialog stays, and says why, while take returns an error.
func (k *Desk) Ask(q Question) {
	entry := NewEntry(k)
	entry.SetText(q.Text)
	hint := NewNote("")
	box := container.NewVBox(container.New(Columns{150, 1}, NewLine(q.Label), entry), hint)
	if q.Message != "" {
		box.Objects = append([]fyne.CanvasObject{NewText(q.Message)}, box.Objects...)
	}
	d := NewDialog(q.Title, WithWidth(420, box), k.Win)
	take := func() {
		if err := q.Take(strings.TrimSpace(entry.Text)); err != nil {
			hint.Set(words.Sentence(err.Error()))
			return
		}
		d.Hide()
	}
	entry.OnSubmitted = func(string) { take() }
	do := DialogButton(q.Action, nil, take)
	do.Importance = widget.HighImportance
	SetButtons(d, DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() }), do)
	k.Present(d, q.About)
	k.Win.Canvas().Focus(entry)
}

// DialogButton is a button that Space and Enter press, and that leaves Escape to the window; icon
// may be nil.
func DialogButton(title string, icon fyne.Resource, tapped func()) *widgets.TippedButton {
	return widgets.TipButton(icon, title, "", tapped)
}

// A DialogEntry is an entry in a dialog, which Escape dismisses. Where a key or the program brings
// the keyboard its text is selected, so that what is typed replaces it.
type DialogEntry struct {
	widget.Entry
	dismiss func()
	pressed bool // the mouse brings the keyboard
}

// NewEntry returns an entry for a dialog over a window.
func NewEntry(h Host) *DialogEntry {
	e := &DialogEntry{dismiss: h.Dismiss}
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained is part of fyne.Focusable.
func (e *DialogEntry) FocusGained() {
	e.Entry.FocusGained()
	if !e.pressed {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// MouseDown is part of desktop.Mouseable.
func (e *DialogEntry) MouseDown(m *desktop.MouseEvent) {
	e.pressed = true
	e.Entry.MouseDown(m)
	e.pressed = false
}

// TypedKey is part of fyne.Focusable.
func (e *DialogEntry) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		e.dismiss()
		return
	}
	e.Entry.TypedKey(key)
}

// NewDialog makes a dialog without buttons yet. Fyne leaves titles in the corner: this one is in
// line with what is below it.
func NewDialog(title string, content fyne.CanvasObject, over fyne.Window) *dialog.CustomDialog {
	heading := NewHeading(title)
	heading.Truncation = fyne.TextTruncateOff
	return dialog.NewCustomWithoutButtons("", container.New(titleLayout{}, heading, content), over)
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
