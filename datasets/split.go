package datasets

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
)

const (
	heldOutShare = 0.1
	heldOutLeast = 500 // where they are at most half of all
	// Where more items than that are similar, from one to the next, they are what the set is about and no copies: all upright strokes
	// are alike. To keep them on one side would leave the other without.
	mostSimilar = 16
)

// Split divides a set: a tenth of it, or 500 items where these are at most half, is held out and serves to judge what was
// learnt. What goes where depends on content alone, not on names or order, and copies, near copies included, stay on one side. Both parts are
// in the order of the set. progress, which may be nil, is told how many items were looked at; the error is ctx's.
func Split(ctx context.Context, set Set, progress func(done, total int)) (train, heldOut *Subset, err error) {
	return SplitShare(ctx, set, heldOutShare, progress)
}

// SplitShare is Split with another share than a tenth; 0 is a tenth.
func SplitShare(ctx context.Context, set Set, share float64, progress func(done, total int)) (train, heldOut *Subset, err error) {
	l, err := lookAt(ctx, set, progress)
	if err != nil {
		return nil, nil, fmt.Errorf("split %s: %w", set.Info().Name, err)
	}
	var kept, held []int
	for i, o := range l.heldOut(cmp.Or(share, heldOutShare)) {
		if o {
			held = append(held, i)
		} else {
			kept = append(kept, i)
		}
	}
	return NewSubset(set, kept), NewSubset(set, held), nil
}

// heldOut tells of every item whether a split holds it out.
func (l *looks) heldOut(share float64) []bool {
	n := len(l.sum)
	want := int(share * float64(n))
	if want < heldOutLeast {
		want = min(heldOutLeast, n/2)
	}
	members := membersOf(l)
	type group struct {
		sum   [16]byte
		items []int
	}
	groups := make([]group, 0, len(members))
	for _, items := range members {
		g := group{l.sum[items[0]], items}
		for _, i := range items[1:] {
			if bytes.Compare(l.sum[i][:], g.sum[:]) < 0 {
				g.sum = l.sum[i]
			}
		}
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b group) int {
		return cmp.Or(bytes.Compare(a.sum[:], b.sum[:]), cmp.Compare(a.items[0], b.items[0]))
	})
	out := make([]bool, n)
	for _, g := range groups {
		if len(g.items) > want { // a smaller group may still fit
			continue
		}
		want -= len(g.items)
		for _, i := range g.items {
			out[i] = true
		}
	}
	return out
}

// membersOf returns the items of each group that must stay together.
func membersOf(l *looks) map[int][]int {
	similar, equal := l.groups(true), l.groups(false)
	size := make(map[int]int)
	for _, first := range similar {
		size[first]++
	}
	members := make(map[int][]int)
	for i, first := range similar {
		if size[first] > mostSimilar {
			first = equal[i]
		}
		members[first] = append(members[first], i)
	}
	return members
}

// Subset is some items of a set.
type Subset struct {
	Set   Set
	Items []int // of Set, by item of the subset
}

// NewSubset returns the items of a set with those numbers, in that order.
func NewSubset(set Set, items []int) *Subset { return &Subset{set, items} }

// Info is that of the whole set, but for the count.
func (s *Subset) Info() Info {
	info := s.Set.Info()
	info.Count = len(s.Items)
	return info
}

// Len returns the number of items.
func (s *Subset) Len() int { return len(s.Items) }

// Read reads item i of the subset; see Set.
func (s *Subset) Read(i int, dst []float32) int { return s.Set.Read(s.Items[i], dst) }

// TryRead is Read, but for an error where an item was lost since the set was opened; see TryRead.
func (s *Subset) TryRead(i int, dst []float32) (int, error) { return TryRead(s.Set, s.Items[i], dst) }
