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
					Damaged: s.ColumnType(7) != sqlite.TypeNull && s.ColumnInt64(7) != checkpointSum(s),
				})
				return nil
			}, run)
	})
	return list, err
}

// Load returns the state that was saved at step, or the newest one if step is negative. It compares
// the state with its SHA-256; a damaged one is an error (ErrDamaged) that names the step and the
// newest good one instead. A step without checkpoint is ErrNoCheckpoint.
func (f *File) Load(run, step int64) (state *State, err error) {
	err = f.read("load", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		id, at, sum, err := d.findCheckpoint(run, step)
		if err != nil {
			return err
		}
		if state, err = d.loadState(id, sum); err == nil {
			return nil
		}
		if !errors.Is(explain(err), ErrDamaged) {
			return err
		}
		detail := fmt.Sprintf("checkpoint of step %d of run %d", at, run)
		good, err := d.newestGood(run)
		if err != nil {
			return &fault{ErrDamaged, detail, "no checkpoint of this run is whole: use an older copy of the project"}
		}
		return &fault{ErrDamaged, detail, fmt.Sprintf("go on from step %d, the newest that is whole", good)}
	})
	if err != nil {
		return nil, err
	}
	return state, nil
}

// NewestGood returns the step of the newest checkpoint of a run whose state is whole, or
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
// removed. There must be a checkpoint at step.
func (f *File) Rewind(run, step int64) error {
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		if _, _, _, err := d.findCheckpoint(run, max(step, 0)); err != nil {
			return err
		}
		if err := d.forgetAfter(run, step); err != nil {
			return err
		}
		return d.changeRun(run, "step = ?, updated = ?", step, toMillis(f.Now()))
	})
}

// forgetAfter removes what a run has after step.
func (d *db) forgetAfter(run, step int64) error {
	const later = "SELECT id FROM checkpoint WHERE run = ? AND step > ?"
	if err := d.exec("DELETE FROM checkpoint_part WHERE checkpoint IN ("+later+")", run, step); err != nil {
		return err
	}
	for _, table := range []string{"checkpoint", "event", "sheet", "judgement"} {
		if err := d.exec("DELETE FROM "+table+" WHERE run = ? AND step > ?", run, step); err != nil {
			return err
		}
	}
	return d.cutMetrics(run, step+1)
}

// findCheckpoint returns the row, step and sum of the checkpoint at step, or of the newest one if
// step is negative.
func (d *db) findCheckpoint(run, step int64) (id, at int64, sum string, err error) {
	text, args := "SELECT id, step, sha256 FROM checkpoint WHERE run = ? AND step = ?", []any{run, step}
	if step < 0 {
		text, args = "SELECT id, step, sha256 FROM checkpoint WHERE run = ? ORDER BY step DESC LIMIT 1", []any{run}
	}
	err = d.query(text, func(s *sqlite.Stmt) error {
		id, at, sum = s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2)
		return nil
	}, args...)
	switch {
	case err != nil || id != 0:
	case step < 0:
		err = &fault{ErrNoCheckpoint, fmt.Sprintf("run %d", run), "train it first"}
	default:
		err = &fault{ErrNoCheckpoint, fmt.Sprintf("step %d of run %d", step, run), "choose one of the steps that inspect lists"}
	}
	return id, at, sum, err
}

// newestGood returns the newest step of a run whose state is whole.
func (d *db) newestGood(run int64) (int64, error) {
	type candidate struct {
		id, step int64
		sum      string
	}
	var list []candidate
	err := d.query("SELECT id, step, sha256 FROM checkpoint WHERE run = ? ORDER BY step DESC", func(s *sqlite.Stmt) error {
		list = append(list, candidate{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2)})
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

// loadState joins the parts of a checkpoint, decodes them and compares the state with its sum.
func (d *db) loadState(id int64, sum string) (*State, error) {
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
