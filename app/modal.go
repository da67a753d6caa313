package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ganvas/widgets"
)

// A subject tells whether what a dialog is about is still there.
type subject func() bool

// always is the subject of dialogs that depend on nothing that is open.
func always() bool { return true }

// thisProject is a dialog's subject: the project that is open now.
func (a *App) thisProject() subject {
	r := a.run
	return func() bool { return a.run == r }
}

// thisRun is the run that is open now, until another one takes its place, also in the same project.
func (a *App) thisRun() subject {
	r := a.run
	if r == nil {
		return a.thisProject()
	}
	n := r.renewed.Load()
	return func() bool { return a.run == r && r.renewed.Load() == n }
}

// thisPlan is the run that is open now beside the plan as it is now.
func (a *App) thisPlan() subject {
	plan, run := a.plan.now, a.thisRun()
	return func() bool { return a.plan.now == plan && run() }
}

// thisData is the data that the plan names now.
func (a *App) thisData() subject {
	data := a.plan.now.Data
	return func() bool { return a.plan.now.Data == data }
}

// A shownDialog is a dialog with what the canvas shows of it.
type shownDialog struct {
	dialog  dialog.Dialog
	overlay fyne.CanvasObject
	about   subject
	firm    bool // Escape does not dismiss it
}

// present shows a dialog that Escape dismisses as its own button would, and that goes with its
// subject.
func (a *App) present(d dialog.Dialog, about subject) { a.push(d, about, false) }

// presentFirm shows a dialog that only the program takes away.
func (a *App) presentFirm(d dialog.Dialog) { a.push(d, always, true) }

func (a *App) push(d dialog.Dialog, about subject, firm bool) {
	widgets.HideTips()
	d.Show()
	a.forgetHidden()
	a.dialogs = append(a.dialogs, shownDialog{d, a.window.Canvas().Overlays().Top(), about, firm})
}

// forgetHidden drops the dialogs that are on the screen no longer.
func (a *App) forgetHidden() {
	shown := a.window.Canvas().Overlays().List()
	a.dialogs = slices.DeleteFunc(a.dialogs, func(s shownDialog) bool { return !slices.Contains(shown, s.overlay) })
}

// modal tells whether a dialog has the window, or is about to.
func (a *App) modal() bool {
	a.forgetHidden()
	return a.closing || len(a.dialogs) > 0
}

// act carries out a command of the window, which a menu, a shortcut, a key or a drop gives, unless
// a dialog has the window. A list or menu over the page closes first: the command may turn to
// another page.
func (a *App) act(f func()) {
	if a.modal() {
		return
	}
	for top := a.overlay(); top != nil; top = a.overlay() {
		a.hideOverlay(top)
	}
	f()
}

func (a *App) overlay() fyne.CanvasObject { return a.window.Canvas().Overlays().Top() }

// hideOverlay takes away a list or a menu, as a click beside it does.
func (a *App) hideOverlay(o fyne.CanvasObject) {
	if t, ok := o.(fyne.Tappable); ok {
		t.Tapped(&fyne.PointEvent{})
	}
	if a.overlay() == o {
		a.window.Canvas().Overlays().Remove(o)
	}
}

// dismiss hides what lies on top of the window, if it may be dismissed.
func (a *App) dismiss() {
	top := a.overlay()
	if top == nil {
		return
	}
	i := slices.IndexFunc(a.dialogs, func(s shownDialog) bool { return s.overlay == top })
	switch {
	case i < 0:
		a.hideOverlay(top)
	case !a.dialogs[i].firm:
		a.dialogs[i].dialog.Hide()
	}
}

// endDialogs hides the dialogs whose subject has gone, and those that they have opened.
func (a *App) endDialogs() {
	a.forgetHidden()
	first := slices.IndexFunc(a.dialogs, func(s shownDialog) bool { return !s.about() })
	if first < 0 {
		return
	}
	ended := slices.Clone(a.dialogs[first:])
	if slices.ContainsFunc(ended, func(s shownDialog) bool { return s.firm }) {
		return // the window closes, and all of them with it
	}
	a.dialogs = a.dialogs[:first]
	for _, s := range slices.Backward(ended) {
		s.dialog.Hide()
	}
}
