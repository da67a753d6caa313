package ckpt

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
)

// journalSuffixes are what SQLite appends to the name of a database: of its rollback journal, and
// of a write-ahead log, which Ganvas never uses but other tools may.
var journalSuffixes = []string{"-journal", "-wal", "-shm"}

// removeJournals removes what SQLite may have left beside a database.
func removeJournals(path string) {
	for _, suffix := range journalSuffixes {
		os.Remove(path + suffix)
	}
}

// hasJournal reports whether SQLite would look for content beside a database.
func hasJournal(path string) bool { return hasRollback(path) || hasWAL(path) }

// hasRollback reports whether a rollback journal lies beside a database. SQLite ignores one that
// begins with a zero: it had not come to change anything.
func hasRollback(path string) bool {
	b, err := readStart(path+"-journal", 1)
	return err == nil && len(b) > 0 && b[0] != 0
}

// hasWAL reports whether a write-ahead log lies beside a database. SQLite follows it whatever the
// database itself says.
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

// kinship says what a journal has to do with the database that it lies beside.
type kinship int

const (
	unknown  kinship = iota // nothing in it tells
	own                     // it is of an interrupted change of this very database
	foreign                 // it is of another database, or of another state of this one
	unplayed                // it must not even be applied to a copy
)

// kinshipOf compares the first page that the journal beside a database holds with that of the
// database: both count the changes. A journal of another project, and one of a later state than
// that of a copy that was put back, have other counts.
func kinshipOf(path string) (kinship, error) {
	header, err := readStart(path, headerSize)
	if err != nil {
		return unknown, err
	}
	f, err := os.Open(path + "-journal")
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(header) == headerSize && header[versionsAt] == 2:
		return own, nil // a write-ahead log of a database that says it has one
	case errors.Is(err, fs.ErrNotExist):
		return foreign, nil
	case err != nil:
		return unknown, err
	}
	defer f.Close()
	first, kin, err := firstPage(f)
	switch {
	case err != nil || kin != own || len(header) < headerSize:
		return kin, err
	case hasWAL(path):
		return foreign, nil
	}
	switch now, then := binary.BigEndian.Uint32(header[counterAt:]), binary.BigEndian.Uint32(first[counterAt:]); now {
	case then, then + 1:
		return own, nil
	}
	return foreign, nil
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

// firstPage returns the header of the database as a journal keeps it, and own; or why it does not.
// A journal that names a super-journal is unplayed: no Ganvas writes such, and SQLite would delete
// the file that is named.
func firstPage(f io.ReadSeeker) ([]byte, kinship, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil || size < int64(len(journalMagic)) {
		return nil, foreign, err
	}
	if _, err := f.Seek(-int64(len(journalMagic)), io.SeekEnd); err != nil {
		return nil, foreign, err
	}
	tail := make([]byte, len(journalMagic))
	if _, err := io.ReadFull(f, tail); err != nil || bytes.Equal(tail, journalMagic) {
		return nil, unplayed, err
	}
	for at := int64(0); ; {
		page, next, ok := segment(f, at, size)
		switch {
		case page != nil:
			return page, own, nil
		case !ok && at == 0:
			return nil, foreign, nil
		case !ok:
			return nil, unknown, nil
		}
		at = next
	}
}

// segment looks for the first page of the database in a part of a journal, and returns where the
// next part begins. It is not ok if none begins here. The last part has neither magic nor count
// while it is not yet on the disk: SQLite does not apply it, but it belongs to the same change.
func segment(f io.ReadSeeker, at, size int64) (page []byte, next int64, ok bool) {
	read := func(at int64, b []byte) bool {
		_, err := f.Seek(at, io.SeekStart)
		if err == nil {
			_, err = io.ReadFull(f, b)
		}
		return err == nil
	}
	h := make([]byte, 28) // magic, records, nonce, pages, size of a sector, size of a page
	if !read(at, h) {
		return nil, 0, false
	}
	field := func(at int) int64 { return int64(binary.BigEndian.Uint32(h[at:])) }
	records, nonce, sector, length := field(8), uint32(field(12)), field(20), field(24)
	switch synced := bytes.HasPrefix(h, journalMagic); {
	case sector < 32 || sector > 1<<16 || length < 512 || length > 1<<16:
		return nil, 0, false
	case !synced && (at == 0 || !bytes.Equal(h[:12], make([]byte, 12))):
		return nil, 0, false
	case !synced || records == math.MaxUint32:
		records = (size - at) / (length + 8)
	}
	record := make([]byte, 4+length+4)
	at += sector
	for range records {
		if at+length+8 > size || !read(at, record[:4]) {
			return nil, 0, false
		}
		if binary.BigEndian.Uint32(record) == 1 {
			ok := read(at, record) && binary.BigEndian.Uint32(record[4+length:]) == checksum(record[4:4+length], nonce)
			if ok {
				page = record[4:]
			}
			return page, 0, ok
		}
		at += length + 8
	}
	return nil, (at + sector - 1) / sector * sector, true
}

// checksum is that of a page in a journal.
func checksum(page []byte, nonce uint32) uint32 {
	for i := len(page) - 200; i > 0; i -= 200 {
		nonce += uint32(page[i])
	}
	return nonce
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

// copyFile copies a file to another, which it creates if need be, for the same people to read.
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
	err = sameReaders(from, to)
	if err == nil {
		_, err = io.Copy(dst, src)
	}
	if err != nil {
		dst.Close()
		return fmt.Errorf("copy %s: %w", from, err)
	}
	return dst.Close()
}

// sameReaders lets the same people read a file as another. Its owner may write it.
func sameReaders(as, path string) error {
	info, err := os.Stat(as)
	if err != nil {
		return err
	}
	return os.Chmod(path, info.Mode().Perm()|0o200)
}
