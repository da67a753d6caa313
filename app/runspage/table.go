package runspage

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// A table lists runs. One line is the current one, which the arrow keys move; any may be ticked.
type table struct {
	widget.BaseWidget
	page    *Page
	heads   []*widgets.TippedButton
	rows    *fyne.Container
	scroll  *container.Scroll
	content fyne.CanvasObject
	lines   []line
	at      int64 // the current run; 0: none
	ticked  map[int64]bool
	by      int  // the column that it is sorted by
	down    bool // the other way round
	focused bool
}

func newTable(p *Page) *table {
	t := &table{page: p, rows: container.NewVBox(), ticked: make(map[int64]bool)}
	t.rows.Layout = rowsLayout{}
	head := []fyne.CanvasObject{widget.NewLabel(""), widget.NewLabel("")}
	for i, c := range columns {
		b := widgets.TipButton(nil, c.title, c.tip+". Press to sort", func() { t.sortBy(i) })
		b.Importance, b.Alignment = widget.LowImportance, widget.ButtonAlignLeading
		t.heads = append(t.heads, b)
		head = append(head, b)
	}
	t.scroll = container.NewVScroll(ui.ClearOfBar(t.rows))
	t.content = container.NewBorder(container.NewVBox(ui.ClearOfBar(container.New(rowColumns(), head...)), widget.NewSeparator()), nil, nil, nil, t.scroll)
	t.markHeads()
	t.ExtendBaseWidget(t)
	return t
}

// rowColumns lays out a line.
func rowColumns() ui.Columns {
	c := ui.Columns{28, thumbSide}
	for _, column := range columns {
		c = append(c, column.width)
	}
	return c
}

// CreateRenderer is part of fyne.Widget.
func (t *table) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

// set shows lines. The current run and the ticks stay with their runs.
func (t *table) set(lines []line) {
	t.lines = lines
	ids := make(map[int64]bool, len(lines))
	for _, l := range lines {
		ids[l.entry.ID] = true
	}
	for id := range t.ticked {
		if !ids[id] {
			delete(t.ticked, id)
		}
	}
	if !ids[t.at] {
		t.at = 0
		for _, l := range lines {
			if l.open || t.at == 0 {
				t.at = l.entry.ID
			}
		}
	}
	for len(t.rows.Objects) > len(lines) {
		t.rows.Objects = t.rows.Objects[:len(t.rows.Objects)-1]
	}
	for i := range lines {
		if i == len(t.rows.Objects) {
			t.rows.Objects = append(t.rows.Objects, newRow(t))
		}
		t.row(i).set(lines[i])
	}
	t.rows.Refresh()
	t.scroll.Refresh()
}

// reset forgets what was chosen.
func (t *table) reset() {
	t.at = 0
	clear(t.ticked)
}

func (t *table) row(i int) *row { return t.rows.Objects[i].(*row) }

// mark shows which line is the current one and which are ticked.
func (t *table) mark() {
	for i := range t.lines {
		t.row(i).mark()
	}
	t.page.bar.refresh()
}

// current returns the line of the current run, nil where there is none.
func (t *table) current() *line {
	if i := t.index(); i >= 0 {
		return &t.lines[i]
	}
	return nil
}

// index is the number of the current line, −1 where there is none.
func (t *table) index() int {
	return slices.IndexFunc(t.lines, func(l line) bool { return l.entry.ID == t.at })
}

// chosen returns the runs that are ticked, in the order of the lines, else the current one.
func (t *table) chosen() (ids []int64) {
	for _, l := range t.lines {
		if t.ticked[l.entry.ID] {
			ids = append(ids, l.entry.ID)
		}
	}
	if len(ids) == 0 && t.current() != nil {
		ids = append(ids, t.at)
	}
	return ids
}

// goTo makes a line the current one and brings it to sight.
func (t *table) goTo(i int) {
	if len(t.lines) == 0 {
		return
	}
	i = max(0, min(i, len(t.lines)-1))
	t.page.detail.keep()
	t.at = t.lines[i].entry.ID
	t.mark()
	t.page.detail.show(t.current())
	top := float32(i) * rowHeight
	switch {
	case top < t.scroll.Offset.Y:
		t.scroll.ScrollToOffset(fyne.NewPos(0, top))
	case top+rowHeight > t.scroll.Offset.Y+t.scroll.Size().Height:
		t.scroll.ScrollToOffset(fyne.NewPos(0, top+rowHeight-t.scroll.Size().Height))
	}
}

// tick ticks a run or takes its tick away.
func (t *table) tick(id int64, on bool) {
	if on {
		t.ticked[id] = true
	} else {
		delete(t.ticked, id)
	}
	t.mark()
}

// tickTo ticks all lines from the current one to another, which becomes the current one.
func (t *table) tickTo(i int) {
	from := max(0, t.index())
	for k := min(from, i); k <= max(from, i); k++ {
		t.ticked[t.lines[k].entry.ID] = true
	}
	t.goTo(i)
}

// sortBy sorts by a column, or the other way round where it is sorted by that one.
func (t *table) sortBy(i int) {
	t.by, t.down = i, t.by == i && !t.down
	t.markHeads()
	t.page.fill()
}

func (t *table) markHeads() {
	for i, b := range t.heads {
		text := columns[i].title
		if i == t.by && (i > 0 || t.down) {
			text += map[bool]string{false: "  ▴", true: "  ▾"}[t.down]
		}
		if b.Text != text {
			b.SetText(text)
		}
	}
}

// FocusGained is part of fyne.Focusable.
func (t *table) FocusGained() { t.focused = true; t.mark() }

// FocusLost is part of fyne.Focusable.
func (t *table) FocusLost() { t.focused = false; t.mark() }

// TypedRune is part of fyne.Focusable.
func (t *table) TypedRune(rune) {}

// TypedKey moves among the lines, ticks with Space, opens with Enter, renames with F2 and deletes
// with Delete. Other keys go to the window.
func (t *table) TypedKey(e *fyne.KeyEvent) {
	at, page := t.index(), max(1, int(t.scroll.Size().Height/rowHeight))
	switch e.Name {
	case fyne.KeyUp:
		t.goTo(at - 1)
	case fyne.KeyDown:
		t.goTo(at + 1)
	case fyne.KeyHome:
		t.goTo(0)
	case fyne.KeyEnd:
		t.goTo(len(t.lines) - 1)
	case fyne.KeyPageUp:
		t.goTo(at - page)
	case fyne.KeyPageDown:
		t.goTo(at + page)
	case fyne.KeySpace:
		t.tick(t.at, !t.ticked[t.at])
	case fyne.KeyReturn, fyne.KeyEnter:
		t.page.open()
	case fyne.KeyF2:
		t.page.rename()
	case fyne.KeyDelete:
		t.page.remove()
	default:
		if typed := t.page.host.Window().Canvas().OnTypedKey(); typed != nil {
			typed(e)
		}
	}
}

// rowsLayout puts lines of one height below one another.
type rowsLayout struct{}

// Layout is part of fyne.Layout.
func (rowsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for i, o := range objects {
		o.Move(fyne.NewPos(0, float32(i)*rowHeight))
		o.Resize(fyne.NewSize(size.Width, rowHeight))
	}
}

// MinSize is part of fyne.Layout.
func (rowsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, float32(len(objects))*rowHeight)
}
