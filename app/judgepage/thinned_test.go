package judgepage

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/studio"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// thinnedProject opens a project that is at step 6 and has of step 0 the averaged generator alone.
func (r *rig) thinnedProject(t *testing.T) {
	t.Helper()
	r.Ready(strings.Replace(noisyPictures(t, 240), "steps = 6", "steps = 6\nema = 0.9", 1))
	path := filepath.Join(t.TempDir(), "thinned.ganvas")
	s, err := session.Create(t.Context(), r.S.Plan.Now().Clone(), nil, path, session.Options{ReadData: true, Publish: func(session.Snapshot) {}})
	if err != nil {
		t.Fatal(err)
	}
	s.Train()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := ckpt.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	st, err := f.Load(1, 6)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Save(ckpt.Save{Run: 1, Step: 6, Kind: "pause", State: st, Keep: -1, Full: -1}); err != nil {
		t.Fatal(err)
	}
	list, err := f.Checkpoints(1)
	if err != nil || len(list) < 2 || !list[0].Thinned || list[len(list)-1].Thinned {
		t.Fatalf("checkpoints %+v, %v: want all but the last thinned", list, err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r.S.Projects.Open(studio.Opening{Path: path, Read: true})
	r.Until("the project is open", func() bool { return r.S.Run != nil && r.S.Status.Step == 6 && !r.S.Work.Busy() })
}

// TestThinnedCheckpoint: of a step of which only the averaged generator is kept the one that played
// is left out of judging, and that is said; a session that stands there has no choice of them.
func TestThinnedCheckpoint(t *testing.T) {
	r := ready(t, noisyPictures(t, 240))
	r.thinnedProject(t)
	p, c := r.page, r.page.course
	p.ema.SetChecked(false)
	test.Tap(c.all)
	r.Until("the others are judged", func() bool { return !r.S.Work.Busy() && c.left.Visible() })
	if got := c.left.Segment.Text; !strings.Contains(got, "left out: only ") {
		t.Errorf("the page says %q", got)
	}
	if len(c.points) != 1 || c.points[0].step != 6 {
		t.Errorf("judged %+v, want step 6 alone", c.points)
	}
	p.ema.SetChecked(true)
	r.Until("that is no longer said", func() bool { return !c.left.Visible() && len(c.points) == 0 })
	test.Tap(c.all)
	r.Until("all are judged", func() bool { return !r.S.Work.Busy() && len(c.points) == len(c.thinned)+1 })
	if c.left.Visible() {
		t.Errorf("of averaged generators the page says %q", c.left.Segment.Text)
	}

	p.ema.SetChecked(false)
	r.Until("the other generator's numbers are there", func() bool { return len(c.points) == 1 })
	c.lead(func(s *session.Session) error { return s.GoTo(0) })
	r.Until("the run is at step 0", func() bool { return r.S.Status.Step == 0 && p.ema.Disabled() })
	if !p.ema.Checked || !p.ema.why.Visible() {
		t.Errorf("averaged weights %t, says why there is no choice: %t", p.ema.Checked, p.ema.why.Visible())
	}
	if want := "Only the generator of this step is kept: "; !strings.HasPrefix(r.S.Reason, want) || !c.newest.Visible() {
		t.Errorf("the reason not to train is %q, there is a way back: %t", r.S.Reason, c.newest.Visible())
	}
	test.Tap(c.newest)
	r.Until("the run is at step 6", func() bool { return r.S.Status.Step == 6 && !p.ema.Disabled() })
	if r.S.Reason != "" || c.newest.Visible() {
		t.Errorf("at the newest step the reason not to train is %q", r.S.Reason)
	}
	if p.ema.Checked || p.ema.why.Visible() {
		t.Error("the choice from before is forgotten, or it is said that there is none")
	}
	if len(c.thinned) == 0 || c.thinned[0] != 0 {
		t.Errorf("thinned steps %v", c.thinned)
	}
}
