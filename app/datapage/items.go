package datapage

import (
	"context"
	"fmt"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// An itemsView shows the pictures of the data in a grid: those that are looked for, in the order
// that is asked for. Numbers of items are those of the whole set, before any are left out.
type itemsView struct {
	s      *studio.Studio
	host   ui.Host
	box    *fyne.Container
	tools  fyne.CanvasObject
	search *widget.Entry
	order  *widgets.Select
	class  *widgets.Select
	count  *ui.Note
	grid   *widgets.PictureGrid
	large  *preparation // shows one of the items

	name     string       // of the data
	set      datasets.Set // whole
	kept     datasets.Set // the part of it that is not left out
	chosen   []int        // items to be shown alone; nil: those that are kept
	measures *datasets.Measures
	items    []int // in the grid
	turn     int   // of the newest listing
	cancel   context.CancelFunc
	preview  []image.Image // the first pictures of data that are being read
}

// everyClass is the choice of no class in particular.
const everyClass = "All classes"

func newItemsView(s *studio.Studio, host ui.Host, large *preparation) *itemsView {
	v := &itemsView{s: s, host: host, large: large}
	v.search = widget.NewEntry()
	v.search.SetPlaceHolder("Find by name")
	v.search.OnChanged = func(string) { v.list(true) }
	titles := []string{asTheyCome}
	for _, o := range orders {
		titles = append(titles, o.title)
	}
	v.order = widgets.NewSelect(append(titles, byClass), func(string) { v.list(true) })
	v.order.Selected = asTheyCome
	v.class = widgets.NewSelect([]string{everyClass}, func(string) { v.list(true) })
	v.class.Selected = everyClass
	v.count = ui.NewNoteLine("")
	v.grid = widgets.NewPictureGrid(0, func(int) image.Image { return nil }, nil)
	v.grid.Empty = "Choose data at the left"
	v.grid.OnTapped = func(i int) {
		if i < len(v.items) {
			v.large.show(v.items[i])
			v.markShown()
		}
	}
	v.grid.OnMenu = v.menu
	v.grid.OnDelete = func(i int) {
		if i < len(v.items) {
			s.Data.LeaveOut(v.affected(i))
		}
	}
	v.grid.OnSelect = func([]int) { v.showCount() }
	v.tools = widgets.Dense(container.New(ui.Columns{0.3, 0.38, 0.32}, v.search, v.order, v.class))
	v.box = widgets.Border(container.NewVBox(v.tools, v.count), nil, nil, nil, v.grid)
	return v
}

// refresh shows the data as they are now.
func (v *itemsView) refresh() {
	s := v.s.Data
	if s.Whole == nil && s.Opening && s.Coming == "" && s.Name == v.name && v.set != nil {
		return // they are read anew: the old ones stay until the new ones are there
	}
	if s.Coming != "" || s.Whole == nil || s.Whole.Info().Kind != datasets.Pictures {
		v.set, v.kept, v.chosen, v.measures = nil, nil, nil, nil
		v.showPreview()
		return
	}
	if v.set == s.Whole && v.kept == s.Set {
		return
	}
	if v.set != s.Whole {
		v.measures, v.preview = nil, nil
		info := s.Whole.Info()
		classes := append([]string{everyClass}, info.Labels...)
		if !slices.Equal(v.class.Options, classes) {
			v.class.Options = classes
			v.class.Selected = everyClass
			v.class.Refresh()
		}
		ui.SetShown(v.class, len(info.Labels) > 0)
	}
	v.chosen = nil // they may be others now, or gone
	fromTop := v.name != s.Name
	v.name, v.set, v.kept = s.Name, s.Whole, s.Set
	if fromTop {
		v.search.SetText("") // names of other data
	}
	v.list(fromTop)
}

// showPreview shows the first pictures of data that are being read.
func (v *itemsView) showPreview() {
	v.turn++
	v.items = nil
	pictures := v.preview
	text := ""
	if len(pictures) > 0 {
		text = "The first pictures, while all are read"
		v.grid.CellSize = v.cellOf(pictures[0].Bounds().Dx())
	}
	v.count.Set(text)
	v.grid.SetItems(len(pictures), func(i int) image.Image { return pictures[i] }, nil)
}

// choose shows some items alone, or all that are kept if items is nil.
func (v *itemsView) choose(items []int) {
	v.chosen = items
	v.list(true)
}

// list finds out in the background what to show, and shows it: from the top, or where the grid is
// scrolled to.
func (v *itemsView) list(fromTop bool) {
	if v.set == nil {
		return
	}
	if v.cancel != nil {
		v.cancel()
	}
	v.turn++
	turn := v.turn
	q := query{set: v.set, kept: v.kept, chosen: v.chosen, search: v.search.Text, order: v.order.Selected, measures: v.measures, class: -1}
	if v.class.Visible() && v.class.SelectedIndex() > 0 {
		q.class = v.class.SelectedIndex() - 1
	}
	if q.measuresWanted() && v.measures == nil {
		v.count.Set("Measuring …")
		q.told = v.s.Jobs.HowFar(func(text string) {
			if turn == v.turn && v.measures == nil {
				v.count.Set("Measuring, " + text)
			}
		})
	}
	var items []int
	v.cancel = v.s.Jobs.Start(func(ctx context.Context) (err error) {
		items, err = q.run(ctx)
		return err
	}, func(err error) {
		if turn != v.turn || err != nil {
			return
		}
		v.measures = q.measures
		v.fill(items, fromTop)
	})
}

// cellOf is the side at which pictures of a size are shown in the grid, on a screen with so many
// pixels a unit: small ones at a whole multiple of their size, which fills the cell.
func cellOf(side int, scale float32) float32 {
	const usual, least, most = 60, 56, 128
	pixels := float32(side) / scale // in units
	factor := max(1, int(usual/pixels+0.5))
	if factor > 1 && float32(factor)*pixels < least {
		factor++
	}
	const rounding = 0.01 // the grid takes whole pixels of the screen, and never one less
	return min(most, max(least, float32(factor)*pixels+rounding))
}

func (v *itemsView) cellOf(side int) float32 {
	return cellOf(side, v.host.Window().Canvas().Scale())
}

// fill shows items in the grid.
func (v *itemsView) fill(items []int, fromTop bool) {
	v.items = items
	set := v.set
	info := set.Info()
	var caption func(int) string
	if len(info.Labels) > 0 {
		buffer := make([]float32, info.Shape[0]*info.Shape[1]*info.Shape[2]) // captions are asked for one at a time
		caption = func(i int) string {
			if label := set.Read(items[i], buffer); label >= 0 {
				return info.Labels[label]
			}
			return ""
		}
	}
	v.grid.Empty = v.nothing()
	v.grid.CellSize = v.cellOf(info.Shape[0])
	picture := func(i int) image.Image { return datasets.Picture(set, items[i]) }
	if fromTop {
		v.grid.SetItems(len(items), picture, caption)
	} else {
		v.grid.ReplaceItems(len(items), picture, caption)
	}
	v.markShown()
	v.showCount()
}

// markShown marks the item that is shown large.
func (v *itemsView) markShown() {
	if p := v.large; p.set == v.set && v.set != nil {
		v.grid.Mark(slices.Index(v.items, p.item))
	}
}

// nothing is what the grid says where there is nothing to show.
func (v *itemsView) nothing() string {
	if v.search.Text != "" || v.class.Visible() && v.class.SelectedIndex() > 0 {
		return "Nothing has that name or class"
	}
	if len(v.items) == 0 {
		return "Everything is left out"
	}
	return ""
}

// showCount says how many items there are, and how many of them are chosen.
func (v *itemsView) showCount() {
	if v.set == nil {
		return
	}
	text := words.Counted(len(v.items), "picture")
	if total := v.set.Len(); len(v.items) != total {
		text += " of " + humanize.Comma(int64(total))
	}
	switch n := len(v.grid.Selected()); {
	case n > 0:
		text += fmt.Sprintf(" · %s chosen: Delete leaves them out, Escape ends it", humanize.Comma(int64(n)))
	case len(v.items) > 1:
		text += " · Shift or Ctrl and a click choose several"
	}
	v.count.Set(text)
}

// affected returns the items that something done to the one at a place of the grid is done to: all
// that are chosen, if it is one of them.
func (v *itemsView) affected(i int) []int {
	places := v.grid.Selected()
	if !slices.Contains(places, i) {
		places = []int{i}
	}
	items := make([]int, len(places))
	for k, p := range places {
		items[k] = v.items[p]
	}
	return items
}

// menu offers what can be done with an item of the grid.
func (v *itemsView) menu(i int, at fyne.Position) {
	if i >= len(v.items) {
		return
	}
	item, all, some := v.items[i], slices.Clone(v.items), v.affected(i)
	gone := v.s.Data.LeftOut()
	var entries []*fyne.MenuItem
	entries = append(entries, fyne.NewMenuItem("Show before and after", func() {
		v.grid.Mark(i)
		v.large.show(item)
	}))
	chosen := ""
	if len(some) > 1 {
		chosen = " the " + humanize.Comma(int64(len(some))) + " chosen"
	}
	if _, out := slices.BinarySearch(gone, item); out {
		entries = append(entries, fyne.NewMenuItem("Bring back"+chosen, func() { v.s.Data.BringBack(some) }))
	} else {
		entries = append(entries, fyne.NewMenuItem("Leave out"+chosen+" (Delete)", func() { v.s.Data.LeaveOut(some) }))
		if n := len(all); n < v.set.Len()-len(gone) {
			entries = append(entries, fyne.NewMenuItem(fmt.Sprintf("Leave out all %s shown", humanize.Comma(int64(n))), func() { v.s.Data.LeaveOut(all) }))
		}
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", entries...), v.host.Window().Canvas(), at)
}
