package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets/internal/wording"
)

// marked is how many hexadecimal digits of a fingerprint say whose items are left out.
const marked = 12

// LeaveOutText writes down which items of a set are left out: the beginning of its fingerprint,
// which says in what data the items were chosen, then their numbers from 0 in order, "5be1f0c2d3a4
// 3 17-20". The same items give the same text; none give "".
func LeaveOutText(set Set, items []int) string {
	items = slices.Clone(items)
	slices.Sort(items)
	items = slices.Compact(items)
	if len(items) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(markOf(set))
	for i := 0; i < len(items); {
		last := i
		for last+1 < len(items) && items[last+1] == items[last]+1 {
			last++
		}
		b.WriteByte(' ')
		b.WriteString(strconv.Itoa(items[i]))
		if last > i {
			b.WriteByte('-')
			b.WriteString(strconv.Itoa(items[last]))
		}
		i = last + 1
	}
	return b.String()
}

func markOf(set Set) string {
	f := set.Info().Fingerprint
	return f[:min(len(f), marked)]
}

// LeftOut returns the items that a text of LeaveOutText names, in order. The error says when they
// were chosen in other data than those of set, or when the text is none of LeaveOutText's.
func LeftOut(set Set, text string) ([]int, error) {
	mark, rest, _ := strings.Cut(text, " ")
	if text == "" {
		return nil, nil
	}
	name := set.Info().Name
	if mark != markOf(set) {
		return nil, fmt.Errorf("leave items out of %s: they were chosen when the data were others (%s, now %s): choose anew, or set leave_out to \"\"", name, wording.Shortened(mark), markOf(set))
	}
	var items []int
	before := -1
	for word := range strings.FieldsSeq(rest) {
		from, to, isRange := strings.Cut(word, "-")
		first, err := strconv.Atoi(from)
		last := first
		if isRange && err == nil {
			last, err = strconv.Atoi(to)
		}
		if err != nil || first <= before || last < first || last >= set.Len() {
			return nil, fmt.Errorf("leave items out of %s: %q: write numbers and ranges such as 3 17-20, from 0 to %d, in order", name, wording.Shortened(word), set.Len()-1)
		}
		for i := first; i <= last; i++ {
			items = append(items, i)
		}
		before = last
	}
	return items, nil
}

// LeaveOut returns a set without the items that a text of LeaveOutText names; the set itself where
// it names none. The fingerprint is that of the choice too.
func LeaveOut(set Set, text string) (Set, error) {
	gone, err := LeftOut(set, text)
	if err != nil || len(gone) == 0 {
		return set, err
	}
	if set.Len()-len(gone) < MinItems {
		return nil, fmt.Errorf("leave items out of %s: %s of %s are left: at least %d are needed: leave out fewer", set.Info().Name, wording.Thousands(set.Len()-len(gone)), wording.Counted(set.Len(), "item", "items"), MinItems)
	}
	kept := make([]int, 0, set.Len()-len(gone))
	for i, k := 0, 0; i < set.Len(); i++ {
		if k < len(gone) && gone[k] == i {
			k++
			continue
		}
		kept = append(kept, i)
	}
	info := set.Info()
	info.Count = len(kept)
	info.Notes = append(slices.Clone(info.Notes), wording.Counted(len(gone), "item", "items")+" left out by choice")
	sum := sha256.Sum256([]byte(info.Fingerprint + " without " + text))
	info.Fingerprint = hex.EncodeToString(sum[:])
	w := without{Subset{set, kept}, info}
	switch set := set.(type) {
	case Modal:
		return &modalWithout{w, set}, nil
	case Affine:
		return &affineWithout{w, set}, nil
	}
	return &w, nil
}

// without is a set from which items were left out.
type without struct {
	Subset
	info Info
}

// Info is that of the whole set, but for the count, the fingerprint and a note.
func (w *without) Info() Info { return w.info }

type modalWithout struct {
	without
	Modal
}

type affineWithout struct {
	without
	of Affine
}

// Affine returns the scale and the offset of x and y.
func (a *affineWithout) Affine() (scale, offset [2]float64) { return a.of.Affine() }
