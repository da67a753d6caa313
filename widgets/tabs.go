package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Tab is a part of Tabs.
type Tab struct {
	Title   string
	Content fyne.CanvasObject
}

// Tabs shows one of several parts, with their titles above. Fyne's own tabs cannot be reached with
// the keyboard: here Tab comes to each title, Enter and Space choose it, and the arrow keys go to
// its neighbours.
type Tabs struct {
	widget.BaseWidget
	OnSelected func(i int) // may be nil

	tabs     []Tab
	heads    []*tabHead
	selected int
	row      *fyne.Container // of the titles
	box      *fyne.Container
}

// NewTabs returns tabs of which the first is selected.
func NewTabs(tabs ...Tab) *Tabs {
	t := &Tabs{tabs: tabs}
	row, stack := container.NewHBox(), container.New(partsLayout{})
	for i, tab := range tabs {
		head := newTabHead(tab.Title, func() { t.Select(i) }, func(by int) { t.step(by) })
		t.heads = append(t.heads, head)
		row.Add(head)
		stack.Add(tab.Content)
		if i > 0 {
			tab.Content.Hide()
		}
	}
	t.row = row
	t.heads[0].mark(true)
	t.box = Border(container.NewVBox(row, widget.NewSeparator()), nil, nil, nil, stack)
	t.ExtendBaseWidget(t)
	return t
}

// Selected returns the number of the part that shows.
func (t *Tabs) Selected() int { return t.selected }

// Select shows a part.
func (t *Tabs) Select(i int) {
	if i == t.selected || i < 0 || i >= len(t.tabs) {
		return
	}
	HideTips()
	before := t.selected
	t.selected = i
	t.heads[before].mark(false)
	t.heads[i].mark(true)
	t.tabs[before].Content.Hide()
	t.tabs[i].Content.Show()
	if t.OnSelected != nil {
		t.OnSelected(i)
	}
}

// SetShown shows or hides the title of a part, but for that of the first. A part that is hidden while
// it shows gives way to the first.
func (t *Tabs) SetShown(i int, on bool) {
	if i < 1 || i >= len(t.tabs) || t.heads[i].Visible() == on {
		return
	}
	if !on {
		if t.selected == i {
			t.Select(0)
		}
		t.heads[i].Hide()
	} else {
		t.heads[i].Show()
	}
	t.row.Refresh()
}

// step selects a neighbour of the part that shows, and gives its title the keyboard.
func (t *Tabs) step(by int) {
	i := t.selected + by
	for i >= 0 && i < len(t.tabs) && !t.heads[i].Visible() {
		i += by
	}
	t.Select(i)
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t.heads[t.selected])
	}
}

// held is part of holder.
func (t *Tabs) held() []fyne.CanvasObject { return []fyne.CanvasObject{t.box} }

// CreateRenderer is part of fyne.Widget.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.box) }

// A partsLayout gives each part all the room, and is never smaller than one of them needs.
type partsLayout struct{}

// Layout is part of fyne.Layout.
func (partsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// MinSize is part of fyne.Layout.
func (partsLayout) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// A tabHead is the title of a tab.
type tabHead struct {
	widget.BaseWidget
	choose   func()
	step     func(by int)
	selected bool
	hovered  bool
	focused  bool

	back, bar *box
	text      *line
	content   *fyne.Container
}

func newTabHead(title string, choose func(), step func(by int)) *tabHead {
	h := &tabHead{choose: choose, step: step}
	h.back, h.bar = newBox("", theme.SizeNameInputRadius), newBox(theme.ColorNamePrimary, "")
	h.text = newLine(title, theme.SizeNameText, theme.ColorNameForeground)
	h.text.bold = true
	h.content = container.New(tabHeadLayout{}, h.back, h.text, h.bar)
	h.bar.Hide()
	h.ExtendBaseWidget(h)
	return h
}

func (h *tabHead) mark(selected bool) {
	h.selected = selected
	h.look()
}

// look shows whether the tab is selected, below the mouse, and has the keyboard.
func (h *tabHead) look() {
	color := theme.ColorNameForeground
	if h.selected {
		color = theme.ColorNamePrimary
	}
	h.text.setColor(color)
	if h.bar.Visible() != h.selected {
		h.bar.Hidden = !h.selected
		h.bar.Refresh()
	}
	fill, stroke := fyne.ThemeColorName(""), fyne.ThemeColorName("")
	if h.hovered {
		fill = theme.ColorNameHover
	}
	if h.focused {
		stroke = theme.ColorNamePrimary
	}
	h.back.set(fill, stroke, 2)
}

// Tapped is part of fyne.Tappable.
func (h *tabHead) Tapped(*fyne.PointEvent) { h.choose() }

// MouseIn is part of desktop.Hoverable.
func (h *tabHead) MouseIn(*desktop.MouseEvent) { h.hovered = true; h.look() }

// MouseMoved is part of desktop.Hoverable.
func (h *tabHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (h *tabHead) MouseOut() { h.hovered = false; h.look() }

// FocusGained is part of fyne.Focusable.
func (h *tabHead) FocusGained() { h.focused = true; h.look() }

// FocusLost is part of fyne.Focusable.
func (h *tabHead) FocusLost() { h.focused = false; h.look() }

// TypedRune is part of fyne.Focusable.
func (h *tabHead) TypedRune(rune) {}

// TypedKey chooses the tab, or one of its neighbours. Other keys go to the window.
func (h *tabHead) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		h.choose()
	case fyne.KeyLeft, fyne.KeyRight:
		h.choose()
		if e.Name == fyne.KeyLeft {
			h.step(-1)
		} else {
			h.step(1)
		}
	default:
		passKey(h, e)
	}
}

// CreateRenderer is part of fyne.Widget.
func (h *tabHead) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.content) }

// A tabHeadLayout has a title on its background, with a bar below it.
type tabHeadLayout struct{}

// tabPadX and tabPadY are the room around a title, tabBar the height of the bar.
const tabPadX, tabPadY, tabBar = 8, 6, 2

// Layout is part of fyne.Layout.
func (tabHeadLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Move(fyne.NewPos(tabPadX, tabPadY))
	objects[1].Resize(objects[1].MinSize())
	objects[2].Move(fyne.NewPos(0, size.Height-tabBar))
	objects[2].Resize(fyne.NewSize(size.Width, tabBar))
}

// MinSize is part of fyne.Layout.
func (tabHeadLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[1].MinSize().AddWidthHeight(2*tabPadX, 2*tabPadY)
}
