package app

import (
	"fmt"
	"slices"

	"ganvas/app/words"
	"ganvas/datasets"
)

// mostLeftOut is the longest text, in bytes, that says which items are left out: a recipe is to
// stay readable.
const mostLeftOut = 256 << 10

// leftOut returns the items of the whole set that the plan leaves out, in order.
func (a *App) leftOut() []int {
	if a.source.whole == nil {
		return nil
	}
	items, err := datasets.LeftOut(a.source.whole, a.plan.now.LeaveOut)
	if err != nil {
		return nil // said where the data are read
	}
	return items
}

// leaveOut leaves items of the whole set out, besides those that are left out already. It can be
// undone.
func (a *App) leaveOut(items []int) {
	gone := a.leftOut()
	all := slices.Concat(gone, items)
	slices.Sort(all)
	all = slices.Compact(all)
	n := len(all) - len(gone)
	if n == 0 || a.source.whole == nil {
		return
	}
	what := words.Counted(n, "item")
	if a.chooseItems(all, "Leave out "+what) {
		a.note.info(fmt.Sprintf("Left out: %s. Training, judging and everything else now do without.", what), choice{"Undo", a.undo})
	}
}

// bringBack takes items in again that were left out.
func (a *App) bringBack(items []int) {
	kept := slices.DeleteFunc(a.leftOut(), func(i int) bool { return slices.Contains(items, i) })
	a.chooseItems(kept, "Bring back "+words.Counted(len(items), "item"))
}

// chooseItems makes the plan leave out exactly these items, and tells whether it can.
func (a *App) chooseItems(gone []int, label string) bool {
	r := a.plan.now.Clone()
	r.LeaveOut = datasets.LeaveOutText(a.source.whole, gone)
	if len(r.LeaveOut) > mostLeftOut {
		a.fail(fmt.Errorf("leave out %s: so many separate items cannot be kept in a project: take their files out of the folder instead", words.Counted(len(gone), "item")))
		return false
	}
	if _, err := datasets.LeaveOut(a.source.whole, r.LeaveOut); err != nil {
		a.fail(err)
		return false
	}
	a.edit(r, label, false)
	return true
}
