package ckpt

import (
	"fmt"

	"zombiezen.com/go/sqlite"
)

// A Keepsake is something that Explore made with a run's generator and that the project keeps beside
// the finds: a direction, a path, what was done to a picture. What Data holds its kind decides.
type Keepsake struct {
	ID     int64
	Run    int64
	Kind   string // "direction", "loop", ...
	Latent int64  // the kept latent that it belongs to, and goes with; 0: none
	Name   string
	Data   []byte // JSON
}

// The largest keepsake, in bytes, and the most of a kind that a run keeps.
const (
	LargestKeepsake = 16 << 20
	MostKeepsakes   = 1000
)

const keepsakeColumns = "run, kind, latent, name, data"

func keepsakeValues(s *sqlite.Stmt) []any {
	return []any{s.ColumnInt64(0), s.ColumnText(1), s.ColumnInt64(2), s.ColumnText(3), columnBytes(s, 4)}
}

// Keepsakes returns those of a run and a kind, in the order in which they were added; of all kinds if
// kind is empty. Damaged ones are left out, with a warning.
func (f *File) Keepsakes(run int64, kind string) (list []Keepsake, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "something that Explore kept", "things that Explore kept", run) }()
		err := d.query("SELECT "+keepsakeColumns+", sum, id FROM keepsake WHERE run = ? AND (kind = ? OR ? = '') AND length(data) <= ? ORDER BY id", func(s *sqlite.Stmt) error {
			if !isWhole(s, 5, keepsakeValues(s)...) {
				lost.add(0)
				return nil
			}
			list = append(list, Keepsake{
				ID: s.ColumnInt64(6), Run: s.ColumnInt64(0), Kind: s.ColumnText(1), Latent: s.ColumnInt64(2),
				Name: s.ColumnText(3), Data: columnBytes(s, 4),
			})
			return nil
		}, run, kind, kind, LargestKeepsake)
		return lost.pass(err)
	})
	return list, err
}

// PutKeepsake adds a keepsake, or replaces the one that has k.ID if that is not 0, and returns its
// number.
func (f *File) PutKeepsake(k Keepsake) (id int64, err error) {
	if len(k.Data) > LargestKeepsake {
		return 0, fmt.Errorf("keep %q: it has %d bytes, and at most %d are kept", k.Name, len(k.Data), LargestKeepsake)
	}
	if err := checkText("keep", k.Name, LongestName, ""); err != nil {
		return 0, err
	}
	err = f.update("save", func(d *db) error {
		if err := d.mustRun(k.Run); err != nil {
			return err
		}
		sum := rowSum(k.Run, k.Kind, k.Latent, k.Name, k.Data)
		if id = k.ID; id != 0 {
			err := d.exec("UPDATE keepsake SET run = ?, kind = ?, latent = ?, name = ?, sum = ?, data = ? WHERE id = ?",
				k.Run, k.Kind, k.Latent, k.Name, sum, k.Data, id)
			if err == nil && d.Changes() == 0 {
				err = fmt.Errorf("%q is not kept any more", k.Name)
			}
			return err
		}
		n, err := d.int("SELECT count(*) FROM keepsake WHERE run = ? AND kind = ?", k.Run, k.Kind)
		switch {
		case err != nil:
			return err
		case n >= MostKeepsakes:
			return fmt.Errorf("keep %q: the run keeps %d already: delete some first", k.Name, n)
		}
		err = d.exec("INSERT INTO keepsake (run, kind, latent, name, sum, data) VALUES (?, ?, ?, ?, ?, ?)",
			k.Run, k.Kind, k.Latent, k.Name, sum, k.Data)
		id = d.LastInsertRowID()
		return err
	})
	return id, err
}

// DeleteKeepsake removes a keepsake; one that is not there is no error.
func (f *File) DeleteKeepsake(id int64) error {
	return f.update("save", func(d *db) error { return d.exec("DELETE FROM keepsake WHERE id = ?", id) })
}
