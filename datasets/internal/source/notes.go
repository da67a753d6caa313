package source

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
)

// notes says in plain sentences what a listing was found to be and what was done to its pictures.
func (r *reading) notes(good []candidate, info dataset.Info) []string {
	out := []string{r.kinds(good, info)}
	if s := r.moving(good); s != "" {
		out = append(out, s)
	}
	if s := prepare.Treatment(inputs(good), info.Shape, r.o); s != "" {
		out = append(out, s)
	}
	if r.white != 0 {
		out = append(out, prepare.WhiteNote(r.white))
	}
	if n := len(r.list.Skipped); n > 0 {
		out = append(out, wording.Counted(n, "file", "files")+" left out, each with its reason")
	}
	if n := r.list.Others - r.labels.Tables; n > 0 {
		out = append(out, wording.Counted(n, "other file that is", "other files that are")+" no picture, left out")
	}
	return slices.Concat(out, r.list.Said, r.labels.Said)
}

// parts says whether some of the items are frames or pages, and whether some are cells.
func parts(good []candidate) (frames, cut bool) {
	for _, c := range good {
		cells := c.header.Cells != nil
		cut = cut || cells
		frames = frames || c.Frame || !cells && c.header.Frames > 1
	}
	return frames, cut
}

// moving says what of the items are frames and cells.
func (r *reading) moving(good []candidate) string {
	frames, files, cut := 0, 0, 0
	sheets := 0
	pages, tiffs, reduced := 0, 0, 0
	for _, c := range good {
		reduced += c.header.Reduced
		switch {
		case c.header.Cells != nil:
			cut += c.got
			sheets++
		case c.header.Frames > 1 && c.header.Format.Name == "TIFF":
			pages += c.got
			tiffs++
		case c.header.Frames > 1:
			frames += c.got
			files++
		case c.Frame:
			frames++
		}
	}
	var parts []string
	if frames > 0 {
		s := wording.Counted(frames, "frame", "frames") + " of " + wording.Counted(files+r.list.Animated, "animated picture or video", "animated pictures and videos")
		if r.o.Stride > 1 {
			s += fmt.Sprintf(", one in %d", r.o.Stride)
		}
		parts = append(parts, s)
	}
	if pages > 0 {
		s := wording.Counted(pages, "page", "pages") + " of " + wording.Counted(tiffs, "TIFF of several pages", "TIFFs of several pages")
		if r.o.Stride > 1 {
			s += fmt.Sprintf(", one in %d", r.o.Stride)
		}
		parts = append(parts, s)
	}
	if reduced > 0 {
		parts = append(parts, wording.Counted(reduced, "smaller copy of a page", "smaller copies of pages")+" left out")
	}
	if sheets > 0 {
		parts = append(parts, fmt.Sprintf("%s of %d×%d cut from %s", wording.Counted(cut, "cell", "cells"), good[0].header.W, good[0].header.H, wording.Counted(sheets, "sheet", "sheets")))
	}
	return wording.Listed(parts)
}

// kinds is "3,786 PNG pictures of 64×64, colour with transparency, labels from 10 sub-folders".
func (r *reading) kinds(good []candidate, info dataset.Info) string {
	kinds := make(map[string]int)
	small, large := good[0].header, good[0].header
	channels, alpha := 1, false
	for _, c := range good {
		kinds[c.header.Format.Name]++
		if c.header.W*c.header.H < small.W*small.H {
			small = c.header
		}
		if c.header.W*c.header.H > large.W*large.H {
			large = c.header
		}
		channels = max(channels, c.header.Channels)
		alpha = alpha || c.alpha
	}
	names := slices.SortedFunc(maps.Keys(kinds), func(a, b string) int { return cmp.Or(kinds[b]-kinds[a], cmp.Compare(a, b)) })
	kind := wording.Listed(names)
	s := wording.Counted(len(good), kind+" picture", kind+" pictures")
	if small.W == large.W && small.H == large.H {
		s += fmt.Sprintf(" of %d×%d", small.W, small.H)
	} else {
		s += fmt.Sprintf(" from %d×%d to %d×%d", small.W, small.H, large.W, large.H)
	}
	switch {
	case alpha:
		s += ", colour with transparency"
	case channels == 1 || info.Shape[2] == 1 && r.o.Channels == 0:
		s += ", grey"
	default:
		s += ", colour"
	}
	if n := len(info.Labels); n > 0 {
		from := fmt.Sprintf("%d sub-folders", n)
		if i := slices.IndexFunc(good, func(c candidate) bool { return c.From != "" }); i >= 0 {
			from = good[i].From
		}
		s += ", labels from " + cmp.Or(r.labels.From, from)
	}
	return s
}
