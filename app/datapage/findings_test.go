package datapage

import (
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
)

// TestLabelsOfProject opens a project that was trained without labels while the page is not seen,
// and then shows it.
func TestLabelsOfProject(t *testing.T) {
	rig := uitest.Start(t, nil)
	s := rig.S
	p := New(s, rig.Host)
	rig.Show(p)
	p.SetVisible(false)
	s.Projects.Open(studio.Opening{Path: apptest.Project(t, apptest.Digits)})
	rig.Until("the project is open", func() bool { return s.Run != nil && !s.Work.Busy() })
	if n := len(s.Data.Set.Info().Labels); n != 0 {
		t.Fatalf("the session reads %d labels, want none", n)
	}
	p.SetVisible(true)
	if s.Reason != "" {
		t.Errorf("cannot train while labels are read: %s", s.Reason)
	}
	rig.Until("the labels are read", func() bool { return len(s.Data.Set.Info().Labels) == 10 })
	if notes := p.findings.notes.Segment.Text; !strings.HasSuffix(notes, "labels: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9") || s.Differs {
		t.Errorf("the notes are %q, the plan is another run: %v", notes, s.Differs)
	}
	set := s.Data.Set
	p.SetVisible(false)
	p.SetVisible(true)
	if s.Work.Busy() || s.Data.Set != set {
		t.Error("reads the labels again")
	}
}
