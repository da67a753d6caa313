package ckpt

import (
	"fmt"
	"time"

	"zombiezen.com/go/sqlite"
)

// Save is what one call of File.Save adds to a run.
type Save struct {
	Run, Step, ImagesSeen int64
	Kind                  string      // auto | pause | stop | manual | final
	Recipe                string      // replaces the run's recipe if not empty
	State                 *State      // nil: no checkpoint, only the rest
	Metrics               []MetricRow // ascending; rows of the run from the first of these steps on are replaced
	Events                []Event
	Sheets                []Sheet // one at a step that has one replaces it
	// Keep is how many of the latest auto checkpoints stay (0: 3; negative: all). Of the older ones
	// those stay that are the first at or after 1, 4, 16, 64, … steps; the others are removed in
	// the same transaction.
	Keep int
	// Core is how many of the state's first entries its generator needs. Once training has gone on
	// from a checkpoint, these and Meta are all that stays of it: see Full. 0: it always stays full.
	Core int
	// Full is how many bytes of checkpoints before Step may stay full, the latest first (0: 16 MiB;
	// negative: none). Those of kind manual after step 0 and of kind final stay full besides.
	Full int64
	// Beside saves of a run that is trained beside the current one: that stays the current one.
	Beside bool
	// Trained is the time of training since the last save, which is added to the run's.
	Trained time.Duration
}

// Checkpoint describes a saved state without loading it.
type Checkpoint struct {
	Step       int64
	Kind       string // as in Save
	ImagesSeen int64
	SHA256     string // State.SHA256 of all that was saved, also where it is thinned
	Bytes      int64  // size in the file
	When       time.Time
	Thinned    bool // Save.Core is all that is left: training cannot go on from it
	Damaged    bool // what is said here is not what was saved; whether the state is, Load says
}

// Save adds a checkpoint and what was recorded since the last one, in one transaction that is on
// the disk when Save returns. With a state, Run becomes the current one, and Step its newest:
// checkpoints, metrics, events and sheets that it has after Step are from before it went back, and
// are removed. After an error, a full disk for instance, the project is as before and the same Save
// can be tried again. It only reads s, which must not change meanwhile.
func (f *File) Save(s Save) error {
	sums, err := s.sums()
	if err != nil {
		return failed("save", f.Path(), err)
	}
	return f.update("save", func(d *db) error { return d.save(&s, sums, f.Now()) })
}

// sums returns those of the state. They are taken before the project is locked, as that takes as
// long as the writing.
func (s *Save) sums() (sums stateSums, err error) {
	if s.State == nil {
		return sums, nil
	}
	switch s.Kind {
	case "auto", "pause", "stop", "manual", "final":
		return sumsOf(s.State, s.Core), nil
	}
	return sums, fmt.Errorf("checkpoint of unknown kind %q", s.Kind)
}

func (d *db) save(s *Save, sums stateSums, at time.Time) error {
	names, err := d.metricNames(s.Run)
	if err != nil {
		return err
	}
	if err := checkRows(s.Metrics, len(names)); err != nil {
		return err
	}
	now := toMillis(at)
	if s.State != nil {
		if err := d.forgetAfter(s.Run, s.Step); err != nil {
			return err
		}
		// First, so that the new checkpoint takes the place of what goes.
		if err := d.prune(s); err != nil {
			return err
		}
		if err := d.thin(s); err != nil {
			return err
		}
		if err := d.saveCheckpoint(s, sums, now); err != nil {
			return err
		}
		if !s.Beside {
			if err := d.setCurrent(s.Run); err != nil {
				return err
			}
		}
	}
	if err := d.saveMetrics(s.Run, s.Metrics); err != nil {
		return err
	}
	for _, e := range s.Events {
		err := d.exec("INSERT INTO event (run, step, kind, text, sum) VALUES (?, ?, ?, ?, ?)",
			s.Run, e.Step, e.Kind, e.Text, rowSum(s.Run, e.Step, e.Kind, e.Text))
		if err != nil {
			return err
		}
	}
	for _, sheet := range s.Sheets {
		err := d.exec(`INSERT INTO sheet (run, step, png, sum) VALUES (?, ?, ?, ?)
			ON CONFLICT (run, step) DO UPDATE SET png = excluded.png, sum = excluded.sum`,
			s.Run, sheet.Step, sheet.PNG, rowSum(s.Run, sheet.Step, sheet.PNG))
		if err != nil {
			return err
		}
	}
	if s.Trained > 0 {
		if err := d.changeNote(s.Run, func(n *note) { n.trained += s.Trained }); err != nil {
			return err
		}
	}
	if s.Recipe != "" {
		return d.changeRun(s.Run, "step = ?, updated = ?, recipe = ?", s.Step, now, s.Recipe)
	}
	return d.changeRun(s.Run, "step = ?, updated = ?", s.Step, now)
}

// lasting reports whether checkpoints of a kind stay until the user removes them.
func lasting(kind string) bool { return kind != "auto" }

// saveCheckpoint writes the state of s, unless the very same one is there from a save at the same
// step.
func (d *db) saveCheckpoint(s *Save, sums stateSums, now int64) error {
	var id int64
	kind, same := s.Kind, false
	err := d.query("SELECT id, kind, sha256, thinned FROM checkpoint WHERE run = ? AND step = ?", func(row *sqlite.Stmt) error {
		id, same = row.ColumnInt64(0), row.ColumnText(2) == sums.all && row.ColumnInt64(3) == 0
		if old := row.ColumnText(1); lasting(old) && !lasting(kind) {
			kind = old
		}
		return nil
	}, s.Run, s.Step)
	if err != nil {
		return err
	}
	if same {
		if err := d.exec("UPDATE checkpoint SET kind = ?, images_seen = ?, created = ? WHERE id = ?", kind, s.ImagesSeen, now, id); err != nil {
			return err
		}
		return d.sealCheckpoint(id)
	}
	if id != 0 {
		if err := d.deleteCheckpoint(id); err != nil {
			return err
		}
	}
	err = d.exec("INSERT INTO checkpoint (run, step, kind, images_seen, sha256, bytes, created) VALUES (?, ?, ?, ?, ?, 0, ?)",
		s.Run, s.Step, kind, s.ImagesSeen, sums.all, now)
	if err != nil {
		return err
	}
	id = d.LastInsertRowID()
	bytes, err := d.writeState(id, s.State, s.Core)
	if err != nil {
		return err
	}
	if err := d.exec("UPDATE checkpoint SET bytes = ?, core = ?, core_sha256 = ? WHERE id = ?", bytes, s.Core, sums.core, id); err != nil {
		return err
	}
	return d.sealCheckpoint(id)
}

// writeState writes the parts of a checkpoint and returns their length. Header, core and the rest
// begin with a part of their own: see thinCheckpoint.
func (d *db) writeState(id int64, s *State, core int) (int64, error) {
	w, err := d.newPartWriter(id)
	if err != nil {
		return 0, err
	}
	defer w.insert.Finalize()
	if err := encodeSafetensors(w, s, core, w.flush); err != nil {
		return 0, err
	}
	err = w.flush()
	return w.total, err
}

// partSize is the largest piece of a checkpoint in one database row. Pieces keep the memory of a
// save small, whatever the size of the state, and lift SQLite's limit of 1 GB for one value.
const partSize = 1 << 20

// partWriter cuts what is written into the parts of a checkpoint.
type partWriter struct {
	insert *sqlite.Stmt
	id     int64
	part   int64
	total  int64
	buf    []byte
}

func (d *db) newPartWriter(id int64) (*partWriter, error) {
	// Not one of the connection's cached statements: these keep their last argument, 4 MB here,
	// until the next use.
	stmt, _, err := d.PrepareTransient("INSERT INTO checkpoint_part (checkpoint, part, data) VALUES (?, ?, ?)")
	if err != nil {
		return nil, err
	}
	return &partWriter{insert: stmt, id: id, buf: make([]byte, 0, partSize)}, nil
}

func (w *partWriter) Write(p []byte) (int, error) {
	n := len(p)
	for len(p) > 0 {
		room := min(partSize-len(w.buf), len(p))
		w.buf = append(w.buf, p[:room]...)
		p = p[room:]
		if len(w.buf) == partSize {
			if err := w.flush(); err != nil {
				return 0, err
			}
		}
	}
	return n, nil
}

func (w *partWriter) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	w.insert.BindInt64(1, w.id)
	w.insert.BindInt64(2, w.part)
	w.insert.BindBytes(3, w.buf)
	if _, err := w.insert.Step(); err != nil {
		return err
	}
	if err := w.insert.Reset(); err != nil {
		return err
	}
	w.part++
	w.total += int64(len(w.buf))
	w.buf = w.buf[:0]
	return nil
}

func (d *db) deleteCheckpoint(id int64) error {
	if err := d.exec("DELETE FROM checkpoint_part WHERE checkpoint = ?", id); err != nil {
		return err
	}
	return d.exec("DELETE FROM checkpoint WHERE id = ?", id)
}
