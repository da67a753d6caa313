package app

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/ui/uitest"
	"ganvas/engine/tensor"
)

// TestMain computes on one thread: the networks here are so small that threads would only wait for
// each other, for long where other programs keep the processors busy.
func TestMain(m *testing.M) {
	if os.Getenv(langChild) != "" {
		printWords()
		return
	}
	tensor.SetThreads(1)
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}

// A rig is a window under test.
type rig struct {
	*App
	t      testing.TB
	loop   *apptest.Loop
	closed bool
}

// newRig opens the window with drafts and settings of the test's own; remembered sets what an
// earlier start would have left.
func newRig(t testing.TB, o Options, remembered ...func(settings.Preferences)) *rig {
	t.Helper()
	o.Home = t.TempDir()
	t.Setenv("GANVAS_HOME", o.Home)
	fa, l := uitest.NewApp()
	for _, f := range remembered {
		s, err := settings.Open(filepath.Join(o.Home, settings.FileName))
		if err != nil {
			t.Fatal(err)
		}
		f(settings.Preferences{Store: s})
		s.Flush()
	}
	r := &rig{t: t, loop: l}
	r.App = New(fa, o)
	r.note.After = func(time.Duration, func()) func() { return func() {} } // what is said stays
	r.desk.Win.Resize(fyne.NewSize(1280, 800))
	r.desk.Win.SetOnClosed(func() { r.closed = true })
	t.Cleanup(r.shut)
	return r
}

// until turns the loop until done says so.
func (r *rig) until(what string, done func() bool) {
	r.t.Helper()
	r.loop.Until(r.t, what, done)
}

// shut closes the window as a user does, and waits for the end of everything behind it.
func (r *rig) shut() {
	r.close()
	r.until("the window is closed", func() bool { return r.closed })
	<-r.ending.rest
}

// ready opens the window with the plan r and waits for its data.
func readyRig(t *testing.T, text string) *rig {
	t.Helper()
	r := newRig(t, Options{})
	r.started()
	r.s.Plan.Edit(apptest.Parse(t, text), "test", false)
	r.until("the data are read", func() bool { return r.s.Data.Set != nil && r.s.Reason == "" })
	return r
}
