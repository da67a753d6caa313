package ckpt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"zombiezen.com/go/sqlite"
)

// Sheet is a contact sheet of the generator at one step, as a PNG file.
type Sheet struct {
	Step int64
	PNG  []byte
}

// Sheets returns all contact sheets of a run with their pictures, in the order of steps. Damaged
// ones are left out, with a warning. SheetSteps and SheetAt do not load what is not looked at.
func (f *File) Sheets(run int64) (sheets []Sheet, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "a contact sheet", "contact sheets", run) }()
		err := d.query("SELECT step, png, sum FROM sheet WHERE run = ? ORDER BY step", func(s *sqlite.Stmt) error {
			if sheet, ok := sheetIn(s, run); ok {
				sheets = append(sheets, sheet)
			} else {
				lost.add(sheet.Step)
			}
			return nil
		}, run)
		return lost.pass(err)
	})
	return sheets, err
}

// SheetSteps returns the steps at which a run has contact sheets, ascending.
func (f *File) SheetSteps(run int64) (steps []int64, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "a contact sheet", "contact sheets", run) }()
		err := d.query("SELECT step FROM sheet WHERE run = ? ORDER BY step", func(s *sqlite.Stmt) error {
			steps = append(steps, s.ColumnInt64(0))
			return nil
		}, run)
		return lost.pass(err)
	})
	return steps, err
}

// SheetAt returns the last contact sheet of a run that is not after step and not damaged.
func (f *File) SheetAt(run, step int64) (sheet Sheet, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		found := false
		err := d.query("SELECT step, png, sum FROM sheet WHERE run = ? AND step <= ? ORDER BY step DESC", func(s *sqlite.Stmt) error {
			if sheet, found = sheetIn(s, run); found {
				return errFound
			}
			f.warn("the contact sheet of run %d at step %d is damaged and left out", run, sheet.Step)
			return nil
		}, run, step)
		if errors.Is(err, errFound) {
			err = nil
		}
		if err == nil && !found {
			err = fmt.Errorf("run %d has no contact sheet up to step %d", run, step)
		}
		return err
	})
	return sheet, err
}

// errFound ends a query that has found what it looked for.
var errFound = errors.New("found")

// sheetIn returns the contact sheet in a row with the columns step, png and sum, and whether it is
// whole.
func sheetIn(s *sqlite.Stmt, run int64) (Sheet, bool) {
	sheet := Sheet{s.ColumnInt64(0), columnBytes(s, 1)}
	return sheet, isWhole(s, 2, run, sheet.Step, sheet.PNG)
}

// Latent is a point of the latent space that the user keeps, with what it gave.
type Latent struct {
	ID          int64
	Name        string
	Run, Step   int64 // the generator that Thumb or Points are from
	Z           []float32
	Class, Part int          // that were asked for; −1: none, or not known
	Thumb       []byte       // the picture, or a small one of the points, as PNG
	Points      [][2]float32 // of generators of points: where the latent went, then a cloud of others
	Created     time.Time
}

// PutLatent adds a latent, or replaces the one that has l.ID if that is not 0, and returns its
// number. A zero time becomes now.
func (f *File) PutLatent(l Latent) (id int64, err error) {
	err = f.update("save", func(d *db) error {
		if l.Created.IsZero() {
			l.Created = f.Now()
		}
		points := pointBytes(l.Points)
		z, created := appendFloats(nil, l.Z), toMillis(l.Created)
		class, part := int64(l.Class), int64(l.Part)
		sum := rowSum(l.Name, l.Run, l.Step, created, z, l.Thumb, class, part, points)
		if l.ID != 0 {
			err := d.exec("UPDATE latent SET name = ?, run = ?, step = ?, created = ?, z = ?, thumb = ?, class = ?, part = ?, points = ?, sum = ? WHERE id = ?",
				l.Name, l.Run, l.Step, created, z, l.Thumb, class, part, points, sum, l.ID)
			if err == nil && d.Changes() == 0 {
				err = fmt.Errorf("no saved latent %d", l.ID)
			}
			id = l.ID
			return err
		}
		err := d.exec("INSERT INTO latent (name, run, step, created, z, thumb, class, part, points, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			l.Name, l.Run, l.Step, created, z, l.Thumb, class, part, points, sum)
		id = d.LastInsertRowID()
		return err
	})
	return id, err
}

// latentColumns are those that a latent's checksum covers, in its order.
const latentColumns = "name, run, step, created, z, thumb, class, part, points"

func latentValues(s *sqlite.Stmt) []any {
	return []any{
		s.ColumnText(0), s.ColumnInt64(1), s.ColumnInt64(2), s.ColumnInt64(3), columnBytes(s, 4), columnBytes(s, 5),
		s.ColumnInt64(6), s.ColumnInt64(7), columnBytes(s, 8),
	}
}

// Latents returns the kept latents, but for those of deleted runs, in the order in which they were
// added. Damaged ones are left
// out, with a warning. Of those that earlier versions kept the class and the part are not known.
func (f *File) Latents() (latents []Latent, err error) {
	err = f.read("read", func(d *db) error {
		var lost leftOut
		defer func() {
			if lost.n > 0 || lost.unread {
				f.warn("some of the saved finds are damaged and left out")
			}
		}()
		err := d.query("SELECT "+latentColumns+", sum, id FROM latent WHERE run NOT IN (SELECT run FROM run_note WHERE deleted <> 0) ORDER BY id", func(s *sqlite.Stmt) error {
			if !isWhole(s, 9, latentValues(s)...) {
				lost.add(s.ColumnInt64(2))
				return nil
			}
			l := Latent{
				ID: s.ColumnInt64(10), Name: s.ColumnText(0), Run: s.ColumnInt64(1), Step: s.ColumnInt64(2),
				Created: fromMillis(s.ColumnInt64(3)), Z: readFloats(columnBytes(s, 4)), Thumb: columnBytes(s, 5),
				Class: s.ColumnInt(6), Part: s.ColumnInt(7),
			}
			points := readFloats(columnBytes(s, 8))
			for i := 0; i+1 < len(points); i += 2 {
				l.Points = append(l.Points, [2]float32{points[i], points[i+1]})
			}
			latents = append(latents, l)
			return nil
		})
		return lost.pass(err)
	})
	return latents, err
}

func pointBytes(points [][2]float32) (b []byte) {
	for _, p := range points {
		b = appendFloats(b, p[:])
	}
	return b
}

func readFloats(b []byte) []float32 {
	return readWords(b, 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
}

// DeleteLatent removes a kept latent with the keepsakes that belong to it; one that is not there is no error.
func (f *File) DeleteLatent(id int64) error {
	return f.update("save", func(d *db) error {
		if err := d.exec("DELETE FROM keepsake WHERE latent = ?", id); err != nil {
			return err
		}
		return d.exec("DELETE FROM latent WHERE id = ?", id)
	})
}
