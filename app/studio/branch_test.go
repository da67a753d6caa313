package studio

import (
	"slices"
	"strings"
	"testing"
	"time"

	"ganvas/engine/session"
)

func TestBranchText(t *testing.T) {
	for _, c := range []struct {
		name    string
		plan    session.BranchPlan
		running bool
		has     []string
		hasNot  string
	}{
		{"at once", session.BranchPlan{Step: 1200, From: 1200, SameBits: true}, false, []string{"begins at step 1,200", "at once", "to the last bit"}, "pauses"},
		{"replayed", session.BranchPlan{Step: 1200, From: 900, Replay: 300, Time: 12 * time.Second, SameBits: true}, true, []string{"pauses first", "All of step 900 is kept", "300 steps from there", "about 12 s"}, "at once"},
		{"other bits", session.BranchPlan{Step: 7, From: 6, Replay: 1, Why: "it was trained on another processor"}, false, []string{"1 step from there", "may differ a little from what it was: it was trained on another processor."}, "last bit"},
	} {
		got := BranchText(c.plan, c.running)
		for _, want := range c.has {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in %q", c.name, want, got)
			}
		}
		if strings.Contains(got, c.hasNot) {
			t.Errorf("%s: %q is in %q", c.name, c.hasNot, got)
		}
	}
}

// TestBranch goes on from the first step of a run: the branch stands there, and the run before stays.
func TestBranch(t *testing.T) {
	r := trained(t)
	r.until("there are moments", func() bool { return len(r.TimeLine.Moments) > 1 })
	r.TimeLine.Look(0)
	var plan session.BranchPlan
	r.TimeLine.Plan(0, func(p session.BranchPlan) {
		plan = p
		r.TimeLine.Branch(r.Run, p)
	})
	r.until("the branch is open", func() bool { return r.Run.Session.RunID() == 2 && !r.Work.Busy() })
	if plan.Step != 0 || plan.Replay != 0 || !plan.SameBits {
		t.Errorf("planned %+v", plan)
	}
	if r.TimeLine.Past() || r.Status.Step != 0 || r.Differs {
		t.Errorf("looks back: %t; the branch is at step %d", r.TimeLine.Past(), r.Status.Step)
	}
	runs, err := r.Run.Session.Runs()
	if err != nil || len(runs) != 2 || runs[1].Parent != 1 || runs[0].Step != 40 {
		t.Errorf("the project has %+v, %v", runs, err)
	}
	r.until("the time line is that of the branch", func() bool {
		return !slices.ContainsFunc(r.TimeLine.Moments, func(m KeptMoment) bool { return m.Step > 0 }) && len(r.TimeLine.Moments) > 0
	})
}

// TestBranchRefused: from a step that the run does not have no branch is made, and the run stays.
func TestBranchRefused(t *testing.T) {
	r := trained(t)
	r.TimeLine.Branch(r.Run, session.BranchPlan{Step: 4000})
	r.until("it is refused", func() bool { return len(r.failed) == 1 && !r.Work.Busy() })
	if got := r.failed[0].Error(); !strings.Contains(got, "branch from step 4000") {
		t.Errorf("says %q", got)
	}
	if r.Run.Session.RunID() != 1 || r.Status.Step != 40 {
		t.Errorf("open is run %d at step %d", r.Run.Session.RunID(), r.Status.Step)
	}
	r.failed = nil
}

// TestMomentsBeside: of moments that would be one on the screen the full one stays.
func TestMomentsBeside(t *testing.T) {
	l := &lister{}
	var got []int64
	for _, m := range l.kept([]session.Moment{
		{Step: 0, Full: true}, {Step: 500, View: true}, {Step: 995, View: true}, {Step: 1000, Full: true}, {Step: 1500, Sheet: true}, {Step: 2000, Full: true},
	}) {
		got = append(got, m.Step)
	}
	if want := []int64{0, 500, 1000, 2000}; !slices.Equal(got, want) {
		t.Errorf("kept are %v, want %v", got, want)
	}
}
