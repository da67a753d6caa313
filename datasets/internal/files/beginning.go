package files

import (
	"bufio"
	"io"
	"os"
)

// Kind says who reads a path.
type Kind uint8

// The kinds of what a path may lead to.
const (
	Folder Kind = iota
	Archive
	Picture // or a file that says it is one
	Video
	Text // a table: CSV and its relatives, JSON lines
	IDX
	NumPy
	Parquet
)

// Source is a path whose kind is known.
type Source struct {
	Path string
	Kind Kind
}

// HeadLength is how much of a file is looked at to know its kind: a tar says so at its 257th byte.
const HeadLength = 512

// Beginning returns the first bytes of a file, unpacked if it is compressed, and as they are.
func Beginning(file string) (head, raw []byte, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	raw, err = UpTo(f, HeadLength)
	if err != nil || Compression(raw) == nil {
		return raw, raw, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, nil, err
	}
	r, err := Unzipped(f)
	if err != nil {
		return nil, raw, nil
	}
	defer r.Close()
	head, _ = UpTo(r, HeadLength)
	return head, raw, nil
}

// UpTo reads n bytes, or fewer where there are no more.
func UpTo(r io.Reader, n int) ([]byte, error) {
	head := make([]byte, n)
	k, err := io.ReadFull(r, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:k], err
}

// Unzipped returns a reader of what r holds, unpacked if it begins like something compressed.
// Closing it leaves r open.
func Unzipped(r io.Reader) (io.ReadCloser, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	head, _ := br.Peek(6)
	c := Compression(head)
	if c == nil {
		return io.NopCloser(br), nil
	}
	return opened(c, br)
}
