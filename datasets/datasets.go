// Package datasets turns what a person drops in (folders, zips, pictures, tables of points, IDX
// pairs) and what is built in (point sets, digits, emoji, shapes) into items that a network can
// learn from, and deals them out in shuffled, reproducible batches. Whatever cannot be read is
// listed with its reason; the rest loads. It trains nothing, draws no windows and never writes to
// what it reads.
package datasets

import (
	"context"

	"ganvas/datasets/internal/files"
	"ganvas/datasets/internal/source"
)

// Open opens a built-in set by its name, or what lies at a path: a folder or a zip of pictures, a
// CSV of points, the images file of an IDX pair. Pictures are decoded on all processors; progress,
// which may be nil, is told how many of them are done, by one goroutine at a time, and before that
// how many files were found, of a total of 0; of a table, how many rows were read, of a rounded
// total. Cancelling ctx ends Open with ctx's error and has no effect later. Errors name the source,
// the place and the remedy.
func Open(ctx context.Context, source string, o Options, progress func(done, total int)) (Set, error) {
	return OpenAll(ctx, []string{source}, o, progress)
}

// OpenAll opens several sources as one set, as when files and folders are dropped together. Only
// folders, zips and pictures go together, and the two files of an IDX pair; a single source is as
// for Open. When sources are several folders, each is a class.
func OpenAll(ctx context.Context, sources []string, o Options, progress func(done, total int)) (Set, error) {
	return source.Open(ctx, sources, o, progress)
}

// ErrOnePicture is the reason why a source that holds one picture alone cannot be opened; it can
// where that is cut into cells.
var ErrOnePicture = source.ErrOnePicture

// Endings returns how the names of files that can be read usually end, for dialogs that choose
// among files.
func Endings() []string { return files.Endings() }

// IsArray says whether a file's name promises arrays, which are made for their size.
func IsArray(file string) bool { return files.IsArray(file) }
