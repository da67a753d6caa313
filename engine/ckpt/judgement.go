package ckpt

import (
	"time"

	"zombiezen.com/go/sqlite"
)

// Judgement is what was found out about a run's generator at one step, so that it need not be found
// out again. What the text says, the key decides; this package does not know.
type Judgement struct {
	Step    int64
	Key     string // one for each step
	Text    string
	Created time.Time
}

// PutJudgement keeps a judgement of a run, in place of the one of the same step and key. A zero
// time becomes now. Judgements of steps that a run goes back behind are removed with these steps.
func (f *File) PutJudgement(run int64, j Judgement) error {
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		if j.Created.IsZero() {
			j.Created = f.Now()
		}
		return d.exec(`INSERT INTO judgement (run, step, key, created, text, sum) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (run, step, key) DO UPDATE SET created = excluded.created, text = excluded.text, sum = excluded.sum`,
			run, j.Step, j.Key, toMillis(j.Created), j.Text, rowSum(run, j.Step, j.Key, toMillis(j.Created), j.Text))
	})
}

// Judgements returns the judgements of a run in the order of steps. Damaged ones are left out, with
// a warning.
func (f *File) Judgements(run int64) (list []Judgement, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "a judgement", "judgements", run) }()
		err := d.query("SELECT step, key, text, created, sum FROM judgement WHERE run = ? ORDER BY step, key", func(s *sqlite.Stmt) error {
			if !isWhole(s, 4, run, s.ColumnInt64(0), s.ColumnText(1), s.ColumnInt64(3), s.ColumnText(2)) {
				lost.add(s.ColumnInt64(0))
				return nil
			}
			list = append(list, Judgement{s.ColumnInt64(0), s.ColumnText(1), s.ColumnText(2), fromMillis(s.ColumnInt64(3))})
			return nil
		}, run)
		return lost.pass(err)
	})
	return list, err
}
