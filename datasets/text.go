package datasets

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

// The program has such words, too, in app/words. This package is below it, and needs other plurals.

// thousands writes 3786 as "3,786".
func thousands(n int) string { return humanize.Comma(int64(n)) }

// counted writes a number and its noun: "1 picture", "3,786 pictures".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// listed joins words as in a sentence: "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// reason words a reading error for a list of skipped files.
func reason(err error) string {
	switch err = wholefile.Cause(err); {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "truncated: the file ends before the picture does"
	case errors.Is(err, fs.ErrNotExist):
		return "it vanished while it was being read"
	}
	return err.Error()
}

// absolute returns an absolute form of path, or path itself where there is none.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// shown names several sources as one: "holiday.zip and 2 more".
func shown(paths []string) string {
	name := filepath.Base(absolute(paths[0]))
	if len(paths) > 1 {
		name = fmt.Sprintf("%s and %d more", name, len(paths)-1)
	}
	return name
}

// compareNatural orders words: numbers by their size and before other words, those by the alphabet.
func compareNatural(a, b string) int {
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

// shortened cuts a cell to 40 letters for messages; a cell may have megabytes, of which it looks at
// no more than it shows.
func shortened(s string) string {
	if len(s) <= 40 {
		return s
	}
	if r := []rune(s[:min(len(s), 200)]); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
