package ckpt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// begun is a project under a hidden name with one checkpoint, whose step tells it from others.
func begun(t *testing.T, path string, replace bool, step int64) *File {
	t.Helper()
	f, err := Begin(path, replace)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if err := f.Save(Save{Run: newRun(t, f), Step: step, Kind: "manual", State: small(step)}); err != nil {
		t.Fatal(err)
	}
	return f
}

// newestStep is the step of the newest checkpoint of the project at path.
func newestStep(t *testing.T, path string) int64 {
	t.Helper()
	f, err := OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	list, err := f.Checkpoints(1)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d checkpoints, error %v", len(list), err)
	}
	return list[len(list)-1].Step
}

// What a project replaces stays until Publish, and for good if that never comes.
func TestReplace(t *testing.T) {
	path, _ := saved(t) // at step 200
	for _, end := range []func(*File) error{(*File).Close, (*File).Discard} {
		f := begun(t, path, true, 7)
		if got := newestStep(t, path); got != 200 {
			t.Errorf("before Publish step %d is at the name, want that of the old project", got)
		}
		_, err := Open(path)
		wantError(t, "open the old one for training", err, ErrInUse)
		if err := end(f); err != nil {
			t.Error(err)
		}
		if !f.Pending() {
			t.Error("not pending after an end without Publish")
		}
		onlyFile(t, path)
	}
	if got := newestStep(t, path); got != 200 {
		t.Errorf("a project that was never published has replaced another: step %d", got)
	}

	f := begun(t, path, true, 7)
	for range 2 { // the second time there is nothing left to do
		if err := f.Publish(); err != nil {
			t.Fatal(err)
		}
		if got := newestStep(t, path); got != 7 || f.Pending() {
			t.Errorf("after Publish step %d is at the name, pending %v", got, f.Pending())
		}
	}
	if err := f.Save(Save{Run: 1, Step: 8, Kind: "manual", State: small(8)}); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	onlyFile(t, path)
	if got := newestStep(t, path); got != 8 {
		t.Errorf("step %d after the end, want 8", got)
	}
	_, err := Begin(filepath.Dir(path), true)
	wantError(t, "replace a folder", err, fs.ErrExist, "a folder")
}

// A file that appears at the name meanwhile is not overwritten, and what was learnt is not lost.
func TestNameTakenMeanwhile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.ganvas")
	f := begun(t, path, false, 7)
	_, err := Create(path)
	wantError(t, "a second project of that name", err, ErrInUse)
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	wantError(t, "publish", f.Publish(), fs.ErrExist, "save "+path, "another name")
	if err := f.Save(Save{Run: 1, Step: 9, Kind: "manual", State: small(9)}); err != nil {
		t.Fatal(err)
	}
	beside, err := f.PublishBeside()
	if want := filepath.Join(filepath.Dir(path), "run 2.ganvas"); err != nil || filepath.Base(beside) != filepath.Base(want) || f.Path() != beside {
		t.Errorf("published as %s, path %s, error %v", beside, f.Path(), err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if got := newestStep(t, beside); got != 9 {
		t.Errorf("step %d, want 9", got)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "mine" {
		t.Errorf("the file that was there holds %q, error %v", b, err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 2 {
		t.Errorf("%v are there, error %v", entries, err)
	}
}

// Sweep removes what a killed process left, and nothing that is in use or is not of a project.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	f := begun(t, filepath.Join(dir, "living.ganvas"), false, 1)
	for _, name := range []string{
		".ganvas-DEAD.project", ".ganvas-DEAD.project-journal", ".ganvas-DEAD.project-lock", "gone.ganvas-lock",
		".ganvas-1.tmp", "other-lock", "notes",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	Sweep(dir)
	var left []string
	for name := range folder(t, dir) {
		switch name {
		case ".ganvas-1.tmp", "other-lock", "notes", "living.ganvas-lock", filepath.Base(f.at), filepath.Base(f.at) + lockSuffix:
		default:
			left = append(left, name)
		}
	}
	if len(left) > 0 {
		t.Errorf("%v are left", left)
	}
	if err := f.Publish(); err != nil {
		t.Errorf("a living process's project was swept: %v", err)
	}
	if err := errors.Join(f.Close(), f.Discard()); err == nil {
		_, err = os.Stat(filepath.Join(dir, "living.ganvas"))
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("after Discard: %v", err)
		}
	}
}
