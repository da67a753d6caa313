package studio

import (
	"path/filepath"
	"slices"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/engine/session"
)

// TestNewsWaitForTheirRun: pictures of another run of the project are told after that run is, and
// never beside those of the run before.
func TestNewsWaitForTheirRun(t *testing.T) {
	r := ready(t, apptest.Digits)
	r.start((*session.Session).Train)
	r.until("it is trained", func() bool { return r.Status.Step == 6 && !r.Status.Running })
	var told []string
	r.RunChanged.On(func(None) { told = append(told, "run") })
	r.News.On(func(n News) {
		for name, has := range map[string]bool{"pictures": n.Sheet != nil, "points": n.Points != nil} {
			if has && told[len(told)-1] != name {
				told = append(told, name)
			}
		}
	})
	told = append(told, "pictures") // of the run that was trained
	r.Plan.Edit(apptest.Parse(t, apptest.Points), "test", false)
	r.until("the points are read", func() bool { return r.Reason == "" && !r.Data.Opening })
	r.Training.Replace((*session.Session).Train)
	r.until("the points are trained", func() bool { return r.Status.Step == 40 && !r.Status.Running && !r.Work.Busy() })
	r.Projects.Open(Opening{Path: r.Run.Session.Path(), Run: 1})
	r.until("the pictures are told", func() bool { return len(told) > 2 && told[len(told)-1] == "pictures" })
	if want := []string{"pictures", "run", "points", "run", "pictures"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

// TestNewsAfterASwitchThatFails: a run that no other could take the place of is told of again.
func TestNewsAfterASwitchThatFails(t *testing.T) {
	r := trained(t)
	news := 0
	r.News.On(func(n News) {
		if n.Points != nil {
			news++
		}
	})
	r.Projects.Open(Opening{Path: r.Run.Session.Path(), Run: 7}) // there is none
	r.until("it is said", func() bool { return len(r.failed) > 0 })
	r.expectFailure(filepath.Base(r.Run.Session.Path()))
	news = 0
	r.Run.Command(r.Run.Session.Refresh)
	r.until("the run is told of", func() bool { return news > 0 })
	if r.Differs || r.Status.Step != 40 {
		t.Errorf("the run is at step %d, the plan another: %t", r.Status.Step, r.Differs)
	}
}
