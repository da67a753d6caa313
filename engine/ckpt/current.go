package ckpt

import (
	"fmt"
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
		runs, err := d.runs()
		if err != nil {
			return err
		}
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
		return fmt.Errorf("no run %d in this project: choose one of %s", id, idsOf(runs))
	})
	return run, err
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
	if err != nil || noted != 0 {
		return noted, err
	}
	started, err := d.int("SELECT max(run.id) FROM run JOIN checkpoint ON checkpoint.run = run.id")
	if err != nil || started != 0 {
		return started, err
	}
	return runs[len(runs)-1].ID, nil
}

// runs returns all runs in the order in which they were made.
func (d *db) runs() (runs []Run, err error) {
	err = d.query("SELECT "+runColumns+", id, created, updated, sum FROM run ORDER BY id", func(s *sqlite.Stmt) error {
		runs = append(runs, Run{
			Parent: s.ColumnInt64(0), FromStep: s.ColumnInt64(1), Step: s.ColumnInt64(2),
			Name: s.ColumnText(3), Recipe: s.ColumnText(4), DataFingerprint: s.ColumnText(5),
			Start: s.ColumnText(7),
			ID:    s.ColumnInt64(8), Created: fromMillis(s.ColumnInt64(9)), Updated: fromMillis(s.ColumnInt64(10)),
			Damaged: s.ColumnType(11) != sqlite.TypeNull && s.ColumnInt64(11) != runSum(s),
		})
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
