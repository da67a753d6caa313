package health

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"ganvas/datasets/internal/dataset"
)

const (
	heldOutShare = 0.1
	heldOutLeast = 500 // where they are at most half of all
	// Where more items than that are similar, from one to the next, they are what the set is about
	// and no copies: all upright strokes are alike. To keep them on one side would leave the other
	// without.
	mostSimilar = 16
)

// Split divides a set: a tenth of it, or 500 items where these are at most half, is held out and
// serves to judge what was learnt. What goes where depends on content alone, not on names or order,
// and copies, near copies included, stay on one side. Both parts are in the order of the set.
// progress, which may be nil, is told how many items were looked at; the error is ctx's.
func Split(ctx context.Context, set dataset.Set, progress func(done, total int)) (train, heldOut *dataset.Subset, err error) {
	return SplitShare(ctx, set, heldOutShare, progress)
}

// SplitShare is Split with another share than a tenth; 0 is a tenth.
func SplitShare(ctx context.Context, set dataset.Set, share float64, progress func(done, total int)) (train, heldOut *dataset.Subset, err error) {
	l, err := scan(ctx, set, progress)
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
	return dataset.NewSubset(set, kept), dataset.NewSubset(set, held), nil
}

// heldOut tells of every item whether a split holds it out.
func (l *signatures) heldOut(share float64) []bool {
	n := len(l.sum)
	want := int(share * float64(n))
	if want < heldOutLeast {
		want = min(heldOutLeast, n/2)
	}
	together := l.together()
	size := make([]int32, n)  // of a group, by its first item
	least := make([]int32, n) // the item of a group with the smallest sum
	var groups []int
	for i, g := range together {
		if size[g]++; size[g] == 1 {
			least[g] = int32(i)
			groups = append(groups, g)
		} else if bytes.Compare(l.sum[i][:], l.sum[least[g]][:]) < 0 {
			least[g] = int32(i)
		}
	}
	// By another sum of the smallest: that itself is the smaller the more items a group has, and
	// what has many likenesses would be held out more often than the rest.
	rank := make([][sha256.Size]byte, n)
	for _, g := range groups {
		rank[g] = sha256.Sum256(l.sum[least[g]][:])
	}
	slices.SortFunc(groups, func(a, b int) int {
		return cmp.Or(bytes.Compare(rank[a][:], rank[b][:]), cmp.Compare(a, b))
	})
	held := make([]bool, n)
	for _, g := range groups {
		if int(size[g]) <= want { // otherwise a smaller group may still fit
			want -= int(size[g])
			held[g] = true
		}
	}
	out := make([]bool, n)
	for i, g := range together {
		out[i] = held[g]
	}
	return out
}

// together returns for every item the first one of those that must stay on its side.
func (l *signatures) together() []int {
	similar, equal := l.groups(true), l.groups(false)
	out := slices.Clone(similar)
	size := make([]int32, len(similar))
	for _, first := range similar {
		size[first]++
	}
	for i, first := range similar {
		if size[first] > mostSimilar {
			out[i] = equal[i]
		}
	}
	return out
}
