package session

import (
	"errors"
	"fmt"
	"io/fs"
	"testing"
	"time"

	"ganvas/engine/ckpt"
)

// badDisk fails a session's saves while full says so. It returns how many it failed.
func badDisk(s *Session, full func(ckpt.Save) bool) (failed *int) {
	failed = new(int)
	good := s.write
	s.write = func(save ckpt.Save) error {
		if full(save) {
			*failed++
			return ckpt.ErrDiskFull
		}
		return good(save)
	}
	return failed
}

// A disk that fails for a while does not end training: it is said, tried again, and nothing of the
// run is lost.
func TestDiskFullForAWhile(t *testing.T) {
	want := create(t, small(), Options{})
	trainUntil(t, want, 40)
	var seen []Status
	s := create(t, small(), Options{Autosave: time.Nanosecond, Publish: func(n Snapshot) { seen = append(seen, n.Status) }})
	failed := badDisk(s, func(save ckpt.Save) bool { return save.Step > 10 && save.Step <= 20 })
	got := trainUntil(t, s, 40)
	if *failed != 10 {
		t.Errorf("%d saves failed, want 10", *failed)
	}
	if got != want.State().SHA256() {
		t.Error("other bits than on a good disk")
	}
	said := 0
	for _, st := range seen {
		if st.SaveErr != nil {
			said++
			if !errors.Is(st.SaveErr, ckpt.ErrDiskFull) || !st.Running {
				t.Errorf("status %+v", st)
			}
		}
	}
	if st := s.Status(); said < 10 || st.SaveErr != nil || st.SaveErrs != 10 || st.Err != nil {
		t.Errorf("said %d times; at the end %+v", said, st)
	}
	rows, err := s.file.Metrics(s.run, 0)
	if err != nil || len(rows) != 40 {
		t.Errorf("%d rows of metrics, %v, want all 40", len(rows), err)
	}
}

// Training that has done all of its steps tries to save until that succeeds.
func TestLastSaveAgain(t *testing.T) {
	s := create(t, small(), Options{Autosave: time.Nanosecond})
	tries := 0
	failed := badDisk(s, func(save ckpt.Save) bool {
		if save.Step == 40 {
			tries++
		}
		return save.Step == 40 && tries < 10
	})
	trainUntil(t, s, 40)
	if st := s.Status(); *failed != 9 || st.SaveErr != nil || st.Err != nil {
		t.Errorf("after %d failures %+v", *failed, st)
	}
	list, err := s.Checkpoints()
	if err != nil || list[len(list)-1].Step != 40 || list[len(list)-1].Kind != "final" {
		t.Errorf("checkpoints %v, %v", list, err)
	}
}

// A pause that cannot be saved says so, and keeps everything in memory for the next try.
func TestPauseNotSaved(t *testing.T) {
	s := create(t, small(), Options{Autosave: time.Nanosecond})
	full := true
	badDisk(s, func(ckpt.Save) bool {
		s.Pause() // the first autosave is the moment
		return full
	})
	s.TrainUntil(1000)
	if err := s.Wait(); !errors.Is(err, ckpt.ErrDiskFull) {
		t.Fatalf("paused with %v, want that the disk is full", err)
	}
	full = false
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	list, err := s.Checkpoints()
	if st := s.Status(); err != nil || st.Step == 0 || list[len(list)-1].Step != st.Step || st.SaveErr != nil || st.Err != nil {
		t.Errorf("checkpoints %v, %v at %+v", list, err, st)
	}
}

// Training whose last save cannot succeed, as the fault lies in the project, ends with the error.
func TestLastSaveThatCannotSucceed(t *testing.T) {
	for _, lasting := range []error{fs.ErrPermission, ckpt.ErrDamaged} {
		s := create(t, small(), Options{})
		write := s.write
		s.write = func(ckpt.Save) error { return fmt.Errorf("save: %w", lasting) }
		s.TrainUntil(3)
		if err := s.Wait(); !errors.Is(err, lasting) {
			t.Errorf("ended with %v, want %v", err, lasting)
		}
		s.write = write
	}
}
