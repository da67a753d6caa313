package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
)

// TestRunsPage starts another recipe in a project without being asked, and goes back to the run before
// from the page of runs, to which the menu leads, while the new one trains.
func TestRunsPage(t *testing.T) {
	r := finished(t)
	r.s.Plan.Edit(apptest.Parse(t, strings.Replace(apptest.Points, "steps = 40", "steps = 0", 1)), "test", false)
	r.until("the points are read", func() bool { return r.s.Reason == "" && !r.s.Data.Opening })
	r.ask.train()
	r.until("the new run trains", func() bool { return r.s.Status.Running && r.s.Run.Recipe.Name == "tiny" && r.s.Status.Step > 0 })
	if got := r.note.Text.Text; !strings.Contains(got, "tiny-digits") || !strings.Contains(got, "is kept") {
		t.Errorf("the banner says %q", got)
	}
	r.commands()["File ▸ Runs"]()
	if r.page != pageRuns {
		t.Fatalf("the menu leads to page %d", r.page)
	}
	lines := func() []fyne.SecondaryTappable { return uitest.FindAll[fyne.SecondaryTappable](r.runs.Content()) }
	r.until("the runs are listed", func() bool { return len(lines()) >= 2 })
	test.Tap(lines()[0].(fyne.Tappable))
	test.Tap(uitest.Button(r.runs.Content(), "Open"))
	r.until("the run before is open", func() bool {
		return r.s.Run.Recipe.Name == "tiny-digits" && !r.s.Status.Running && r.s.Status.Step == 6
	})
	if r.desk.Modal() || r.s.Plan.Now().Name != "tiny-digits" || r.s.Differs || r.s.Data.Name != "digits" {
		t.Errorf("the plan is %s on %s, another than the run: %t", r.s.Plan.Now().Name, r.s.Data.Name, r.s.Differs)
	}
}
