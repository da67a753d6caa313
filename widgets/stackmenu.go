package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A kindList is a menu of kinds of layers, each with a line about it.
type kindList struct {
	widget.BaseWidget
	rows   []*kindRow
	scroll *container.Scroll
}

// newKindList returns a list that calls chosen with a kind's name, or with nothing where the user
// gives up.
func newKindList(kinds []KindItem, chosen func(kind string)) *kindList {
	l := &kindList{}
	column := container.New(&columnLayout{})
	for i, k := range kinds {
		row := &kindRow{list: l, index: i, item: k, leave: func() { chosen("") }}
		row.tapped = func() { chosen(k.Name) }
		row.ExtendBaseWidget(row)
		l.rows = append(l.rows, row)
		column.Add(row)
	}
	l.scroll = container.NewVScroll(column)
	l.ExtendBaseWidget(l)
	return l
}

// kindListWidth holds a sentence about a layer.
const kindListWidth = 340

// MinSize is part of fyne.CanvasObject.
func (l *kindList) MinSize() fyne.Size {
	return fyne.NewSize(kindListWidth, l.scroll.Content.MinSize().Height+8)
}

// held is part of holder.
func (l *kindList) held() []fyne.CanvasObject { return []fyne.CanvasObject{l.scroll} }

// CreateRenderer is part of fyne.Widget.
func (l *kindList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(insetLayout{x: 4, y: 4}, l.scroll))
}

// focus gives the keyboard to a row and brings it into sight.
func (l *kindList) focus(i int) {
	if i < 0 || i >= len(l.rows) {
		return
	}
	row := l.rows[i]
	if c := fyne.CurrentApp().Driver().CanvasForObject(row); c != nil {
		c.Focus(row)
	}
	top, bottom := row.Position().Y, row.Position().Y+row.Size().Height
	if top < l.scroll.Offset.Y {
		l.scroll.ScrollToOffset(fyne.NewPos(0, top))
	} else if view := l.scroll.Size().Height; bottom > l.scroll.Offset.Y+view {
		l.scroll.ScrollToOffset(fyne.NewPos(0, bottom-view))
	}
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

// A kindRow is one kind in the menu.
type kindRow struct {
	pressable
	list  *kindList
	index int
	item  KindItem
	leave func()
}

// TypedKey moves between the rows, chooses and gives up.
func (k *kindRow) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		k.list.focus(k.index - 1)
	case fyne.KeyDown:
		k.list.focus(k.index + 1)
	case fyne.KeyEscape:
		k.leave()
	default:
		k.pressable.TypedKey(e)
	}
}

// CreateRenderer is part of fyne.Widget.
func (k *kindRow) CreateRenderer() fyne.WidgetRenderer {
	r := &kindRenderer{
		row: k, back: newBox("", theme.SizeNameSelectionRadius),
		title: newLine(k.item.Title, theme.SizeNameText, theme.ColorNameForeground).cut(40),
		about: newLine(k.item.Tooltip, theme.SizeNameCaptionText, theme.ColorNamePlaceHolder).cut(40),
	}
	if k.item.Title == "" {
		r.title.text = k.item.Name
	}
	r.objects = []fyne.CanvasObject{r.back, r.title, r.about}
	r.Refresh()
	return r
}

type kindRenderer struct {
	row          *kindRow
	back         *box
	title, about *line
	objects      []fyne.CanvasObject
}

func (r *kindRenderer) Layout(size fyne.Size) {
	const pad = 8
	r.back.Resize(size)
	h := r.title.MinSize().Height
	r.title.Move(fyne.NewPos(pad, 4))
	r.title.Resize(fyne.NewSize(size.Width-2*pad, h))
	r.about.Move(fyne.NewPos(pad, 4+h))
	r.about.Resize(fyne.NewSize(size.Width-2*pad, r.about.MinSize().Height))
}

func (r *kindRenderer) MinSize() fyne.Size {
	h := r.title.MinSize().Height + 8
	if r.row.item.Tooltip != "" {
		h += r.about.MinSize().Height
	}
	return fyne.NewSize(120, h)
}

func (r *kindRenderer) Refresh() {
	fill := fyne.ThemeColorName("")
	switch {
	case r.row.focused:
		fill = theme.ColorNameFocus
	case r.row.hovered:
		fill = theme.ColorNameHover
	}
	r.back.set(fill, "", 0)
	r.about.Hidden = r.row.item.Tooltip == ""
	canvas.Refresh(r.row)
}

func (r *kindRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *kindRenderer) Destroy()                     {}
