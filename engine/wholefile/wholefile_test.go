package wholefile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// names returns what is in a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func wantContent(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("%s holds %q, %v; want %q", path, got, err, want)
	}
}

// What is there stays until the new content is whole, and for good if that fails.
func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	if err := WriteBytes(path, Keep, []byte("one")); err != nil {
		t.Fatal(err)
	}
	if err := WriteBytes(path, Keep, []byte("two")); !errors.Is(err, fs.ErrExist) || !strings.HasPrefix(err.Error(), "write "+path+": it exists already: ") {
		t.Errorf("written over what is to be kept: %v", err)
	}
	wantContent(t, path, "one")
	broken := errors.New("broken off")
	err := Write(path, Replace, func(w io.Writer) error {
		if _, err := io.WriteString(w, "thr"); err != nil {
			return err
		}
		wantContent(t, path, "one")
		return broken
	})
	if !errors.Is(err, broken) || err.Error() != "write "+path+": broken off" {
		t.Errorf("error %v, want %v", err, broken)
	}
	err = Write(path, Replace, func(io.Writer) error {
		_, err := os.ReadFile(filepath.Join(dir, "other"))
		return err
	})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), filepath.Join(dir, "other")) {
		t.Errorf("error %v, want one that names the file that was read", err)
	}
	wantContent(t, path, "one")
	if err := WriteBytes(path, Replace, []byte("four")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, path, "four")
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
}

// A file that came while the content was made is kept as well.
func TestKeepLate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.txt")
	err := Write(path, Keep, func(w io.Writer) error {
		if err := os.WriteFile(path, []byte("late"), 0o666); err != nil {
			return err
		}
		_, err := io.WriteString(w, "new")
		return err
	})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v, want fs.ErrExist", err)
	}
	wantContent(t, path, "late")
	if got := names(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
}

// What cannot be written is said before any work is done, with the file and a remedy.
func TestRefusals(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := WriteBytes(file, Keep, nil); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		dir:                             "it is a folder: choose another name",
		filepath.Join(dir, "no", "a"):   "there is no folder " + filepath.Join(dir, "no") + ": create it first, or choose another",
		filepath.Join(dir, "file", "a"): file + " is not a folder: choose another",
	} {
		err := WriteBytes(path, Replace, nil)
		if err == nil || err.Error() != "write "+path+": "+want {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left: %v", got)
	}
}
