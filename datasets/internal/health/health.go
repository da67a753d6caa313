// Package health looks at every item of a set before training: what is wrong with the set, which
// items are alike, what they can be sorted by, and how the set is split into what is trained on and
// what is held out.
package health

import (
	"context"
	"fmt"
	"slices"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// Finding is something about a set that whoever trains on it should know.
type Finding struct {
	Name   string // what it is, for programs: "exact-duplicates"
	Title  string // what it is, for people: "12 pictures are exact copies of others"
	Count  int    // items, files or classes
	Items  []int  // the items it is about, in order; they can be left out. Empty where it is about none in particular
	Advice string // what to do
}

const (
	fewItems     = 500 // below which a discriminator soon knows every item by heart
	rareShare    = 0.2 // of the mean class
	blankSpread  = 1.5 // standard deviation of brightness, of 255, up to which a picture shows nothing
	nearlySpread = 6   // or next to nothing
)

// Examine looks at every item of a set, on all processors, and returns what it found, the gravest
// first. Pictures are judged as the network gets them. progress, which may be nil, is told how many
// items are done. The error is ctx's.
func Examine(ctx context.Context, set dataset.Set, progress func(done, total int)) ([]Finding, error) {
	seen, err := scan(ctx, set, progress)
	if err != nil {
		return nil, fmt.Errorf("examine %s: %w", set.Info().Name, err)
	}
	info := set.Info()
	var all []Finding
	add := func(name string, count int, items []int, title, advice string) {
		if count > 0 {
			all = append(all, Finding{Name: name, Title: title, Count: count, Items: items, Advice: advice})
		}
	}
	if n := len(info.Skipped); n > 0 {
		all = append(all, unreadable(n, "file", "files"))
	}
	exact := seen.copies()
	thing, things := "picture is", "pictures are"
	if info.Kind == dataset.Points {
		thing, things = "point is", "points are"
	}
	add("exact-duplicates", len(exact), exact, wording.Counted(len(exact), thing+" an exact copy of another", things+" exact copies of others"),
		"Leave the copies out: what is there twice is learnt twice as hard.")
	if info.Kind == dataset.Pictures {
		blank, nearly, faint := seen.blank()
		add("blank", len(blank), blank, wording.Counted(len(blank), "picture", "pictures")+" of a single colour", "What shows nothing teaches nothing: leave it out.")
		add("next-to-black", len(faint), faint, wording.Counted(len(faint), "picture has", "pictures have")+" only values that are next to black",
			"Masks and pictures of 10 or 12 bits look like this: open them without the others, and they are brought to the whole range; or leave them out.")
		add("nearly-blank", len(nearly), nearly, wording.Counted(len(nearly), "picture is", "pictures are")+" nearly of a single colour",
			"Look at them; leave out those that show nothing.")
		near := seen.nearCopies()
		add("near-duplicates", len(near), near, wording.Counted(len(near), thing, things)+" hardly different from others",
			"Look at them; leave out what is the same picture again, or the generator will favour it.")
	}
	for _, f := range frameFindings(set) {
		add(f.Name, f.Count, f.Items, f.Title, f.Advice)
	}
	for _, f := range rareClasses(seen.label, info.Labels) {
		add("rare-class", f.Count, f.Items, f.Title, f.Advice)
	}
	if info.Count < fewItems && info.Kind == dataset.Pictures {
		add("few-items", info.Count, nil, fmt.Sprintf("only %s", wording.Counted(info.Count, "picture", "pictures")),
			"Add pictures, allow left-right flips if they make sense, or expect the generator to repeat what it was shown.")
	}
	across := seen.acrossSplit()
	add("held-out-copies", len(across), across, wording.Counted(len(across), "held-out item is", "held-out items are")+" hardly different from items that are trained on",
		"So much is alike that no split parts it: what is judged by held-out items is a little too good.")
	return all, nil
}

// unreadable is the finding that some of the parts of the data could not be read.
func unreadable(n int, one, many string) Finding {
	advice := "They were left out, each with its reason: mend or remove them."
	if n == 1 {
		advice = "It was left out, with the reason: mend or remove it."
	}
	return Finding{Name: "unreadable", Title: wording.Counted(n, one, many) + " could not be read", Count: n, Advice: advice}
}

// rareClasses returns a finding for every class that has far fewer items than the others.
func rareClasses(label []int32, names []string) []Finding {
	if len(names) < 2 {
		return nil
	}
	items := make([][]int, len(names))
	labelled := 0
	for i, l := range label {
		if l >= 0 {
			items[l] = append(items[l], i)
			labelled++
		}
	}
	var out []Finding
	mean := float64(labelled) / float64(len(names))
	for l, list := range items {
		if float64(len(list)) < rareShare*mean {
			out = append(out, Finding{
				Count: len(list), Items: list,
				Title:  fmt.Sprintf("class %q has only %s, the mean is %.0f", names[l], wording.Counted(len(list), "item", "items"), mean),
				Advice: "Add items of this class, or leave the class out.",
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return a.Count - b.Count })
	return out
}
