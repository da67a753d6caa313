package ckpt

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// db is a database connection with the few ways in which this package uses one.
type db struct {
	*sqlite.Conn
	path     string
	version  int           // of the schema in the file
	patience time.Duration // how long a read may take
	notes    []string      // what was found when it was opened
	closed   bool
	broken   bool // pages are damaged, of tables that can be done without or of none
}

const (
	openReadWrite = sqlite.OpenReadWrite
	openReadOnly  = sqlite.OpenReadOnly
)

// busyTimeout is how long a read waits for a writer that is just committing, and the other way
// round.
const busyTimeout = 10 * time.Second

// maxValue is the largest value in bytes that a row may hold. The largest that is written are
// contact sheets.
const maxValue = 64 << 20

// A read of a damaged file could go round in circles. A second for each megabyte is enough for the
// slowest disk.
const (
	leastPatience = 3 * time.Second
	patienceForMB = time.Second
)

// limited runs read and interrupts it when it takes longer than the file can ask for.
func (d *db) limited(read func() error) error {
	over := make(chan struct{})
	timer := time.AfterFunc(d.patience, func() { close(over) })
	defer timer.Stop()
	d.SetInterrupt(over)
	defer d.SetInterrupt(nil)
	err := read()
	if sqlite.ErrCode(err) == sqlite.ResultInterrupt {
		return damaged("reading it did not come to an end")
	}
	return err
}

// connect opens the database file at path.
func connect(path string, flags sqlite.OpenFlags) (*db, error) {
	opened.add(path, 1)
	conn, err := sqlite.OpenConn(path, flags)
	if err != nil {
		opened.add(path, -1)
		return nil, err
	}
	conn.SetBusyTimeout(busyTimeout)
	conn.Limit(sqlite.LimitLength, maxValue)
	d := &db{Conn: conn, path: path, patience: leastPatience}
	// Readers never wait for long in rollback mode, one file remains without any closing, and a
	// project can be read from a read-only medium: what write-ahead logging would not give. EXTRA
	// also makes the removal of the journal durable. The page cache stays small: nothing is read
	// twice, and it would fill up over a long run. Without secure_delete the pages of a thinned
	// checkpoint need not be written once more. Nothing in the file is trusted: what its schema
	// could call is off, and cells are checked against their page.
	err = d.script(`PRAGMA cache_size = -2048; PRAGMA temp_store = MEMORY; PRAGMA synchronous = EXTRA; PRAGMA secure_delete = OFF;
		PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;`)
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Close closes the connection. Closing again does nothing.
func (d *db) Close() error {
	if d.closed {
		return nil
	}
	d.closed = true
	err := d.Conn.Close()
	opened.add(d.path, -1)
	return err
}

// opened counts this process's connections to each file. Closing another handle to such a file
// would drop their locks.
var opened = counter{n: make(map[string]int)}

type counter struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counter) add(key string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n[key] += n; c.n[key] == 0 {
		delete(c.n, key)
	}
}

// whileNone runs f, unless something is counted for key, and lets nothing be counted meanwhile.
func (c *counter) whileNone(key string, f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n[key] == 0 {
		f()
	}
}

// connectMemory opens an empty database in memory. SQLite's flag for that would be inherited by the
// target of VACUUM INTO.
func connectMemory() (*db, error) {
	return connect(":memory:", sqlite.OpenReadWrite|sqlite.OpenCreate)
}

// script runs statements separated by semicolons, which take no arguments and whose results do not
// matter.
func (d *db) script(text string) error {
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		stmt, rest, err := d.PrepareTransient(text)
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			more, err = stmt.Step()
		}
		if err1 := stmt.Finalize(); err == nil {
			err = err1
		}
		if err != nil {
			return err
		}
		text = text[len(text)-rest:]
	}
	return nil
}

// exec runs one statement.
func (d *db) exec(text string, args ...any) error {
	return sqlitex.Execute(d.Conn, text, &sqlitex.ExecOptions{Args: args})
}

// query runs one statement and calls row for each row of its result.
func (d *db) query(text string, row func(*sqlite.Stmt) error, args ...any) error {
	return sqlitex.Execute(d.Conn, text, &sqlitex.ExecOptions{Args: args, ResultFunc: row})
}

// int returns the single number that a statement yields; 0 if it yields no row.
func (d *db) int(text string, args ...any) (v int64, err error) {
	err = d.query(text, func(s *sqlite.Stmt) error {
		v = s.ColumnInt64(0)
		return nil
	}, args...)
	return v, err
}

// snapshot runs read so that all its statements see the same state of the file.
func (d *db) snapshot(read func() error) error {
	if err := d.exec("BEGIN"); err != nil {
		return err
	}
	// Nothing was changed, and where read came upon a damaged page SQLite refuses to commit.
	defer func() { _ = d.exec("ROLLBACK") }()
	if _, err := d.int("PRAGMA user_version"); err != nil { // waits for who is just writing, which read then need not
		return err
	}
	return d.limited(read)
}

// transaction runs change so that all of it happens or nothing.
func (d *db) transaction(change func() error) error {
	if err := d.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done && !d.AutocommitEnabled() { // SQLite has already rolled back after the gravest errors
			// If this fails the journal stays, and the next opening rolls back.
			_ = d.exec("ROLLBACK")
		}
	}()
	if err := change(); err != nil {
		return err
	}
	if err := d.exec("COMMIT"); err != nil {
		return err
	}
	done = true
	return nil
}

// removeDeadJournal removes a journal in which a killed process had not come to write anything that
// counts. SQLite ignores such a file until the next change, but it would stay beside the project if
// there is none.
func (d *db) removeDeadJournal(path string) error {
	journal := path + "-journal"
	if _, err := os.Stat(journal); err != nil {
		return nil
	}
	if err := d.exec("BEGIN IMMEDIATE"); err != nil { // now it is nobody else's
		return err
	}
	os.Remove(journal)
	return d.exec("ROLLBACK")
}

// columnBytes returns a copy of a blob column, nil if it is empty.
func columnBytes(s *sqlite.Stmt, col int) []byte {
	n := s.ColumnLen(col)
	if n == 0 {
		return nil
	}
	b := make([]byte, n)
	s.ColumnBytes(col, b)
	return b
}

func toMillis(t time.Time) int64 { return t.UnixMilli() }

func fromMillis(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// mustRun reports a run that is not in the file.
func (d *db) mustRun(run int64) error {
	n, err := d.int("SELECT count(*) FROM run WHERE id = ?", run)
	if err == nil && n == 0 {
		err = fmt.Errorf("no run %d in this project", run)
	}
	return err
}
