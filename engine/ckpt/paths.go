package ckpt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// maxPath is the longest path in bytes that SQLite takes on Unix (512), less what journal and lock
// add to it.
const maxPath = 490

// realPath returns the absolute path of a project file without symbolic links, so that all who open
// it find the same lock and journal. The file itself need not exist.
func realPath(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real
	} else if dir, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		abs = filepath.Join(dir, filepath.Base(abs))
	}
	if len(abs) > maxPath {
		return "", fmt.Errorf("the path has %d bytes, %d at most work: choose a shorter name or a folder higher up", len(abs), maxPath)
	}
	return abs, nil
}

// existing returns the real path of a file that can be a project.
func existing(path string) (string, error) {
	abs, err := realPath(path)
	if err != nil {
		return "", err
	}
	// Only the name is examined here: opening and closing the file would drop the locks of a
	// connection of this process.
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &fault{fs.ErrNotExist, "", "check the name, and whether it was moved or deleted"}
	case err != nil:
		return "", err
	case info.IsDir():
		return "", &fault{ErrNotProject, "a folder", "choose a .ganvas file"}
	case !info.Mode().IsRegular():
		return "", &fault{ErrNotProject, "not a regular file", "choose a .ganvas file"}
	case info.Size() == 0:
		return "", &fault{ErrNotProject, "the file is empty", "choose a .ganvas file that Ganvas has written"}
	}
	return abs, nil
}

// checkWritable reports a project that is protected from being written, before anything is trained
// into it.
func checkWritable(abs string) error {
	info, err := os.Stat(abs)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o222 == 0 || !mayWrite(abs) {
		return &fault{fs.ErrPermission, "the file is write-protected", "take the protection away, or work on a copy"}
	}
	return nil
}

// fileSize returns a function that asks for the size of a file, for db.check.
func fileSize(path string) func() (int64, error) {
	return func() (int64, error) {
		info, err := os.Stat(path)
		if err != nil {
			return 0, err
		}
		return info.Size(), nil
	}
}

// checkFolder reports a folder that is not there before any file is put into it.
func checkFolder(abs string) error {
	dir := filepath.Dir(abs)
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) || (err == nil && !info.IsDir()) {
		return &fault{fs.ErrNotExist, "no folder " + dir, "create the folder first, or choose another"}
	}
	return err
}

// syncFolder makes a changed name durable. Where folders cannot be synchronised nothing better can
// be done.
func syncFolder(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}

// syncFile makes the content of a file durable that no database connection has open.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return fmt.Errorf("write to disk: %w", err)
	}
	return f.Close()
}

// removeDatabase removes a database and what SQLite may have left beside it.
func removeDatabase(path string) {
	os.Remove(path)
	removeJournals(path)
}
