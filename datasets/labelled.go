package datasets

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"ganvas/engine/splitmix"
)

// labelOf is a set that knows an item's label without making the item.
type labelOf interface{ Label(i int) int }

// LabelsOf returns the label of every item, -1 where it has none.
func LabelsOf(set Set) []int {
	out := make([]int, set.Len())
	if s, ok := set.(*Subset); ok {
		all := LabelsOf(s.Set)
		for i, at := range s.Items {
			out[i] = all[at]
		}
		return out
	}
	known, ok := set.(labelOf)
	size := 1
	for _, d := range set.Info().Shape {
		size *= d
	}
	item := make([]float32, size)
	for i := range out {
		if ok {
			out[i] = known.Label(i)
		} else {
			out[i] = set.Read(i, item)
		}
	}
	return out
}

// Labelled returns n items of a set that have a label, as many of each class as can be, in the
// order of the set; 0 is all that have one. Which of a class depends on the seed alone. The error
// says how many there are, or must be.
func Labelled(set Set, n int, seed uint64) (*Subset, error) {
	info := set.Info()
	of := make([][]int, len(info.Labels))
	have := 0
	for i, l := range LabelsOf(set) {
		if l >= 0 {
			of[l] = append(of[l], i)
			have++
		}
	}
	switch {
	case len(of) < 2 || have == 0:
		return nil, fmt.Errorf("labels of %s: %d classes: choose data with at least two, such as a folder with a sub-folder for each", info.Name, len(of))
	case n > have:
		return nil, fmt.Errorf("labels of %s: %d are to be known, but only %d items have one: make labelled at most that, or 0 for all", info.Name, n, have)
	case n > 0 && n < len(of):
		return nil, fmt.Errorf("labels of %s: %d are to be known of %d classes: make labelled at least one for each, or 0 for all", info.Name, n, len(of))
	case n == 0:
		n = have
	}
	pcg := rand.NewPCG(seed, splitmix.At('l', 0))
	random := rand.New(pcg)
	for _, items := range of {
		random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	var chosen []int
	for round := 0; len(chosen) < n; round++ {
		for _, items := range of {
			if round < len(items) && len(chosen) < n {
				chosen = append(chosen, items[round])
			}
		}
	}
	slices.Sort(chosen)
	return NewSubset(set, chosen), nil
}

// AllLabelled returns an error that says how many items of a set have no label, if there are any,
// or fewer than two classes.
func AllLabelled(set Set) error {
	part, err := Labelled(set, 0, 0)
	if err != nil {
		return err
	}
	if missing := set.Len() - part.Len(); missing > 0 {
		return fmt.Errorf("labels of %s: %d of %d items have none: give each a label, or leave those items out", set.Info().Name, missing, set.Len())
	}
	return nil
}
