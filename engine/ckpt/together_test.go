package ckpt

import (
	"errors"
	"testing"
)

// TestTogether holds that reads see one state of a file, whatever is written meanwhile.
func TestTogether(t *testing.T) {
	path, run := saved(t)
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	reader, err := OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var last int64
	err = reader.Together(func() error {
		list, err := reader.Checkpoints(run)
		if err != nil {
			return err
		}
		last = list[len(list)-1].Step
		if err := f.Rewind(run, 100); err != nil {
			t.Fatal(err)
		}
		_, err = reader.Load(run, last)
		return err
	})
	if err != nil {
		t.Errorf("a step that was listed, and then forgotten by another: %v", err)
	}
	if _, err := reader.Load(run, last); !errors.Is(err, ErrNoCheckpoint) {
		t.Errorf("afterwards: %v, want ErrNoCheckpoint", err)
	}
}
