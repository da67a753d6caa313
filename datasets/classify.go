package datasets

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// sourceKind says who reads a path.
type sourceKind int

const (
	isFolder sourceKind = iota
	isZip
	isPicture // or a file that says it is one
	isCSV
	isIDX
)

// source is a path whose kind is known.
type source struct {
	path string
	kind sourceKind
}

// classify looks at how a file begins; its name decides only about text.
func classify(file string) (sourceKind, error) {
	info, err := os.Stat(file)
	if err != nil {
		return 0, missing(file, err)
	}
	if info.IsDir() {
		return isFolder, nil
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("read %s: neither a file nor a folder: choose one", file)
	}
	head, err := beginning(file)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w: check its permissions", file, cause(err))
	}
	ext := strings.ToLower(filepath.Ext(file))
	switch {
	case len(head) == 0:
		return 0, fmt.Errorf("read %s: the file is empty (0 bytes): choose another", file)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return isZip, nil
	case sniff(head) != nil, pictureName(file):
		return isPicture, nil
	case ext == ".zip":
		return 0, fmt.Errorf("read %s: not a zip file, whatever its name says: download or copy it again", file)
	case idxBeginning(head) || strings.Contains(strings.ToLower(filepath.Base(file)), "-ubyte"):
		return isIDX, nil
	case ext == ".csv" || ext == ".tsv" || ext == ".txt" || ext == ".dat":
		return isCSV, nil
	}
	return 0, fmt.Errorf("read %s: none of the kinds that can be read: choose a folder or zip of %s pictures, a CSV of points, or an IDX images file", file, formatsOf)
}

// beginning returns the first bytes of a file, unpacked if it is gzipped.
func beginning(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := unzipped(f)
	if err != nil {
		return nil, err
	}
	head := make([]byte, magicLength)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	return head[:n], nil
}

// unzipped returns a reader of what r holds, unpacking it if it begins like gzip.
func unzipped(r io.Reader) (io.Reader, error) {
	br := bufio.NewReaderSize(r, 64<<10)
	if head, _ := br.Peek(2); len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
		return br, nil
	}
	return gzip.NewReader(br)
}
