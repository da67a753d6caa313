package datasets

import (
	"bufio"
	"io"
	"os"
)

// sourceKind says who reads a path.
type sourceKind uint8

const (
	isFolder sourceKind = iota
	isArchive
	isPicture // or a file that says it is one
	isVideo
	isText // a table: CSV and its relatives, JSON lines
	isIDX
	isNumPy
	isParquet
)

// source is a path whose kind is known.
type source struct {
	path string
	kind sourceKind
}

// headLength is how much of a file is looked at to know its kind: a tar says so at its 257th byte.
const headLength = 512

// beginning returns the first bytes of a file, unpacked if it is compressed, and as they are.
func beginning(file string) (head, raw []byte, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	raw, err = upTo(f, headLength)
	if err != nil || compression(raw) == nil {
		return raw, raw, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	r, err := unzipped(f)
	if err != nil {
		return nil, raw, nil
	}
	defer r.Close()
	head, _ = upTo(r, headLength)
	return head, raw, nil
}

// upTo reads n bytes, or fewer where there are no more.
func upTo(r io.Reader, n int) ([]byte, error) {
	head := make([]byte, n)
	k, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:k], err
}

// unzipped returns a reader of what r holds, unpacked if it begins like something compressed.
// Closing it leaves r open.
func unzipped(r io.Reader) (io.ReadCloser, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	head, _ := br.Peek(6)
	c := compression(head)
	if c == nil {
		return io.NopCloser(br), nil
	}
	return opened(c, br)
}
