package ckpt

import (
	"errors"

	"zombiezen.com/go/sqlite"
)

// Weight is how many bytes a project takes on the disk.
type Weight struct {
	Bytes int64               // of the file
	Free  int64               // of it that hold nothing; the next save uses them first
	Rest  int64               // recipes, indexes, and what is not filled of the pages of the parts of Runs
	Runs  map[int64]RunWeight // by their number
}

// RunWeight is how many bytes the parts of a run have.
type RunWeight struct {
	Checkpoints, Views, Metrics, Sheets, Judgements, Finds int64
	Events                                                 map[string]int64 // by their kind
}

// Bytes returns the sum of all parts.
func (w RunWeight) Bytes() int64 {
	sum := w.Checkpoints + w.Views + w.Metrics + w.Sheets + w.Judgements + w.Finds
	for _, n := range w.Events {
		sum += n
	}
	return sum
}

// Weight returns what the project weighs, in all and by its parts. Contents are not read; a part
// that is damaged counts as rest.
func (f *File) Weight() (w Weight, err error) {
	err = f.read("read", func(d *db) error {
		w, err = d.weigh()
		return err
	})
	return w, err
}

// weights are the statements that weigh the parts of each run: the run, the bytes, and the kind of
// events.
var weights = []struct {
	query string
	add   func(w *RunWeight, kind string, bytes int64)
}{
	{
		"SELECT run, sum(length(data)), '' FROM checkpoint JOIN checkpoint_part ON checkpoint = checkpoint.id GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Checkpoints = n },
	},
	{
		"SELECT run, sum(length(data)), '' FROM moment GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Views = n },
	},
	{
		"SELECT run, sum(length(data)), '' FROM metric_block GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Metrics = n },
	},
	{
		"SELECT run, sum(length(png)), '' FROM sheet GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Sheets = n },
	},
	{
		"SELECT run, sum(octet_length(text)), '' FROM judgement GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Judgements = n },
	},
	{
		"SELECT run, sum(length(z) + coalesce(length(thumb), 0) + coalesce(length(points), 0)), '' FROM latent GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Finds = n },
	},
	{
		"SELECT run, sum(length(data)), '' FROM keepsake GROUP BY run",
		func(w *RunWeight, _ string, n int64) { w.Finds += n }, // they belong to them
	},
	{
		"SELECT run, sum(octet_length(text)), kind FROM event GROUP BY run, kind",
		func(w *RunWeight, kind string, n int64) { w.Events[kind] = n },
	},
}

func (d *db) weigh() (w Weight, err error) {
	if w.Bytes, err = d.bytes(); err != nil {
		return w, err
	}
	if w.Free, err = d.freeBytes(); err != nil {
		return w, err
	}
	w.Runs = make(map[int64]RunWeight)
	for _, part := range weights {
		err := d.query(part.query, func(s *sqlite.Stmt) error {
			run := w.Runs[s.ColumnInt64(0)]
			if run.Events == nil {
				run.Events = make(map[string]int64)
			}
			part.add(&run, s.ColumnText(2), s.ColumnInt64(1))
			w.Runs[s.ColumnInt64(0)] = run
			return nil
		})
		if err != nil && !errors.Is(explain(err), ErrDamaged) {
			return w, err
		}
	}
	w.Rest = w.Bytes - w.Free
	for _, run := range w.Runs {
		w.Rest -= run.Bytes()
	}
	return w, nil
}

// freeBytes returns how many bytes of the file hold nothing.
func (d *db) freeBytes() (int64, error) {
	pages, err := d.int("PRAGMA freelist_count")
	if err != nil {
		return 0, err
	}
	page, err := d.int("PRAGMA page_size")
	return pages * page, err
}
