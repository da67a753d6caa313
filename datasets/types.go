package datasets

import (
	"image"

	"ganvas/datasets/internal/dataset"
)

// A Set is a readable, immutable collection of items, safe for concurrent use.
type Set = dataset.Set

// Info says what was understood of a source. Its slices belong to the set: do not change them.
type Info = dataset.Info

// Options is the preprocessing of a recipe. The zero value leaves a source as it is.
type Options = dataset.Options

// Kind says what the items of a set are.
type Kind = dataset.Kind

// The kinds of items: points of the plane, square pictures, and the rows of a table, which cannot
// be trained on.
const (
	Points   = dataset.Points
	Pictures = dataset.Pictures
	Table    = dataset.Table
)

// Skip names something that was left out, and why.
type Skip = dataset.Skip

// Column describes a column of a table.
type Column = dataset.Column

// Category is one of the values of a column and how often it stands there.
type Category = dataset.Category

// Modal is a point set that is a mixture of equal round Gaussians, its modes.
type Modal = dataset.Modal

// Dense is a point set whose density is known.
type Dense = dataset.Dense

// Affine is a set of points that were standardised: item = (original − offset) / scale on each
// axis.
type Affine = dataset.Affine

// Subset is some items of a set.
type Subset = dataset.Subset

// NewSubset returns the items of a set with those numbers, in that order.
func NewSubset(set Set, items []int) *Subset { return dataset.NewSubset(set, items) }

// TryRead reads item i of a set as its Read does, but returns an error, and leaves dst undefined,
// where the item was lost since the set was opened: sets that are kept on disk may be.
func TryRead(set Set, i int, dst []float32) (label int, err error) {
	return dataset.TryRead(set, i, dst)
}

// Picture returns item i of a set of pictures for the screen, sharing no memory with the set. It
// panics when the set holds points.
func Picture(set Set, i int) image.Image { return dataset.Picture(set, i) }

// ToImage returns the picture that values in [-1,1], laid out (h,w,c), stand for: *image.Gray for
// one channel, *image.RGBA for three, *image.NRGBA (colours not multiplied by alpha, as in the
// values) for four. Values outside [-1,1] are clipped; NaN counts as -1. It panics when h·w·c is
// not the number of values or c is not 1, 3 or 4.
func ToImage(values []float32, h, w, c int) image.Image { return dataset.ToImage(values, h, w, c) }

// Origin is where an item came from and what it was before preparation.
type Origin = dataset.Origin

// OriginOf says where item i of a set came from, also of a subset's; the zero Origin where the
// source does not tell.
func OriginOf(set Set, i int) Origin { return dataset.OriginOf(set, i) }

// Whole returns the set of which a set is a part, and what number item i has in it; the set itself
// where it is no part.
func Whole(set Set, i int) (Set, int) { return dataset.Whole(set, i) }

// LeaveOutText writes down which items of a set are left out: the beginning of its fingerprint,
// which says in what data the items were chosen, then their numbers from 0 in order, "5be1f0c2d3a4
// 3 17-20". The same items give the same text; none give "".
func LeaveOutText(set Set, items []int) string { return dataset.LeaveOutText(set, items) }

// LeftOut returns the items that a text of LeaveOutText names, in order. The error says when they
// were chosen in other data than those of set, or when the text is none of LeaveOutText's.
func LeftOut(set Set, text string) ([]int, error) { return dataset.LeftOut(set, text) }

// LeaveOut returns a set without the items that a text of LeaveOutText names; the set itself where
// it names none. The fingerprint is that of the choice too.
func LeaveOut(set Set, text string) (Set, error) { return dataset.LeaveOut(set, text) }
