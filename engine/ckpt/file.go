package ckpt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
)

// File is an open project file. Its methods may be called from several goroutines; each sees or
// makes one complete change.
type File struct {
	// Now is the clock of creation and change times; Create, Open and OpenReadOnly set it to
	// time.Now.
	Now func() time.Time

	mu       sync.Mutex
	db       *db     // nil once closed
	path     string  // as the user names it
	at       string  // real path of the database; "" in memory
	lock     *lock   // of at; nil if read-only
	target   *target // name that the project is still to get; nil once it has it
	copy     *hidden // that is read in its place; nil: none
	readOnly bool
	warnings []string
	held     map[int64]int // runs at work, which cannot be deleted, and by how many
}

// Create makes an empty project. It refuses to replace a file: the error then wraps fs.ErrExist.
// After any error nothing of it is left behind.
func Create(path string) (*File, error) {
	f, err := Begin(path, false)
	if err != nil {
		return nil, err
	}
	if err := f.Publish(); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// pageSize is what disks use; larger pages were not seen to make a checkpoint of 100 MB faster.
const pageSize = 4096

// Open opens a project for training into it. It fails with an error that wraps fs.ErrNotExist,
// ErrNotProject, ErrDamaged, ErrNewer, ErrInUse, or fs.ErrPermission (then OpenReadOnly may work).
// What an interrupted Save left half done is undone.
func Open(path string) (*File, error) {
	f, err := open(path, migrations)
	if err != nil {
		return nil, failed("open", path, err)
	}
	return f, nil
}

func open(path string, steps []migration) (*File, error) {
	abs, err := existing(path)
	if err != nil {
		return nil, err
	}
	if err := checkWritable(abs); err != nil {
		return nil, err
	}
	Sweep(filepath.Dir(abs))
	l, err := acquire(abs)
	if err != nil {
		return nil, err
	}
	d, err := openDatabase(abs, steps)
	if err != nil {
		l.release()
		return nil, err
	}
	f := fileOf(d, path, abs)
	f.lock = l
	return f, nil
}

func fileOf(d *db, path, at string) *File {
	return &File{Now: time.Now, db: d, path: path, at: at, warnings: d.notes}
}

// openDatabase opens the database of a project for writing, whose lock is held.
func openDatabase(abs string, steps []migration) (*db, error) {
	var notes []string
	if hasJournal(abs) {
		note, err := settle(abs, steps)
		if err != nil {
			return nil, err
		}
		notes = append(notes, note)
	}
	d, err := connectChecked(abs, openReadWrite, steps)
	if err == nil && d.broken {
		d.Close()
		note := ""
		if note, err = rebuild(abs, steps); err == nil {
			notes = append(notes, note)
			d, err = connectChecked(abs, openReadWrite, steps)
		}
	}
	if err != nil {
		return nil, err
	}
	err = d.script("PRAGMA journal_mode = DELETE;") // another tool may have changed it
	if err == nil {
		err = d.migrate(d.version, steps)
	}
	if err == nil {
		err = d.removeDeadJournal(abs)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	d.notes = append(d.notes, notes...)
	return d, nil
}

// connectChecked opens the database of a project of a known version that has the tables of it and
// no other content.
func connectChecked(abs string, flags sqlite.OpenFlags, steps []migration) (*db, error) {
	d, err := connect(abs, flags)
	if err != nil {
		return nil, err
	}
	if err := d.snapshot(func() error { return d.mustBeProject(fileSize(abs), steps) }); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// OpenReadOnly opens a project for looking into it, also while another process trains into it, and
// also on a medium that cannot be written. It changes nothing and leaves nothing: if a crash
// interrupted a Save, that half is undone on a copy in the system's folder for temporary files,
// which goes with Close. The errors are Open's, but for ErrInUse.
func OpenReadOnly(path string) (*File, error) {
	f, err := openForReading(path, migrations)
	if err != nil {
		return nil, failed("open", path, err)
	}
	return f, nil
}

func openForReading(path string, steps []migration) (*File, error) {
	abs, err := existing(path)
	if err != nil {
		return nil, err
	}
	d, h, err := connectForReading(abs, steps)
	if err != nil {
		return nil, err
	}
	if err := d.showAsNewest(steps); err != nil {
		d.Close()
		h.remove()
		return nil, err
	}
	f := fileOf(d, path, abs)
	f.readOnly, f.copy = true, h
	return f, nil
}

// connectForReading opens the database of a project as it is, or a copy of it where SQLite would
// have to write beside it.
func connectForReading(abs string, steps []migration) (*db, *hidden, error) {
	wal, err := false, error(nil)
	opened.whileNone(abs, func() { // otherwise that was seen to when it was opened
		var header []byte
		header, err = readStart(abs, headerSize)
		wal = hasWAL(abs) || len(header) == headerSize && header[versionsAt+1] == 2
	})
	switch {
	case err != nil:
		return nil, nil, err
	case wal:
		return readRemnant(abs, steps)
	}
	d, err := connectChecked(abs, openReadOnly, steps)
	if sqlite.ErrCode(err) == sqlite.ResultReadOnlyRollback {
		return readRemnant(abs, steps)
	}
	return d, nil, err
}

// Path returns the path with which the project was created, opened or last saved under another
// name.
func (f *File) Path() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.path
}

// MustBeWritable is the error of a project into which nothing can be saved: one that was opened for
// reading, or that was protected since it was opened.
func (f *File) MustBeWritable() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.db == nil:
		return failed("train into", f.path, ErrClosed)
	case f.readOnly:
		return failed("train into", f.path, &fault{ErrReadOnly, "the project or its folder is write-protected", "take the protection away, or save a copy elsewhere"})
	}
	return failed("train into", f.path, checkWritable(f.at))
}

// ReadOnly reports whether the project was opened by OpenReadOnly.
func (f *File) ReadOnly() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.readOnly
}

// Warnings returns what was found to be wrong with the project so far, and is no reason not to use
// the rest. Each is one line.
func (f *File) Warnings() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.warnings)
}

// warn adds a warning that is not there yet. The caller holds mu.
func (f *File) warn(format string, args ...any) {
	const most = 100
	if text := fmt.Sprintf(format, args...); !slices.Contains(f.warnings, text) && len(f.warnings) < most {
		f.warnings = append(f.warnings, text)
	}
}

// leftOut counts rows of one kind that are damaged, for one warning about all of them.
type leftOut struct {
	n      int
	step   int64 // of the first
	unread bool  // some cannot even be counted
}

func (l *leftOut) add(step int64) {
	if l.n++; l.n == 1 {
		l.step = step
	}
}

// pass takes a table whose pages are damaged for one of which the rest is left out, and returns
// other errors.
func (l *leftOut) pass(err error) error {
	if err != nil && errors.Is(explain(err), ErrDamaged) {
		l.unread = true
		return nil
	}
	return err
}

// warn says what was left out of a run, if anything was. The caller holds mu.
func (l *leftOut) warn(f *File, one, many string, run int64) {
	switch {
	case l.unread:
		f.warn("some or all of the %s of run %d cannot be read and are left out", many, run)
	case l.n == 1:
		f.warn("%s of run %d at step %d is damaged and left out", one, run, l.step)
	case l.n > 1:
		f.warn("%d %s of run %d, from step %d on, are damaged and left out", l.n, many, run, l.step)
	}
}

// Close closes the project; a single file remains, or nothing of one that was never published. What
// Save has returned from is on the disk already. Closing again does nothing.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.db == nil {
		return nil
	}
	err := f.closeDatabase()
	f.db = nil
	return failed("close", f.path, err)
}

// closeDatabase closes the database and gives back what goes with it. A project that has no name
// yet is removed.
func (f *File) closeDatabase() error {
	err := f.db.Close()
	if t := f.target; t != nil {
		removeDatabase(f.at)
		t.lock.release()
	}
	f.lock.release()
	f.copy.remove()
	f.lock, f.copy = nil, nil
	return err
}

// Discard closes the project and removes it, with the journal that a failed Save may have left
// beside it. It refuses to remove a project that was opened for reading.
func (f *File) Discard() error {
	if f.ReadOnly() {
		return failed("remove", f.Path(), &fault{ErrReadOnly, "", "open it for training first"})
	}
	if err := f.Close(); err != nil || f.Pending() {
		return err
	}
	err := os.Remove(f.at)
	removeJournals(f.at)
	return failed("remove", f.Path(), err)
}

// read runs body on the open database; its statements see one state of the file.
func (f *File) read(op string, body func(*db) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.db == nil {
		return failed(op, f.path, ErrClosed)
	}
	return failed(op, f.path, f.db.snapshot(func() error { return body(f.db) }))
}

// update runs body on the open database as one durable change.
func (f *File) update(op string, body func(*db) error) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.db == nil:
		return failed(op, f.path, ErrClosed)
	case f.readOnly:
		return failed(op, f.path, &fault{ErrReadOnly, "", "save a copy under a new name to change it"})
	}
	return failed(op, f.path, f.db.transaction(func() error { return body(f.db) }))
}
