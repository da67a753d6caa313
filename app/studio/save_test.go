package studio

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ganvas/app/internal/apptest"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// TestUnsavedStaysOpen: a run whose saving failed stays open, goes on, and closes without a word
// once it is saved. SQLite refuses what triggers refuse, as it would where the disk is full.
func TestUnsavedStaysOpen(t *testing.T) {
	path := apptest.Project(t, apptest.Points)
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

func TestNotSavedText(t *testing.T) {
	full := fmt.Errorf("save a.ganvas: %w: free some space", ckpt.ErrDiskFull)
	at := time.Date(2026, 1, 2, 14, 30, 5, 0, time.Local)
	for want, s := range map[string]session.Status{
		"": {},
		"The disk is full: free some space; nothing since it was opened is saved. Training goes on, and saving is tried again.": {SaveErr: full, Running: true},
		"The disk is full: free some space; what was learnt up to 14:30:05 is saved. Press Try again, or save it elsewhere.":    {SaveErr: full, LastSave: at},
		"Save b: broken; what was learnt up to 14:30:05 is saved. Training goes on, and saving is tried again.":                 {SaveErr: errors.New("save b: broken"), LastSave: at, Running: true},
	} {
		if got := NotSavedText(s); got != want {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}
