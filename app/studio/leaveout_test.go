package studio

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/datasets"
	"ganvas/engine/session"
)

// garden returns a studio that is to learn from a folder of six pictures.
func garden(t *testing.T) *rig {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "garden")
	picturesIn(t, dir)
	r := ready(t, apptest.Digits)
	r.chosen(dir)
	if got := r.Data.Set.Len(); got != 6 {
		t.Fatalf("the garden has %d pictures, want 6", got)
	}
	return r
}

func TestLeaveOutAndBringBack(t *testing.T) {
	r := garden(t)
	set := r.Data.Set
	r.Data.LeaveOut([]int{1})
	if got := r.Data.Set.Len(); got != 5 || r.Data.Whole.Len() != 6 {
		t.Fatalf("%d of %d items are left", got, r.Data.Whole.Len())
	}
	if r.Work.Busy() {
		t.Error("reads the data again")
	}
	if r.said.Text == "" || r.Reason != "" {
		t.Errorf("says %q; cannot be trained: %q", r.said.Text, r.Reason)
	}
	r.Data.LeaveOut([]int{0, 2, 3, 4})
	r.expectFailure("at least 2 are needed")
	if r.Data.Set.Len() != 5 {
		t.Errorf("leaves all but one out: %d are left", r.Data.Set.Len())
	}
	r.Data.BringBack([]int{1})
	if r.Plan.Now().LeaveOut != "" || r.Data.Set.Len() != 6 {
		t.Errorf("%q is left out still", r.Plan.Now().LeaveOut)
	}
	r.Plan.Undo()
	if r.Data.Set.Len() != 5 {
		t.Error("undo does not leave it out again")
	}
	r.Plan.Undo()
	if r.Data.Set != set {
		t.Error("undo does not bring it back")
	}
	r.Plan.Redo()
	r.trainAndReopen(5)
	if got := r.Data.LeftOut(); !slices.Equal(got, []int{1}) {
		t.Errorf("opened again %v are left out, want the second", got)
	}
}

// TestDrawnPointsAreKept holds that points that are drawn are part of the plan and of the project.
func TestDrawnPointsAreKept(t *testing.T) {
	r := ready(t, apptest.Digits)
	r.Data.ChooseDrawn("")
	if !strings.HasPrefix(r.Reason, "Draw some points") {
		t.Errorf("of nothing drawn it says %q", r.Reason)
	}
	r.Plan.Undo()
	r.until("the digits are read", func() bool { return r.Data.Set != nil })
	if r.Reason != "" {
		t.Errorf("the digits cannot be trained: %s", r.Reason)
	}
	points := make([]datasets.DrawnPoint, 15)
	for i := range points {
		points[i] = datasets.DrawnPoint{X: float32(i%4) / 4, Y: float32(i/4) / 4, Class: i % 2}
	}
	r.Data.ChooseDrawn(datasets.DrawnText(points))
	if r.Reason != "" || r.Data.Set == nil || r.Data.Set.Len() != 15 || r.Work.Busy() {
		t.Fatalf("15 points: %q, %+v, reads in the background: %v", r.Reason, r.Data.Source, r.Work.Busy())
	}
	if r.said.Text == "" {
		t.Error("nothing is said of the networks for points")
	}
	r.trainAndReopen(15)
	if got := r.Plan.Now().Drawn; got != datasets.DrawnText(points) {
		t.Errorf("opened again the plan has the points %q", got)
	}
	r.chosen("ring")
	if got := r.Plan.Now().Drawn; got != "" {
		t.Errorf("the recipe of the ring has the drawing %q in it", got)
	}
}

// trainAndReopen trains a step of the plan, saves, opens the project again and checks how many
// items it has.
func (r *rig) trainAndReopen(want int) {
	r.t.Helper()
	if got := r.Training.Start((*session.Session).StepBoth); got != Started {
		r.t.Fatalf("starting answers %d: %s", got, r.Reason)
	}
	r.until("a step is done", func() bool { return r.Run != nil && r.Status.Step == 1 && !r.Status.Running })
	path := filepath.Join(r.t.TempDir(), "kept.ganvas")
	r.Projects.SaveAs(r.Run, path)
	r.until("it is kept", func() bool { return r.Run.Session.Path() == path && !r.Work.Busy() })
	r.Projects.New(nil)
	r.until("it is closed", func() bool { return r.Run == nil && r.Data.Set != nil && r.Data.Name == "digits" })
	r.Projects.Open(Opening{Path: path})
	r.until("it is open again", func() bool { return r.Run != nil && r.Data.Set != nil })
	if got := r.Run.Data.Len(); got != want {
		r.t.Errorf("opened again it has %d items, want %d", got, want)
	}
}
