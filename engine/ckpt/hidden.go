package ckpt

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A file that is to become a project lies beside it under a hidden name until it is whole. Its lock
// says that a process is still at work on it; a hidden file without one is what a killed process
// left.
const (
	hiddenPrefix = ".ganvas-"
	hiddenSuffix = ".project"
	lockSuffix   = "-lock"
)

// hidden is a file under a hidden name, with the lock that goes with it.
type hidden struct {
	path string
	lock *lock
}

// newHidden creates an empty hidden file in a folder, as readable as any file that the user
// creates.
func newHidden(dir string) (*hidden, error) {
	for {
		path := filepath.Join(dir, hiddenPrefix+rand.Text()[:12]+hiddenSuffix)
		l, err := acquire(path) // before the file is there, so that Sweep never finds it without
		if errors.Is(err, ErrInUse) {
			continue
		}
		if err != nil {
			return nil, err
		}
		t, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644) // less what the umask takes
		if err == nil {
			err = t.Close()
		}
		if err == nil {
			return &hidden{path, l}, nil
		}
		l.release()
		if !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
	}
}

// remove removes the file, what SQLite may have left beside it, and the lock.
func (h *hidden) remove() {
	if h != nil {
		removeDatabase(h.path)
		h.lock.release()
	}
}

// Sweep removes what killed processes left in a folder: projects that never got their name, and
// locks of projects that are not there. What a living process works on stays. Nothing that has gone
// wrong matters: it is tried again another time.
func Sweep(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	defer d.Close()
	const most = 20_000 // entries: a folder may hold a million pictures beside the project
	entries, _ := d.Readdirnames(most)
	for _, entry := range entries {
		path := filepath.Join(dir, strings.TrimSuffix(entry, lockSuffix))
		name := filepath.Base(path)
		locked := name != entry
		isHidden := strings.HasPrefix(name, hiddenPrefix) && strings.HasSuffix(name, hiddenSuffix)
		if !isHidden && !(locked && strings.HasSuffix(name, ".ganvas")) {
			continue
		}
		l, err := acquire(path)
		if err != nil {
			continue
		}
		if isHidden && l.sure {
			removeDatabase(path)
		}
		l.release() // removes its file
	}
}
