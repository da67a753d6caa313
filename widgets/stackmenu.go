package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A kindList is a menu of kinds of layers in groups, each with what it is for, below an entry that
// filters them. The keyboard stays in the entry: the arrow keys mark a kind and Enter takes it.
type kindList struct {
	widget.BaseWidget
	filter *kindFilter
	rows   []*kindRow // all of them
	shown  []*kindRow
	marked int // of those shown; −1: none
	none   *line
	column *fyne.Container
	scroll *container.Scroll
	chosen func(kind string)
}

// newKindList returns a list that calls chosen with a kind's name, or with nothing where the user
// gives up.
func newKindList(kinds []KindItem, chosen func(kind string)) *kindList {
	l := &kindList{chosen: chosen, none: newLine("No layer has such a name", theme.SizeNameText, theme.ColorNamePlaceHolder).cut(40)}
	l.filter = newKindFilter(l)
	for _, k := range kinds {
		l.rows = append(l.rows, newKindRow(l, k))
	}
	l.column = container.New(&columnLayout{right: 8}) // the scroll bar
	l.scroll = container.NewVScroll(l.column)
	l.ExtendBaseWidget(l)
	l.show("")
	return l
}

// Measures of the list, in Fyne's units.
const (
	kindListWidth = 360 // holds most sentences about layers in one or two lines
	kindListLeast = 120 // its height in a very low window
	kindListPad   = 4
)

// show brings the rows to what was typed: those whose names have all its words, or, where there are
// none, whose sentences have. Groups stand over their first row.
func (l *kindList) show(typed string) {
	words := strings.Fields(strings.ToLower(typed))
	matching := func(text func(k KindItem) string) (rows []*kindRow) {
	next:
		for _, row := range l.rows {
			within := strings.ToLower(text(row.item))
			for _, word := range words {
				if !strings.Contains(within, word) {
					continue next
				}
			}
			rows = append(rows, row)
		}
		return rows
	}
	l.shown = matching(func(k KindItem) string { return k.Name + " " + k.Title })
	if len(l.shown) == 0 {
		l.shown = matching(func(k KindItem) string { return k.Group + " " + k.Title + " " + k.Tooltip })
	}
	l.column.Objects = nil
	group := ""
	for _, row := range l.shown {
		if row.item.Group != group {
			group = row.item.Group
			l.column.Objects = append(l.column.Objects, newKindHead(group))
		}
		l.column.Objects = append(l.column.Objects, row)
	}
	if len(l.shown) == 0 {
		l.column.Objects = []fyne.CanvasObject{container.New(insetLayout{x: 8, y: 6}, l.none)}
	}
	l.marked = min(0, len(l.shown)-1)
	l.column.Refresh()
	l.scroll.ScrollToTop()
	l.scroll.Refresh()
	for _, row := range l.rows {
		row.Refresh()
	}
}

// mark marks one of the rows that are shown and brings it into sight.
func (l *kindList) mark(i int) {
	if i < 0 || i >= len(l.shown) || i == l.marked {
		return
	}
	before := l.marked
	l.marked = i
	l.shown[before].Refresh()
	l.shown[i].Refresh()
	if i == 0 {
		l.scroll.ScrollToTop() // with the first group's name
		return
	}
	Reveal(l.shown[i])
}

// take chooses the row that is marked.
func (l *kindList) take() {
	if l.marked >= 0 {
		l.chosen(l.shown[l.marked].item.Name)
	}
}

// whole returns the height at which nothing of the list has to be scrolled.
func (l *kindList) whole() float32 {
	l.column.Layout.(*columnLayout).width = kindListWidth - 2*kindListPad
	return l.column.MinSize().Height + l.filter.MinSize().Height + 3*kindListPad
}

// MinSize is part of fyne.CanvasObject.
func (l *kindList) MinSize() fyne.Size { return fyne.NewSize(kindListWidth, kindListLeast) }

// Tapped gives the keyboard back to the entry, so that Escape and typing go on working.
func (l *kindList) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l.filter)
	}
}

// held is part of holder.
func (l *kindList) held() []fyne.CanvasObject { return []fyne.CanvasObject{l.scroll} }

// CreateRenderer is part of fyne.Widget.
func (l *kindList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(insetLayout{x: kindListPad, y: kindListPad}, container.NewBorder(l.filter, nil, nil, nil, l.scroll)))
}

// insetLayout leaves a margin around one object.
type insetLayout struct{ x, y float32 }

// Layout is part of fyne.Layout.
func (l insetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(l.x, l.y))
		o.Resize(fyne.NewSize(max(0, size.Width-2*l.x), max(0, size.Height-2*l.y)))
	}
}

// MinSize is part of fyne.Layout.
func (l insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(2*l.x, 2*l.y)
}

// A kindFilter is the entry of a kindList.
type kindFilter struct {
	widget.Entry
	list *kindList
}

func newKindFilter(l *kindList) *kindFilter {
	f := &kindFilter{list: l}
	f.PlaceHolder = "Type to find a layer"
	f.Wrapping, f.Scroll = fyne.TextWrapOff, fyne.ScrollNone
	f.OnChanged = l.show
	f.OnSubmitted = func(string) { l.take() }
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey moves the mark, and gives up with Escape.
func (f *kindFilter) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		f.list.mark(f.list.marked - 1)
	case fyne.KeyDown:
		f.list.mark(f.list.marked + 1)
	case fyne.KeyEscape:
		f.list.chosen("")
	default:
		f.Entry.TypedKey(e)
	}
}

// kindMenu is the list of layers that was opened last. It belongs to the UI goroutine.
var kindMenu *widget.PopUp

// HideMenus closes the list of layers that is open, and says whether one was. It is called where
// what lies below the list changes, such as with another page, and where Escape is not taken by
// anything else.
func HideMenus() bool {
	if kindMenu == nil || !kindMenu.Visible() {
		return false
	}
	kindMenu.Hide()
	kindMenu = nil
	return true
}

// showKindMenu opens a menu of kinds with what each is for, at the object and within the room that
// another object takes up, and calls chosen with one of their names.
func showKindMenu(at, within fyne.CanvasObject, kinds []KindItem, chosen func(kind string)) {
	c := fyne.CurrentApp().Driver().CanvasForObject(at)
	if c == nil || len(kinds) == 0 {
		return
	}
	HideMenus()
	HideTips()
	list := newKindList(kinds, func(kind string) {
		HideMenus()
		if kind != "" {
			chosen(kind)
		}
	})
	kindMenu = widget.NewPopUp(list, c)
	anchor, room := areaOf(at), areaOf(within)
	size := fyne.NewSize(kindListWidth, max(kindListLeast, min(list.whole(), room.Height)))
	pos := fyne.NewPos(anchor.X+anchor.Width/2-size.Width/2, anchor.Y+anchor.Height)
	pos.X = max(8, min(pos.X, c.Size().Width-size.Width-8))
	pos.Y = max(room.Y, min(pos.Y, room.Y+room.Height-size.Height))
	kindMenu.Resize(size)
	kindMenu.ShowAtPosition(pos)
	c.Focus(list.filter)
}

// A kindRow is one kind in the menu.
type kindRow struct {
	widget.BaseWidget
	list  *kindList
	item  KindItem
	back  *box
	title *line
	about *paragraph
}

func newKindRow(l *kindList, item KindItem) *kindRow {
	title := item.Title
	if title == "" {
		title = item.Name
	}
	k := &kindRow{
		list: l, item: item, back: newBox("", theme.SizeNameSelectionRadius),
		title: newLine(title, theme.SizeNameText, theme.ColorNameForeground).cut(40),
		about: newParagraph(item.Tooltip, theme.SizeNameCaptionText, theme.ColorNamePlaceHolder),
	}
	k.ExtendBaseWidget(k)
	return k
}

// Tapped is part of fyne.Tappable.
func (k *kindRow) Tapped(*fyne.PointEvent) { k.list.chosen(k.item.Name) }

// MouseIn is part of desktop.Hoverable.
func (k *kindRow) MouseIn(*desktop.MouseEvent) {}

// MouseMoved marks the row. A list that scrolls below the resting mouse keeps its mark.
func (k *kindRow) MouseMoved(*desktop.MouseEvent) {
	for i, row := range k.list.shown {
		if row == k {
			k.list.mark(i)
		}
	}
}

// MouseOut is part of desktop.Hoverable.
func (k *kindRow) MouseOut() {}

// Cursor is part of desktop.Cursorable.
func (k *kindRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// kindRowPad is the room around a row's texts.
const kindRowPad = 4

// heightAt is part of flexible.
func (k *kindRow) heightAt(width float32) float32 {
	return k.title.MinSize().Height + k.about.heightAt(width-4*kindRowPad) + 2*kindRowPad
}

// CreateRenderer is part of fyne.Widget.
func (k *kindRow) CreateRenderer() fyne.WidgetRenderer {
	r := &kindRenderer{row: k, objects: []fyne.CanvasObject{k.back, k.title, k.about}}
	r.Refresh()
	return r
}

type kindRenderer struct {
	row     *kindRow
	objects []fyne.CanvasObject
}

func (r *kindRenderer) Layout(size fyne.Size) {
	k := r.row
	k.back.Resize(size)
	h := k.title.MinSize().Height
	k.title.Move(fyne.NewPos(2*kindRowPad, kindRowPad))
	k.title.Resize(fyne.NewSize(size.Width-4*kindRowPad, h))
	k.about.Move(fyne.NewPos(2*kindRowPad, kindRowPad+h))
	k.about.Resize(fyne.NewSize(size.Width-4*kindRowPad, max(0, size.Height-2*kindRowPad-h)))
}

func (r *kindRenderer) MinSize() fyne.Size { return fyne.NewSize(120, r.row.heightAt(kindListWidth)) }

func (r *kindRenderer) Refresh() {
	k, fill, ink := r.row, fyne.ThemeColorName(""), theme.ColorNamePlaceHolder
	if l := k.list; l.marked >= 0 && l.shown[l.marked] == k {
		fill, ink = theme.ColorNameFocus, theme.ColorNameForeground // small quiet text is hard to read on the mark
	}
	k.back.set(fill, "", 0)
	k.about.setColor(ink)
}

func (r *kindRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *kindRenderer) Destroy()                     {}

// newKindHead returns the name of a group.
func newKindHead(group string) fyne.CanvasObject {
	head := newLine(group, theme.SizeNameCaptionText, theme.ColorNameForeground).cut(40)
	head.bold = true
	return container.New(insetLayout{x: 2 * kindRowPad, y: kindRowPad}, head)
}
