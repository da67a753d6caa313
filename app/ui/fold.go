package ui

import (
	"slices"

	"ganvas/widgets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Column is a part of a page that folds.
type Column struct {
	Title   string  // of its tab
	Width   float32 // above 1 it is fixed, up to 1 a share of what is left, as in Columns
	Least   float32 // what it needs; 0: a fixed width
	Content fyne.CanvasObject
}

// least is what the column needs beside others.
func (c *Column) least() float32 {
	switch {
	case c.Least > 0:
		return c.Least
	case c.Width > 1:
		return c.Width
	}
	return narrowest
}

// A Fold lays the columns of a page side by side where there is room for all that are visible.
// Where there is less, its main column stays as long as another fits beside it, and the others take
// turns: tabs above them choose. What is too high scrolls.
type Fold struct {
	Box *fyne.Container // the page

	columns []Column
	main    int
	scrolls []*container.Scroll     // of columns
	tabs    []*widgets.TippedButton // of columns
	bar     *fyne.Container         // of tabs; visible while columns take turns
	turns   []int                   // columns, the one that was asked for last first
}

// foldHeight is the least height of a page that folds: there is room for tabs and a few lines.
const foldHeight = 160

// NewFold returns a page of columns, of which main is the number of the one that stays.
func NewFold(main int, columns ...Column) *Fold {
	f := &Fold{columns: columns, main: main, turns: []int{main}, bar: container.NewHBox()}
	objects := []fyne.CanvasObject{f.bar} // which Tab comes to first, as it stands above the columns
	for i, c := range columns {
		scroll := container.NewVScroll(c.Content)
		tab := widgets.TipButton(nil, c.Title, "", func() { f.turn(i) })
		f.scrolls, f.tabs = append(f.scrolls, scroll), append(f.tabs, tab)
		f.bar.Add(tab)
		objects = append(objects, scroll)
		if i != main {
			f.turns = append(f.turns, i)
		}
	}
	f.bar.Hide()
	f.Box = container.New((*foldLayout)(f), objects...)
	return f
}

// Show brings the head of a column to sight.
func (f *Fold) Show(column int) {
	f.turn(column)
	f.scrolls[column].ScrollToTop()
}

// turn brings a column to sight, as it was left.
func (f *Fold) turn(column int) {
	f.turns = append([]int{column}, slices.DeleteFunc(f.turns, func(i int) bool { return i == column })...)
	Relayout(f.Box)
}

// Shown tells whether a column is in sight.
func (f *Fold) Shown(column int) bool { return f.scrolls[column].Visible() }

// Folded tells whether columns take turns.
func (f *Fold) Folded() bool { return f.bar.Visible() }

// Relayout places the columns anew, after the content of one came or went.
func (f *Fold) Relayout() { Relayout(f.Box) }

// fitting returns the columns for which a width has room, in their order, and those that take turns
// there.
func (f *Fold) fitting(width float32) (shown, turning []int) {
	gap := theme.Padding() * 2
	left := width + gap
	for i, c := range f.columns {
		if c.Content.Visible() {
			turning = append(turning, i)
			left -= c.least() + gap
		}
	}
	if left >= 0 || len(turning) < 2 {
		return turning, nil
	}
	order := slices.DeleteFunc(slices.Clone(f.turns), func(i int) bool { return !slices.Contains(turning, i) })
	others := slices.DeleteFunc(slices.Clone(order), func(i int) bool { return i == f.main })
	left = width - f.columns[f.main].least()
	if slices.Contains(order, f.main) && left >= gap+f.columns[others[0]].least() {
		shown = append(shown, f.main)
		turning = slices.DeleteFunc(turning, func(i int) bool { return i == f.main })
		for _, i := range others {
			if left -= gap + f.columns[i].least(); left < 0 {
				break
			}
			shown = append(shown, i)
		}
		slices.Sort(shown)
		return shown, turning
	}
	return order[:1], turning
}

// widths returns how wide columns beside each other are in a width.
func (f *Fold) widths(shown []int, width float32) []float32 {
	left := width - theme.Padding()*2*float32(len(shown)-1)
	widths := make([]float32, len(shown))
	shared := make(map[int]bool) // places in shown
	for k, i := range shown {
		if widths[k] = f.columns[i].Width; widths[k] > 1 {
			left -= widths[k]
		} else {
			shared[k] = true
		}
	}
	if len(shared) == 0 {
		for k := range widths {
			widths[k] += left / float32(len(shown))
		}
	}
	for again := true; again; { // one that gets less than it needs takes from the others
		again = false
		var shares float32
		for k := range shared {
			shares += f.columns[shown[k]].Width
		}
		for k, i := range shown {
			least := f.columns[i].least()
			if shared[k] && len(shared) > 1 && left*f.columns[i].Width/shares < least {
				widths[k], again = least, true
				left -= least
				delete(shared, k)
				break
			}
		}
		if !again {
			for k := range shared {
				widths[k] = left * f.columns[shown[k]].Width / shares
			}
		}
	}
	return widths
}

// A foldLayout is a Fold as the layout of its own box.
type foldLayout Fold

// Layout is part of fyne.Layout.
func (l *foldLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := (*Fold)(l)
	shown, turning := f.fitting(size.Width)
	var top float32
	if SetShown(f.bar, len(turning) > 0); f.bar.Visible() {
		f.showTabs(shown, turning)
		height := f.bar.MinSize().Height
		f.bar.Move(fyne.Position{})
		f.bar.Resize(fyne.NewSize(size.Width, height))
		Relayout(f.bar)
		top = height + theme.Padding()
	}
	for i, s := range f.scrolls {
		SetShown(s, slices.Contains(shown, i))
	}
	widths := f.widths(shown, size.Width)
	var x float32
	for k, i := range shown {
		s := f.scrolls[i]
		s.Move(fyne.NewPos(x, top))
		s.Resize(fyne.NewSize(widths[k], size.Height-top))
		x += widths[k] + theme.Padding()*2
	}
}

// showTabs shows tabs of the columns that take turns, and marks those in sight.
func (f *Fold) showTabs(shown, turning []int) {
	for i, tab := range f.tabs {
		SetShown(tab, slices.Contains(turning, i))
		importance := widget.LowImportance
		if slices.Contains(shown, i) {
			importance = widget.MediumImportance
		}
		if tab.Importance != importance {
			tab.Importance = importance
			tab.Refresh()
		}
	}
}

// MinSize is part of fyne.Layout.
func (l *foldLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, foldHeight)
	for i := range l.columns {
		if l.columns[i].Content.Visible() {
			size.Width = max(size.Width, l.columns[i].least())
		}
	}
	return size
}
