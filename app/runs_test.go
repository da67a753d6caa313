package app

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// TestRunsDialog starts another recipe in a project and goes back to the run before, while the new
// one trains.
func TestRunsDialog(t *testing.T) {
	r := finished(t)
	r.s.Plan.Edit(apptest.Parse(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1)), "test", false)
	r.until("the points are read", func() bool { return r.s.Reason == "" && !r.s.Data.Opening })
	r.ask.train()
	test.Tap(r.button("Start a new run"))
	r.until("the new run trains", func() bool { return r.s.Status.Running && r.s.Run.Recipe.Name == "tiny" && r.s.Status.Step > 0 })
	if got := r.note.Text.Text; !strings.Contains(got, "tiny-digits") || !strings.Contains(got, "is kept") {
		t.Errorf("the banner says %q", got)
	}
	ask := func() {
		r.commands()["File ▸ Runs…"]()
		r.until("the runs are listed", r.desk.Modal)
	}
	ask()
	text := r.dialogText()
	for _, want := range []string{"tiny-digits", "MNIST digits", "step 6 of 6", "Ring", "open now"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list has no %q: %s", want, text)
		}
	}
	test.Tap(r.button("Open"))
	r.until("the run before is open", func() bool {
		return r.s.Run.Recipe.Name == "tiny-digits" && !r.s.Status.Running && r.s.Status.Step == 6
	})
	if r.desk.Modal() || r.s.Plan.Now().Name != "tiny-digits" || r.s.Differs || r.s.Data.Name != "digits" {
		t.Errorf("the plan is %s on %s, another than the run: %t", r.s.Plan.Now().Name, r.s.Data.Name, r.s.Differs)
	}
	ask()
	test.Tap(r.button("Open"))
	r.until("the points are open again", func() bool { return r.s.Run.Recipe.Name == "tiny" && r.s.Status.Step > 0 })
}

func TestRunRows(t *testing.T) {
	good := session.Run{Plan: apptest.Parse(t, apptest.Points)}
	good.ID, good.Name, good.Step = 1, "tiny", 12345 // beyond its end
	bad := session.Run{Err: os.ErrInvalid, Current: true}
	bad.ID = 2
	rows := runRows([]session.Run{good, bad}, ckpt.Weight{Runs: map[int64]ckpt.RunWeight{1: {Checkpoints: 2_000_000, Metrics: 500_000}}})
	if len(rows) != 2 || rows[0].id != 2 || rows[0].problem != "Invalid argument" || !rows[0].current {
		t.Errorf("rows %+v", rows)
	}
	if got := rows[1]; got.step != "step 12,345" || got.data != "Ring of 8" || got.problem != "" || got.size != "2 MB" {
		t.Errorf("the older run is %+v", got)
	}
}
