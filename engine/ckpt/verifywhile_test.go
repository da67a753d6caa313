package ckpt

import "testing"

// TestVerifyWhileItTrains: checkpoints that are given up while a project is read are no damage.
func TestVerifyWhileItTrains(t *testing.T) {
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
	read := 0
	damage, err := reader.Verify(func(done, total int) {
		read = total
		if done > 0 {
			return
		}
		if err := f.Rewind(run, 100); err != nil {
			t.Error(err)
		}
	})
	if err != nil || len(damage) > 0 || read != 2 {
		t.Errorf("of %d checkpoints damaged: %v, %v", read, damage, err)
	}
}
