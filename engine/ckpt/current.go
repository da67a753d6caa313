package ckpt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zombiezen.com/go/sqlite"
)

// currentKey is where the number of the current run is kept among the values of the whole project.
// Projects of earlier versions have none.
const currentKey = "current run"

// RunByID returns a run; 0 stands for the current one, which was saved to or chosen last.
func (f *File) RunByID(id int64) (run Run, err error) {
	err = f.read("read", func(d *db) error {
		all, err := d.runs()
		if err != nil {
			return err
		}
		runs := present(all)
		if len(runs) == 0 {
			return &fault{ErrNoCheckpoint, "no run in the project", "create one by training with --out"}
		}
		if id == 0 {
			if id, err = d.currentRun(runs); err != nil {
				return err
			}
		}
		for _, r := range runs {
			if r.ID == id {
				run = r
				return nil
			}
		}
		return noRun(id, all)
	})
	return run, err
}

// noRun is the error of a run that is not in the project, or deleted.
func noRun(id int64, all []Run) error {
	what := fmt.Sprintf("no run %d in this project", id)
	for _, r := range all {
		if r.ID == id {
			what = fmt.Sprintf("run %d of this project is deleted", id)
		}
	}
	return fmt.Errorf("%s: choose one of %s", what, idsOf(present(all)))
}

// SetCurrent makes a run the current one. Save does so as well.
func (f *File) SetCurrent(run int64) error {
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.setCurrent(run)
	})
}

func (d *db) setCurrent(run int64) error {
	return d.exec("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		currentKey, strconv.FormatInt(run, 10))
}

// currentRun returns the run that was chosen or saved to last. Where none is noted it is the newest
// one that has a checkpoint: a kill may have come between the making of a run and its first
// checkpoint.
func (d *db) currentRun(runs []Run) (int64, error) {
	noted, err := d.int("SELECT run.id FROM meta, run WHERE key = ? AND run.id = CAST(value AS INTEGER)", currentKey)
	if err != nil {
		return 0, err
	}
	if slices.ContainsFunc(runs, func(r Run) bool { return r.ID == noted }) {
		return noted, nil
	}
	for _, r := range slices.Backward(runs) {
		started, err := d.int("SELECT count(*) FROM checkpoint WHERE run = ?", r.ID)
		if err != nil || started > 0 {
			return r.ID, err
		}
	}
	return runs[len(runs)-1].ID, nil
}

// runs returns all runs in the order in which they were made, with deleted ones.
func (d *db) runs() (runs []Run, err error) {
	notes, _, err := d.notesOfRuns()
	if err != nil {
		return nil, err
	}
	err = d.query("SELECT "+runColumns+", id, created, updated, sum FROM run ORDER BY id", func(s *sqlite.Stmt) error {
		runs = append(runs, Run{
			Parent: s.ColumnInt64(0), FromStep: s.ColumnInt64(1), Step: s.ColumnInt64(2),
			Name: s.ColumnText(3), Recipe: s.ColumnText(4), DataFingerprint: s.ColumnText(5),
			ID: s.ColumnInt64(7), Created: fromMillis(s.ColumnInt64(8)), Updated: fromMillis(s.ColumnInt64(9)),
			Damaged: s.ColumnType(10) != sqlite.TypeNull && s.ColumnInt64(10) != runSum(s),
		})
		r := &runs[len(runs)-1]
		n := notes[r.ID]
		r.Note, r.Deleted, r.Trained = n.text, n.deleted, n.trained
		return nil
	})
	return runs, err
}

// idsOf lists the numbers of runs.
func idsOf(runs []Run) string {
	const most = 20
	var ids []string
	for i, r := range runs {
		if i == most {
			ids = append(ids, "…")
			break
		}
		ids = append(ids, strconv.FormatInt(r.ID, 10))
	}
	return strings.Join(ids, ", ")
}
