package prepare

import (
	"fmt"
	"iter"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// Input is what the preparation of a picture depends on.
type Input struct {
	W, H, Channels int
	Alpha          bool // it has transparent pixels
}

// ShapeOf returns the side and channels of the items: what was asked for, else what is natural: the
// median of the sides that the fit keeps, as far as a prepared picture may have it, and the fewest
// channels that hold every picture.
func ShapeOf(all iter.Seq[Input], o dataset.Options) (size, channels int) {
	var sides []int
	for in := range all {
		side := min(in.W, in.H)
		if o.Fit == "pad" {
			side = max(in.W, in.H)
		}
		sides = append(sides, side)
		channels = max(channels, in.Channels)
	}
	slices.Sort(sides)
	size = min(sides[len(sides)/2], dataset.MaxSide)
	if o.Size != 0 {
		size = o.Size
	}
	if o.Channels != 0 {
		channels = o.Channels
	}
	return size, channels
}

// Change returns the shape of pictures that are all alike after preprocessing, and a note where they
// change.
func Change(in Input, o dataset.Options) (size, channels int, note string) {
	one := func(yield func(Input) bool) { yield(in) }
	size, channels = ShapeOf(one, o)
	return size, channels, Treatment(one, []int{size, size, channels}, o)
}

// cropNote says which part of a picture a crop leaves.
func cropNote(o dataset.Options) string {
	if o.FocusX == 0 && o.FocusY == 0 {
		return "cut to the square in the middle"
	}
	return fmt.Sprintf("cut to a square around %.0f %% of the width and %.0f %% of the height", 100*(0.5+o.FocusX), 100*(0.5+o.FocusY))
}

// Treatment says how pictures were changed to have a shape, or nothing.
func Treatment(all iter.Seq[Input], shape []int, o dataset.Options) string {
	size, channels := shape[0], shape[2]
	count, oblong, resized, enlarged, alpha, declared := 0, 0, 0, 0, false, 1
	for in := range all {
		count++
		w, h := in.W, in.H
		side := min(w, h)
		if o.Fit == "pad" {
			side = max(w, h)
		}
		if w != h {
			oblong++
		}
		if side != size || w != h && o.Fit == "stretch" {
			resized++
		}
		if side < size {
			enlarged++
		}
		alpha = alpha || in.Alpha
		declared = max(declared, in.Channels)
	}
	var done []string
	if oblong > 0 {
		done = append(done, map[string]string{
			"crop":    cropNote(o),
			"pad":     "padded to a square",
			"stretch": "stretched to a square",
		}[o.Fit])
	}
	if resized > 0 {
		s := fmt.Sprintf("resized to %d×%d", size, size)
		if enlarged > 0 {
			share := wording.Thousands(enlarged)
			if enlarged == count {
				share = "all"
			}
			s += fmt.Sprintf(" (%s enlarged)", share)
		}
		done = append(done, s)
	}
	switch {
	case alpha && channels < 4:
		bg := o.Background
		colour := fmt.Sprintf("#%02x%02x%02x", bg.R, bg.G, bg.B)
		if bg.R == 255 && bg.G == 255 && bg.B == 255 {
			colour = "white"
		}
		done = append(done, "transparency laid on "+colour)
	case channels == 4 && declared < 4:
		done = append(done, "an opaque alpha channel added")
	}
	if o.Channels == 1 && declared > 1 {
		done = append(done, "turned to grey")
	}
	return wording.Listed(done)
}
