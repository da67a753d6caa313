package ckpt

import (
	"fmt"

	"zombiezen.com/go/sqlite"
)

// applicationID marks a SQLite database as a Ganvas project ("GANV", at byte 68 of the file).
const applicationID = 0x47414e56

// migrations are the steps from an empty database to the newest schema; the i-th leads from version i to i+1. Steps that
// have been released are never edited: a change of the schema is a new step.
//
// Times are milliseconds since 1970 UTC. Large blobs are the last column of their table, so that listing the others does
// not read them.
var migrations = []string{
	`
	CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
	CREATE TABLE run (
		id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, from_step INTEGER NOT NULL, step INTEGER NOT NULL,
		name TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL,
		data_fingerprint TEXT NOT NULL, metric_names TEXT NOT NULL DEFAULT '[]', recipe TEXT NOT NULL);
	CREATE TABLE checkpoint (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, step INTEGER NOT NULL, kind TEXT NOT NULL,
		images_seen INTEGER NOT NULL, sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, created INTEGER NOT NULL,
		UNIQUE (run, step));
	CREATE TABLE checkpoint_part (
		id INTEGER PRIMARY KEY, checkpoint INTEGER NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL,
		UNIQUE (checkpoint, part));
	CREATE TABLE metric_block (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, first_step INTEGER NOT NULL, last_step INTEGER NOT NULL,
		rows INTEGER NOT NULL, width INTEGER NOT NULL, data BLOB NOT NULL,
		UNIQUE (run, first_step));
	CREATE TABLE event (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, step INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
	CREATE INDEX event_of_run ON event (run, step);
	CREATE TABLE sheet (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, step INTEGER NOT NULL, png BLOB NOT NULL,
		UNIQUE (run, step));
	CREATE TABLE latent (
		id INTEGER PRIMARY KEY, name TEXT NOT NULL, run INTEGER NOT NULL, step INTEGER NOT NULL,
		created INTEGER NOT NULL, z BLOB NOT NULL, thumb BLOB);
	`,
	`
	CREATE TABLE judgement (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, step INTEGER NOT NULL, key TEXT NOT NULL, created INTEGER NOT NULL,
		text TEXT NOT NULL, UNIQUE (run, step, key));
	`,
	`
	CREATE TABLE find (
		latent INTEGER PRIMARY KEY, class INTEGER NOT NULL, part INTEGER NOT NULL, points BLOB NOT NULL);
	`,
}

// version returns the schema version of a project, having checked that it is one and that steps reach it.
func (d *db) version(steps []string) (int, error) {
	id, err := d.int("PRAGMA application_id")
	if err != nil {
		return 0, err
	}
	if id != applicationID {
		return 0, &fault{ErrNotProject, "a SQLite database of another program", "choose a .ganvas file that Ganvas has written"}
	}
	v, err := d.int("PRAGMA user_version")
	if err != nil {
		return 0, err
	}
	if v > int64(len(steps)) {
		return 0, &fault{ErrNewer, fmt.Sprintf("schema %d, this Ganvas knows %d", v, len(steps)), "update Ganvas to open it"}
	}
	return int(v), nil
}

// migrate brings the database from version to the end of steps, all in one transaction.
func (d *db) migrate(version int, steps []string) error {
	if version >= len(steps) {
		return nil
	}
	return d.transaction(func() error {
		for _, step := range steps[version:] {
			if err := d.script(step); err != nil {
				return err
			}
		}
		return d.script(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, len(steps)))
	})
}

// quickCheckLimit is the largest file in bytes whose structure Open verifies page by page. Above it the check would be
// felt; what it would find shows up later as an error of the page that is read, and in a checkpoint's SHA-256.
const quickCheckLimit = 32 << 20

// check reports a file that has been cut off, and other structural damage if the database is small enough for finding it to
// be quick. SQLite itself refuses a file with fewer pages than its header says, but not one whose last page is short.
func (d *db) check(size func() (int64, error)) error {
	pages, err := d.int("PRAGMA page_count")
	if err != nil {
		return err
	}
	page, err := d.int("PRAGMA page_size")
	if err != nil {
		return err
	}
	got, err := size() // after the number of pages, because another process may just be making the file longer
	switch {
	case err != nil:
		return err
	case got < pages*page:
		return sqlite.ResultCorrupt.ToError()
	case got > quickCheckLimit:
		return nil
	}
	return d.quickCheck()
}

// quickCheck verifies the structure of the whole database.
func (d *db) quickCheck() error {
	result := ""
	err := d.query("PRAGMA quick_check(1)", func(s *sqlite.Stmt) error {
		result = s.ColumnText(0)
		return nil
	})
	if err != nil || result == "ok" {
		return err
	}
	return sqlite.ResultCorrupt.ToError()
}
