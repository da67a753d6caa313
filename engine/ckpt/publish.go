package ckpt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// target is the name that a project under a hidden name is to get.
type target struct {
	path    string // real path
	lock    *lock
	replace bool // whether it takes the place of what is there
}

// Begin makes an empty project that is to be at path. Until Publish it lies beside that under a
// hidden name, and what is at path stays as it is; nobody else can open that for training
// meanwhile. Without replace nothing may be there: the error then wraps fs.ErrExist. Close and
// Discard before Publish remove the new project. After any error nothing of it is left behind.
func Begin(path string, replace bool) (*File, error) {
	f, err := begin(path, replace)
	if err != nil {
		return nil, failed("create", path, err)
	}
	return f, nil
}

func begin(path string, replace bool) (*File, error) {
	abs, err := realPath(path)
	if err != nil {
		return nil, err
	}
	if err := checkFolder(abs); err != nil {
		return nil, err
	}
	info, err := os.Lstat(abs)
	switch {
	case err == nil && !replace:
		return nil, exists()
	case err == nil && info.IsDir():
		return nil, &fault{fs.ErrExist, "a folder", "choose another name"}
	}
	Sweep(filepath.Dir(abs))
	l, err := acquire(abs)
	if err != nil {
		return nil, err
	}
	h, err := newHidden(filepath.Dir(abs))
	if err != nil {
		l.release()
		return nil, err
	}
	d, err := emptyProject(h.path)
	if err != nil {
		h.remove()
		l.release()
		return nil, err
	}
	f := fileOf(d, path, h.path)
	f.lock, f.target = h.lock, &target{abs, l, replace}
	return f, nil
}

func exists() error { return &fault{fs.ErrExist, "", "choose another name, or delete it first"} }

// emptyProject makes the empty file at path a project without content and opens it.
func emptyProject(path string) (*db, error) {
	d, err := connect(path, openReadWrite)
	if err != nil {
		return nil, err
	}
	err = d.script(fmt.Sprintf("PRAGMA page_size = %d;", pageSize))
	if err == nil {
		err = d.migrate(0, migrations)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Pending reports whether the project has not yet got its name. It keeps its answer after Close.
func (f *File) Pending() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.target != nil
}

// Publish gives a project that Begin has made its name, in one instant, and does nothing if it has
// it already. After an error the project is as before and Publish can be tried again; the error
// wraps fs.ErrExist if another file has the name.
func (f *File) Publish() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.db == nil:
		return failed("save", f.path, ErrClosed)
	case f.target == nil:
		return nil
	}
	return failed("save", f.path, f.publish(f.target.path, f.target.replace))
}

// PublishBeside gives a project that cannot get its name a free one like it, and returns that.
func (f *File) PublishBeside() (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.db == nil:
		return "", failed("save", f.path, ErrClosed)
	case f.target == nil:
		return f.path, nil
	}
	abs, err := freeName(f.target.path)
	if err == nil {
		err = f.publish(abs, false)
	}
	if err != nil {
		return "", failed("save", f.path, err)
	}
	f.path = abs
	return abs, nil
}

// freeName returns the path with the first number that makes it free.
func freeName(path string) (string, error) {
	ext := filepath.Ext(path)
	for i := 2; ; i++ {
		free := fmt.Sprintf("%s %d%s", strings.TrimSuffix(path, ext), i, ext)
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free, nil
		} else if err != nil {
			return "", err
		}
	}
}

// publish moves the open project from its hidden name to abs. SQLite keeps the name that it opened
// for its journal, and Windows renames nothing that is open: so the project is closed meanwhile.
func (f *File) publish(abs string, replace bool) error {
	t, h := f.target, hidden{f.at, f.lock}
	l := t.lock
	if abs != t.path {
		var err error
		if l, err = acquire(abs); err != nil {
			return err
		}
	}
	err := f.db.Close()
	if err == nil {
		err = syncFile(h.path)
	}
	if err == nil {
		err = moveTo(h.path, abs, replace)
	}
	at := abs
	if err != nil {
		at = h.path
	}
	d, openErr := openDatabase(at, migrations)
	if openErr != nil {
		f.db = nil
	} else {
		f.db = d
	}
	if err != nil {
		if l != t.lock {
			l.release()
		}
		return err
	}
	h.remove()
	if l != t.lock {
		t.lock.release()
	}
	f.at, f.lock, f.target = abs, l, nil
	return openErr
}

// moveTo gives a closed database whose content is on the disk its name, whose lock is held.
func moveTo(from, to string, replace bool) error {
	if replace {
		return replaceDatabase(from, to)
	}
	// Beside a name that is free lies at most what a deleted project left; SQLite would apply it to
	// the new one.
	if _, err := os.Lstat(to); err == nil {
		return exists()
	}
	removeJournals(to)
	err := os.Link(from, to) // unlike a rename it never replaces
	if err != nil && !errors.Is(err, fs.ErrExist) {
		// A file system without hard links.
		if _, err := os.Lstat(to); err == nil {
			return exists()
		}
		err = os.Rename(from, to)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return exists()
	case err != nil:
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// replaceDatabase puts a closed database in the place of another, whose lock is held.
func replaceDatabase(from, to string) error {
	if hasJournal(to) {
		// The file to be replaced was left in the middle of a save. Its journal must not outlive
		// it: SQLite would apply it to the new file. A project that is whole with it is made so
		// first, because a kill may come before the rename.
		if kin, err := kinshipOf(to); kin == own && err == nil {
			if d, err := openDatabase(to, migrations); err == nil {
				d.Close()
			}
		}
		removeJournals(to)
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}
