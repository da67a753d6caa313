package ckpt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// What a killed process leaves is a journal beside its project, with which SQLite undoes the half
// save. SQLite does so with any journal of that name, also with one that belongs to another project
// or to a later state of a copy that was put back: then it mixes both. So what would become of the
// project is first looked at on a copy.

// A remnant is a journal beside a project, and what SQLite would make of both.
type remnant struct {
	kin     kinship
	undone  *hidden // copy on which it was applied; nil if that is not whole
	without *hidden // copy without it; nil if that is not whole, or was not needed
	why     error   // why without is nil where it was needed
}

// examine finds out what a journal beside a project means, on copies in a folder. The caller
// removes them.
func examine(abs, dir string, steps []migration) (r remnant, err error) {
	if r.kin, err = kinshipOf(abs); err != nil {
		return r, err
	}
	if r.kin != unplayed {
		if r.undone, _, err = wholeCopy(abs, dir, true, steps); err != nil || r.kin == own && r.undone != nil {
			return r, err
		}
	}
	r.without, r.why, err = wholeCopy(abs, dir, false, steps)
	return r, err
}

// neither is the error of a project that is not whole with its journal nor without.
func (r *remnant) neither() error {
	if why := explain(r.why); errors.Is(why, ErrNewer) || errors.Is(why, ErrNotProject) {
		return why
	}
	return &fault{ErrDamaged, "a save was interrupted there", "use an older copy of the project"}
}

// isUndone tells whether the project is to be as SQLite makes it with the journal.
func (r *remnant) isUndone() bool {
	return r.undone != nil && (r.kin != foreign || r.without == nil)
}

func (r *remnant) remove() {
	r.undone.remove()
	r.without.remove()
}

// wholeCopy returns a copy of a project on which its journal was applied, or that leaves it out;
// nil and why if that is not whole.
func wholeCopy(abs, dir string, journals bool, steps []migration) (h *hidden, why, err error) {
	if h, err = newHidden(dir); err != nil {
		return nil, nil, err
	}
	if err := copyDatabase(abs, h.path, journals); err != nil {
		h.remove()
		return nil, nil, err
	}
	d, err := connectChecked(h.path, openReadWrite, steps) // SQLite rolls back when it first reads
	if err == nil {
		// The copy is to be read where nothing else lies beside it.
		err = errors.Join(d.script("PRAGMA journal_mode = DELETE;"), d.checkTables(), d.Close())
	}
	switch code := explain(err); {
	case err == nil:
		return h, nil, nil
	case errors.Is(code, ErrDiskFull), errors.Is(code, fs.ErrPermission):
		h.remove()
		return nil, nil, err
	}
	h.remove()
	return nil, err, nil
}

// readRemnant opens a copy of a project beside which a journal lies, as it is without the half
// save. Nothing is changed.
func readRemnant(abs string, steps []migration) (*db, *hidden, error) {
	dir := os.TempDir()
	Sweep(dir)
	r, err := examine(abs, dir, steps)
	if err != nil {
		r.remove()
		return nil, nil, fmt.Errorf("a save was interrupted, and cannot be undone on a copy in %s: %w", dir, err)
	}
	base := filepath.Base(abs)
	note, h := "", r.undone
	switch {
	case r.isUndone() && r.kin == own:
		note = "a save was interrupted: what was saved before it is shown; the half save is undone when the project is opened for training"
	case r.isUndone():
		note = fmt.Sprintf("a save may have been interrupted: what %s-journal beside it undoes is left out, which may belong to another state", base)
	case r.without != nil:
		note, h = fmt.Sprintf("%s-journal beside it belongs to another project or state, and is left out", base), r.without
	default:
		return nil, nil, r.neither()
	}
	if h != r.undone {
		r.undone.remove()
	} else {
		r.without.remove()
	}
	d, err := connectChecked(h.path, openReadOnly, steps)
	if err != nil {
		h.remove()
		return nil, nil, err
	}
	if hasJournal(abs) { // otherwise only the format was another tool's
		d.notes = append(d.notes, note)
	}
	return d, h, nil
}

// settle prepares a project beside which a journal lies for being opened for writing, with its lock
// held: it leaves only a journal that SQLite may apply. What it says of it is for the user.
func settle(abs string, steps []migration) (note string, err error) {
	base := filepath.Base(abs)
	r, err := examine(abs, filepath.Dir(abs), steps)
	defer r.remove()
	const undone = "a save was interrupted: it is undone, what was saved before it is whole"
	switch {
	case err != nil && r.kin == own && errors.Is(explain(err), ErrDiskFull): // no room for a copy, and no doubt
		return undone, nil
	case err != nil:
		return "", err
	case r.isUndone() && r.kin == own:
		return undone, nil
	case r.isUndone():
		kept, err := keepCopy(abs)
		return fmt.Sprintf("a save may have been interrupted: it is undone with %s-journal, which may belong to another state; both are kept as they were as %s", base, kept), err
	case r.without != nil:
		aside, err := setAside(abs)
		return fmt.Sprintf("%s-journal beside it belonged to another project or state: it is left out, and kept as %s", base, aside), err
	}
	return "", r.neither()
}

// setAside gives what lies beside a database names that SQLite does not look for, and returns the
// first.
func setAside(abs string) (name string, err error) {
	for _, suffix := range journalSuffixes {
		if _, err := os.Lstat(abs + suffix); err != nil {
			continue
		}
		to := abs + suffix + ".old"
		for i := 2; ; i++ {
			if _, err := os.Lstat(to); errors.Is(err, fs.ErrNotExist) {
				break
			}
			to = fmt.Sprintf("%s%s.old%d", abs, suffix, i)
		}
		if err := os.Rename(abs+suffix, to); err != nil {
			return "", err
		}
		if name == "" {
			name = filepath.Base(to)
		}
	}
	return name, syncFolder(filepath.Dir(abs))
}

// keepCopy copies a project with what lies beside it under a free name, and returns that.
func keepCopy(abs string) (string, error) {
	to, err := freeName(abs)
	if err != nil {
		return "", err
	}
	h, err := newHidden(filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	defer h.remove()
	if err := copyDatabase(abs, h.path, true); err != nil {
		return "", err
	}
	for _, suffix := range append(slices.Clone(journalSuffixes), "") { // the project last: with it all is there
		if _, err := os.Lstat(h.path + suffix); err != nil {
			continue
		}
		if err := errors.Join(syncFile(h.path+suffix), os.Rename(h.path+suffix, to+suffix)); err != nil {
			return "", err
		}
	}
	return filepath.Base(to), syncFolder(filepath.Dir(abs))
}
