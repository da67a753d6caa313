package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"

	"zombiezen.com/go/sqlite"
	"zombiezen.com/go/sqlite/sqlitex"
)

// mutator makes damaged projects of intact ones, each from its number alone.
type mutator struct {
	projects []intact
	journals [][]byte
}

type intact struct {
	name string
	data []byte
}

func newMutator(dir string) (*mutator, error) {
	m := new(mutator)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		switch {
		case err != nil:
			return nil, err
		case filepath.Ext(e.Name()) == ".ganvas":
			m.projects = append(m.projects, intact{e.Name(), b})
		case filepath.Ext(e.Name()) == ".journal":
			m.journals = append(m.journals, b)
		}
	}
	if len(m.projects) < 2 || len(m.journals) == 0 {
		return nil, fmt.Errorf("no projects in %s", dir)
	}
	return m, nil
}

// kinds of damage; each takes an intact project in a file and leaves a damaged one, and perhaps
// more beside it.
var kinds = []struct {
	name   string
	damage func(m *mutator, path string, r *rand.Rand) error
}{
	{"bits", bits},
	{"bits", bits},
	{"cut", cut},
	{"splice", splice},
	{"splice of pages", splicePages},
	{"number", number},
	{"schema", schema},
	{"values", values},
	{"journal", journal},
	{"damaged journal", damagedJournal},
}

func (m *mutator) name(i int) string {
	return fmt.Sprintf("%s of %s", kinds[i%len(kinds)].name, m.project(i).name)
}

func (m *mutator) project(i int) intact { return m.projects[i/len(kinds)%len(m.projects)] }

// file is the name of the damaged project in its folder.
const file = "damaged.ganvas"

// write puts the damaged project of a number into a folder of its own.
func (m *mutator) write(i int, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, file)
	if err := os.WriteFile(path, m.project(i).data, 0o644); err != nil {
		return err
	}
	return kinds[i%len(kinds)].damage(m, path, rand.New(rand.NewPCG(2026, uint64(i))))
}

// bytesOf changes the content of a file.
func bytesOf(path string, change func([]byte) []byte) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, change(b), 0o644)
}

// place is a place in a project: half of them in the headers of its first page.
func place(b []byte, r *rand.Rand) int {
	if r.IntN(2) == 0 {
		return r.IntN(min(len(b), 200))
	}
	return r.IntN(len(b))
}

func bits(_ *mutator, path string, r *rand.Rand) error {
	return bytesOf(path, func(b []byte) []byte {
		for range 1 + r.IntN(8) {
			b[place(b, r)] ^= 1 << r.IntN(8)
		}
		return b
	})
}

func cut(_ *mutator, path string, r *rand.Rand) error {
	return bytesOf(path, func(b []byte) []byte {
		if r.IntN(4) == 0 { // longer instead
			return append(b, make([]byte, r.IntN(10_000))...)
		}
		return b[:r.IntN(len(b))]
	})
}

// splice puts a part of another project in the place of a part.
func splice(m *mutator, path string, r *rand.Rand) error {
	other := m.projects[r.IntN(len(m.projects))].data
	return bytesOf(path, func(b []byte) []byte {
		from := r.IntN(len(other))
		part := other[from : from+r.IntN(min(len(other)-from, 20_000)+1)]
		at := place(b, r)
		end := min(len(b), at+len(part))
		if r.IntN(2) == 0 {
			end = min(len(b), at+r.IntN(20_000))
		}
		return append(append(bytes.Clone(b[:at]), part...), b[end:]...)
	})
}

// splicePages puts whole pages of another project in the place of others: each is well formed.
func splicePages(m *mutator, path string, r *rand.Rand) error {
	const page = 4096
	other := m.projects[r.IntN(len(m.projects))].data
	return bytesOf(path, func(b []byte) []byte {
		for range 1 + r.IntN(5) {
			from, to := r.IntN(len(other)/page), r.IntN(len(b)/page)
			copy(b[to*page:(to+1)*page], other[from*page:(from+1)*page])
		}
		return b
	})
}

// huge are numbers that nothing expects.
var huge = []uint64{0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff}

func number(_ *mutator, path string, r *rand.Rand) error {
	return bytesOf(path, func(b []byte) []byte {
		var n [8]byte
		size := []int{1, 2, 4, 8}[r.IntN(4)]
		binary.BigEndian.PutUint64(n[:], huge[r.IntN(len(huge))]<<(64-8*size))
		copy(b[place(b, r):], n[:size])
		return b
	})
}

// scripts make schemas that no Ganvas makes.
var scripts = []string{
	"DROP TABLE %[1]s; CREATE VIEW %[1]s AS WITH RECURSIVE r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r) SELECT n AS id, 1 AS run, n AS step, 'a' AS text FROM r;",
	"ALTER TABLE %[1]s RENAME TO x; CREATE VIEW %[1]s AS SELECT * FROM x, x AS y, x AS z;",
	"CREATE TRIGGER t AFTER INSERT ON %[1]s BEGIN DELETE FROM run; DELETE FROM checkpoint; END;",
	"CREATE TRIGGER t AFTER UPDATE ON run BEGIN DELETE FROM checkpoint_part; END;",
	"CREATE TRIGGER t BEFORE DELETE ON %[1]s BEGIN SELECT RAISE(IGNORE); END;",
	"CREATE VIRTUAL TABLE v USING fts5(a, b);",
	"CREATE TABLE g (a, b AS (hex(zeroblob(a))) STORED); INSERT INTO g VALUES (100);",
	"ALTER TABLE %[1]s ADD COLUMN more AS (hex(zeroblob(100000000)));",
	"CREATE INDEX i ON %[1]s (hex(zeroblob(1000)));",
	"ALTER TABLE %[1]s ADD COLUMN more DEFAULT (zeroblob(10));",
	"DROP TABLE %[1]s;",
	"DROP TABLE %[1]s; CREATE TABLE %[1]s (id INTEGER PRIMARY KEY);",
	"PRAGMA user_version = -1;", "PRAGMA user_version = -2147483648;", "PRAGMA user_version = 2147483647;", "PRAGMA user_version = 0;",
	"PRAGMA user_version = 1;", "PRAGMA user_version = 2;", "PRAGMA user_version = 3;",
	"PRAGMA application_id = 0;",
	"PRAGMA journal_mode = WAL;",
	"PRAGMA auto_vacuum = 1; VACUUM;", "PRAGMA page_size = 512; VACUUM;", "PRAGMA page_size = 65536; VACUUM;", "PRAGMA encoding = 'UTF-16'; VACUUM;",
	"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 2 WHERE name = '%[1]s';",
	"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 99999 WHERE name = '%[1]s';",
	"PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', 'NOT NULL CHECK (zeroblob(900000000) > 1)') WHERE name = '%[1]s';",
	"PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = '%[1]s';",
	"ANALYZE;",
}

// tables that a script can be about.
var tables = append([]string{"checkpoint_part", "meta", "run_note"}, summed...)

func schema(_ *mutator, path string, r *rand.Rand) error {
	script := scripts[r.IntN(len(scripts))]
	table := tables[r.IntN(len(tables))]
	return withDatabase(path, func(c *sqlite.Conn) error {
		// What does not fit this table leaves the project as it is.
		_ = sqlitex.ExecuteScript(c, fmt.Sprintf(script+"-- %[1]s", table), nil)
		return nil
	})
}

// extremes are values for any column.
var extremes = []string{
	"0", "-1", "9223372036854775807", "-9223372036854775808", "8000000000", "NULL", "''", "'text'", "x'00'", "1.5", "zeroblob(1000000)",
	"replace(hex(zeroblob(100000)), '00', '[')", "1e308", "'../../etc/passwd'", "'{\"count\":1e999}'",
}

// values puts values that nobody expects into rows, without a checksum to tell.
func values(_ *mutator, path string, r *rand.Rand) error {
	columns := map[string][]string{
		"run":             {"id", "parent", "from_step", "step", "name", "created", "updated", "data_fingerprint", "metric_names", "recipe"},
		"checkpoint":      {"id", "run", "step", "kind", "images_seen", "sha256", "bytes", "created", "core", "core_sha256", "thinned"},
		"checkpoint_part": {"checkpoint", "part", "data"},
		"metric_block":    {"run", "first_step", "last_step", "rows", "width", "data"},
		"event":           {"run", "step", "kind", "text"},
		"sheet":           {"run", "step", "png"},
		"latent":          {"name", "run", "step", "created", "z", "thumb", "class", "part", "points"},
		"judgement":       {"run", "step", "key", "created", "text"},
		"meta":            {"value"},
	}
	return withDatabase(path, func(c *sqlite.Conn) error {
		for range 1 + r.IntN(3) {
			table := tables[r.IntN(len(tables))]
			column := columns[table][r.IntN(len(columns[table]))]
			set := column + " = " + extremes[r.IntN(len(extremes))]
			where := []string{"", " WHERE rowid % 2 = 1", " WHERE rowid = 1"}[r.IntN(3)]
			if table == "meta" {
				where = ""
			}
			// Old projects have no checksums, and not all values fit.
			if sqlitex.ExecuteTransient(c, "UPDATE "+table+" SET sum = NULL, "+set+where, nil) != nil {
				_ = sqlitex.ExecuteTransient(c, "UPDATE "+table+" SET "+set+where, nil)
			}
		}
		return nil
	})
}

// journal lays the journal of this or another project beside it.
func journal(m *mutator, path string, r *rand.Rand) error {
	b := m.journals[r.IntN(len(m.journals))]
	suffix := "-journal"
	if r.IntN(8) == 0 {
		suffix = "-wal"
	}
	return os.WriteFile(path+suffix, b, 0o644)
}

// damagedJournal does so with a damaged one, and perhaps a damaged project.
func damagedJournal(m *mutator, path string, r *rand.Rand) error {
	if err := journal(m, path, r); err != nil {
		return err
	}
	change := []func(*mutator, string, *rand.Rand) error{bits, cut, splice, number}[r.IntN(4)]
	at := path + "-journal"
	if _, err := os.Stat(at); err != nil || r.IntN(4) == 0 {
		at = path
	}
	return change(m, at, r)
}
