package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ganvas/engine/session"
)

// TestUnsavedStaysOpen: a run whose saving failed stays open, goes on, and closes without a word
// once it is saved. SQLite refuses what triggers refuse, as it would where the disk is full.
func TestUnsavedStaysOpen(t *testing.T) {
	path := project(t, tinyRecipe)
	failed := 0
	var s *session.Session
	var err error
	s, err = session.Open(context.Background(), path, session.Options{Publish: func(now session.Snapshot) {
		if now.Status.SaveErrs > failed {
			failed = now.Status.SaveErrs
			s.Pause() // else it tries again
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	script := func(text string) {
		t.Helper()
		conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(sqlitex.ExecuteScript(conn, text, nil), conn.Close()); err != nil {
			t.Fatal(err)
		}
	}
	script("CREATE TRIGGER first BEFORE INSERT ON checkpoint WHEN NEW.step = 41 BEGIN SELECT RAISE(ABORT, 'refused'); END;" +
		"CREATE TRIGGER second BEFORE INSERT ON checkpoint WHEN NEW.step = 43 AND NEW.kind <> 'manual' BEGIN SELECT RAISE(ABORT, 'refused'); END;")
	train := func(until int64) error {
		s.TrainUntil(until)
		return s.Wait()
	}
	if err := train(41); err == nil {
		t.Fatal("step 41 is saved")
	}
	if err := saveAndClose(s); err == nil {
		t.Fatal("closes without saving")
	}
	if err := train(42); err != nil {
		t.Errorf("does not go on: %v", err)
	}
	if err := train(43); err == nil {
		t.Fatal("step 43 is saved by itself")
	}
	if err := saveAndClose(s); err != nil {
		t.Errorf("is saved, and still: %v", err)
	}
	script("DROP TRIGGER first; DROP TRIGGER second;") // which no project has
	again, err := session.Open(context.Background(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := again.Status().Step; got != 43 {
		t.Errorf("opens at step %d, want 43", got)
	}
}

// TestEndCutsOffLooking closes the window while something reads that does not stop, and while
// something writes: the program waits for the second alone.
func TestEndCutsOffLooking(t *testing.T) {
	exited := make(chan int, 1)
	r := newRig(t, Options{Exit: func(code int) { exited <- code }})
	r.started()
	looks, writes := make(chan struct{}), make(chan struct{})
	r.jobs.start(func(context.Context) error { <-looks; return nil }, nil)
	r.jobs.startWriting(func(context.Context) error { <-writes; return nil }, nil)
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

// TestCloseWithoutRun closes at once, and settings are kept.
func TestCloseWithoutRun(t *testing.T) {
	r := newRig(t, Options{})
	r.started()
	r.setScheme("dark")
	r.close()
	if !r.closed || r.modal() == false {
		t.Error("the window is not closed at once, or takes commands still")
	}
	<-r.ending.ended
	s, err := openStore(filepath.Join(r.options.Home, settingsName))
	if err != nil || s.String("scheme") != "dark" {
		t.Errorf("kept %v, %v", s.values, err)
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
	r := newRig(t, Options{}, func(p preferences) {
		if err := os.WriteFile(p.path, []byte(`{"scheme": "d`), 0o644); err != nil {
			t.Fatal(err)
		}
	})
	r.started()
	if got := r.dialogText(); !strings.Contains(got, "settings-damaged.json") {
		t.Errorf("says %q", got)
	}
}
