package ckpt

import (
	"os"
	"path/filepath"
)

// SaveAs writes a compact copy of the project to path and continues there: f then refers to the
// copy, and the old file stays as it is. A file at path is replaced in one instant, once the copy
// is complete; it must not be open in any Ganvas. After an error f goes on with its old file, and
// path is as it was. A project that was opened read-only becomes writable by it.
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
	h, err := f.compactCopy(filepath.Dir(abs))
	if err == nil {
		err = replaceDatabase(h.path, abs)
		h.remove()
	}
	if err != nil {
		l.release()
		return err
	}
	next, err := openDatabase(abs, migrations)
	if err != nil {
		l.release()
		return err
	}
	// The old file is complete on the disk; an error in closing it could tell nothing that matters.
	_ = f.closeDatabase()
	f.db, f.path, f.at, f.lock, f.readOnly = next, path, abs, l, false
	return nil
}

// isAt reports whether f's own file is at the real path abs.
func (f *File) isAt(abs string) bool { return f.at == abs }

// compactCopy writes a copy without free space under a hidden name in a folder and makes it
// durable.
func (f *File) compactCopy(dir string) (*hidden, error) {
	h, err := newHidden(dir)
	if err != nil {
		return nil, err
	}
	if err = f.db.exec("VACUUM main INTO ?", h.path); err == nil {
		err = syncFile(h.path)
	}
	if err != nil {
		h.remove()
		return nil, err
	}
	return h, nil
}
