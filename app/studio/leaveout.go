package studio

import (
	"fmt"
	"slices"

	"ganvas/app/words"
	"ganvas/datasets"
)

// mostLeftOut is the longest text, in bytes, that says which items are left out: a recipe is to
// stay readable.
const mostLeftOut = 256 << 10

// LeftOut returns the items of the whole set that the plan leaves out, in order.
func (d *Data) LeftOut() []int {
	if d.Whole == nil {
		return nil
	}
	items, err := datasets.LeftOut(d.Whole, d.s.Plan.Now().LeaveOut)
	if err != nil {
		return nil // said where the data are read
	}
	return items
}

// LeaveOut leaves items of the whole set out, besides those that are left out already. It can be
// undone.
func (d *Data) LeaveOut(items []int) {
	gone := d.LeftOut()
	all := slices.Concat(gone, items)
	slices.Sort(all)
	all = slices.Compact(all)
	n := len(all) - len(gone)
	if n == 0 || d.Whole == nil {
		return
	}
	what := words.Counted(n, "item")
	if chooseItems(d, all, "Leave out "+what) {
		d.s.informUndoable(fmt.Sprintf("Left out: %s. Training, judging and everything else now work without them.", what))
	}
}

// BringBack takes items in again that were left out.
func (d *Data) BringBack(items []int) {
	kept := slices.DeleteFunc(d.LeftOut(), func(i int) bool { return slices.Contains(items, i) })
	chooseItems(d, kept, "Bring back "+words.Counted(len(items), "item"))
}

// chooseItems makes the plan leave out exactly these items, and tells whether it can.
func chooseItems(d *Data, gone []int, label string) bool {
	r := d.s.Plan.Now().Clone()
	r.LeaveOut = datasets.LeaveOutText(d.Whole, gone)
	if len(r.LeaveOut) > mostLeftOut {
		d.s.Failed.Emit(fmt.Errorf("leave out %s: a project cannot keep a list of so many separate items: take their files out of the folder instead", words.Counted(len(gone), "item")))
		return false
	}
	if _, err := datasets.LeaveOut(d.Whole, r.LeaveOut); err != nil {
		d.s.Failed.Emit(err)
		return false
	}
	d.s.Plan.Edit(r, label, false)
	return true
}
