package datasets

import (
	"slices"
	"strings"
	"testing"
)

// TestLabelled chooses labels of digits: as many of each class, by the seed, and always the same.
func TestLabelled(t *testing.T) {
	set, err := Open(t.Context(), "digits", Options{Labels: "folder"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	part, err := Labelled(set, 105, 7)
	if err != nil {
		t.Fatal(err)
	}
	var of [10]int
	for _, l := range LabelsOf(part) {
		of[l]++
	}
	for class, n := range of {
		if want := 10; n != want && n != want+1 {
			t.Errorf("%d items of class %d, want %d or one more", n, class, want)
		}
	}
	if part.Len() != 105 {
		t.Errorf("%d items, want 105", part.Len())
	}
	again, _ := Labelled(set, 105, 7)
	other, _ := Labelled(set, 105, 8)
	if !slices.Equal(part.Items, again.Items) || slices.Equal(part.Items, other.Items) {
		t.Error("the choice does not follow from the seed")
	}
	if all, err := Labelled(set, 0, 1); err != nil || all.Len() != set.Len() {
		t.Errorf("all labels: %v", err)
	}
	for n, want := range map[int]string{9: "make labelled at least one for each", 60001: "only 60000 items have one"} {
		if _, err := Labelled(set, n, 1); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Labelled(%d): %v, want %q", n, err, want)
		}
	}
	if err := AllLabelled(set); err != nil {
		t.Error(err)
	}
	bare, err := Open(t.Context(), "shapes", Options{Labels: "none"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := AllLabelled(bare); err == nil || !strings.Contains(err.Error(), "0 classes") {
		t.Errorf("without labels: %v", err)
	}
}
