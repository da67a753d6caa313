package ckpt

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"zombiezen.com/go/sqlite"
)

// Weights have a SHA-256 of their own (see State.SHA256). Every other row has a checksum in its
// column sum, which only has to notice damage: CRC-32C of its values. Rows that older versions have
// written have null there and pass.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// rowSum returns the checksum of the values of a row, each an int64, a string or a []byte.
func rowSum(values ...any) int64 {
	crc := uint32(0)
	var head [9]byte
	for _, v := range values {
		switch v := v.(type) {
		case int64:
			head[0] = 'i'
			binary.LittleEndian.PutUint64(head[1:], uint64(v))
			crc = crc32.Update(crc, castagnoli, head[:])
		case string:
			head[0] = 's'
			binary.LittleEndian.PutUint64(head[1:], uint64(len(v)))
			crc = crc32.Update(crc32.Update(crc, castagnoli, head[:]), castagnoli, []byte(v))
		case []byte:
			head[0] = 'b'
			binary.LittleEndian.PutUint64(head[1:], uint64(len(v)))
			crc = crc32.Update(crc32.Update(crc, castagnoli, head[:]), castagnoli, v)
		default:
			panic(fmt.Sprintf("ckpt: checksum of a %T", v))
		}
	}
	return int64(crc)
}

// isWhole reports whether the checksum in a column is that of the values of its row, or there is
// none.
func isWhole(s *sqlite.Stmt, column int, values ...any) bool {
	return s.ColumnType(column) == sqlite.TypeNull || s.ColumnInt64(column) == rowSum(values...)
}

// sealRun gives the row of a run that has changed its checksum.
func (d *db) sealRun(id int64) error {
	return d.seal("UPDATE run SET sum = ? WHERE id = ?", id,
		"SELECT "+runColumns+" FROM run WHERE id = ?", func(s *sqlite.Stmt) int64 { return runSum(s) })
}

// runColumns are those that a run's checksum covers. Times are not among them: a run is not worth
// less with a wrong one.
const runColumns = "parent, from_step, step, name, recipe, data_fingerprint, metric_names, start"

// runSum returns the checksum of runColumns. One without start has that of version 3.
func runSum(s *sqlite.Stmt) int64 {
	values := []any{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnInt64(2), s.ColumnText(3), s.ColumnText(4), s.ColumnText(5), s.ColumnText(6)}
	if start := s.ColumnText(7); start != "" {
		values = append(values, start)
	}
	return rowSum(values...)
}

// sealCheckpoint gives the row of a checkpoint that has changed its checksum.
func (d *db) sealCheckpoint(id int64) error {
	return d.seal("UPDATE checkpoint SET sum = ? WHERE id = ?", id,
		"SELECT "+checkpointColumns+" FROM checkpoint WHERE id = ?", func(s *sqlite.Stmt) int64 { return checkpointSum(s, 0) })
}

const checkpointColumns = "run, step, kind, images_seen, sha256, bytes, created, core, core_sha256, thinned"

// checkpointSum returns the checksum of checkpointColumns, the first of which is column c. One that
// cannot be thinned has that of version 3.
func checkpointSum(s *sqlite.Stmt, c int) int64 {
	values := []any{
		s.ColumnInt64(c), s.ColumnInt64(c + 1), s.ColumnText(c + 2), s.ColumnInt64(c + 3), s.ColumnText(c + 4), s.ColumnInt64(c + 5),
		s.ColumnInt64(c + 6),
	}
	if core, sum, thinned := s.ColumnInt64(c+7), s.ColumnText(c+8), s.ColumnInt64(c+9); core != 0 || sum != "" || thinned != 0 {
		values = append(values, core, sum, thinned)
	}
	return rowSum(values...)
}

func (d *db) seal(update string, id int64, read string, sum func(*sqlite.Stmt) int64) error {
	value, found := int64(0), false
	err := d.query(read, func(s *sqlite.Stmt) error {
		value, found = sum(s), true
		return nil
	}, id)
	if err != nil || !found {
		return err
	}
	return d.exec(update, value, id)
}
