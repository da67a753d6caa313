package ckpt

import (
	"errors"
	"fmt"

	"zombiezen.com/go/sqlite"
)

// Checkpoints returns the checkpoints of a run in the order of steps.
func (f *File) Checkpoints(run int64) (list []Checkpoint, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.query("SELECT "+checkpointColumns+", sum FROM checkpoint WHERE run = ? ORDER BY step",
			func(s *sqlite.Stmt) error {
				list = append(list, Checkpoint{
					Step: s.ColumnInt64(1), Kind: s.ColumnText(2), ImagesSeen: s.ColumnInt64(3), SHA256: s.ColumnText(4),
					Bytes: s.ColumnInt64(5), When: fromMillis(s.ColumnInt64(6)),
					Thinned: s.ColumnInt64(9) != 0,
					Damaged: s.ColumnType(10) != sqlite.TypeNull && s.ColumnInt64(10) != checkpointSum(s, 0),
				})
				return nil
			}, run)
	})
	return list, err
}

// Load returns the state that was saved at step, or the newest one if step is negative; of a
// thinned checkpoint what is left. It compares the state with its SHA-256; a damaged one is an error
// (ErrDamaged) that names the step and the newest good one instead. A step without checkpoint is
// ErrNoCheckpoint.
func (f *File) Load(run, step int64) (state *State, err error) {
	err = f.read("load", func(d *db) error {
		state, err = d.load(run, step)
		return err
	})
	return state, err
}

// LoadFull returns what Load does, but for a thinned checkpoint ErrThinned: training goes on from a
// full one alone.
func (f *File) LoadFull(run, step int64) (state *State, err error) {
	err = f.read("load", func(d *db) error {
		if c, err := d.findCheckpoint(run, step); err == nil && c.thinned {
			return d.notFull(run, c.step)
		}
		state, err = d.load(run, step)
		return err
	})
	return state, err
}

// notFull is the error of a checkpoint from which training cannot go on.
func (d *db) notFull(run, step int64) error {
	remedy := "sample, judge or export it"
	if good, err := d.newestGood(run); err == nil {
		remedy += fmt.Sprintf(", or go on from step %d", good)
	}
	return &fault{ErrThinned, fmt.Sprintf("step %d of run %d", step, run), remedy}
}

func (d *db) load(run, step int64) (*State, error) {
	if err := d.mustRun(run); err != nil {
		return nil, err
	}
	c, err := d.findCheckpoint(run, step)
	if err != nil {
		return nil, err
	}
	state, err := d.loadState(c.id, c.sum)
	if err == nil || !errors.Is(explain(err), ErrDamaged) {
		return state, err
	}
	detail := fmt.Sprintf("checkpoint of step %d of run %d", c.step, run)
	good, err := d.newestGood(run)
	if err != nil {
		return nil, &fault{ErrDamaged, detail, "no full checkpoint of this run is whole: use an older copy of the project"}
	}
	return nil, &fault{ErrDamaged, detail, fmt.Sprintf("go on from step %d, the newest that is whole", good)}
}

// NewestGood returns the step of the newest full checkpoint of a run whose state is whole, or
// ErrNoCheckpoint.
func (f *File) NewestGood(run int64) (step int64, err error) {
	err = f.read("load", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		step, err = d.newestGood(run)
		return err
	})
	return step, err
}

// Rewind takes a run back to step: checkpoints, metrics, events and contact sheets after it are
// removed. There must be a full checkpoint at step.
func (f *File) Rewind(run, step int64) error {
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		switch c, err := d.findCheckpoint(run, max(step, 0)); {
		case err != nil:
			return err
		case c.thinned:
			return d.notFull(run, step)
		}
		if err := d.forgetAfter(run, step); err != nil {
			return err
		}
		return d.changeRun(run, "step = ?, updated = ?", step, toMillis(f.Now()))
	})
}

// forgetBetween removes what a run that went back to a step has after it, up to another.
// Judgements stay: the run as it is now may have been judged before its first save.
func (d *db) forgetBetween(run, from, to int64) error {
	const between = "run = ? AND step > ? AND step <= ?"
	if err := d.exec("DELETE FROM checkpoint_part WHERE checkpoint IN (SELECT id FROM checkpoint WHERE "+between+")", run, from, to); err != nil {
		return err
	}
	for _, table := range []string{"checkpoint", "event", "sheet", "moment"} {
		if err := d.exec("DELETE FROM "+table+" WHERE "+between, run, from, to); err != nil {
			return err
		}
	}
	return nil
}

// forgetAfter removes what a run has after step.
func (d *db) forgetAfter(run, step int64) error {
	const later = "SELECT id FROM checkpoint WHERE run = ? AND step > ?"
	if err := d.exec("DELETE FROM checkpoint_part WHERE checkpoint IN ("+later+")", run, step); err != nil {
		return err
	}
	for _, table := range []string{"checkpoint", "event", "sheet", "judgement", "moment"} {
		if err := d.exec("DELETE FROM "+table+" WHERE run = ? AND step > ?", run, step); err != nil {
			return err
		}
	}
	return d.cutMetrics(run, step+1)
}

// storedCheckpoint is where a checkpoint is, and the SHA-256 of what is there of it.
type storedCheckpoint struct {
	id, step int64
	sum      string
	thinned  bool
}

const storedColumns = "id, step, CASE thinned WHEN 0 THEN sha256 ELSE core_sha256 END, thinned"

func storedOf(s *sqlite.Stmt) storedCheckpoint {
	return storedCheckpoint{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2), s.ColumnInt64(3) != 0}
}

// findCheckpoint returns the checkpoint at step, or the newest one if step is negative.
func (d *db) findCheckpoint(run, step int64) (c storedCheckpoint, err error) {
	text, args := "SELECT "+storedColumns+" FROM checkpoint WHERE run = ? AND step = ?", []any{run, step}
	if step < 0 {
		text, args = "SELECT "+storedColumns+" FROM checkpoint WHERE run = ? ORDER BY step DESC LIMIT 1", []any{run}
	}
	err = d.query(text, func(s *sqlite.Stmt) error {
		c = storedOf(s)
		return nil
	}, args...)
	switch {
	case err != nil || c.id != 0:
	case step < 0:
		err = &fault{ErrNoCheckpoint, fmt.Sprintf("run %d", run), "train it first"}
	default:
		err = &fault{ErrNoCheckpoint, fmt.Sprintf("step %d of run %d", step, run), "choose one of the steps that inspect lists"}
	}
	return c, err
}

// newestGood returns the newest step of a run whose state is full and whole.
func (d *db) newestGood(run int64) (int64, error) {
	var list []storedCheckpoint
	err := d.query("SELECT "+storedColumns+" FROM checkpoint WHERE run = ? AND thinned = 0 ORDER BY step DESC", func(s *sqlite.Stmt) error {
		list = append(list, storedOf(s))
		return nil
	}, run)
	if err != nil {
		return 0, err
	}
	for _, c := range list {
		_, err := d.loadState(c.id, c.sum)
		if err == nil {
			return c.step, nil
		}
		if !errors.Is(explain(err), ErrDamaged) {
			return 0, err
		}
	}
	return 0, &fault{ErrNoCheckpoint, fmt.Sprintf("none of run %d is whole", run), "use an older copy of the project"}
}

// loadState decodes a checkpoint and compares the state with its sum.
func (d *db) loadState(id int64, sum string) (*State, error) {
	content, err := d.content(id)
	if err != nil {
		return nil, err
	}
	state, err := DecodeSafetensors(content)
	if err != nil {
		return nil, damaged("%v", err)
	}
	if state.SHA256() != sum {
		return nil, damaged("its SHA-256 differs")
	}
	return state, nil
}

// content joins the parts of a checkpoint.
func (d *db) content(id int64) ([]byte, error) {
	size, err := d.int("SELECT bytes FROM checkpoint WHERE id = ?", id)
	if err != nil {
		return nil, err
	}
	stored, err := d.int("SELECT sum(length(data)) FROM checkpoint_part WHERE checkpoint = ?", id)
	if err != nil {
		return nil, err
	}
	file, err := d.bytes()
	if err != nil {
		return nil, err
	}
	// Before allocating what may not be there: rows can claim more than the file has.
	if stored != size || size > file {
		return nil, damaged("%d bytes of %d", stored, size)
	}
	content := make([]byte, 0, size)
	err = d.query("SELECT data FROM checkpoint_part WHERE checkpoint = ? ORDER BY part", func(s *sqlite.Stmt) error {
		n := len(content)
		content = append(content, make([]byte, s.ColumnLen(0))...)
		s.ColumnBytes(0, content[n:])
		return nil
	}, id)
	return content, err
}
