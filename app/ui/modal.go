package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ganvas/widgets"
)

// A Subject tells whether what a dialog is about is still there.
type Subject = func() bool

// Always is the Subject of dialogs that depend on nothing that is open.
func Always() bool { return true }

// A shownDialog is a dialog with what the canvas shows of it.
type shownDialog struct {
	dialog  dialog.Dialog
	overlay fyne.CanvasObject
	about   Subject
	firm    bool // Escape does not dismiss it
}

// Present shows a dialog that Escape dismisses as its own button would, and that goes with its
// subject.
func (k *Desk) Present(d dialog.Dialog, about Subject) { k.push(d, about, false) }

// PresentFirm shows a dialog that only the program takes away.
func (k *Desk) PresentFirm(d dialog.Dialog) { k.push(d, Always, true) }

func (k *Desk) push(d dialog.Dialog, about Subject, firm bool) {
	widgets.HideTips()
	d.Show()
	k.forgetHidden()
	k.dialogs = append(k.dialogs, shownDialog{d, k.Win.Canvas().Overlays().Top(), about, firm})
}

// forgetHidden drops the dialogs that are on the screen no longer.
func (k *Desk) forgetHidden() {
	shown := k.Win.Canvas().Overlays().List()
	k.dialogs = slices.DeleteFunc(k.dialogs, func(s shownDialog) bool { return !slices.Contains(shown, s.overlay) })
}

// Modal tells whether a dialog has the window, or is about to.
func (k *Desk) Modal() bool {
	k.forgetHidden()
	return k.Closing || len(k.dialogs) > 0
}

// Act carries out a command of the window, which a menu, a shortcut, a key or a drop gives, unless
// a dialog has the window. A list or menu over the page closes first: the command may turn to
// another page.
func (k *Desk) Act(f func()) {
	if k.Modal() {
		return
	}
	widgets.HideMenus()
	for top := k.Overlay(); top != nil; top = k.Overlay() {
		k.hideOverlay(top)
	}
	f()
}

// Overlay returns what lies on top of the window, nil for nothing.
func (k *Desk) Overlay() fyne.CanvasObject { return k.Win.Canvas().Overlays().Top() }

// hideOverlay takes away a list or a menu, as a click beside it does.
func (k *Desk) hideOverlay(o fyne.CanvasObject) {
	if t, ok := o.(fyne.Tappable); ok {
		t.Tapped(&fyne.PointEvent{})
	}
	if k.Overlay() == o {
		k.Win.Canvas().Overlays().Remove(o)
	}
}

// Dismiss hides what lies on top of the window, if it may be dismissed.
func (k *Desk) Dismiss() {
	top := k.Overlay()
	if top == nil {
		return
	}
	i := slices.IndexFunc(k.dialogs, func(s shownDialog) bool { return s.overlay == top })
	switch {
	case i < 0:
		k.hideOverlay(top)
	case !k.dialogs[i].firm:
		k.dialogs[i].dialog.Hide()
	}
}

// EndDialogs hides the dialogs whose Subject has gone, and those that they have opened.
func (k *Desk) EndDialogs() {
	k.forgetHidden()
	first := slices.IndexFunc(k.dialogs, func(s shownDialog) bool { return !s.about() })
	if first < 0 {
		return
	}
	ended := slices.Clone(k.dialogs[first:])
	if slices.ContainsFunc(ended, func(s shownDialog) bool { return s.firm }) {
		return // the window closes, and all of them with it
	}
	k.dialogs = k.dialogs[:first]
	for _, s := range slices.Backward(ended) {
		s.dialog.Hide()
	}
}
