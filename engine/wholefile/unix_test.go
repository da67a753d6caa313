//go:build unix && !solaris && !aix

package wholefile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// child names the folder in which this test program, started as another process, begins a file and
// is killed.
const child = "GANVAS_WHOLEFILE_CHILD"

func TestMain(m *testing.M) {
	if folder := os.Getenv(child); folder != "" {
		_ = Write(filepath.Join(folder, "never"), Keep, func(io.Writer) error {
			fmt.Fprintln(os.Stdout, "begun")
			select {}
		})
	}
	os.Exit(m.Run())
}

func perm(t *testing.T, path string) fs.FileMode {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().Perm()
}

// A file is as readable as the user's umask says; one that is replaced keeps its permissions.
func TestPermissions(t *testing.T) {
	dir := t.TempDir()
	for mask, want := range map[int]fs.FileMode{0o022: 0o644, 0o077: 0o600, 0o002: 0o664} {
		old := syscall.Umask(mask)
		path := filepath.Join(dir, fmt.Sprintf("%o", mask))
		err := WriteBytes(path, Keep, nil)
		syscall.Umask(old)
		if err != nil {
			t.Fatal(err)
		}
		if got := perm(t, path); got != want {
			t.Errorf("with umask %o: %o, want %o", mask, got, want)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		if err := WriteBytes(path, Replace, []byte("x")); err != nil {
			t.Fatal(err)
		}
		if got := perm(t, path); got != 0o640 {
			t.Errorf("replaced: %o, want 640", got)
		}
	}
}

// A full disk is named, whatever the system calls it.
func TestFull(t *testing.T) {
	dir := t.TempDir()
	for _, cause := range []error{syscall.ENOSPC, syscall.EDQUOT} {
		path := filepath.Join(dir, "a")
		err := Write(path, Keep, func(io.Writer) error { return &fs.PathError{Op: "write", Path: "/tmp/x", Err: cause} })
		if !errors.Is(err, cause) || err.Error() != "write "+path+": the disk is full: free some space, or choose another disk" {
			t.Errorf("error %v", err)
		}
	}
	if got := names(t, dir); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

// Through a link the file behind it is replaced; a device is left alone.
func TestLinks(t *testing.T) {
	dir := t.TempDir()
	file, link, device := filepath.Join(dir, "file"), filepath.Join(dir, "link"), filepath.Join(dir, "device")
	if err := errors.Join(WriteBytes(file, Keep, []byte("old")), os.Symlink("file", link), os.Symlink(os.DevNull, device)); err != nil {
		t.Fatal(err)
	}
	if err := WriteBytes(link, Replace, []byte("new")); err != nil {
		t.Fatal(err)
	}
	wantContent(t, file, "new")
	if to, err := os.Readlink(link); err != nil || to != "file" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	if err := WriteBytes(device, Replace, []byte("new")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a device was written over: %v", err)
	}
}

// What a killed process left is removed by the next that writes there; what a living one writes is
// not.
func TestAbandoned(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a [folder]")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	begin := func() (*exec.Cmd, string) {
		t.Helper()
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), child+"="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		before := names(t, dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(out, make([]byte, 5)); err != nil {
			t.Fatal(err)
		}
		for _, n := range names(t, dir) {
			if len(before) == 0 || n != before[0] {
				return cmd, n
			}
		}
		t.Fatal("the other process made no file")
		return nil, ""
	}
	killed, _ := begin()
	if err := killed.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = killed.Wait()
	if got := names(t, dir); len(got) != 1 {
		t.Fatalf("the killed process left %v, want one file", got)
	}
	alive, open := begin()
	defer func() {
		_ = alive.Process.Kill()
		_ = alive.Wait()
	}()
	// That process has removed the file of the killed one already; what it writes itself stays
	// while others write.
	cleaned.Clear()
	if err := WriteBytes(filepath.Join(dir, "mine"), Keep, nil); err != nil {
		t.Fatal(err)
	}
	if got := names(t, dir); len(got) != 2 || got[0] != open || got[1] != "mine" {
		t.Errorf("%v is there, want %s and mine", got, open)
	}
}
