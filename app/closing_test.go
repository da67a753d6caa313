package app

import (
	"context"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"

	"ganvas/engine/session"
)

// TestUnsavedStaysOpen: a run whose saving failed stays open, goes on, and closes without a word once it is saved. SQLite refuses what
// triggers refuse, as it would where the disk is full.
func TestUnsavedStaysOpen(t *testing.T) {
	path := project(t, tinyRecipe)
	conn, err := sqlite.OpenConn(path, sqlite.OpenReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	for _, when := range []string{"NEW.step = 41", "NEW.step = 43 AND NEW.kind <> 'manual'"} {
		name := "refuse" + strings.Fields(when)[2]
		if err := sqlitex.ExecuteScript(conn, "CREATE TRIGGER "+name+" BEFORE INSERT ON checkpoint WHEN "+when+" BEGIN SELECT RAISE(ABORT, 'refused'); END;", nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := session.Open(context.Background(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
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
	again, err := session.Open(context.Background(), path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := again.Status().Step; got != 43 {
		t.Errorf("opens at step %d, want 43", got)
	}
}
