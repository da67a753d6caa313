package datapage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/dustin/go-humanize"

	"ganvas/datasets"
)

// The orders in which items can be shown.
const (
	asTheyCome = "As they come"
	byClass    = "By class"
)

// An order is a way to sort items.
type order struct {
	title string
	looks bool // the items are measured for it
	key   func(set datasets.Set, m *datasets.Measures, i int) float64
}

var orders = []order{
	{"Largest first", false, func(s datasets.Set, _ *datasets.Measures, i int) float64 { return -pixelsOf(s, i) }},
	{"Smallest first", false, func(s datasets.Set, _ *datasets.Measures, i int) float64 { return pixelsOf(s, i) }},
	{"Brightest first", true, func(_ datasets.Set, m *datasets.Measures, i int) float64 { return -float64(m.Bright[i]) }},
	{"Darkest first", true, func(_ datasets.Set, m *datasets.Measures, i int) float64 { return float64(m.Bright[i]) }},
	{"Sharpest first", true, func(_ datasets.Set, m *datasets.Measures, i int) float64 { return -float64(m.Sharp[i]) }},
	{"Most blurred first", true, func(_ datasets.Set, m *datasets.Measures, i int) float64 { return float64(m.Sharp[i]) }},
}

// pixelsOf is how many pixels an item had before it was prepared.
func pixelsOf(set datasets.Set, i int) float64 {
	o := datasets.OriginOf(set, i)
	return float64(o.W) * float64(o.H)
}

// A query says which items of a set are looked for.
type query struct {
	set, kept datasets.Set
	chosen    []int
	search    string
	class     int // −1: any
	order     string
	measures  *datasets.Measures
	told      func(done, total int) // how far measuring is; may be nil
}

func (q *query) measuresWanted() bool {
	return slices.ContainsFunc(orders, func(o order) bool { return o.title == q.order && o.looks })
}

// run returns the items in their order, having measured what is needed for it.
func (q *query) run(ctx context.Context) (items []int, err error) {
	switch {
	case q.chosen != nil:
		items = slices.Clone(q.chosen)
	case q.kept != nil:
		items = make([]int, q.kept.Len())
		for i := range items {
			_, items[i] = datasets.Whole(q.kept, i)
		}
	}
	info := q.set.Info()
	var values []float32
	label := func(i int) int {
		if values == nil {
			values = make([]float32, info.Shape[0]*info.Shape[1]*info.Shape[2])
		}
		return q.set.Read(i, values)
	}
	if word := strings.ToLower(strings.TrimSpace(q.search)); word != "" {
		items = slices.DeleteFunc(items, func(i int) bool {
			name := datasets.OriginOf(q.set, i).Name
			if name == "" {
				name = humanize.Comma(int64(i))
			}
			return !strings.Contains(strings.ToLower(name), word)
		})
	}
	if q.class >= 0 {
		items = slices.DeleteFunc(items, func(i int) bool { return ctx.Err() == nil && label(i) != q.class })
	}
	if q.order == byClass {
		class := make(map[int]int, len(items))
		for _, i := range items {
			class[i] = label(i)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
		slices.SortStableFunc(items, func(i, j int) int { return cmp.Compare(class[i], class[j]) })
	}
	for _, o := range orders {
		if o.title != q.order {
			continue
		}
		if o.looks && q.measures == nil {
			if q.measures, err = datasets.Measure(ctx, q.set, q.told); err != nil {
				return nil, err
			}
		}
		slices.SortStableFunc(items, func(i, j int) int { return cmp.Compare(o.key(q.set, q.measures, i), o.key(q.set, q.measures, j)) })
	}
	return items, ctx.Err()
}
