package datapage

import (
	"slices"
	"strings"
	"testing"
)

func TestFindSortAndFilter(t *testing.T) {
	r := garden(t)
	v := r.items
	wait := func(what string, want ...string) {
		t.Helper()
		r.Until(what, func() bool { return slices.Equal(r.names(), want) })
	}
	wait("all show", "leaf0", "leaf2", "leaf4", "rose1", "rose3", "rose5")
	v.order.SetSelected("Brightest first")
	wait("the brightest comes first", "rose5", "leaf4", "rose3", "leaf2", "rose1", "leaf0")
	v.order.SetSelected("Smallest first")
	wait("the smallest comes first", "rose5", "leaf0", "leaf2", "leaf4", "rose1", "rose3")
	v.class.SetSelected("rose")
	wait("one class shows", "rose5", "rose1", "rose3")
	v.search.SetText("SE3")
	wait("one name shows", "rose3")
	if got := v.count.Segment.Text; got != "1 picture of 6" {
		t.Errorf("says %q, want 1 picture of 6", got)
	}
	v.grid.OnTapped(0)
	r.Until("it shows large", func() bool { return r.prep.name.Segment.Text == "rose/rose3.png, 60×30" })
	r.owned("shapes")
	if got := v.search.Text; got != "" {
		t.Errorf("other data are searched for %q", got)
	}
}

// Delete leaves the item out, and the page says so and shows the rest.
func TestLeaveOut(t *testing.T) {
	r := garden(t)
	r.items.grid.OnDelete(1)
	if got := r.S.Data.Set.Len(); got != 5 || r.S.Data.Whole.Len() != 6 {
		t.Fatalf("%d of %d items are left", got, r.S.Data.Whole.Len())
	}
	if r.S.Work.Busy() {
		t.Error("reads the data again")
	}
	r.Until("the rest shows", func() bool {
		return slices.Equal(r.names(), []string{"leaf0", "leaf4", "rose1", "rose3", "rose5"}) && r.away.Visible()
	})
	if got := r.awayText.Segment.Text; got != "You left out 1 item." {
		t.Errorf("says %q of 1 item that is left out", got)
	}
	if !strings.HasPrefix(r.Said.Text, "Left out: 1 item") || r.S.Reason != "" {
		t.Errorf("says %q; cannot be trained: %q", r.Said.Text, r.S.Reason)
	}
	r.S.Data.BringBack([]int{1})
	r.Until("it is back", func() bool { return len(r.items.items) == 6 && !r.away.Visible() })
}

// Several items that are chosen are left out together.
func TestChooseSeveral(t *testing.T) {
	r := garden(t)
	grid, items := r.items.grid, r.items.items
	grid.Select([]int{1, 2, 4})
	if text := r.items.count.Segment.Text; !strings.Contains(text, "3 chosen") {
		t.Errorf("it says %q", text)
	}
	want := []int{items[1], items[2], items[4]}
	slices.Sort(want)
	grid.OnDelete(0) // another one than those
	if got := r.S.Data.LeftOut(); len(got) != 1 || slices.Contains(want, got[0]) {
		t.Errorf("%v are left out, want one that was not chosen", got)
	}
	r.S.Plan.Undo()
	r.Until("it is back", func() bool { return len(r.items.items) == 6 })
	grid.Select([]int{1, 2, 4})
	grid.OnDelete(2)
	if got := r.S.Data.LeftOut(); !slices.Equal(got, want) {
		t.Errorf("%v are left out, want %v", got, want)
	}
}

// Pictures fill their cells at every scale of the screen: small ones with whole pixels of it for
// each of theirs.
func TestCellsAreFilled(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 1.75, 2} {
		for _, side := range []int{8, 16, 24, 28, 32} {
			cell := cellOf(side, scale)
			pixels := int(cell * scale)
			if left := pixels % side; left > 0 || cell < 56 || cell > 90 {
				t.Errorf("%d pixels at scale %v: cells of %v, %d pixels, leave %d empty", side, scale, cell, pixels, left)
			}
		}
		if cell := cellOf(256, scale); cell != 128 {
			t.Errorf("256 pixels at scale %v: cells of %v, want 128", scale, cell)
		}
	}
}
