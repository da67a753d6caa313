package dataset

import (
	"slices"

	"ganvas/datasets/internal/wording"
)

// Classes is the class of each item.
type Classes struct {
	Names []string
	Index []int32
	From  string // where the labels stand
}

// ClassesOf numbers the classes that words name, in the order of numbers where all are numbers,
// else of the alphabet. An empty word is no class.
func ClassesOf(words []string, from string) *Classes {
	y := &Classes{From: from, Names: classNames(words), Index: make([]int32, len(words))}
	index := map[string]int32{"": -1}
	for k, name := range y.Names {
		index[name] = int32(k)
	}
	for i, word := range words {
		y.Index[i] = index[word]
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

// Without leaves items out.
func (y *Classes) Without(bad []int) *Classes {
	if y == nil || len(bad) == 0 {
		return y
	}
	out := &Classes{Names: y.Names, From: y.From}
	for i, k := range y.Index {
		if _, found := slices.BinarySearch(bad, i); !found {
			out.Index = append(out.Index, k)
		}
	}
	return out
}
