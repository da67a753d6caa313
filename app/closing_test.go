package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/settings"
)

// TestEndCutsOffLooking closes the window while something reads that does not stop, and while
// something writes: the program waits for the second alone.
func TestEndCutsOffLooking(t *testing.T) {
	exited := make(chan int, 1)
	r := newRig(t, Options{Exit: func(code int) { exited <- code }})
	r.ending.looks, r.ending.fyne = time.Millisecond, time.Millisecond
	r.started()
	looks, writes := make(chan struct{}), make(chan struct{})
	r.s.Jobs.Start(func(context.Context) error { <-looks; return nil }, nil)
	r.s.Jobs.StartWriting(func(context.Context) error { <-writes; return nil }, nil)
	r.close()
	r.until("the window is closed", func() bool { return r.closed })
	select {
	case <-r.ending.ended:
		t.Error("ends before the writing")
	default:
	}
	close(writes)
	<-r.ending.ended
	select {
	case <-r.ending.rest:
		t.Error("the reading has ended")
	default:
	}
	if code := <-exited; code != 0 { // as Fyne's event loop does not come back in this test
		t.Errorf("exits with %d", code)
	}
	close(looks)
}

// TestCloseDuringExport closes the window while an export runs: it asks first, and the export goes on
// unless the answer is yes.
func TestCloseDuringExport(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	var ended error
	r.s.Work.RunExport("Writing a page", func(ctx context.Context, _ func(done, total int)) error {
		<-ctx.Done()
		ended = ctx.Err()
		return ended
	}, func(error) {})
	r.close()
	if got := r.dialogText(); !strings.Contains(got, "Writing a page has not ended") {
		t.Errorf("asks %q", got)
	}
	r.typed(fyne.KeyEscape)
	if r.closed || r.s.Work.Exporting() == "" {
		t.Error("no was taken for yes")
	}
	r.close()
	test.Tap(r.button("Stop and close"))
	r.until("the window is closed", func() bool { return r.closed })
	<-r.ending.ended
	if !errors.Is(ended, context.Canceled) {
		t.Errorf("the export ended with %v", ended)
	}
}

// TestCloseWithoutRun closes at once, and settings are kept.
func TestCloseWithoutRun(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.show(pageJudge)
	r.close()
	if !r.closed || r.desk.Modal() == false {
		t.Error("the window is not closed at once, or takes commands still")
	}
	<-r.ending.ended
	s, err := settings.Open(filepath.Join(r.App.options.Home, settings.FileName))
	if page := (settings.Preferences{Store: s}).IntWithFallback("page", -1); err != nil || page != int(pageJudge-pageData) {
		t.Errorf("kept page %d, %v", page, err)
	}
}

// TestCrashIsSaid starts after a crash: the window names the file that has the report.
func TestCrashIsSaid(t *testing.T) {
	r := newRig(t, Options{Crash: "/home/me/crash-1.log"})
	r.started()
	if got := r.dialogText(); !strings.Contains(got, "/home/me/crash-1.log") {
		t.Errorf("says %q", got)
	}
}

// TestDamagedSettingsAreSaid starts with settings that were cut off.
func TestDamagedSettingsAreSaid(t *testing.T) {
	r := newRig(t, Options{}, func(settings.Preferences) {
		if err := os.WriteFile(filepath.Join(os.Getenv("GANVAS_HOME"), settings.FileName), []byte(`{"scheme": "d`), 0o644); err != nil {
			t.Fatal(err)
		}
	})
	r.started()
	if got := r.dialogText(); !strings.Contains(got, "settings-damaged.json") {
		t.Errorf("says %q", got)
	}
}
