package ckpt

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"zombiezen.com/go/sqlite"
)

// applicationID marks a SQLite database as a Ganvas project ("GANV", at byte 68 of the file).
const applicationID = 0x47414e56

// A migration is a step from one version of the schema to the next.
type migration struct {
	change string
	// show makes a database of the version before look as the newest version does, without changing
	// it. It is made anew with each version.
	show string
}

// migrations are the steps from an empty database to the newest schema; the i-th leads from version
// i to i+1. Changes that have been released are never edited: a change of the schema is a new step.
//
// Times are milliseconds since 1970 UTC. Large blobs are the last column of their table, so that
// listing the others does not read them.
//
// From version 3 on each row has a checksum (see rowSum); those of older rows are null. From version
// 4 on checkpoints can be thinned (see thin); older ones stay full. From version 5 on a run can have
// a note (see note), from version 6 on views, and it knows the recipe with which it began, from version 7 on
// keepsakes.
var migrations = []migration{
	{change: `
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
	`},
	{change: `
	CREATE TABLE judgement (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, step INTEGER NOT NULL, key TEXT NOT NULL, created INTEGER NOT NULL,
		text TEXT NOT NULL, UNIQUE (run, step, key));
	`, show: `
	CREATE TEMP TABLE judgement (
		run INTEGER, step INTEGER, key TEXT, created INTEGER, text TEXT, sum INTEGER);` + showUnsummed + showUnnoted},
	{change: `
	ALTER TABLE run ADD COLUMN sum INTEGER;
	ALTER TABLE checkpoint ADD COLUMN sum INTEGER;
	ALTER TABLE metric_block ADD COLUMN sum INTEGER;
	ALTER TABLE event ADD COLUMN sum INTEGER;
	ALTER TABLE sheet ADD COLUMN sum INTEGER;
	ALTER TABLE latent ADD COLUMN sum INTEGER;
	ALTER TABLE judgement ADD COLUMN sum INTEGER;
	ALTER TABLE latent ADD COLUMN class INTEGER NOT NULL DEFAULT -1;
	ALTER TABLE latent ADD COLUMN part INTEGER NOT NULL DEFAULT -1;
	ALTER TABLE latent ADD COLUMN points BLOB;
	`, show: `
	CREATE TEMP VIEW judgement AS SELECT *, NULL AS sum FROM main.judgement;` + showUnsummed + showUnnoted},
	{change: `
	ALTER TABLE checkpoint ADD COLUMN core INTEGER NOT NULL DEFAULT 0;
	ALTER TABLE checkpoint ADD COLUMN core_sha256 TEXT NOT NULL DEFAULT '';
	ALTER TABLE checkpoint ADD COLUMN thinned INTEGER NOT NULL DEFAULT 0;
	`, show: `
	CREATE TEMP VIEW checkpoint AS SELECT *, 0 AS core, '' AS core_sha256, 0 AS thinned FROM main.checkpoint;` + showUnnoted + showMomentless + showUnstarted},
	{change: `
	CREATE TABLE run_note (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL UNIQUE, note TEXT NOT NULL, deleted INTEGER NOT NULL,
		trained INTEGER NOT NULL, sum INTEGER);
	`, show: showUnnoted + showMomentless + showUnstarted},
	{change: `
	CREATE TABLE moment (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, step INTEGER NOT NULL, part TEXT NOT NULL, best TEXT NOT NULL,
		sum INTEGER, data BLOB NOT NULL, UNIQUE (run, step, part));
	ALTER TABLE run ADD COLUMN start TEXT NOT NULL DEFAULT '';
	`, show: showMomentless + showUnstarted},
	{change: `
	CREATE TABLE keepsake (
		id INTEGER PRIMARY KEY, run INTEGER NOT NULL, kind TEXT NOT NULL, latent INTEGER NOT NULL, name TEXT NOT NULL,
		sum INTEGER, data BLOB NOT NULL);
	CREATE INDEX keepsake_of_run ON keepsake (run, kind);
	`, show: showKeepless},
}

// showKeepless stands for what came with version 7.
const showKeepless = `
	CREATE TEMP TABLE keepsake (
		id INTEGER PRIMARY KEY, run INTEGER, kind TEXT, latent INTEGER, name TEXT, sum INTEGER, data BLOB);`

// showMomentless, with what came later, and showUnstarted stand for what came with version 6.
const (
	showMomentless = `
	CREATE TEMP TABLE moment (run INTEGER, step INTEGER, part TEXT, best TEXT, sum INTEGER, data BLOB);` + showKeepless
	showUnstarted = `
	CREATE TEMP VIEW run AS SELECT *, '' AS start FROM main.run;`
)

const showUnsummed = `
	CREATE TEMP VIEW run AS SELECT *, NULL AS sum, '' AS start FROM main.run;
	CREATE TEMP VIEW checkpoint AS SELECT *, NULL AS sum, 0 AS core, '' AS core_sha256, 0 AS thinned FROM main.checkpoint;
	CREATE TEMP VIEW metric_block AS SELECT *, NULL AS sum FROM main.metric_block;
	CREATE TEMP VIEW event AS SELECT *, NULL AS sum FROM main.event;
	CREATE TEMP VIEW sheet AS SELECT *, NULL AS sum FROM main.sheet;
	CREATE TEMP VIEW latent AS SELECT *, NULL AS sum, -1 AS class, -1 AS part, NULL AS points FROM main.latent;
` + showMomentless

// showUnnoted is of projects without notes of runs.
const showUnnoted = `
	CREATE TEMP TABLE run_note (
		id INTEGER PRIMARY KEY, run INTEGER, note TEXT, deleted INTEGER, trained INTEGER, sum INTEGER);
`

// mustBeProject reports a database that is no whole project of a version that steps reach. It asks
// for the numbers in the header first, then for the schema, and only then for anything that could
// use it.
func (d *db) mustBeProject(size func() (int64, error), steps []migration) error {
	id, err := d.int("PRAGMA application_id")
	if err != nil {
		return err
	}
	if id != applicationID {
		return &fault{ErrNotProject, "a SQLite database of another program", "choose a .ganvas file that Ganvas has written"}
	}
	v, err := d.int("PRAGMA user_version")
	switch {
	case err != nil:
		return err
	case v > int64(len(steps)):
		return &fault{ErrNewer, fmt.Sprintf("schema %d, this Ganvas knows %d", v, len(steps)), "update Ganvas to open it"}
	case v < 1:
		return damaged("schema %d does not exist", v)
	}
	d.version = int(v)
	if err := d.mustHaveSchema(steps[:v]); err != nil {
		return err
	}
	return d.check(size)
}

// mustHaveSchema reports a schema that is not exactly the one that steps make: a view, a trigger or
// a virtual table would run what its author wants when the project is read or saved.
func (d *db) mustHaveSchema(steps []migration) error {
	want, err := schemaAfter(steps)
	if err != nil {
		return err
	}
	got, err := d.schema(len(want))
	if err != nil {
		return err
	}
	for i, w := range want {
		if i == len(got) || got[i] != w {
			return foreignSchema(got, want)
		}
	}
	if len(got) > len(want) {
		return foreignSchema(got, want)
	}
	return nil
}

// foreignSchema names the first thing in a schema that does not belong there.
func foreignSchema(got, want []schemaEntry) error {
	for _, g := range got {
		if !slices.Contains(want, g) {
			return damaged("%s %q is not one that Ganvas makes", g.kind, g.name)
		}
	}
	return damaged("a table is missing")
}

// schemaEntry is a row of a schema.
type schemaEntry struct{ kind, name, table, text string }

// schema returns at most one entry more than most, ordered by name.
func (d *db) schema(most int) (list []schemaEntry, err error) {
	err = d.query("SELECT type, name, tbl_name, sql FROM sqlite_schema LIMIT ?", func(s *sqlite.Stmt) error {
		list = append(list, schemaEntry{s.ColumnText(0), s.ColumnText(1), s.ColumnText(2), s.ColumnText(3)})
		return nil
	}, most+1)
	slices.SortFunc(list, func(a, b schemaEntry) int { return strings.Compare(a.name, b.name) })
	return list, err
}

// schemaAfter returns the schema that steps make of an empty database.
func schemaAfter(steps []migration) ([]schemaEntry, error) {
	d, err := connectMemory()
	if err != nil {
		return nil, err
	}
	defer d.Close()
	if err := d.migrate(0, steps); err != nil {
		return nil, err
	}
	return d.schema(math.MaxInt32)
}

// migrate brings the database from version to the end of steps, all in one transaction.
func (d *db) migrate(version int, steps []migration) error {
	if version >= len(steps) {
		return nil
	}
	err := d.transaction(func() error {
		for _, step := range steps[version:] {
			if err := d.script(step.change); err != nil {
				return err
			}
		}
		return d.script(fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, len(steps)))
	})
	if err == nil {
		d.version = len(steps)
	}
	return err
}

// showAsNewest makes the tables of an older project look as those of the newest version, for
// reading.
func (d *db) showAsNewest(steps []migration) error {
	if d.version == len(steps) {
		return nil
	}
	return d.script(steps[d.version].show)
}

// quickCheckLimit is the largest file in bytes whose structure Open verifies page by page. Above it
// the check would be felt; what it would find shows up later as an error of the page that is read,
// and in a checkpoint's SHA-256.
const quickCheckLimit = 32 << 20

// check reports a file that has been cut off, and other structural damage if the database is small
// enough for finding it to be quick. SQLite itself refuses a file with fewer pages than its header
// says, but not one whose last page is short.
func (d *db) check(size func() (int64, error)) error {
	want, err := d.bytes()
	if err != nil {
		return err
	}
	d.patience = leastPatience + time.Duration(want>>20)*patienceForMB
	got, err := size() // after the number of pages, because another process may just be making the file longer
	switch {
	case err != nil:
		return err
	case got < want:
		return sqlite.ResultCorrupt.ToError()
	case got > quickCheckLimit:
		return nil
	}
	return d.checkTables()
}

// checkTables reports damaged pages of the tables that a run cannot do without. Others only break
// the database.
func (d *db) checkTables() error {
	err := d.quickCheck()
	if err == nil {
		return nil
	}
	for _, table := range vital {
		if d.quickCheckOf(table) != nil {
			return err
		}
	}
	d.broken = true
	return nil
}

// vital are the tables that a run cannot do without.
var vital = []string{"meta", "run", "checkpoint", "checkpoint_part"}

// bytes returns how long the file has to be.
func (d *db) bytes() (int64, error) {
	pages, err := d.int("PRAGMA page_count")
	if err != nil {
		return 0, err
	}
	page, err := d.int("PRAGMA page_size")
	return pages * page, err
}

// quickCheck verifies the structure of the whole database.
func (d *db) quickCheck() error { return d.quickCheckOf("1") }

// quickCheckOf verifies the structure of a table and its indexes.
func (d *db) quickCheckOf(table string) error {
	result := ""
	err := d.query("PRAGMA quick_check("+table+")", func(s *sqlite.Stmt) error {
		result = s.ColumnText(0)
		return nil
	})
	if err != nil || result == "ok" {
		return err
	}
	return sqlite.ResultCorrupt.ToError()
}
