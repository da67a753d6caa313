// Package dataset says what a set of data is: what can be wanted of it (Options, Limits), what is
// known of it (Info, Origin), and what it is read by (Set). It keeps pictures and points in memory
// and takes sets apart; it reads no files.
package dataset

import (
	"fmt"
	"math"

	"ganvas/datasets/internal/wording"
)

// Kind says what the items of a set are.
type Kind int

// The kinds of items: points of the plane, square pictures, and the rows of a table, which cannot
// be trained on.
const (
	Points Kind = iota
	Pictures
	Table
)

// String returns "points", "pictures" or "table".
func (k Kind) String() string {
	return [...]string{"points", "pictures", "table"}[k]
}

// PerSecond writes how many items a second are seen: "1,240 img/s", "3.2 points/s", "80 items/s".
func (k Kind) PerSecond(rate float64) string {
	unit := [...]string{"points/s", "img/s", "items/s"}[k]
	if rate < 9.95 {
		return fmt.Sprintf("%.1f %s", rate, unit)
	}
	return wording.Thousands(int(math.Round(rate))) + " " + unit
}

// Skip names something that was left out, and why.
type Skip struct{ Path, Reason string }

// Column describes a column of a table.
type Column struct {
	Name string
	// Type is "integer", "number", "boolean", "date", "category" (few different words, also of
	// numbers that a file calls text), "text", or "empty" where nothing stands in it.
	Type     string
	Missing  int // cells without a value
	Bad      int // cells of a numeric column that are no finite number
	Distinct int // different values; ManyValues where there are more
	// Min, Max and Mean are those of an integer's or number's column, over the cells that hold one.
	Min, Max, Mean float64
	Categories     []Category // of a boolean's or category's column, the most frequent first
}

// Numeric says whether the column holds numbers.
func (c Column) Numeric() bool { return c.Type == "integer" || c.Type == "number" }

// ManyValues is as many different values of a column as are counted.
const ManyValues = 1001

// Category is one of the values of a column and how often it stands there.
type Category struct {
	Name  string
	Count int
}

// Info says what was understood of a source. Its slices belong to the set: do not change them.
type Info struct {
	Name       string     // as shown: "MNIST digits", "holiday.zip"
	Kind       Kind       // points or pictures
	Count      int        // number of items
	Shape      []int      // of an item after preprocessing: {2} or {H, W, C}
	Labels     []string   // class names; empty: unlabelled
	Attributes []string   // columns of a table of which one gives the labels; empty: there is no such table
	Attribute  string     // that one
	Skipped    []Skip     // what could not be read, and why
	Notes      []string   // what was understood and done, in plain sentences
	Columns    []Column   // of a table
	Head       [][]string // the first rows of a table, cells cut to 40 letters
	Frames     bool       // some items are frames of videos or of animated pictures, or pages
	Cut        bool       // some items are cells of sheets of sprites
	// White is what stands for white in the files, of 65,535, where all use a small part of the range;
	// 0: they use it.
	White       int
	Fingerprint string // SHA-256 in hex of the source's content, whatever the preprocessing
}

// Set is a readable, immutable collection of items, safe for concurrent use.
type Set interface {
	// Info says what the set is.
	Info() Info
	// Len returns the number of items.
	Len() int
	// Read writes item i to dst, whose length must be the product of Info().Shape: values in [-1,1]
	// in the order (H,W,C) for pictures, x and y for points. It returns the item's index into
	// Info().Labels, or -1 for none. It panics when i or the length of dst is out of range.
	Read(i int, dst []float32) (label int)
}

// TryRead reads item i of a set as its Read does, but returns an error, and leaves dst undefined,
// where the item was lost since the set was opened: sets that are kept on disk may be.
func TryRead(set Set, i int, dst []float32) (label int, err error) {
	if s, ok := set.(interface {
		TryRead(i int, dst []float32) (int, error)
	}); ok {
		return s.TryRead(i, dst)
	}
	return set.Read(i, dst), nil
}

// Modal is a point set that is a mixture of equal round Gaussians, its modes.
type Modal interface {
	// Modes returns the centres of the Gaussians and their common standard deviation.
	Modes() (centres [][2]float64, sigma float64)
}

// Dense is a point set whose density is known.
type Dense interface {
	// Masses returns the probability of each rectangle between neighbours of x and of y, which
	// ascend: (len(y)-1) rows of len(x)-1, from the lowest y on.
	Masses(x, y []float64) []float64
}

// Affine is a set of points that were standardised: item = (original − offset) / scale on each
// axis.
type Affine interface {
	// Affine returns the scale and the offset of x and y.
	Affine() (scale, offset [2]float64)
}
