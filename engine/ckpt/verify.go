package ckpt

import (
	"errors"
	"fmt"

	"zombiezen.com/go/sqlite"
)

// Damage is a part of a project that is not as it was saved.
type Damage struct {
	What      string
	Run, Step int64 // of a checkpoint whose state it is; otherwise 0
}

// Verify reads the whole project, which another program may train meanwhile, and returns what in it
// is damaged. What has no checksum, because an older Ganvas wrote it, counts as whole. Progress is
// called while checkpoints are read; it may be nil.
func (f *File) Verify(progress func(done, total int)) (damage []Damage, err error) {
	runs, err := f.Runs()
	if err != nil {
		return nil, err
	}
	say := func(format string, args ...any) { damage = append(damage, Damage{What: fmt.Sprintf(format, args...)}) }
	var points []Damage
	for _, r := range runs {
		if r.Damaged {
			say("recipe of run %d", r.ID)
		}
		list, err := f.Checkpoints(r.ID)
		if err != nil {
			return nil, err
		}
		for _, c := range list {
			points = append(points, Damage{fmt.Sprintf("checkpoint of step %d of run %d", c.Step, r.ID), r.ID, c.Step})
			if c.Damaged {
				say("description of the checkpoint of step %d of run %d", c.Step, r.ID)
			}
		}
	}
	for i, p := range points {
		if progress != nil {
			progress(i, len(points))
		}
		whole, err := f.isWhole(p.Run, p.Step)
		switch {
		case errors.Is(err, ErrNoCheckpoint): // who trains it has given it up since it was listed
		case err != nil:
			return nil, err
		case !whole:
			damage = append(damage, p)
		}
	}
	for _, r := range records {
		switch n, err := f.countDamaged(r); {
		case errors.Is(err, ErrDamaged):
			say("pages of the %s", r.name)
		case err != nil:
			return nil, err
		case n > 0:
			say("%d of the %s", n, r.name)
		}
	}
	if len(damage) == 0 && f.isBroken() {
		say("pages of indexes, or pages that hold nothing")
	}
	return damage, nil
}

func (f *File) isBroken() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.db != nil && f.db.broken
}

// isWhole reports whether the state of a checkpoint is the one that was saved.
func (f *File) isWhole(run, step int64) (whole bool, err error) {
	err = f.read("read", func(d *db) error {
		c, err := d.findCheckpoint(run, step)
		if err == nil {
			_, err = d.loadState(c.id, c.sum)
		}
		if errors.Is(explain(err), ErrDamaged) {
			return nil
		}
		whole = err == nil
		return err
	})
	return whole, err
}

// record describes a table of which a damaged row does no harm to others.
type record struct {
	name, table, columns string
	ofRun                bool // whether it has a column run, the first of columns
	values               func(*sqlite.Stmt) []any
}

var records = []record{
	{"blocks of metrics", "metric_block", "run, first_step, last_step, rows, width, data", true, func(s *sqlite.Stmt) []any {
		return []any{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnInt64(2), s.ColumnInt64(3), s.ColumnInt64(4), columnBytes(s, 5)}
	}},
	{"events", "event", "run, step, kind, text", true, func(s *sqlite.Stmt) []any {
		return []any{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2), s.ColumnText(3)}
	}},
	{"contact sheets", "sheet", "run, step, png", true, func(s *sqlite.Stmt) []any {
		return []any{s.ColumnInt64(0), s.ColumnInt64(1), columnBytes(s, 2)}
	}},
	{"judgements", "judgement", "run, step, key, created, text", true, func(s *sqlite.Stmt) []any {
		return []any{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2), s.ColumnInt64(3), s.ColumnText(4)}
	}},
	{"views", "moment", momentColumns, true, momentValues},
	{"notes of runs", "run_note", noteColumns, true, noteValues},
	{"keepsakes", "keepsake", keepsakeColumns, true, keepsakeValues},
	{"saved finds", "latent", latentColumns, false, latentValues},
}

// countDamaged counts the rows whose checksum is wrong, and those of runs that are not there.
func (f *File) countDamaged(r record) (n int64, err error) {
	err = f.read("read", func(d *db) error {
		err := d.query("SELECT "+r.columns+", sum FROM "+r.table+" WHERE sum IS NOT NULL", func(s *sqlite.Stmt) error {
			if values := r.values(s); s.ColumnInt64(len(values)) != rowSum(values...) {
				n++
			}
			return nil
		})
		if err != nil || !r.ofRun {
			return err
		}
		lost, err := d.int("SELECT count(*) FROM " + r.table + " WHERE sum IS NULL AND run NOT IN (SELECT id FROM run)")
		n += lost
		return err
	})
	return n, err
}
