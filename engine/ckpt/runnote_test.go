package ckpt

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// runOf returns a run of a project as it is listed.
func runOf(t *testing.T, f *File, id int64) Run {
	t.Helper()
	r, err := f.RunByID(id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestNameAndNote(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	if err := errors.Join(f.SetRunName(run, " a longer name "), f.SetRunNote(run, "two\nlines")); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(Save{Run: run, Step: 3, Kind: "auto", State: small(3), Trained: 1500 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(Save{Run: run, Step: 4, Kind: "auto", State: small(4), Trained: time.Second}); err != nil {
		t.Fatal(err)
	}
	path := f.Path()
	f.Close()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if r := runOf(t, f, run); r.Name != "a longer name" || r.Note != "two\nlines" || r.Trained != 2500*time.Millisecond || r.Damaged {
		t.Errorf("run %+v", r)
	}
	if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
		t.Errorf("damage %v, error %v", damage, err)
	}
	for _, c := range []struct{ name, part string }{
		{"", "is empty"}, {" \t", "is empty"}, {"a\x1b[31m", "control character"}, {"a\nb", "control character"},
		{strings.Repeat("ä", LongestName+1), "101 characters"}, {"\xff", "not UTF-8"},
	} {
		if err := f.SetRunName(run, c.name); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("name %q: error %v, want one with %q", c.name, err, c.part)
		}
	}
	if err := f.SetRunNote(run, strings.Repeat("x", LongestNote+1)); err == nil {
		t.Error("a note that is too long is kept")
	}
	if err := errors.Join(f.SetRunName(run, strings.Repeat("ä", LongestName)), f.SetRunNote(run, strings.Repeat("ä", LongestNote))); err != nil {
		t.Error(err)
	}
	for _, err := range []error{f.SetRunName(7, "a"), f.SetRunNote(7, "a")} {
		if err == nil || !strings.Contains(err.Error(), "no run 7") {
			t.Errorf("error %v", err)
		}
	}
}

// A damaged note is left out, and harms nothing else; so is one that is longer than any.
func TestDamagedNote(t *testing.T) {
	for _, script := range []string{
		"UPDATE run_note SET note = 'other';", "UPDATE run_note SET deleted = 1;", "UPDATE run_note SET trained = -1;",
		"UPDATE run_note SET note = printf('%.20000c', 'x'), sum = NULL;",
	} {
		f := newFile(t)
		run := newRun(t, f)
		if err := errors.Join(f.SetRunNote(run, "a note"), f.update("change", func(d *db) error { return d.script(script) })); err != nil {
			t.Fatal(err)
		}
		runs, err := f.Runs()
		if err != nil || len(runs) != 1 || runs[0].Note != "" || runs[0].Damaged || runs[0].Trained != 0 {
			t.Errorf("%s: runs %+v, error %v", script, runs, err)
		}
		if w := f.Warnings(); len(w) != 1 || !strings.Contains(w[0], "notes of runs are damaged") {
			t.Errorf("%s: warnings %q", script, w)
		}
		if err := f.SetRunNote(run, "another"); err != nil || runOf(t, f, run).Note != "another" {
			t.Errorf("%s: no other note can be written: %v", script, err)
		}
	}
}

// A project of the version before opens as it was, and an older Ganvas refuses one of this version.
func TestBeforeNotes(t *testing.T) {
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		path, run := rich(t)
		d, err := connect(path, openReadWrite)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(d.script("DROP TABLE run_note; PRAGMA user_version = 4"), d.Close()); err != nil {
			t.Fatal(err)
		}
		f, err := opener(path)
		if err != nil {
			t.Fatal(err)
		}
		if r := runOf(t, f, run); r.Note != "" || r.Trained != 0 || r.Deleted {
			t.Errorf("run %+v", r)
		}
		if damage, err := f.Verify(nil); len(damage) > 0 || err != nil {
			t.Errorf("damage %v, error %v", damage, err)
		}
		if !f.ReadOnly() {
			if err := f.SetRunNote(run, "a note"); err != nil {
				t.Error(err)
			}
		}
		f.Close()
		if !f.ReadOnly() {
			if _, err := open(path, migrations[:4]); !errors.Is(err, ErrNewer) {
				t.Errorf("the version before opens it: %v", err)
			}
		}
	}
}
