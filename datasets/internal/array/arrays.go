// Package array opens NumPy and IDX files: arrays of numbers that are pictures, points, or labels
// of either, whatever their types, order and range.
package array

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"math"
	"strings"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/table"
	"ganvas/datasets/internal/wording"
	"ganvas/datasets/internal/work"
)

// array is what a file of numbers holds, whatever its type and order.
type array struct {
	shape   []int
	strides []int // of each dimension, in values
	values  int   // in all
	exact   bool  // the values are bytes that are 0 to 255 already
	whole   bool  // integers, not fractions
	at      func(i int) float64
}

// layout says how the dimensions of an array are pictures.
type layout struct {
	n, h, w, c     int
	sn, sh, sw, sc int // strides
	order          string
}

// layoutOf recognises pictures in an array: N,H,W, N,H,W,C and N,C,H,W, and rows of a square number
// of values. The channels are the dimension of 1, 3 or 4; where two are, the last.
func layoutOf(a *array) (layout, bool) {
	s, t := a.shape, a.strides
	channels := func(n int) bool { return n == 1 || n == 3 || n == 4 }
	switch len(s) {
	case 2:
		for _, c := range []int{1, 3, 4} {
			side := int(math.Round(math.Sqrt(float64(s[1]) / float64(c))))
			if side*side*c != s[1] || side < dataset.MinSide {
				continue
			}
			l := layout{n: s[0], h: side, w: side, c: c, sn: t[0], sh: side * t[1], sw: t[1], sc: side * side * t[1]}
			l.order = fmt.Sprintf("rows of %s values, taken for %d×%d", wording.Thousands(s[1]), side, side)
			if c > 1 {
				l.order += fmt.Sprintf(", %d channels one after the other", c)
			}
			return l, true
		}
	case 3:
		return layout{n: s[0], h: s[1], w: s[2], c: 1, sn: t[0], sh: t[1], sw: t[2], order: "N,H,W"}, true
	case 4:
		switch {
		case channels(s[3]):
			return layout{n: s[0], h: s[1], w: s[2], c: s[3], sn: t[0], sh: t[1], sw: t[2], sc: t[3], order: "N,H,W,C"}, true
		case channels(s[1]):
			return layout{n: s[0], h: s[2], w: s[3], c: s[1], sn: t[0], sh: t[2], sw: t[3], sc: t[1], order: "N,C,H,W"}, true
		}
	}
	return layout{}, false
}

// Grid is pictures of one size as bytes, one after the other, in the order (N,H,W,C).
type Grid struct {
	N, H, W, C int
	Values     []uint8
}

// Picture is item i, sharing the grid's memory where it can.
func (g *Grid) Picture(i int) image.Image {
	r := image.Rect(0, 0, g.W, g.H)
	src := g.Values[i*g.H*g.W*g.C : (i+1)*g.H*g.W*g.C]
	switch g.C {
	case 1:
		return &image.Gray{Pix: src, Stride: g.W, Rect: r}
	case 4:
		return &image.NRGBA{Pix: src, Stride: 4 * g.W, Rect: r}
	}
	out := image.NewRGBA(r)
	for k := range g.W * g.H {
		copy(out.Pix[4*k:4*k+3], src[3*k:3*k+3])
		out.Pix[4*k+3] = 255
	}
	return out
}

// toGrid brings an array into bytes; bad lists the items that hold a number that is none.
func (a *array) toGrid(l layout, s scale) (g *Grid, bad []int) {
	item := l.h * l.w * l.c
	g = &Grid{N: l.n, H: l.h, W: l.w, C: l.c, Values: make([]uint8, 0, l.n*item)}
	for i := range l.n {
		start, finite := len(g.Values), true
		for y := range l.h {
			for x := range l.w {
				for c := range l.c {
					v := a.at(i*l.sn+y*l.sh+x*l.sw+c*l.sc)*s.factor + s.offset
					finite = finite && !math.IsNaN(v) && !math.IsInf(v, 0)
					g.Values = append(g.Values, uint8(max(0, min(255, v+0.5))))
				}
			}
		}
		if !finite {
			g.Values = g.Values[:start]
			bad = append(bad, i)
		}
	}
	g.N -= len(bad)
	return g, bad
}

// named is an array and where it came from: its file, or the entry of one.
type named struct {
	*array
	name string
}

// openArray makes a set of an array and its labels, which may be nil. file names it in errors.
func openArray(ctx context.Context, file, name string, x named, y *dataset.Classes, o Request) (dataset.Set, error) {
	if len(x.shape) == 2 && x.shape[1] == 2 {
		return pointsOf(file, name, x)
	}
	l, ok := layoutOf(x.array)
	switch {
	case !ok:
		return nil, fmt.Errorf("read %s: %s has the shape %s: pictures have N,H,W, N,H,W,C or N,C,H,W with 1, 3 or 4 channels, points N,2: save it as one of these", file, x.name, shapeText(x.shape))
	case l.n < dataset.MinItems:
		return nil, fmt.Errorf("read %s: %s has the shape %s, a single picture: at least %d are needed: save more as N,H,W", file, x.name, shapeText(x.shape), dataset.MinItems)
	case l.h < dataset.MinSide || l.w < dataset.MinSide:
		return nil, fmt.Errorf("read %s: pictures of %d×%d: too small for a network, at least %d a side are needed: choose another file", file, l.w, l.h, dataset.MinSide)
	case y != nil && len(y.Index) != l.n:
		return nil, fmt.Errorf("read %s: %s labels for %s pictures: save one label for each, or none", file, wording.Thousands(len(y.Index)), wording.Thousands(l.n))
	}
	s := scaleOf(x.array)
	g, bad := x.toGrid(l, s)
	info := dataset.Info{Name: name, Kind: dataset.Pictures, Notes: []string{gridNote(g, x.name, l.order, s.note, y)}}
	for _, i := range bad {
		info.Skipped = append(info.Skipped, dataset.Skip{Path: fmt.Sprintf("%s[%d]", x.name, i), Reason: "it holds a number that is none (NaN or infinite)"})
	}
	if g.N < dataset.MinItems {
		return nil, fmt.Errorf("read %s: %s of %s items hold numbers that are none (NaN or infinite): mend them", file, wording.Thousands(len(bad)), wording.Thousands(l.n))
	}
	set, err := OpenGrid(ctx, info, g, y.Without(bad), o)
	if err != nil {
		return nil, err
	}
	return set, nil
}

// gridNote says what was found: "1,797 grey pictures of 8×8 from x (N,H,W), values from 0 to 1,
// labels from y".
func gridNote(g *Grid, from, order, scaled string, y *dataset.Classes) string {
	note := fmt.Sprintf("%s %s pictures of %d×%d from %s (%s)", wording.Thousands(g.N), map[int]string{1: "grey", 3: "colour", 4: "colour and alpha"}[g.C], g.W, g.H, from, order)
	if scaled != "" {
		note += ", " + scaled
	}
	if y == nil {
		return note + ", without labels"
	}
	return note + ", labels from " + y.From
}

// OpenGrid prepares the pictures of a grid and gives them their labels.
func OpenGrid(ctx context.Context, info dataset.Info, g *Grid, y *dataset.Classes, o Request) (*dataset.PictureSet, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%d\x00%d\x00%d\x00%d\x00", g.N, g.H, g.W, g.C)
	sum.Write(g.Values)
	if y != nil {
		for _, k := range y.Index {
			fmt.Fprintf(sum, "%d,", k)
		}
	}
	info.Count, info.Fingerprint = g.N, hex.EncodeToString(sum.Sum(nil))
	set, err := prepareGrid(ctx, info, g, o)
	if err != nil {
		return nil, err
	}
	if y != nil && o.Labels != "none" {
		set.About.Labels, set.Labels = y.Names, y.Index
	}
	return set, nil
}

// Request is what becomes of the pictures of an array.
type Request struct {
	dataset.Options
	Limits     dataset.Limits
	Unprepared *Grid // where they are left as they were; nil: nowhere
}

// prepareGrid brings pictures of one size to the shape that is asked for.
func prepareGrid(ctx context.Context, info dataset.Info, g *Grid, o Request) (*dataset.PictureSet, error) {
	if o.Unprepared != nil {
		*o.Unprepared = *g
	}
	size, channels, note := prepare.Change(prepare.Input{W: g.W, H: g.H, Channels: g.C, Alpha: g.C == 4}, o.Options)
	if note != "" {
		info.Notes = append(info.Notes, note)
	}
	if o.Mirror {
		info.Notes = append(info.Notes, dataset.MirrorNote)
	}
	info.Shape = []int{size, size, channels}
	if size == g.W && size == g.H && channels == g.C && channels < 4 {
		return dataset.NewPictureSet(info, g.Values, nil), nil
	}
	if err := o.Limits.CheckMemory(info.Name, info.Count, size, channels); err != nil {
		return nil, err
	}
	set := dataset.NewPictureSet(info, make([]uint8, info.Count*size*size*channels), nil)
	preparers := make([]*prepare.Preparer, work.Workers())
	err := work.Parallel(ctx, info.Count, func() {}, func(worker, i int) {
		if preparers[worker] == nil {
			preparers[worker] = prepare.NewPreparer(size, channels, o.Options)
		}
		preparers[worker].Do(set.Data[i*set.Item:(i+1)*set.Item], g.Picture(i))
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", info.Name, err)
	}
	return set, nil
}

// pointsOf makes points of an array of N,2.
func pointsOf(file, name string, x named) (dataset.Set, error) {
	t := &table.PointTable{Names: [2]string{"x", "y"}}
	var skipped []dataset.Skip
	sum := sha256.New()
	for i := range x.shape[0] {
		p := [2]float64{x.at(i * x.strides[0]), x.at(i*x.strides[0] + x.strides[1])}
		if s := p[0] + p[1]; math.IsNaN(s) || math.IsInf(s, 0) {
			skipped = append(skipped, dataset.Skip{Path: fmt.Sprintf("%s[%d]", x.name, i), Reason: "it holds a number that is none (NaN or infinite)"})
			continue
		}
		fmt.Fprintf(sum, "%x,%x\n", p[0], p[1])
		t.Values = append(t.Values, p)
	}
	sum.Sum(t.Sum[:0])
	return t.Open(file, name, fmt.Sprintf("%s points from %s (N,2)", wording.Thousands(len(t.Values)), x.name), skipped)
}

// shapeText writes a shape as NumPy does, without brackets: "60000,28,28".
func shapeText(shape []int) string {
	words := make([]string, len(shape))
	for i, n := range shape {
		words[i] = fmt.Sprint(n)
	}
	return strings.Join(words, ",")
}
