package ckpt

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"zombiezen.com/go/sqlite"
)

// View is what is kept of a step to look at it, not to train on from it. Both parts are what
// EncodeView makes.
type View struct {
	Step int64
	G    []byte // the generator that samples
	D    []byte // the discriminator; nil: it is not kept
	Best string // why it is the best of the run, in the words of whoever says so; "": it is not
}

// KeptView says what is there of a view.
type KeptView struct {
	Step  int64
	D     bool // the discriminator too
	Best  string
	Bytes int64
}

const (
	// MostViews is how many views a run keeps besides the best, so that each step has one at most a
	// twentieth of the run before it.
	MostViews = 40
	// ViewRoom is how many bytes they have together.
	ViewRoom = 100_000_000
)

// ViewsFor returns how many views a run keeps whose parts have so many bytes, and how many of them
// with the discriminator. Where ViewRoom is short, the discriminator goes first, and then there are
// fewer.
func ViewsFor(g, d int64) (views, withD int) {
	const room = int64(ViewRoom)
	if g <= 0 {
		return 0, 0
	}
	if g > maxValue/2 { // SQLite's limit for a row, with room to spare
		return 0, 0
	}
	views = int(min(MostViews, room/g))
	if d <= 0 || d > maxValue/2 {
		return views, 0
	}
	return views, int(min(int64(views), (room-int64(views)*g)/d))
}

// EncodeView returns arrays of a network in the safetensors format. Those of more than one dimension
// are rounded to float16 where that holds all of their values; the others are small and stay
// float32.
func EncodeView(entries []Entry) ([]byte, error) {
	s := &State{Entries: slices.Clone(entries)}
	for i := range s.Entries {
		if e := &s.Entries[i]; e.DType == "F32" && len(e.Shape) > 1 && fitsHalf(e.F32) {
			e.DType = "F16"
		}
	}
	var b bytes.Buffer
	err := EncodeSafetensors(&b, s)
	return b.Bytes(), err
}

func fitsHalf(values []float32) bool {
	for _, v := range values {
		if !(v <= LargestHalf && v >= -LargestHalf) {
			return false
		}
	}
	return true
}

const momentColumns = "run, step, part, best, data"

func momentValues(s *sqlite.Stmt) []any {
	return []any{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnText(2), s.ColumnText(3), columnBytes(s, 4)}
}

// saveViews adds those of a save and removes what the run has too many of.
func (d *db) saveViews(s *Save) error {
	if len(s.Views) == 0 {
		return nil
	}
	for _, v := range s.Views {
		if err := d.saveView(s.Run, v); err != nil {
			return err
		}
	}
	return d.thinViews(s.Run, s.Step)
}

func (d *db) saveView(run int64, v View) error {
	if v.Best != "" { // one at a time
		if err := d.noLongerBest(run); err != nil {
			return err
		}
	}
	for _, part := range []string{"g", "d"} {
		data := v.G
		if part == "d" {
			data = v.D
		}
		if data == nil {
			continue
		}
		err := d.exec(`INSERT INTO moment (run, step, part, best, data, sum) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (run, step, part) DO UPDATE SET best = excluded.best, data = excluded.data, sum = excluded.sum`,
			run, v.Step, part, v.Best, data, rowSum(run, v.Step, part, v.Best, data))
		if err != nil {
			return err
		}
	}
	return nil
}

// noLongerBest takes the mark from the best view of a run.
func (d *db) noLongerBest(run int64) error {
	type row struct{ id, sum int64 }
	var rows []row
	err := d.query("SELECT "+momentColumns+", id FROM moment WHERE run = ? AND best <> ''", func(s *sqlite.Stmt) error {
		rows = append(rows, row{s.ColumnInt64(5), rowSum(run, s.ColumnInt64(1), s.ColumnText(2), "", columnBytes(s, 4))})
		return nil
	}, run)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := d.exec("UPDATE moment SET best = '', sum = ? WHERE id = ?", r.sum, r.id); err != nil {
			return err
		}
	}
	return nil
}

// thinViews removes what a run of so many steps has too many of.
func (d *db) thinViews(run, length int64) error {
	var steps [2][]int64 // of generators and of discriminators
	var best [2][]bool
	var size [2]int64
	err := d.query("SELECT step, part, best, length(data) FROM moment WHERE run = ? ORDER BY step", func(s *sqlite.Stmt) error {
		i := 0
		if s.ColumnText(1) == "d" {
			i = 1
		}
		steps[i], best[i], size[i] = append(steps[i], s.ColumnInt64(0)), append(best[i], s.ColumnText(2) != ""), max(size[i], s.ColumnInt64(3))
		return nil
	}, run)
	if err != nil {
		return err
	}
	views, withD := ViewsFor(size[0], size[1])
	for i, stays := range spreadViews(steps[0], best[0], length, views) {
		if !stays {
			if err := d.exec("DELETE FROM moment WHERE run = ? AND step = ?", run, steps[0][i]); err != nil {
				return err
			}
			if at, ok := slices.BinarySearch(steps[1], steps[0][i]); ok {
				steps[1], best[1] = slices.Delete(steps[1], at, at+1), slices.Delete(best[1], at, at+1)
			}
		}
	}
	for i, stays := range spreadViews(steps[1], best[1], length, withD) {
		if !stays {
			if err := d.exec("DELETE FROM moment WHERE run = ? AND step = ? AND part = 'd'", run, steps[1][i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// spreadViews reports which views of a run of so many steps stay: at most most, and the best.
func spreadViews(steps []int64, best []bool, length int64, most int) []bool {
	if most <= 0 {
		return best
	}
	return Spread(steps, best, 2*float64(length)/float64(most))
}

// Views returns which views of a run are kept, in the order of steps. It does not read them.
func (f *File) Views(run int64) (list []KeptView, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "a view", "views", run) }()
		views := make(map[int64]*KeptView)
		err := d.query("SELECT step, part, best, length(data) FROM moment WHERE run = ? ORDER BY step", func(s *sqlite.Stmt) error {
			step := s.ColumnInt64(0)
			if views[step] == nil {
				views[step] = &KeptView{Step: step, Bytes: -1}
			}
			switch v := views[step]; s.ColumnText(1) {
			case "g":
				v.Best, v.Bytes = s.ColumnText(2), v.Bytes+1+s.ColumnInt64(3)
			case "d":
				v.D, v.Bytes = true, v.Bytes+s.ColumnInt64(3)
			}
			return nil
		}, run)
		for _, v := range views {
			if v.Bytes >= 0 {
				list = append(list, *v)
			}
		}
		slices.SortFunc(list, func(a, b KeptView) int { return cmp.Compare(a.Step, b.Step) })
		return lost.pass(err)
	})
	return list, err
}

// LoadView returns a part of a view, "g" or "d", as far as float16 holds it. A step without is
// ErrNoCheckpoint, one that is not as it was saved ErrDamaged.
func (f *File) LoadView(run, step int64, part string) (state *State, err error) {
	err = f.read("load", func(d *db) error {
		var data []byte
		whole := false
		err := d.query("SELECT "+momentColumns+", sum FROM moment WHERE run = ? AND step = ? AND part = ?", func(s *sqlite.Stmt) error {
			values := momentValues(s)
			data, _ = values[4].([]byte)
			whole = isWhole(s, 5, values...)
			return nil
		}, run, step, part)
		switch {
		case err != nil:
			return err
		case data == nil && !whole:
			return &fault{ErrNoCheckpoint, fmt.Sprintf("no view of step %d of run %d", step, run), "choose another step"}
		case !whole:
			return &fault{ErrDamaged, fmt.Sprintf("view of step %d of run %d", step, run), "choose another step"}
		}
		if state, err = DecodeSafetensors(data); err != nil {
			return damaged("view of step %d of run %d: %v", step, run, err)
		}
		return nil
	})
	return state, err
}
