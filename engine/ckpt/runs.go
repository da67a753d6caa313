package ckpt

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"zombiezen.com/go/sqlite"
)

// Run is one training run of a project. A branch names the run and step that it started from.
type Run struct {
	ID, Parent, FromStep, Step int64 // Parent is 0 for a run that starts from nothing; Step is the last saved one
	Name, Recipe               string
	Created, Updated           time.Time
	DataFingerprint            string        // tells whether the data are still those that it was trained on
	Damaged                    bool          // what is said here is not what was saved
	Note                       string        // of a person
	Trained                    time.Duration // time that training has taken; 0: not known, as of versions before
	Deleted                    bool          // it is there until RemoveDeleted, but for being listed
}

// NewRun adds a run and returns its number, which is never 0; r.ID is ignored. Times that are zero
// become now.
func (f *File) NewRun(r Run) (id int64, err error) {
	err = f.update("save", func(d *db) error {
		id, err = d.newRun(r, f.Now())
		return err
	})
	return id, err
}

func (d *db) newRun(r Run, now time.Time) (id int64, err error) {
	if r.Created.IsZero() {
		r.Created = now
	}
	if r.Updated.IsZero() {
		r.Updated = r.Created
	}
	if r.Parent != 0 {
		if err := d.mustRun(r.Parent); err != nil {
			return 0, err
		}
	}
	err = d.exec(`INSERT INTO run (parent, from_step, step, name, recipe, created, updated, data_fingerprint)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		r.Parent, r.FromStep, r.Step, r.Name, r.Recipe, toMillis(r.Created), toMillis(r.Updated), r.DataFingerprint)
	if err != nil {
		return 0, err
	}
	id = d.LastInsertRowID()
	return id, d.sealRun(id)
}

// Runs returns the runs in the order in which they were made, without deleted ones. A damaged note
// is left out, with a warning.
func (f *File) Runs() (runs []Run, err error) {
	err = f.read("read", func(d *db) error {
		all, err := d.runs()
		runs = present(all)
		if err == nil {
			err = f.warnOfNotes(d)
		}
		return err
	})
	return runs, err
}

// warnOfNotes says what of the notes is damaged. The caller holds mu.
func (f *File) warnOfNotes(d *db) error {
	_, lost, err := d.notesOfRuns()
	if lost.n > 0 || lost.unread {
		f.warn("some of the notes of runs are damaged and left out")
	}
	return err
}

// present are the runs that are not deleted.
func present(all []Run) (runs []Run) {
	for _, r := range all {
		if !r.Deleted {
			runs = append(runs, r)
		}
	}
	return runs
}

// changeRun sets columns of a run.
func (d *db) changeRun(run int64, set string, args ...any) error {
	if err := d.exec("UPDATE run SET "+set+" WHERE id = ?", append(args, run)...); err != nil {
		return err
	}
	return d.sealRun(run)
}

// SetRecipe replaces the recipe of a run.
func (f *File) SetRecipe(run int64, recipe string) error {
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.changeRun(run, "recipe = ?, updated = ?", recipe, toMillis(f.Now()))
	})
}

// SetDataFingerprint replaces the fingerprint of the data of a run, which goes on with others.
func (f *File) SetDataFingerprint(run int64, fingerprint string) error {
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.changeRun(run, "data_fingerprint = ?, updated = ?", fingerprint, toMillis(f.Now()))
	})
}

// SetMetricNames says what the values of a run's metric rows are. Once rows are saved, names can
// only be added at the end.
func (f *File) SetMetricNames(run int64, names []string) error {
	return f.update("save", func(d *db) error { return d.setMetricNames(run, names) })
}

func (d *db) setMetricNames(run int64, names []string) error {
	old, err := d.metricNames(run)
	if err != nil {
		return err
	}
	rows, err := d.int("SELECT count(*) FROM metric_block WHERE run = ?", run)
	if err != nil {
		return err
	}
	if rows > 0 && (len(names) < len(old) || !slices.Equal(names[:len(old)], old)) {
		return fmt.Errorf("metrics of run %d are saved as %q and cannot be renamed to %q: start a new run", run, old, names)
	}
	text, err := json.Marshal(append([]string{}, names...))
	if err != nil {
		return err
	}
	return d.changeRun(run, "metric_names = ?", string(text))
}

// MetricNames returns what SetMetricNames has set, in that order.
func (f *File) MetricNames(run int64) (names []string, err error) {
	err = f.read("read", func(d *db) error {
		names, err = d.metricNames(run)
		return err
	})
	return names, err
}

func (d *db) metricNames(run int64) ([]string, error) {
	if err := d.mustRun(run); err != nil {
		return nil, err
	}
	var names []string
	err := d.query("SELECT metric_names FROM run WHERE id = ?", func(s *sqlite.Stmt) error {
		if err := json.Unmarshal([]byte(s.ColumnText(0)), &names); err != nil {
			return damaged("metric names of run %d", run)
		}
		return nil
	}, run)
	return names, err
}

// damaged is the error of content that this package cannot have written.
func damaged(format string, args ...any) error {
	return &fault{ErrDamaged, fmt.Sprintf(format, args...), "use an older copy of the project"}
}

// SetMeta stores a value of the whole project under key; an empty value removes it.
func (f *File) SetMeta(key, value string) error {
	return f.update("save", func(d *db) error { return d.setMeta(key, value) })
}

func (d *db) setMeta(key, value string) error {
	if value == "" {
		return d.exec("DELETE FROM meta WHERE key = ?", key)
	}
	return d.exec("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
}

// Meta returns the value that SetMeta has stored under key, or "" if there is none.
func (f *File) Meta(key string) (value string, err error) {
	err = f.read("read", func(d *db) error {
		return d.query("SELECT value FROM meta WHERE key = ?", func(s *sqlite.Stmt) error {
			value = s.ColumnText(0)
			return nil
		}, key)
	})
	return value, err
}
