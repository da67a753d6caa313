package ckpt

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"zombiezen.com/go/sqlite"
)

// What people say of a run, how long it was trained and whether it is to go is kept beside the run,
// in rows that can be damaged without harm to it.

// The longest name and note of a run, in characters.
const (
	LongestName = 100
	LongestNote = 4000
)

// note is a row of the table run_note. Its zero value is that of a run without one.
type note struct {
	text    string
	deleted bool
	trained time.Duration
}

const noteColumns = "run, note, deleted, trained"

func noteValues(s *sqlite.Stmt) []any {
	return []any{s.ColumnInt64(0), s.ColumnText(1), s.ColumnInt64(2), s.ColumnInt64(3)}
}

// notesOfRuns returns what is noted of runs, by their number, and how many notes are damaged and left
// out.
func (d *db) notesOfRuns() (notes map[int64]note, lost leftOut, err error) {
	notes = make(map[int64]note)
	// What is longer than any note is not read.
	err = d.query("SELECT run, CASE WHEN octet_length(note) <= ? THEN note END, deleted, trained, sum FROM run_note", func(s *sqlite.Stmt) error {
		if s.ColumnType(1) == sqlite.TypeNull || !isWhole(s, 4, noteValues(s)...) {
			lost.add(0)
			return nil
		}
		trained := min(max(time.Duration(s.ColumnInt64(3)), 0), longestTraining)
		notes[s.ColumnInt64(0)] = note{s.ColumnText(1), s.ColumnInt64(2) != 0, trained}
		return nil
	}, utf8.UTFMax*LongestNote)
	return notes, lost, lost.pass(err)
}

// longestTraining is more than any run can take; more is not believed.
const longestTraining = 100 * 365 * 24 * time.Hour

// changeNote changes what is noted of a run.
func (d *db) changeNote(run int64, change func(*note)) error {
	notes, _, err := d.notesOfRuns()
	if err != nil {
		return err
	}
	n := notes[run]
	change(&n)
	deleted := int64(0)
	if n.deleted {
		deleted = 1
	}
	trained := int64(n.trained)
	return d.exec(`INSERT INTO run_note (run, note, deleted, trained, sum) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (run) DO UPDATE SET note = excluded.note, deleted = excluded.deleted, trained = excluded.trained, sum = excluded.sum`,
		run, n.text, deleted, trained, rowSum(run, n.text, deleted, trained))
}

// CheckRunName is the error of a name that a run cannot have.
func CheckRunName(name string) error {
	if strings.TrimSpace(name) == "" {
		return errors.New("name a run: the name is empty: type one")
	}
	return checkText("name a run", name, LongestName, "")
}

// CheckRunNote is the error of a note that cannot be kept.
func CheckRunNote(text string) error { return checkText("note of a run", text, LongestNote, "\n\t") }

// checkText is the error of a text that is too long, or has characters that are no text, but for
// those that are allowed.
func checkText(what, text string, longest int, allowed string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("%s: it is not UTF-8 text: type it anew", what)
	}
	if n := utf8.RuneCountInString(text); n > longest {
		return fmt.Errorf("%s: it has %d characters: %d at most are kept", what, n, longest)
	}
	for _, r := range text {
		if unicode.IsControl(r) && !strings.ContainsRune(allowed, r) {
			return fmt.Errorf("%s: it has the control character %q: leave it out", what, r)
		}
	}
	return nil
}

// SetRunName gives a run another name.
func (f *File) SetRunName(run int64, name string) error {
	if err := CheckRunName(name); err != nil {
		return failed("save", f.Path(), err)
	}
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.changeRun(run, "name = ?", strings.TrimSpace(name))
	})
}

// SetRunNote keeps what a person notes of a run; "" takes the note away.
func (f *File) SetRunNote(run int64, text string) error {
	if err := CheckRunNote(text); err != nil {
		return failed("save", f.Path(), err)
	}
	return f.update("save", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.changeNote(run, func(n *note) { n.text = text })
	})
}
