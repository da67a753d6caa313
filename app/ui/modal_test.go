package ui_test

import (
	"testing"

	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
)

// TestDialogsEndWithTheirSubject: a dialog whose subject has gone goes, with the answer that
// leaves everything as it is, and so does what it has opened. Those below it stay.
func TestDialogsEndWithTheirSubject(t *testing.T) {
	r := newRig(t)
	there, answers := true, 0
	answer := func(ok bool) {
		if answers++; ok {
			t.Error("it is deleted by itself")
		}
	}
	r.desk.Inform("Keys", widget.NewLabel("what they do"))
	below := r.Host.Dialog()
	r.desk.Confirm(func() bool { return there }, "Delete?", "Delete", "Really?", answer)
	r.desk.Confirm(ui.Always, "Delete it?", "Delete", "Is that so?", answer)
	r.desk.EndDialogs()
	if got := len(r.desk.Win.Canvas().Overlays().List()); got != 3 || answers != 0 {
		t.Fatalf("with their subjects there: %d dialogs, want 3; %d answers", got, answers)
	}
	there = false
	r.desk.EndDialogs()
	if r.Host.Dialog() != below || !r.desk.Modal() || answers != 2 {
		t.Errorf("the dialog below is on top: %t; %d answers, want 2", r.Host.Dialog() == below, answers)
	}
}

// TestActUnderDialogs: a dialog keeps commands from acting; a list goes as a command acts, and with
// Escape.
func TestActUnderDialogs(t *testing.T) {
	r := newRig(t)
	acted := 0
	act := func() { r.desk.Act(func() { acted++ }) }
	r.desk.Inform("Keys", widget.NewLabel("what they do"))
	act()
	if acted != 0 || r.Host.Dialog() == nil {
		t.Fatalf("under a dialog a command acts %d times; the dialog is there: %t", acted, r.Host.Dialog() != nil)
	}
	r.desk.Dismiss()
	list := widget.NewPopUp(widget.NewLabel("a list"), r.desk.Win.Canvas())
	list.Show()
	if r.desk.Modal() {
		t.Error("a list counts as a dialog")
	}
	act()
	if acted != 1 || list.Visible() || r.desk.Overlay() != nil {
		t.Errorf("under a list a command acts %d times; the list is there: %t", acted, list.Visible())
	}
	list.Show()
	r.desk.Dismiss()
	if list.Visible() || r.desk.Overlay() != nil {
		t.Error("Escape leaves the list")
	}
	r.desk.Closing = true
	act()
	if acted != 1 {
		t.Error("a command acts while the window closes")
	}
}

// TestFirmDialog: a dialog that only the program takes away stays under Escape, and while it is
// there no dialog ends with its subject.
func TestFirmDialog(t *testing.T) {
	r := newRig(t)
	there := true
	r.desk.InformOf(func() bool { return there }, "Run", widget.NewLabel("it goes on"))
	d := ui.NewDialog("Saving", widget.NewLabel("wait"), r.desk.Win)
	r.desk.PresentFirm(d)
	firm := r.Host.Dialog()
	there = false
	r.desk.Dismiss()
	r.desk.EndDialogs()
	if got := len(r.desk.Win.Canvas().Overlays().List()); r.Host.Dialog() != firm || got != 2 {
		t.Errorf("the firm dialog is on top: %t; %d dialogs, want 2", r.Host.Dialog() == firm, got)
	}
	d.Hide()
	r.desk.EndDialogs()
	if r.Host.Dialog() != nil || r.desk.Modal() {
		t.Error("without the firm one the other does not end")
	}
}
