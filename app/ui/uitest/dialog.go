package uitest

import (
	"slices"

	"fyne.io/fyne/v2"

	"ganvas/app/settings"
	"ganvas/app/ui"
	"ganvas/widgets"
)

// Prefs are the preferences of the studio.
func (r *Rig) Prefs() settings.Preferences { return r.S.Memory.(settings.Preferences) }

// Button returns the button with a title in the topmost dialog.
func (r *Rig) Button(title string) *widgets.TippedButton {
	r.t.Helper()
	b, ok := Button(r.Host.Dialog(), title).(*widgets.TippedButton)
	if !ok {
		r.t.Fatalf("no dialog with a button %q is open", title)
	}
	return b
}

// Says tells whether a note in the topmost dialog has a text.
func (r *Rig) Says(text string) bool {
	return slices.ContainsFunc(FindAll[*ui.Note](r.Host.Dialog()), func(n *ui.Note) bool { return n.Segment.Text == text })
}

// Type gives a key to what has the keyboard, else to the window.
func (r *Rig) Type(name fyne.KeyName) {
	c, e := r.Host.window.Canvas(), &fyne.KeyEvent{Name: name}
	if f := c.Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	c.OnTypedKey()(e)
}
