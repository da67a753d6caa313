package ckpt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// journalSuffixes are what SQLite appends to the name of a database: of its rollback journal, and of a write-ahead log,
// which Ganvas never uses but other tools may.
var journalSuffixes = []string{"-journal", "-wal", "-shm"}

// removeJournals removes what SQLite may have left beside a database.
func removeJournals(path string) {
	for _, suffix := range journalSuffixes {
		os.Remove(path + suffix)
	}
}

// hasJournal reports whether SQLite would look for content beside a database.
func hasJournal(path string) bool { return hasRollback(path) || hasWAL(path) }

// hasRollback reports whether a rollback journal lies beside a database. SQLite ignores one that begins with a zero: it had
// not come to change anything.
func hasRollback(path string) bool {
	b, err := readStart(path+"-journal", 1)
	return err == nil && len(b) > 0 && b[0] != 0
}

// hasWAL reports whether a write-ahead log lies beside a database. SQLite follows it whatever the database itself says.
func hasWAL(path string) bool {
	_, err := os.Stat(path + "-wal")
	return err == nil
}

// journalMagic begins each header of a rollback journal, and ends one that names a super-journal.
//
// https://www.sqlite.org/fileformat2.html#the_rollback_journal
var journalMagic = []byte{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7}

// Offsets in the first page of a database.
const (
	versionsAt = 18 // 2 twice: a write-ahead log is in use
	counterAt  = 24 // counts transactions
	headerSize = 100
)

// ownJournal reports whether the journal beside a database is of an interrupted change of this very one: the first page that
// it holds is of the state that the database is in, or of the one before. A journal of another project, and one of a later
// state than that of a copy that was put back, are not. One that is not playable must not even be applied to a copy.
func ownJournal(path string) (own, playable bool, err error) {
	header, err := readStart(path, headerSize)
	if err != nil || len(header) < headerSize {
		return false, false, err
	}
	f, err := os.Open(path + "-journal")
	if errors.Is(err, fs.ErrNotExist) {
		return header[versionsAt] == 2, true, nil
	}
	if err != nil {
		return false, false, err
	}
	defer f.Close()
	first, playable, err := firstPage(f)
	if err != nil || first == nil || hasWAL(path) {
		return false, playable, err
	}
	now, then := binary.BigEndian.Uint32(header[counterAt:]), binary.BigEndian.Uint32(first[counterAt:])
	return now == then || now == then+1, playable, nil
}

func readStart(path string, n int) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, n)
	n, err = io.ReadFull(f, b)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil
	}
	return b[:n], err
}

// firstPage returns the header of the database as a journal keeps it, or nil if it does not. A journal that names a
// super-journal is not playable: no Ganvas writes such, and SQLite would delete the file that is named.
func firstPage(f io.ReadSeeker) (page []byte, playable bool, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size < int64(len(journalMagic)) {
		return nil, true, err
	}
	if _, err := f.Seek(-int64(len(journalMagic)), io.SeekEnd); err != nil {
		return nil, false, err
	}
	tail := make([]byte, len(journalMagic))
	if _, err := io.ReadFull(f, tail); err != nil || bytes.Equal(tail, journalMagic) {
		return nil, false, err
	}
	page, err = journaledPage(f, size)
	return page, true, err
}

// journaledPage looks for the first page of the database in a journal of size bytes.
func journaledPage(f io.ReadSeeker, size int64) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	h := make([]byte, 28) // magic, records, nonce, pages, size of a sector, size of a page
	if _, err := io.ReadFull(f, h); err != nil || !bytes.HasPrefix(h, journalMagic) {
		return nil, nil
	}
	sector, page := int64(binary.BigEndian.Uint32(h[20:])), int64(binary.BigEndian.Uint32(h[24:]))
	if sector < 32 || sector > 1<<16 || page < 512 || page > 1<<16 {
		return nil, nil
	}
	record := make([]byte, 4+headerSize)
	for at := sector; at+page+8 <= size; at += page + 8 {
		if _, err := f.Seek(at, io.SeekStart); err != nil {
			return nil, err
		}
		if _, err := io.ReadFull(f, record); err != nil {
			return nil, err
		}
		if binary.BigEndian.Uint32(record) == 1 {
			return record[4:], nil
		}
	}
	return nil, nil
}

// copyDatabase copies a database that nobody writes, with or without what lies beside it.
func copyDatabase(from, to string, journals bool) error {
	suffixes := []string{""}
	if journals {
		suffixes = []string{"", "-journal", "-wal"}
	}
	for _, suffix := range suffixes {
		err := copyFile(from+suffix, to+suffix)
		if err != nil && !(suffix != "" && errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	return nil
}

// copyFile copies the content of a file to another, which it creates if need be.
func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	if _, err := io.Copy(dst, src); err != nil {
		dst.Close()
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return dst.Close()
}
