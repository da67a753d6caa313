package app

import (
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
)

// TestUndoIsOfThePage: undo and redo take back moves on Explore and edits of the plan elsewhere,
// and the menu says which.
func TestUndoIsOfThePage(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.show(pageExplore)
	moved := func() bool {
		r.explore.GoTo(make([]float32, 8), -1, -1, "moved")
		undo, _ := r.explore.EditLabels()
		return undo != ""
	}
	r.until("it can be moved", moved)
	plan := r.s.Plan.Now()
	label, _ := r.explore.EditLabels()
	if undo, _ := r.editLabels(); undo != label || !strings.Contains(r.menu.undo.Label, label) {
		t.Errorf("on Explore undo says %q in the menu %q, want %q", undo, r.menu.undo.Label, label)
	}
	r.menu.undo.Action()
	if _, redo := r.explore.EditLabels(); redo != label || r.s.Plan.Now() != plan {
		t.Errorf("undo does not take back the move: redo says %q; the plan is the same: %v", redo, r.s.Plan.Now() == plan)
	}
	r.menu.redo.Action()
	if undo, _ := r.explore.EditLabels(); undo != label {
		t.Errorf("redo does not move again: undo says %q", undo)
	}
	r.show(pageBuild)
	if undo, _ := r.editLabels(); undo != "test" {
		t.Errorf("on Build undo says %q, want the plan's", undo)
	}
}
