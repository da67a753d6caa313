// Package wording words numbers, lists and errors for the messages and notes about data. The
// program has such words, too, in app/words; this package is below it, and needs other plurals.
package wording

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"

	"ganvas/engine/wholefile"
)

// Thousands writes 3786 as "3,786".
func Thousands(n int) string { return humanize.Comma(int64(n)) }

// Counted writes a number and its noun: "1 picture", "3,786 pictures".
func Counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Thousands(n) + " " + many
}

// Listed joins words as in a sentence: "a, b and c".
func Listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// Reason words a reading error for a list of skipped files.
func Reason(err error) string {
	switch err = wholefile.Cause(err); {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "truncated: the file ends before the picture does"
	case errors.Is(err, fs.ErrNotExist):
		return "it vanished while it was being read"
	}
	return err.Error()
}

// Absolute returns an absolute form of path, or path itself where there is none.
func Absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// Shown names several sources as one: "holiday.zip and 2 more".
func Shown(paths []string) string {
	name := filepath.Base(Absolute(paths[0]))
	if len(paths) > 1 {
		name = fmt.Sprintf("%s and %d more", name, len(paths)-1)
	}
	return name
}

// CompareNatural orders words: numbers by their size and before other words, those by the alphabet.
func CompareNatural(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil && x != y && x == x && y == y:
		return cmp.Compare(x, y)
	case (errX == nil) != (errY == nil):
		if errX == nil {
			return -1
		}
		return 1
	}
	return cmp.Compare(a, b)
}

// Shortened cuts a cell to 40 letters for messages; a cell may have megabytes, of which it looks at
// no more than it shows.
func Shortened(s string) string {
	if len(s) <= 40 {
		return s
	}
	if r := []rune(s[:min(len(s), 200)]); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
