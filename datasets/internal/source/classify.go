package source

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/datasets/internal/array"
	"ganvas/datasets/internal/container"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/picture"
	"ganvas/datasets/internal/table"
	"ganvas/engine/wholefile"
)

// classify looks at how a file begins; its name decides only about text and about CIFAR's files,
// which have no beginning of their own.
func classify(file string) (files.Kind, error) {
	info, err := os.Stat(file)
	if err != nil {
		return 0, missing(file, err)
	}
	if info.IsDir() {
		return files.Folder, nil
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("read %s: neither a file nor a folder: choose one", file)
	}
	head, raw, err := files.Beginning(file)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w: check its permissions", file, wholefile.Cause(err))
	}
	if len(raw) == 0 {
		return 0, fmt.Errorf("read %s: the file is empty (0 bytes): choose another", file)
	}
	kind, ok := kindOf(file, head, info.Size())
	if e := instead(kind, ok, head, file); e != nil {
		return 0, fmt.Errorf("read %s: %w", file, e)
	}
	if ok {
		return kind, nil
	}
	switch {
	case files.ArchiveName(file):
		return 0, fmt.Errorf("read %s: not a %s file, whatever its name says: download or copy it again", file, strings.TrimPrefix(filepath.Ext(file), "."))
	case files.Compression(raw) != nil && len(head) == 0:
		return 0, fmt.Errorf("read %s: what it holds cannot be unpacked: download or copy it again", file)
	}
	return 0, fmt.Errorf("read %s: none of the kinds that can be read: choose a folder or an archive of %s pictures, a table, or a NumPy, IDX, CIFAR or Parquet file", file, dataset.PictureFormats)
}

// instead returns which format a file has that is not read, although its name promises something
// else, or nil.
func instead(kind files.Kind, ok bool, head []byte, file string) error {
	var known *files.UnreadError
	switch {
	case !ok, kind == files.Picture && picture.Sniff(head) == nil && files.PictureName(file):
		known = files.UnreadOf(head, file)
	case kind == files.Text || kind == files.IDX:
		known = files.UnreadText(head)
	}
	if known == nil {
		return nil
	}
	return known
}

// kindOf returns the kind of a file that begins, unpacked, with head.
func kindOf(file string, head []byte, size int64) (files.Kind, bool) {
	base := strings.ToLower(filepath.Base(file))
	pack := files.Packing(head)
	switch {
	case pack == "zip" && holdsArrays(head), bytes.HasPrefix(head, []byte("\x93NUMPY")):
		return files.NumPy, true
	case pack != "" && pack != "compressed":
		return files.Archive, true
	case bytes.HasPrefix(head, []byte("PAR1")):
		return files.Parquet, true
	case container.IsAVI(head):
		return files.Video, true
	case picture.Sniff(head) != nil, files.PictureName(file):
		return files.Picture, true
	case cifarLayout(base, size) != nil:
		return files.Picture, true
	case array.IDXBeginning(head) || strings.Contains(base, "-ubyte"):
		return files.IDX, true
	case slices.Contains(files.TextEndings, files.Ending(base)), table.LinesOfNumbers(head):
		return files.Text, true
	}
	return 0, false
}

// holdsArrays says whether a zip's first entry is an array: NumPy's NPZ files are such zips.
func holdsArrays(head []byte) bool {
	const fixed = 30 // bytes of a local file header before the name
	if len(head) < fixed {
		return false
	}
	n := int(head[26]) | int(head[27])<<8
	return len(head) >= fixed+n && bytes.HasSuffix(head[fixed:fixed+n], []byte(".npy"))
}
