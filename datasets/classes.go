package datasets

import (
	"slices"

	"ganvas/datasets/internal/wording"
)

// labelling is the class of each item.
type labelling struct {
	names []string
	index []int32
	from  string // where the labels stand
}

// labellingOf numbers the classes that words name, in the order of numbers where all are numbers,
// else of the alphabet. An empty word is no class.
func labellingOf(words []string, from string) *labelling {
	y := &labelling{from: from, names: classNames(words), index: make([]int32, len(words))}
	index := map[string]int32{"": -1}
	for k, name := range y.names {
		index[name] = int32(k)
	}
	for i, word := range words {
		y.index[i] = index[word]
	}
	return y
}

// classNames returns the different words, sorted.
func classNames(words []string) []string {
	seen := make(map[string]bool)
	var names []string
	for _, w := range words {
		if w != "" && !seen[w] {
			seen[w] = true
			names = append(names, w)
		}
	}
	slices.SortFunc(names, wording.CompareNatural)
	return names
}

// without leaves items out.
func (y *labelling) without(bad []int) *labelling {
	if y == nil || len(bad) == 0 {
		return y
	}
	out := &labelling{names: y.names, from: y.from}
	for i, k := range y.index {
		if _, found := slices.BinarySearch(bad, i); !found {
			out.index = append(out.index, k)
		}
	}
	return out
}
