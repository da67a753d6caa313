package ckpt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zombiezen.com/go/sqlite"
)

func TestOpenErrors(t *testing.T) {
	good, _ := saved(t)
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	database := func(name, script string) string {
		path := filepath.Join(dir, name)
		d, err := connect(path, sqlite.OpenReadWrite|sqlite.OpenCreate)
		if err == nil {
			err = errors.Join(d.script(script), d.Close())
		}
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	content, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	newer := write("newer", string(content))
	database("newer", "PRAGMA user_version = 99;")
	for _, c := range []struct {
		path string
		kind error
		part string
	}{
		{filepath.Join(dir, "missing"), fs.ErrNotExist, "check the name"},
		{dir, ErrNotProject, "a folder"},
		{write("empty", ""), ErrNotProject, "empty"},
		{write("text", strings.Repeat("This is a text. ", 100)), ErrNotProject, "choose a .ganvas file"},
		{write("png", "\x89PNG\r\n\x1a\n"), ErrNotProject, "choose a .ganvas file"},
		{write("half", string(content[:len(content)/2])), ErrDamaged, "older copy"},
		{database("other", "CREATE TABLE a (b); PRAGMA application_id = 7;"), ErrNotProject, "another program"},
		{newer, ErrNewer, "update Ganvas"},
	} {
		_, err := Open(c.path)
		wantError(t, "open", err, c.kind, "open "+c.path, c.part)
		_, err = OpenReadOnly(c.path)
		wantError(t, "open read-only", err, c.kind, "open "+c.path, c.part)
	}
	if matches, _ := filepath.Glob(filepath.Join(dir, "*-*")); len(matches) > 0 {
		t.Errorf("%v is left", matches)
	}
}

// Whatever the length to which a project is cut, it is refused as damaged or as no project.
func TestOpenCut(t *testing.T) {
	path, _ := saved(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lengths := []int{1, 15, 16, 17, 99, 100, 101, 511, 512, 513}
	for n := 1024; n < len(content); n += 1777 { // no divisor of the page size: within pages and at many offsets
		lengths = append(lengths, n)
	}
	for n := pageSize; n < len(content); n += pageSize {
		lengths = append(lengths, n-1, n, n+1)
	}
	cut := filepath.Join(t.TempDir(), "cut.ganvas")
	for _, n := range lengths {
		if err := os.WriteFile(cut, content[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		for _, opener := range []func(string) (*File, error){Open, OpenReadOnly} {
			f, err := opener(cut)
			if err != nil {
				if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotProject) {
					t.Errorf("cut to %d of %d bytes: %v", n, len(content), err)
				}
				continue
			}
			t.Errorf("cut to %d of %d bytes: opens", n, len(content))
			f.Close()
		}
	}
}

// A file in which single bytes are changed is refused, or gives an error for what it hit; nothing
// panics, and a state that loads is the one that was saved.
func TestOpenFlipped(t *testing.T) {
	path, run := saved(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := small(200).SHA256()
	flipped := filepath.Join(t.TempDir(), "flipped.ganvas")
	for at := 3; at < len(content); at += 997 {
		b := append([]byte(nil), content...)
		b[at] ^= 0x41
		if err := os.WriteFile(flipped, b, 0o644); err != nil {
			t.Fatal(err)
		}
		f, err := OpenReadOnly(flipped)
		if err != nil {
			continue
		}
		if s, err := f.Load(run, 200); err == nil && s.SHA256() != want {
			t.Errorf("byte %d changed: another state loads", at)
		}
		_, _ = f.Runs()
		_, _ = f.Checkpoints(run)
		f.Close()
	}
}

func TestLocked(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	_, err := Open(f.Path())
	wantError(t, "second opener", err, ErrInUse, "open "+f.Path(), "close it there")
	_, err = Create(f.Path())
	wantError(t, "second creator", err, fs.ErrExist, "create "+f.Path())

	link := filepath.Join(t.TempDir(), "link.ganvas")
	if err := os.Symlink(f.Path(), link); err != nil {
		t.Fatal(err)
	}
	_, err = Open(link)
	wantError(t, "second opener by a link", err, ErrInUse, "open "+link)

	reader, err := OpenReadOnly(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	for step := int64(1); step <= 3; step++ { // neither hinders the other
		if err := f.Save(Save{Run: run, Step: step, Kind: "manual", State: small(step)}); err != nil {
			t.Fatal(err)
		}
		if s, err := reader.Load(run, -1); err != nil || s.SHA256() != small(step).SHA256() {
			t.Errorf("step %d: reader's state differs, error %v", step, err)
		}
	}
	wantError(t, "reader saves", reader.SetMeta("a", "b"), ErrReadOnly, "save "+f.Path())
	if err := errors.Join(reader.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	onlyFile(t, f.Path())
	f, err = Open(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}

// OpenReadOnly must leave the file as it is: same bytes, no other files, even if the folder can be
// written.
func TestOpenReadOnlyChangesNothing(t *testing.T) {
	path, run := saved(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	f, err := OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Load(run, -1); err != nil {
		t.Error(err)
	}
	onlyFile(t, path)
	f.Close()
	after, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(before) != string(after) {
		t.Error("the file has changed")
	}
}

// A project of schema version 1 is upgraded by Open in place, and by OpenReadOnly without touching
// it.
