package ckpt

import (
	"encoding/binary"
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

// Sheets returns all contact sheets of a run with their pictures, in the order of steps. SheetSteps and SheetAt do not
// load what is not looked at.
func (f *File) Sheets(run int64) (sheets []Sheet, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.query("SELECT step, png FROM sheet WHERE run = ? ORDER BY step", func(s *sqlite.Stmt) error {
			sheets = append(sheets, Sheet{s.ColumnInt64(0), columnBytes(s, 1)})
			return nil
		}, run)
	})
	return sheets, err
}

// SheetSteps returns the steps at which a run has contact sheets, ascending.
func (f *File) SheetSteps(run int64) (steps []int64, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.query("SELECT step FROM sheet WHERE run = ? ORDER BY step", func(s *sqlite.Stmt) error {
			steps = append(steps, s.ColumnInt64(0))
			return nil
		}, run)
	})
	return steps, err
}

// SheetAt returns the last contact sheet of a run that is not after step.
func (f *File) SheetAt(run, step int64) (sheet Sheet, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		found := false
		err := d.query("SELECT step, png FROM sheet WHERE run = ? AND step <= ? ORDER BY step DESC LIMIT 1", func(s *sqlite.Stmt) error {
			found = true
			sheet = Sheet{s.ColumnInt64(0), columnBytes(s, 1)}
			return nil
		}, run, step)
		if err == nil && !found {
			err = fmt.Errorf("run %d has no contact sheet up to step %d", run, step)
		}
		return err
	})
	return sheet, err
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

// PutLatent adds a latent, or replaces the one that has l.ID if that is not 0, and returns its number. A zero time
// becomes now.
func (f *File) PutLatent(l Latent) (id int64, err error) {
	err = f.update("save", func(d *db) error {
		if l.Created.IsZero() {
			l.Created = f.Now()
		}
		id, err = d.putLatent(l)
		if err != nil {
			return err
		}
		var points []float32
		for _, p := range l.Points {
			points = append(points, p[0], p[1])
		}
		return d.exec("INSERT OR REPLACE INTO find (latent, class, part, points) VALUES (?, ?, ?, ?)",
			id, l.Class, l.Part, appendFloats([]byte{}, points))
	})
	return id, err
}

// putLatent writes the row of a latent and returns its number.
func (d *db) putLatent(l Latent) (int64, error) {
	z := appendFloats(nil, l.Z)
	if l.ID == 0 {
		err := d.exec("INSERT INTO latent (name, run, step, created, z, thumb) VALUES (?, ?, ?, ?, ?, ?)",
			l.Name, l.Run, l.Step, toMillis(l.Created), z, l.Thumb)
		return d.LastInsertRowID(), err
	}
	err := d.exec("UPDATE latent SET name = ?, run = ?, step = ?, created = ?, z = ?, thumb = ? WHERE id = ?",
		l.Name, l.Run, l.Step, toMillis(l.Created), z, l.Thumb, l.ID)
	if err == nil && d.Changes() == 0 {
		err = fmt.Errorf("no saved latent %d", l.ID)
	}
	return l.ID, err
}

// Latents returns the kept latents in the order in which they were added. Of those that earlier versions kept the class and
// the part are not known.
func (f *File) Latents() (latents []Latent, err error) {
	err = f.read("read", func(d *db) error {
		return d.query(`
			SELECT id, name, run, step, created, z, thumb, ifnull(class, -1), ifnull(part, -1), points
			FROM latent LEFT JOIN find ON find.latent = latent.id ORDER BY id`, func(s *sqlite.Stmt) error {
			l := Latent{
				ID: s.ColumnInt64(0), Name: s.ColumnText(1), Run: s.ColumnInt64(2), Step: s.ColumnInt64(3),
				Created: fromMillis(s.ColumnInt64(4)), Z: readFloats(columnBytes(s, 5)), Thumb: columnBytes(s, 6),
				Class: s.ColumnInt(7), Part: s.ColumnInt(8),
			}
			points := readFloats(columnBytes(s, 9))
			for i := 0; i+1 < len(points); i += 2 {
				l.Points = append(l.Points, [2]float32{points[i], points[i+1]})
			}
			latents = append(latents, l)
			return nil
		})
	})
	return latents, err
}

func readFloats(b []byte) []float32 {
	return readWords(b, 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
}

// DeleteLatent removes a kept latent; one that is not there is no error.
func (f *File) DeleteLatent(id int64) error {
	return f.update("save", func(d *db) error {
		if err := d.exec("DELETE FROM find WHERE latent = ?", id); err != nil {
			return err
		}
		return d.exec("DELETE FROM latent WHERE id = ?", id)
	})
}
