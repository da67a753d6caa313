package ckpt

import (
	"path/filepath"
	"slices"
	"strings"

	"zombiezen.com/go/sqlite"
)

// content lists the columns of all tables as the newest version has them.
var content = []struct{ table, columns string }{
	{"meta", "key, value"},
	{"run", "id, parent, from_step, step, name, created, updated, data_fingerprint, metric_names, recipe, sum, start"},
	{"checkpoint", "id, run, step, kind, images_seen, sha256, bytes, created, sum, core, core_sha256, thinned"},
	{"checkpoint_part", "id, checkpoint, part, data"},
	{"metric_block", "id, run, first_step, last_step, rows, width, data, sum"},
	{"event", "id, run, step, kind, text, sum"},
	{"sheet", "id, run, step, png, sum"},
	{"latent", "id, name, run, step, created, z, thumb, class, part, points, sum"},
	{"judgement", "id, run, step, key, created, text, sum"},
	{"moment", "id, run, step, part, best, sum, data"},
	{"run_note", "id, run, note, deleted, trained, sum"},
	{"keepsake", "id, run, kind, latent, name, sum, data"},
}

// rebuild puts a new file in the place of a project of which some pages are damaged, with all that
// can be read, because SQLite would write into damaged pages. The lock of the project is held; the
// damaged file is kept. What it says is for the user.
func rebuild(abs string, steps []migration) (note string, err error) {
	src, err := connectChecked(abs, openReadOnly, steps)
	if err != nil {
		return "", err
	}
	defer src.Close()
	if err := src.showAsNewest(steps); err != nil {
		return "", err
	}
	h, err := newHidden(filepath.Dir(abs))
	if err != nil {
		return "", err
	}
	defer h.remove()
	lost, err := src.copyTo(h.path)
	if err != nil {
		return "", err
	}
	src.Close()
	kept, err := keepCopy(abs)
	if err == nil {
		err = sameReaders(abs, h.path)
	}
	if err == nil {
		err = replaceDatabase(h.path, abs)
	}
	note = "parts of the file are damaged: the rest was copied to a new file, the damaged one is kept as " + kept
	if len(lost) > 0 {
		note += "; lost are some or all of: " + strings.Join(lost, ", ")
	}
	return note, err
}

// copyTo makes the empty file at path a project with what can be read, and returns what cannot.
func (d *db) copyTo(path string) (lost []string, err error) {
	dst, err := emptyProject(path)
	if err != nil {
		return nil, err
	}
	defer dst.Close()
	err = dst.transaction(func() error {
		for _, t := range content {
			readErr, err := dst.copyRows(d, t.table, t.columns)
			switch {
			case err != nil:
				return err
			case readErr == nil:
			case slices.Contains(vital, t.table):
				return readErr
			default:
				lost = append(lost, nameOf(t.table))
			}
		}
		return nil
	})
	if err == nil {
		err = dst.quickCheck()
	}
	if err == nil {
		err = dst.Close()
	}
	if err == nil {
		err = syncFile(path)
	}
	return lost, err
}

// copyRows inserts the rows of a table of src, up to the first that cannot be read.
func (d *db) copyRows(src *db, table, columns string) (readErr, err error) {
	n := strings.Count(columns, ",") + 1
	insert, _, err := d.PrepareTransient("INSERT OR IGNORE INTO " + table + " (" + columns + ") VALUES (?" + strings.Repeat(", ?", n-1) + ")")
	if err != nil {
		return nil, err
	}
	defer insert.Finalize()
	order := "id"
	if table == "meta" {
		order = "key"
	}
	readErr = src.limited(func() error {
		return src.query("SELECT "+columns+" FROM "+table+" NOT INDEXED ORDER BY "+order, func(s *sqlite.Stmt) error {
			for i := range n {
				bind(insert, i+1, s, i)
			}
			if _, err = insert.Step(); err == nil {
				err = insert.Reset()
			}
			return err
		})
	})
	return readErr, err
}

// bind gives a parameter the value of a column.
func bind(to *sqlite.Stmt, param int, from *sqlite.Stmt, column int) {
	switch from.ColumnType(column) {
	case sqlite.TypeInteger:
		to.BindInt64(param, from.ColumnInt64(column))
	case sqlite.TypeFloat:
		to.BindFloat(param, from.ColumnFloat(column))
	case sqlite.TypeText:
		to.BindText(param, from.ColumnText(column))
	case sqlite.TypeBlob:
		to.BindBytes(param, columnBytes(from, column))
	default:
		to.BindNull(param)
	}
}

// nameOf returns what people call the rows of a table that is not vital.
func nameOf(table string) string {
	return records[slices.IndexFunc(records, func(r record) bool { return r.table == table })].name
}
