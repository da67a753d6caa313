//go:build !windows

package ckpt

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A project is as readable as the user's umask makes new files, however it was written.
func TestUmask(t *testing.T) {
	for _, mask := range []int{0o022, 0o077, 0o002} {
		want := fs.FileMode(0o644 &^ mask)
		old := syscall.Umask(mask)
		dir := t.TempDir()
		f, err := Create(filepath.Join(dir, "a.ganvas"))
		if err == nil {
			err = f.SaveAs(filepath.Join(dir, "b.ganvas"))
		}
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		for _, name := range []string{"a.ganvas", "b.ganvas"} {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil || info.Mode().Perm() != want {
				t.Errorf("umask %o: %s has mode %o, want %o, error %v", mask, name, info.Mode().Perm(), want, err)
			}
		}
	}
}

// A write-protected project is refused when it is opened for training, also by the super-user, and
// can be looked at.
func TestWriteProtected(t *testing.T) {
	path, _ := saved(t)
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path)
	wantError(t, "open", err, fs.ErrPermission, "write-protected", "copy")
	onlyFile(t, path)
	if got := newestStep(t, path); got != 200 {
		t.Errorf("step %d", got)
	}
}
