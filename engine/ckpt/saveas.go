package ckpt

import (
	"os"
	"path/filepath"
)

// SaveAs writes a compact copy of the project to path and continues there: f then refers to the copy, and the old file
// stays as it is. A file at path is replaced in one instant, once the copy is complete; it must not be open in any
// Ganvas. After an error f goes on with its old file, and path is as it was. A project that was opened read-only
// becomes writable by it.
func (f *File) SaveAs(path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.db == nil {
		return failed("save as", path, ErrClosed)
	}
	return failed("save as", path, f.saveAs(path))
}

func (f *File) saveAs(path string) error {
	abs, err := realPath(path)
	if err != nil {
		return err
	}
	if err := checkFolder(abs); err != nil {
		return err
	}
	if f.isAt(abs) && !f.readOnly {
		return nil // it is what has been saved all the time
	}
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		return &fault{os.ErrExist, "a folder", "choose another name"}
	}
	l, err := acquire(abs)
	if err != nil {
		return err
	}
	temp, err := f.compactCopy(abs)
	if err == nil {
		err = replace(temp, abs)
	}
	if err != nil {
		l.release()
		return err
	}
	next, err := openLocked(path, abs, l, migrations)
	if err != nil {
		l.release()
		return err
	}
	// The old file is complete on the disk; an error in closing it could tell nothing that matters.
	_ = f.db.Close()
	f.lock.release()
	f.db, f.path, f.lock, f.readOnly = next.db, path, l, false
	return nil
}

// isAt reports whether f's own file is at the real path abs.
func (f *File) isAt(abs string) bool {
	own, err := realPath(f.path)
	return err == nil && own == abs
}

// compactCopy writes a copy without free space under a temporary name beside path and makes it durable.
func (f *File) compactCopy(path string) (temp string, err error) {
	temp, err = tempName(path)
	if err != nil {
		return "", err
	}
	if err = f.db.exec("VACUUM INTO ?", temp); err == nil {
		err = syncFile(temp)
	}
	if err != nil {
		removeDatabase(temp)
		return "", err
	}
	return temp, nil
}

// replace puts the finished file temp in the place of path, whose lock is held. On error temp is removed.
func replace(temp, path string) error {
	if _, err := os.Stat(path + "-journal"); err == nil {
		// The file to be replaced was left in the middle of a save. Its journal must not outlive it: SQLite would apply it
		// to the new file.
		os.Remove(path)
		removeJournals(path)
	}
	if err := os.Rename(temp, path); err != nil {
		os.Remove(temp)
		return err
	}
	return syncFolder(filepath.Dir(path))
}
