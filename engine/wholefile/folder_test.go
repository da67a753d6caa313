package wholefile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A folder appears with all of its files or not at all, and does not take the place of another.
func TestWriteFolder(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "out")
	fill := func(folder string) error {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("it is there before it is whole: %v", err)
		}
		return os.WriteFile(filepath.Join(folder, "a"), []byte("one"), 0o666)
	}
	broken := errors.New("broken off")
	if err := WriteFolder(path, func(folder string) error { return errors.Join(fill(folder), broken) }); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("left after an error: %v", got)
	}
	if err := WriteFolder(path+string(filepath.Separator), fill); err != nil {
		t.Fatal(err)
	}
	wantContent(t, filepath.Join(path, "a"), "one")
	err := WriteFolder(path, func(string) error { panic("filled in vain") })
	if !errors.Is(err, fs.ErrExist) || !strings.HasSuffix(err.Error(), ": it exists already: choose the name of a new folder") {
		t.Errorf("written over a folder: %v", err)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
}

// A folder that a killed process left is removed; one whose writer lives is not.
func TestAbandonedFolder(t *testing.T) {
	dir := t.TempDir()
	err := WriteFolder(filepath.Join(dir, "out"), func(folder string) error {
		left := filepath.Join(dir, ".ganvas-00000000.part"+folderSuffix)
		if err := os.MkdirAll(filepath.Join(left, "deep"), 0o755); err != nil {
			return err
		}
		cleaned.Clear()
		RemoveAbandoned(dir)
		if _, err := os.Lstat(left); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the abandoned folder is there: %v", err)
		}
		_, err := os.Lstat(folder)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What has no name is not taken for the folder that the program runs in.
func TestNoName(t *testing.T) {
	t.Chdir(t.TempDir())
	const want = "write: it has no name: name it"
	if err := WriteFolder("", func(string) error { panic("filled in vain") }); err == nil || err.Error() != want {
		t.Errorf("folder: %v, want %s", err, want)
	}
	if err := WriteBytes("", Replace, []byte("one")); err == nil || err.Error() != want {
		t.Errorf("file: %v, want %s", err, want)
	}
}
