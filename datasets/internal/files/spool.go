package files

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// spool is one temporary file for what can only be read from its beginning but is needed in any
// order: what compressed archives, solid ones, and columns of pictures hold.
type spool struct {
	file *os.File
	size int64
}

// ErrFull says that a budget of bytes is used up.
var ErrFull = errors.New("it unpacks to more than is allowed")

// add appends what r holds, at most most bytes, and returns a reader of it. What came before an
// error is returned with it.
func (s *spool) add(r io.Reader, most int64) (*io.SectionReader, error) {
	if s.file == nil {
		f, err := os.CreateTemp("", "ganvas-unpacked-*")
		if err != nil {
			return nil, fmt.Errorf("unpack to a temporary file: %w", err)
		}
		s.file = f
		os.Remove(f.Name()) // where the system lets an open file go without a name; close removes it elsewhere
	}
	start := s.size
	n, err := io.Copy(io.NewOffsetWriter(s.file, start), io.LimitReader(r, most))
	s.size += n
	if err == nil && n == most {
		var one [1]byte
		if k, _ := io.ReadFull(r, one[:]); k > 0 {
			err = ErrFull
		}
	}
	return io.NewSectionReader(s.file, start, n), err
}

// Close deletes the file.
func (s *spool) Close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	os.Remove(s.file.Name())
	s.file = nil
	return err
}

// Section is a part of a file as an entry opens it.
type Section struct{ *io.SectionReader }

// Close does nothing: the file belongs to the listing.
func (Section) Close() error { return nil }

// SectionOf opens the same part anew each time, since a reader has a place of its own.
func SectionOf(r io.ReaderAt, offset, n int64) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return Section{io.NewSectionReader(r, offset, n)}, nil }
}
