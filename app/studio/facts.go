package studio

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/app/words"
	"ganvas/datasets"
)

// DataFacts are what there is to know of data before it is decided how to learn from them.
type DataFacts struct {
	Kind    datasets.Kind
	Count   int
	Side    int      // of most pictures' shorter side before they are prepared
	Shape   []int    // of an item as it was read
	Names   []string // of the classes; empty: there are none
	Least   int      // items of the smallest class
	Unnamed int      // items without a class
	Columns int      // of a table
	Unread  int      // files that could not be read
}

// looked is at how many items FactsOf looks to tell how large pictures are.
const looked = 2000

// FactsOf finds out about a set. It looks at every label: not on the goroutine of Options.Do.
func FactsOf(set datasets.Set) DataFacts {
	info := set.Info()
	f := DataFacts{
		Kind: info.Kind, Count: set.Len(), Shape: info.Shape, Columns: len(info.Columns),
		Unread: len(info.Skipped),
	}
	if info.Kind == datasets.Table {
		return f
	}
	if len(info.Labels) > 1 {
		items := make([]int, len(info.Labels))
		for _, label := range datasets.LabelsOf(set) {
			if label < 0 {
				f.Unnamed++
				continue
			}
			items[label]++
		}
		f.Names, f.Least = info.Labels, slices.Min(items)
	}
	if info.Kind != datasets.Pictures {
		return f
	}
	var sides []int
	for i := 0; i < f.Count; i += max(1, f.Count/looked) {
		if o := datasets.OriginOf(set, i); o.W > 0 && o.H > 0 {
			sides = append(sides, min(o.W, o.H))
		}
	}
	f.Side = info.Shape[0] // of arrays
	if len(sides) > 0 {
		slices.Sort(sides)
		f.Side = sides[len(sides)/3] // two of three are at least as large
	}
	return f
}

// mostNames is how many classes are named.
const mostNames = 3

// String says what there is: "1,204 pictures in colour, 128 pixels a side or more, in 5 groups:
// cats, dogs, horses and more". Some are smaller.
func (f DataFacts) String() string {
	var b strings.Builder
	switch f.Kind {
	case datasets.Table:
		return fmt.Sprintf("A table of %s in %s", words.Counted(f.Count, "row"), words.Counted(f.Columns, "column"))
	case datasets.Points:
		b.WriteString(words.Counted(f.Count, "point"))
	default:
		b.WriteString(words.Counted(f.Count, "picture"))
		if f.grey() {
			b.WriteString(" in grey")
		} else {
			b.WriteString(" in colour")
		}
		fmt.Fprintf(&b, ", %s a side or more", words.Counted(f.Side, "pixel"))
	}
	if n := len(f.Names); n > 0 && f.Kind == datasets.Pictures {
		fmt.Fprintf(&b, ", in %s: %s", words.Counted(n, "group"), strings.Join(f.Names[:min(n, mostNames)], ", "))
		if n > mostNames {
			b.WriteString(" and more")
		}
	}
	if f.Unread > 0 {
		fmt.Fprintf(&b, "; %s could not be read", words.Counted(f.Unread, "file"))
	}
	return b.String()
}

// grey tells whether pictures have no colour.
func (f DataFacts) grey() bool { return len(f.Shape) == 3 && f.Shape[2] == 1 }

// fewPictures is how many pictures are few: D would learn fewer by heart.
const fewPictures = 1500

// few tells whether pictures are changed at random so that D does not learn them by heart.
func (f DataFacts) few() bool { return f.Count < fewPictures }

// Classes can be asked for where there are at most so many, each has at least so many items, and
// all items have one.
const (
	mostClasses   = 40
	leastOfAClass = 25
)

// named tells whether items can be asked for by class.
func (f DataFacts) named() bool {
	return len(f.Names) > 1 && len(f.Names) <= mostClasses && f.Least >= leastOfAClass && f.Unnamed == 0
}
