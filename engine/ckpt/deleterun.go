package ckpt

import (
	"errors"
	"fmt"
	"sync"

	"zombiezen.com/go/sqlite"
)

// Hold notes that somebody works on a run, which DeleteRun then refuses, until letGo is called.
func (f *File) Hold(run int64) (letGo func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.held == nil {
		f.held = make(map[int64]int)
	}
	f.held[run]++
	return sync.OnceFunc(func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.held[run]--
	})
}

// ErrRunInUse is the error of deleting a run that somebody works on.
var ErrRunInUse = errors.New("it is open")

// DeleteRun marks a run as deleted: Runs and RunByID know it no longer. All of it is there until
// RemoveDeleted, and RestoreRun takes the mark away. The last run of a project cannot be deleted.
// Where the run was the current one, the newest of the others is. A run that is held is not
// deleted: ErrRunInUse.
func (f *File) DeleteRun(run int64) error {
	return f.update("delete a run of", func(d *db) error {
		runs, err := d.runs()
		if err != nil {
			return err
		}
		left, found := 0, false
		for _, r := range runs {
			if !r.Deleted {
				left++
				found = found || r.ID == run
			}
		}
		switch {
		case !found:
			return noRun(run, runs)
		case f.held[run] > 0:
			return fmt.Errorf("run %d: %w: open another run first", run, ErrRunInUse)
		case left == 1:
			return fmt.Errorf("run %d is the only one: start another run first, or delete the file", run)
		}
		return d.changeNote(run, func(n *note) { n.deleted = true })
	})
}

// RestoreRun takes DeleteRun back.
func (f *File) RestoreRun(run int64) error {
	return f.update("restore a run of", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return fmt.Errorf("%w any more", err)
		}
		return d.changeNote(run, func(n *note) { n.deleted = false })
	})
}

// DeletedRuns returns the runs that are marked as deleted, in the order in which they were made.
func (f *File) DeletedRuns() (runs []Run, err error) {
	err = f.read("read", func(d *db) error {
		all, err := d.runs()
		for _, r := range all {
			if r.Deleted {
				runs = append(runs, r)
			}
		}
		return err
	})
	return runs, err
}

// RemoveDeleted removes the runs that are marked as deleted, with all that is theirs, in one
// transaction. Branches of them become branches of what these started from. keys, if not nil,
// returns the keys of values of the project that belong to a run. What they had is free for what is
// saved next; Compact gives it back to the disk.
func (f *File) RemoveDeleted(keys func(run int64) []string) error {
	runs, err := f.DeletedRuns()
	if err != nil || len(runs) == 0 {
		return err
	}
	return f.update("delete runs of", func(d *db) error {
		all, err := d.runs()
		if err != nil {
			return err
		}
		for _, r := range all {
			if !r.Deleted {
				continue
			}
			if err := d.removeRun(r.ID); err != nil {
				return err
			}
			if keys == nil {
				continue
			}
			for _, key := range keys(r.ID) {
				if err := d.setMeta(key, ""); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// removeRun removes a run with everything that is its own.
func (d *db) removeRun(run int64) error {
	if err := d.adoptBranches(run); err != nil {
		return err
	}
	statements := []string{
		"DELETE FROM checkpoint_part WHERE checkpoint IN (SELECT id FROM checkpoint WHERE run = ?)",
		"DELETE FROM checkpoint WHERE run = ?",
	}
	for _, r := range records {
		statements = append(statements, "DELETE FROM "+r.table+" WHERE run = ?")
	}
	for _, text := range append(statements, "DELETE FROM run WHERE id = ?") {
		if err := d.exec(text, run); err != nil {
			return err
		}
	}
	return nil
}

// adoptBranches makes the branches of a run branches of what it started from itself. Their
// checkpoints, metrics and data records are their own: nothing of the run is needed for going on
// with them.
func (d *db) adoptBranches(run int64) error {
	var parent, from int64
	err := d.query("SELECT parent, from_step FROM run WHERE id = ?", func(s *sqlite.Stmt) error {
		parent, from = s.ColumnInt64(0), s.ColumnInt64(1)
		return nil
	}, run)
	if err != nil {
		return err
	}
	if parent == run { // as no Ganvas writes it
		parent, from = 0, 0
	}
	var branches []int64
	err = d.query("SELECT id FROM run WHERE parent = ? AND id <> ?", func(s *sqlite.Stmt) error {
		branches = append(branches, s.ColumnInt64(0))
		return nil
	}, run, run)
	if err != nil {
		return err
	}
	for _, id := range branches {
		if err := d.changeRun(id, "parent = ?, from_step = ?", parent, from); err != nil {
			return err
		}
	}
	return nil
}
