package ckpt

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestDiscard(t *testing.T) {
	f := newFile(t)
	run := newRun(t, f)
	if err := f.Save(Save{Run: run, Step: 1, Kind: "manual", State: small(1)}); err != nil {
		t.Fatal(err)
	}
	// As after a save that found the disk full.
	if err := os.WriteFile(f.Path()+"-journal", []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := f.Discard(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Dir(f.Path()))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestDiscardReadOnly(t *testing.T) {
	path, _ := saved(t)
	f, err := OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Discard(); !errors.Is(err, ErrReadOnly) {
		t.Errorf("got %v, want ErrReadOnly", err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}
