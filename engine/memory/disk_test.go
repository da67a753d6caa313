package memory

import (
	"path/filepath"
	"testing"
)

func TestCheckDisk(t *testing.T) {
	const fewer = "choose fewer"
	if err := roomFor(100, 100, fewer); err != nil {
		t.Errorf("what fits exactly: %v", err)
	}
	want := "it takes about 307.2 GB; 76.0 GB are free on the disk: choose fewer"
	if err := roomFor(307.2e9, 76e9, fewer); err == nil || err.Error() != want {
		t.Errorf("the error is %v, want %q", err, want)
	}
	if err := CheckDisk(filepath.Join(t.TempDir(), "x.npy"), 1, fewer); err != nil {
		t.Errorf("a byte: %v", err)
	}
	if err := CheckDisk(filepath.Join(t.TempDir(), "x.npy"), 1e30, fewer); err == nil {
		t.Error("1e30 bytes fit onto the disk")
	}
}
