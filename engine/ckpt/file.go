package ckpt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
)

// File is an open project file. Its methods may be called from several goroutines; each sees or makes one complete
// change.
type File struct {
	// Now is the clock of creation and change times; Create, Open and OpenReadOnly set it to time.Now.
	Now func() time.Time

	mu       sync.Mutex
	db       *db // nil once closed
	path     string
	lock     *lock // nil if read-only
	readOnly bool
}

// Create makes an empty project. It refuses to replace a file: the error then wraps fs.ErrExist. After any error nothing
// of it is left behind.
func Create(path string) (*File, error) {
	f, err := create(path)
	if err != nil {
		return nil, failed("create", path, err)
	}
	return f, nil
}

func create(path string) (*File, error) {
	abs, err := realPath(path)
	if err != nil {
		return nil, err
	}
	if err := checkFolder(abs); err != nil {
		return nil, err
	}
	exists := &fault{fs.ErrExist, "", "choose another name, or delete it first"}
	if _, err := os.Lstat(abs); err == nil {
		return nil, exists
	}
	l, err := acquire(abs)
	if err != nil {
		return nil, err
	}
	temp, err := emptyProject(abs)
	if err == nil {
		removeJournals(abs) // of a project that was deleted after a crash; SQLite would apply them to ours
		err = publish(temp, abs)
		removeDatabase(temp)
	}
	if err != nil {
		l.release()
		if errors.Is(err, fs.ErrExist) {
			return nil, exists
		}
		return nil, err
	}
	f, err := openLocked(path, abs, l, migrations)
	if err != nil {
		removeDatabase(abs)
		l.release()
		return nil, err
	}
	return f, nil
}

// emptyProject writes a project without content under a temporary name beside path.
func emptyProject(path string) (temp string, err error) {
	temp, err = tempName(path)
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			removeDatabase(temp)
		}
	}()
	d, err := connect(temp, sqlite.OpenReadWrite|sqlite.OpenCreate)
	if err != nil {
		return "", err
	}
	err = d.script(fmt.Sprintf("PRAGMA page_size = %d;", pageSize))
	if err == nil {
		err = d.migrate(0, migrations)
	}
	if err1 := d.Close(); err == nil {
		err = err1
	}
	return temp, err
}

// pageSize is what disks use; larger pages were not seen to make a checkpoint of 100 MB faster.
const pageSize = 4096

// Open opens a project for training into it. It fails with an error that wraps fs.ErrNotExist, ErrNotProject, ErrDamaged,
// ErrNewer, ErrInUse, or fs.ErrPermission (then OpenReadOnly may work). What an interrupted Save left half done is undone.
func Open(path string) (*File, error) {
	f, err := open(path, migrations)
	if err != nil {
		return nil, failed("open", path, err)
	}
	return f, nil
}

func open(path string, steps []string) (*File, error) {
	abs, err := existing(path)
	if err != nil {
		return nil, err
	}
	l, err := acquire(abs)
	if err != nil {
		return nil, err
	}
	f, err := openLocked(path, abs, l, steps)
	if err != nil {
		l.release()
		return nil, err
	}
	return f, nil
}

// openLocked opens the project at abs, whose lock is held.
func openLocked(path, abs string, l *lock, steps []string) (*File, error) {
	d, v, err := connectChecked(abs, sqlite.OpenReadWrite, steps)
	if err != nil {
		return nil, err
	}
	err = d.script("PRAGMA journal_mode = DELETE;") // another tool may have changed it
	if err == nil {
		err = d.migrate(v, steps)
	}
	if err == nil {
		err = d.removeDeadJournal(abs)
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return &File{Now: time.Now, db: d, path: path, lock: l}, nil
}

// connectChecked opens the database of a project and returns its schema version.
func connectChecked(abs string, flags sqlite.OpenFlags, steps []string) (*db, int, error) {
	d, err := connect(abs, flags)
	if err != nil {
		return nil, 0, err
	}
	v, err := d.version(steps)
	if err == nil {
		err = d.check(fileSize(abs))
	}
	if err != nil {
		d.Close()
		return nil, 0, err
	}
	return d, v, nil
}

// OpenReadOnly opens a project for looking into it, also while another process trains into it, and also on a medium that
// cannot be written. It changes nothing and leaves nothing, with one exception: if a crash interrupted a Save, that half
// is undone first, as Open would do. The errors are Open's, but for ErrInUse.
func OpenReadOnly(path string) (*File, error) {
	f, err := openReadOnly(path, migrations)
	if err != nil {
		return nil, failed("open", path, err)
	}
	return f, nil
}

func openReadOnly(path string, steps []string) (*File, error) {
	abs, err := existing(path)
	if err != nil {
		return nil, err
	}
	d, v, err := connectChecked(abs, sqlite.OpenReadOnly, steps)
	if sqlite.ErrCode(err) == sqlite.ResultReadOnlyRollback {
		if err = undoInterrupted(abs); err == nil {
			d, v, err = connectChecked(abs, sqlite.OpenReadOnly, steps)
		}
	}
	if err != nil {
		return nil, err
	}
	if v < len(steps) {
		if d, err = upgradedCopy(d, v, steps); err != nil {
			d.Close()
			return nil, err
		}
	}
	return &File{Now: time.Now, db: d, path: path, readOnly: true}, nil
}

// undoInterrupted rolls back the transaction that a killed process left in the journal.
func undoInterrupted(abs string) error {
	l, err := acquire(abs)
	if errors.Is(err, ErrInUse) {
		return nil // its new owner is rolling back
	}
	var d *db
	if err == nil {
		defer l.release()
		d, err = connect(abs, sqlite.OpenReadWrite)
	}
	if err == nil {
		defer d.Close()
		_, err = d.int("SELECT count(*) FROM sqlite_schema") // SQLite rolls back when it first reads
	}
	if err != nil {
		return fmt.Errorf("a save was interrupted and cannot be undone here (%w): copy %s and %s to a folder that you may write to and open that",
			err, filepath.Base(abs), filepath.Base(abs)+"-journal")
	}
	return nil
}

// upgradedCopy returns the content of an old project, brought to the newest schema in memory. It closes d on success.
func upgradedCopy(d *db, version int, steps []string) (*db, error) {
	m, err := connectMemory()
	if err != nil {
		return d, err
	}
	b, err := sqlite.NewBackup(m.Conn, "main", d.Conn, "main")
	if err == nil {
		_, err = b.Step(-1)
		if err1 := b.Close(); err == nil {
			err = err1
		}
	}
	if err == nil {
		err = m.migrate(version, steps)
	}
	if err != nil {
		m.Close()
		return d, err
	}
	d.Close()
	return m, nil
}

// OpenBytes opens a project that is not in a file, such as an embedded example, for reading. Errors and Path call it name.
// It copies content.
func OpenBytes(name string, content []byte) (*File, error) {
	d, err := connectMemory()
	if err != nil {
		return nil, failed("open", name, err)
	}
	v := 0
	if len(content) == 0 {
		err = sqlite.ResultNotADB.ToError()
	} else {
		err = d.Deserialize("main", content)
	}
	if err == nil {
		v, err = d.version(migrations)
	}
	if err == nil {
		err = d.check(func() (int64, error) { return int64(len(content)), nil })
	}
	if err == nil {
		err = d.migrate(v, migrations)
	}
	if err != nil {
		d.Close()
		return nil, failed("open", name, err)
	}
	return &File{Now: time.Now, db: d, path: name, readOnly: true}, nil
}

// Path returns the path with which the project was created, opened or last saved under another name.
func (f *File) Path() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.path
}

// ReadOnly reports whether the project was opened by OpenReadOnly or OpenBytes.
func (f *File) ReadOnly() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.readOnly
}

// Close closes the project; a single file remains. What Save has returned from is on the disk already. Closing again
// does nothing.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.db == nil {
		return nil
	}
	err := f.db.Close()
	f.db = nil
	f.lock.release()
	f.lock = nil
	return failed("close", f.path, err)
}

// Discard closes the project and removes it, with the journal that a failed Save may have left beside it. It refuses to
// remove a project that was opened for reading.
func (f *File) Discard() error {
	path := f.Path()
	if f.ReadOnly() {
		return failed("remove", path, &fault{ErrReadOnly, "", "open it for training first"})
	}
	abs, err := realPath(path)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return err
	}
	err = os.Remove(abs)
	removeJournals(abs)
	return failed("remove", path, err)
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
