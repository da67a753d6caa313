package ckpt

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"zombiezen.com/go/sqlite"
)

func connectNew(path string) (*db, error) { return connect(path, openReadWrite|sqlite.OpenCreate) }

// changed returns a copy of a whole project on which a script was run.
func changed(t *testing.T, script string) string {
	t.Helper()
	good, _ := saved(t)
	d, err := connect(good, openReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.script(script), d.Close()); err != nil {
		t.Fatal(err)
	}
	return good
}

// A project whose schema is not the one that Ganvas makes is refused before anything of it could
// run.
func TestForeignSchema(t *testing.T) {
	const endless = "WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r) SELECT "
	for _, c := range []struct{ script, part string }{
		{"DROP TABLE run; CREATE VIEW run AS " + endless + "n AS id, 0 AS step FROM r;", `view "run"`},
		{"ALTER TABLE checkpoint_part RENAME TO p; CREATE VIEW checkpoint_part AS SELECT id, checkpoint, part, zeroblob(900000000) AS data FROM p;", "is not one"},
		{"CREATE TRIGGER t AFTER INSERT ON checkpoint BEGIN DELETE FROM run; END;", `trigger "t"`},
		{"CREATE TABLE other (a);", `table "other"`},
		{"CREATE TABLE g (a, b AS (a || a));", `table "g"`},
		{"CREATE VIRTUAL TABLE v USING fts5(a);", "is not one"},
		{"CREATE INDEX i ON run (name) WHERE name > 'a';", `index "i"`},
		{"DROP INDEX event_of_run;", "a table is missing"},
		{"DROP TABLE event;", "a table is missing"},
		{"ALTER TABLE event ADD COLUMN x AS (step * 2);", `table "event"`},
		{"ALTER TABLE event RENAME COLUMN text TO words;", `table "event"`},
		{"PRAGMA user_version = -1;", "schema -1"},
		{"PRAGMA user_version = -2147483648;", "does not exist"},
		{"PRAGMA user_version = 0;", "schema 0"},
		{"PRAGMA user_version = 1;", "is not one"},
	} {
		path := changed(t, c.script)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, opener := range []func(string) (*File, error){Open, OpenReadOnly} {
			_, err := opener(path)
			wantError(t, c.script, err, ErrDamaged, "open "+path, c.part)
		}
		after, err := os.ReadFile(path)
		if err != nil || string(after) != string(content) {
			t.Errorf("%s: opening has changed the file, error %v", c.script, err)
		}
	}
}

// A negative version is refused too where a flipped bit makes it: as the database's header says it.
func TestFlippedVersion(t *testing.T) {
	path, _ := saved(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[60] ^= 0x80
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = OpenReadOnly(path)
	wantError(t, "negative version", err, ErrDamaged, "does not exist")
}

// A size that a row claims is compared with what is there before memory is taken for it.
func TestClaimedSize(t *testing.T) {
	path := changed(t, "UPDATE checkpoint SET bytes = 8000000000;")
	f, err := OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	_, err = f.Load(1, -1)
	wantError(t, "8 GB", err, ErrDamaged, "no full checkpoint of this run is whole")
}

// A project that was put back beside the journal of a later state, or of another project, is read
// as it is.
func TestForeignJournal(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(t *testing.T, path string) // leaves something beside the whole project at path
	}{
		{"of another project", func(t *testing.T, path string) { interrupted(t, 30, path) }},
		{"of a later state", func(t *testing.T, path string) {
			content := folder(t, filepath.Dir(path))[filepath.Base(path)]
			f, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			for step := int64(201); step < 210; step++ {
				if err := f.Save(Save{Run: 1, Step: step, Kind: "manual", State: small(step)}); err != nil {
					t.Fatal(err)
				}
			}
			interrupt(t, f, path)
			f.Close()
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}},
		{"of a later state with the same pages", func(t *testing.T, path string) {
			content := folder(t, filepath.Dir(path))[filepath.Base(path)]
			f, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			for range 4 {
				if err := f.update("change", func(d *db) error { return d.exec("UPDATE checkpoint_part SET data = randomblob(length(data))") }); err != nil {
					t.Fatal(err)
				}
			}
			interruptIn(t, f, path, func(d *db) error {
				return d.script("UPDATE checkpoint_part SET data = randomblob(length(data)); INSERT INTO sheet (run, step, png) VALUES (1, 1, zeroblob(50000))")
			})
			f.Close()
			if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
				t.Fatal(err)
			}
		}},
		{"no journal", func(t *testing.T, path string) {
			if err := os.WriteFile(path+"-journal", []byte(strings.Repeat("text", 2000)), 0o644); err != nil {
				t.Fatal(err)
			}
		}},
		{"a write-ahead log", func(t *testing.T, path string) {
			other := filepath.Join(t.TempDir(), "other")
			d, err := connectNew(other)
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			if err := d.script("PRAGMA journal_mode = WAL; CREATE TABLE a (b); INSERT INTO a VALUES (zeroblob(100000));"); err != nil {
				t.Fatal(err)
			}
			if err := copyFile(other+"-wal", path+"-wal"); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		path, run := saved(t)
		c.make(t, path)
		before := folder(t, filepath.Dir(path))
		if len(before) != 2 {
			t.Fatalf("%s: %d files", c.name, len(before))
		}
		for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
			f, err := opener(path)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			if s, err := f.Load(run, -1); err != nil || s.SHA256() != small(200).SHA256() {
				t.Errorf("%s: another state, error %v", c.name, err)
			}
			if len(f.Warnings()) != 1 || !strings.Contains(f.Warnings()[0], "belong") {
				t.Errorf("%s: warnings %q", c.name, f.Warnings())
			}
			readOnly := f.ReadOnly()
			f.Close()
			after := folder(t, filepath.Dir(path))
			if readOnly && len(after) != len(before) {
				t.Errorf("%s: looking has changed the folder", c.name)
			}
			for name, content := range before {
				_, kept := after[name+".old"]
				if after[name] != content && (name == filepath.Base(path) || after[name+".old"] != content || !kept) {
					t.Errorf("%s: %s has changed", c.name, name)
				}
			}
		}
	}
}

// Where nothing tells whether a journal belongs to a project, it is applied as SQLite does, and
// both are kept.
func TestJournalInDoubt(t *testing.T) {
	path, run := saved(t)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	interruptIn(t, f, path, func(d *db) error { return d.exec("UPDATE checkpoint_part SET data = randomblob(length(data))") })
	f.Close()
	before := folder(t, filepath.Dir(path))
	if f, err = Open(path); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if s, err := f.Load(run, -1); err != nil || s.SHA256() != small(200).SHA256() {
		t.Errorf("another state, error %v", err)
	}
	if len(f.Warnings()) != 1 || !strings.Contains(f.Warnings()[0], "run 2.ganvas") {
		t.Errorf("warnings %q", f.Warnings())
	}
	after := folder(t, filepath.Dir(path))
	for _, suffix := range []string{"", "-journal"} {
		if after["run 2.ganvas"+suffix] != before["run.ganvas"+suffix] {
			t.Errorf("run.ganvas%s is not kept", suffix)
		}
	}
}

// interrupted makes a project of some steps that is interrupted in a save, and leaves its journal
// beside path.
func interrupted(t *testing.T, steps int64, path string) {
	t.Helper()
	f := newFile(t)
	run := newRun(t, f)
	for step := range steps {
		if err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: small(step)}); err != nil {
			t.Fatal(err)
		}
	}
	interrupt(t, f, path)
}

// interrupt leaves beside path the journal of a save that does not come to its end.
func interrupt(t *testing.T, f *File, path string) {
	t.Helper()
	interruptIn(t, f, path, func(d *db) error {
		return d.saveCheckpoint(&Save{Run: 1, Step: 5, Kind: "auto", State: crashState(1)}, stateSums{}, 0)
	})
}

// interruptIn leaves beside path the journal of a change that does not come to its end.
func interruptIn(t *testing.T, f *File, path string, change func(*db) error) {
	t.Helper()
	err := f.update("save", func(d *db) error {
		// A cache of one page makes SQLite write early.
		if err := d.script("PRAGMA cache_size = 1"); err != nil {
			return err
		}
		if err := change(d); err != nil {
			return err
		}
		if err := copyFile(f.at+"-journal", path+"-journal.kept"); err != nil {
			return err
		}
		return os.ErrInvalid // do not keep it
	})
	if !errors.Is(err, os.ErrInvalid) {
		t.Fatal(err)
	}
	if err := os.Rename(path+"-journal.kept", path+"-journal"); err != nil {
		t.Fatal(err)
	}
}

// A journal that names a super-journal is not played: SQLite would delete the file of that name.
func TestSuperJournal(t *testing.T) {
	path, _ := saved(t)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	interrupt(t, f, path)
	journal, err := os.ReadFile(path + "-journal")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	victim := filepath.Join(t.TempDir(), "victim")
	var sum uint32
	for _, c := range []byte(victim) {
		sum += uint32(c)
	}
	tail := []byte{0, 0, 0, 1}
	tail = append(tail, victim...)
	tail = append(tail, byte(len(victim)>>24), byte(len(victim)>>16), byte(len(victim)>>8), byte(len(victim)),
		byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
	tail = append(tail, journalMagic...)
	if err := errors.Join(
		os.WriteFile(path+"-journal", append(journal, tail...), 0o644), os.WriteFile(victim, []byte("mine"), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, opener := range []func(string) (*File, error){OpenReadOnly, Open} {
		if f, err := opener(path); err == nil {
			f.Close()
		}
		if b, err := os.ReadFile(victim); err != nil || string(b) != "mine" {
			t.Fatalf("the file that the journal names: %q, error %v", b, err)
		}
	}
}

// A query that does not come to an end is ended, and the connection can be used after it.
func TestEndlessQuery(t *testing.T) {
	d, err := connectMemory()
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	d.patience = time.Millisecond
	err = d.snapshot(func() error {
		_, err := d.int("WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r")
		return err
	})
	wantError(t, "endless", err, ErrDamaged, "did not come to an end")
	if n, err := d.int("SELECT 7"); n != 7 || err != nil {
		t.Errorf("%d, error %v after it", n, err)
	}
}
