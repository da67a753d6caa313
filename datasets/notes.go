package datasets

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// notes says in plain sentences what a listing was found to be and what was done to its pictures.
func notes(good []candidate, list *listing, info Info, o Options) []string {
	out := []string{found(good, list, info, o)}
	if s := moving(good, list, o); s != "" {
		out = append(out, s)
	}
	if s := treatment(good, info, o); s != "" {
		out = append(out, s)
	}
	if list.white != 0 {
		out = append(out, whiteNote(list.white))
	}
	if len(list.skipped) > 0 {
		out = append(out, counted(len(list.skipped), "file", "files")+" left out, each with its reason")
	}
	if list.others > 0 {
		out = append(out, counted(list.others, "other file that is", "other files that are")+" no picture, left out")
	}
	return append(out, list.said...)
}

// setParts notes in info whether some of the items are frames or pages, or cells.
func (info *Info) setParts(good []candidate) {
	for _, c := range good {
		cells := c.header.cells != nil
		info.Cut = info.Cut || cells
		info.Frames = info.Frames || c.frame || !cells && c.header.frames > 1
	}
}

// moving says what of the items are frames and cells.
func moving(good []candidate, list *listing, o Options) string {
	frames, files, cut := 0, 0, 0
	sheets := 0
	pages, tiffs, reduced := 0, 0, 0
	for _, c := range good {
		reduced += c.header.reduced
		switch {
		case c.header.cells != nil:
			cut += c.got
			sheets++
		case c.header.frames > 1 && c.header.format.name == "TIFF":
			pages += c.got
			tiffs++
		case c.header.frames > 1:
			frames += c.got
			files++
		case c.frame:
			frames++
		}
	}
	var parts []string
	if frames > 0 {
		s := counted(frames, "frame", "frames") + " of " + counted(files+list.animated, "animated picture or video", "animated pictures and videos")
		if o.Stride > 1 {
			s += fmt.Sprintf(", one in %d", o.Stride)
		}
		parts = append(parts, s)
	}
	if pages > 0 {
		s := counted(pages, "page", "pages") + " of " + counted(tiffs, "TIFF of several pages", "TIFFs of several pages")
		if o.Stride > 1 {
			s += fmt.Sprintf(", one in %d", o.Stride)
		}
		parts = append(parts, s)
	}
	if reduced > 0 {
		parts = append(parts, counted(reduced, "smaller copy of a page", "smaller copies of pages")+" left out")
	}
	if sheets > 0 {
		parts = append(parts, fmt.Sprintf("%s of %d×%d cut from %s", counted(cut, "cell", "cells"), good[0].header.w, good[0].header.h, counted(sheets, "sheet", "sheets")))
	}
	return listed(parts)
}

const mirrorNote = "flipped left to right at random"

// found is "3,786 PNG pictures of 64×64, colour with transparency, labels from 10 sub-folders".
func found(good []candidate, list *listing, info Info, o Options) string {
	kinds := make(map[string]int)
	small, large := good[0].header, good[0].header
	channels, alpha := 1, false
	for _, c := range good {
		kinds[c.header.format.name]++
		if c.header.w*c.header.h < small.w*small.h {
			small = c.header
		}
		if c.header.w*c.header.h > large.w*large.h {
			large = c.header
		}
		channels = max(channels, c.header.channels)
		alpha = alpha || c.alpha
	}
	names := slices.SortedFunc(maps.Keys(kinds), func(a, b string) int { return cmp.Or(kinds[b]-kinds[a], cmp.Compare(a, b)) })
	kind := listed(names)
	s := counted(len(good), kind+" picture", kind+" pictures")
	if small.w == large.w && small.h == large.h {
		s += fmt.Sprintf(" of %d×%d", small.w, small.h)
	} else {
		s += fmt.Sprintf(" from %d×%d to %d×%d", small.w, small.h, large.w, large.h)
	}
	switch {
	case alpha:
		s += ", colour with transparency"
	case channels == 1 || info.Shape[2] == 1 && o.Channels == 0:
		s += ", grey"
	default:
		s += ", colour"
	}
	if n := len(info.Labels); n > 0 {
		from := fmt.Sprintf("%d sub-folders", n)
		if i := slices.IndexFunc(good, func(c candidate) bool { return c.from != "" }); i >= 0 {
			from = good[i].from
		}
		s += ", labels from " + cmp.Or(list.labelsFrom, from)
	}
	return s
}

// cropNote says which part of a picture a crop leaves.
func cropNote(o Options) string {
	if o.FocusX == 0 && o.FocusY == 0 {
		return "cut to the square in the middle"
	}
	return fmt.Sprintf("cut to a square around %.0f %% of the width and %.0f %% of the height", 100*(0.5+o.FocusX), 100*(0.5+o.FocusY))
}

// treatment says how the pictures were changed, or nothing.
func treatment(good []candidate, info Info, o Options) string {
	size, channels := info.Shape[0], info.Shape[2]
	oblong, resized, enlarged, alpha, declared := 0, 0, 0, false, 1
	for _, c := range good {
		w, h := c.header.w, c.header.h
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
		alpha = alpha || c.alpha
		declared = max(declared, c.header.channels)
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
			share := thousands(enlarged)
			if enlarged == len(good) {
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
	return listed(done)
}
