package ckpt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
)

// newFile creates a project in a folder of its own that is closed when the test ends.
func newFile(t *testing.T) *File {
	t.Helper()
	f, err := Create(filepath.Join(t.TempDir(), "run.ganvas"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// newRun adds a run to a project.
func newRun(t *testing.T, f *File) int64 {
	t.Helper()
	run, err := f.NewRun(Run{Name: "digits", Recipe: "version = 1\n"})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// small returns a state that tells its step.
func small(step int64) *State {
	values := make([]float32, 5000)
	for i := range values {
		values[i] = float32(step) + float32(i)/8
	}
	return &State{
		Entries: []Entry{
			{Name: "w", DType: "F32", Shape: []int{50, 100}, F32: values},
			{Name: "step", DType: "I64", Shape: []int{}, I64: []int64{step}},
		},
		Meta: map[string]string{"kind": "small"},
	}
}

// saved is a closed project with two checkpoints of one run.
func saved(t *testing.T) (path string, run int64) {
	t.Helper()
	f := newFile(t)
	run = newRun(t, f)
	for _, step := range []int64{100, 200} {
		if err := f.Save(Save{Run: run, Step: step, Kind: "auto", State: small(step)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return f.Path(), run
}

// onlyFile fails unless the file of path is alone in its folder.
func onlyFile(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != filepath.Base(path) {
			t.Errorf("%s is left beside %s", e.Name(), filepath.Base(path))
		}
	}
}

// wantError fails unless err wraps kind and its text is one line with all of parts.
func wantError(t *testing.T, what string, err, kind error, parts ...string) {
	t.Helper()
	if !errors.Is(err, kind) {
		t.Errorf("%s: error %v, want one that wraps %q", what, err, kind)
		return
	}
	for _, part := range append(parts, ": ") {
		if !strings.Contains(err.Error(), part) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: error %q, want one line with %q", what, err, part)
		}
	}
}

func TestCreateOpenClose(t *testing.T) {
	path, run := saved(t)
	onlyFile(t, path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(before[68:72]); got != "GANV" {
		t.Errorf("application id %q, want GANV", got)
	}
	_, err = Create(path)
	wantError(t, "create over a project", err, fs.ErrExist, "create "+path, "choose another name")
	onlyFile(t, path)

	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if runs, err := f.Runs(); err != nil || len(runs) != 1 || runs[0].ID != run || runs[0].Step != 200 {
		t.Errorf("runs %+v, error %v", runs, err)
	}
	for range 2 {
		if err := f.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	}
	_, err = f.Runs()
	wantError(t, "use after close", err, ErrClosed, "read "+path)
	onlyFile(t, path)
}

func TestCreateErrors(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "no", "run.ganvas")
	_, err := Create(path)
	wantError(t, "no folder", err, fs.ErrNotExist, path, "create the folder")
	_, err = Create(filepath.Join(dir, strings.Repeat("x/", 300)+"a"))
	if err == nil || !strings.Contains(err.Error(), "shorter") {
		t.Errorf("long path: error %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) > 0 {
		t.Errorf("%s is left", entries[0].Name())
	}
}

// A journal whose project was deleted after a crash must not be applied to a new project of that
// name.
func TestCreateBesideOldJournal(t *testing.T) {
	path, _ := saved(t)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(path)
	if err := os.WriteFile(path+"-journal", old, 0o644); err != nil {
		t.Fatal(err)
	}
	f, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, path)
}

func TestMigration(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "old.ganvas")
	d, err := connect(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		t.Fatal(err)
	}
	err = d.migrate(0, migrations[:1])
	if err == nil {
		err = d.script(`INSERT INTO run (parent, from_step, step, name, created, updated, data_fingerprint, recipe)
			VALUES (0, 0, 7, 'old', 0, 0, '', 'version = 1');
			INSERT INTO latent (name, run, step, created, z, thumb) VALUES ('kept', 1, 5, 0, x'0000803f', x'01')`)
	}
	if err := errors.Join(err, d.Close()); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// Versions that are still to come, and how they show a project of version 1.
	steps := append(slices.Clone(migrations),
		migration{change: "ALTER TABLE run ADD COLUMN remark TEXT NOT NULL DEFAULT 'none'; UPDATE run SET remark = name || '!';"},
		migration{change: "CREATE TABLE later (a);"})
	steps[1].show = "CREATE TEMP VIEW run AS SELECT *, name || '!' AS remark, NULL AS sum FROM main.run; CREATE TEMP TABLE later (a);" + showUnnoted +
		"CREATE TEMP VIEW latent AS SELECT *, NULL AS sum, -1 AS class, -1 AS part, NULL AS points FROM main.latent;"
	check := func(f *File) {
		t.Helper()
		note := ""
		err := f.read("read", func(d *db) error {
			return d.query("SELECT remark FROM run, (SELECT count(*) FROM later)", func(s *sqlite.Stmt) error {
				note = s.ColumnText(0)
				return nil
			})
		})
		if err != nil || note != "old!" {
			t.Errorf("note %q after the upgrade, error %v", note, err)
		}
		if runs, err := f.Runs(); err != nil || len(runs) != 1 || runs[0].Step != 7 {
			t.Errorf("runs %+v, error %v", runs, err)
		}
		want := []Latent{{ID: 1, Name: "kept", Run: 1, Step: 5, Z: []float32{1}, Thumb: []byte{1}, Class: -1, Part: -1, Created: fromMillis(0)}}
		if latents, err := f.Latents(); err != nil || !reflect.DeepEqual(latents, want) {
			t.Errorf("latents of an earlier version %+v, want %+v, error %v", latents, want, err)
		}
		f.Close()
	}
	f, err := openForReading(path, steps)
	if err != nil {
		t.Fatal(err)
	}
	check(f)
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("opening an old project read-only has changed it, error %v", err)
	}
	for range 2 { // the second time there is nothing left to do
		if f, err = open(path, steps); err != nil {
			t.Fatal(err)
		}
		check(f)
	}
	onlyFile(t, path)
	if _, err := Open(path); !errors.Is(err, ErrNewer) {
		t.Errorf("an upgraded project opens in an older Ganvas: error %v", err)
	}

	// A step that fails leaves the version and everything else as it was.
	if _, err := open(path, append(steps, migration{change: "CREATE TABLE half (a); CREATE TABLE run (a);"})); err == nil {
		t.Error("a failing step: no error")
	}
	if f, err = open(path, steps); err != nil {
		t.Fatal(err)
	}
	check(f)
}
