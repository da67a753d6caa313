package datasets

import (
	"fmt"
	"iter"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// input is what the preparation of a picture depends on.
type input struct {
	w, h, channels int
	alpha          bool // it has transparent pixels
}

// shapeOf returns the side and channels of the items: what was asked for, else what is natural: the
// median of the sides that the fit keeps, as far as a prepared picture may have it, and the fewest
// channels that hold every picture.
func shapeOf(all iter.Seq[input], o dataset.Options) (size, channels int) {
	var sides []int
	for in := range all {
		side := min(in.w, in.h)
		if o.Fit == "pad" {
			side = max(in.w, in.h)
		}
		sides = append(sides, side)
		channels = max(channels, in.channels)
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

// change returns the shape of pictures that are all alike after preprocessing, and a note where they
// change.
func change(in input, o dataset.Options) (size, channels int, note string) {
	one := func(yield func(input) bool) { yield(in) }
	size, channels = shapeOf(one, o)
	return size, channels, treatment(one, []int{size, size, channels}, o)
}

// cropNote says which part of a picture a crop leaves.
func cropNote(o dataset.Options) string {
	if o.FocusX == 0 && o.FocusY == 0 {
		return "cut to the square in the middle"
	}
	return fmt.Sprintf("cut to a square around %.0f %% of the width and %.0f %% of the height", 100*(0.5+o.FocusX), 100*(0.5+o.FocusY))
}

// treatment says how pictures were changed to have a shape, or nothing.
func treatment(all iter.Seq[input], shape []int, o dataset.Options) string {
	size, channels := shape[0], shape[2]
	count, oblong, resized, enlarged, alpha, declared := 0, 0, 0, 0, false, 1
	for in := range all {
		count++
		w, h := in.w, in.h
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
		alpha = alpha || in.alpha
		declared = max(declared, in.channels)
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
