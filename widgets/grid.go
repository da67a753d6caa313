package widgets

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A PictureGrid shows any number of items in a scrollable grid. Only what is visible is ever asked
// for, on the grid's own goroutine; items that take long appear one after the other. With the
// keyboard, the arrow keys go from one item to the next and Enter taps.
type PictureGrid struct {
	widget.BaseWidget
	OnTapped func(i int)                   // may be nil
	OnMenu   func(i int, at fyne.Position) // the other mouse button, at a place on the canvas; may be nil
	OnDelete func(i int)                   // the Delete key on the item under the keyboard or the mouse; may be nil
	OnSelect func(items []int)             // others are chosen, with Shift or Ctrl held; nil: there is no choosing
	Empty    string                        // shown while there are no items; call Refresh after changing it
	CellSize float32                       // side of an item in Fyne's units; 0: 64; call Refresh after changing it
	OneRow   bool                          // no more items are shown than one row has room for; call Refresh after changing it

	easel  easel[gridContent, *gridPicture]
	scroll *container.Scroll
	body   *gridBody
	chosen int // the marked item; −1: none
}

// gridInterval is the shortest time between two compositions, about a frame, as scrolling waits for
// them.
const gridInterval = 15 * time.Millisecond

// NewPictureGrid returns a grid of count items. item and caption are called on a goroutine of the
// grid, never two at a time; caption may be nil, and item may return nil for what cannot be shown.
func NewPictureGrid(count int, item func(i int) image.Image, caption func(i int) string) *PictureGrid {
	g := &PictureGrid{Empty: "Nothing here yet", chosen: -1}
	cache := &gridCache{}
	g.easel.draw = cache.draw
	g.easel.imageOf = func(p *gridPicture) *image.RGBA { return p.image }
	g.easel.done = func(p *gridPicture) {
		if p.missing {
			g.easel.change(func(*gridContent) {}) // to be drawn again with more of the items
		}
	}
	g.easel.drawer.interval, g.easel.drawer.share = gridInterval, 0.5 // somebody waits for it
	g.easel.setUp(g, gridContent{count: count, item: item, caption: caption, cell: g.cellSize(), empty: g.Empty})
	g.body = &gridBody{grid: g, hovered: -1, selection: gridSelection{anchor: -1}}
	g.body.ExtendBaseWidget(g.body)
	g.scroll = container.NewVScroll(g.body)
	g.scroll.OnScrolled = func(at fyne.Position) { g.scrolled(at.Y) }
	g.ExtendBaseWidget(g)
	return g
}

// SetItems replaces what the grid shows and scrolls to the top. It belongs to the UI goroutine.
func (g *PictureGrid) SetItems(count int, item func(i int) image.Image, caption func(i int) string) {
	g.scroll.Offset = fyne.Position{}
	g.ReplaceItems(count, item, caption)
}

// ReplaceItems replaces what the grid shows and stays where it is scrolled to, as far as there are
// so many items. No item is marked or chosen.
func (g *PictureGrid) ReplaceItems(count int, item func(i int) image.Image, caption func(i int) string) {
	g.easel.change(func(c *gridContent) {
		c.count, c.item, c.caption = count, item, caption
		c.generation++
	})
	g.body.hovered, g.chosen = -1, -1
	g.body.selection.items, g.body.selection.anchor = nil, -1
	g.scroll.Offset.Y = max(0, min(g.scroll.Offset.Y, g.layout().height()-g.scroll.Size().Height))
	g.scrolled(g.scroll.Offset.Y)
	g.body.mark()
	g.Refresh()
}

// Mark marks item i; −1: none.
func (g *PictureGrid) Mark(i int) {
	if g.chosen != i {
		g.chosen = i
		g.body.mark()
	}
}

// Close ends the composing goroutine and waits for its end.
func (g *PictureGrid) Close() { g.easel.close() }

// Refresh takes over CellSize and Empty and draws anew.
func (g *PictureGrid) Refresh() {
	if c := g.easel.current(); c.cell != g.cellSize() || c.empty != g.Empty || c.oneRow != g.OneRow {
		g.easel.change(func(c *gridContent) { c.cell, c.empty, c.oneRow = g.cellSize(), g.Empty, g.OneRow })
	}
	g.BaseWidget.Refresh()
}

// MinSize is part of fyne.CanvasObject.
func (g *PictureGrid) MinSize() fyne.Size { return fyne.NewSize(2*g.cellSize(), 2*g.cellSize()) }

// held is part of holder.
func (g *PictureGrid) held() []fyne.CanvasObject { return []fyne.CanvasObject{g.scroll} }

// CreateRenderer is part of fyne.Widget.
func (g *PictureGrid) CreateRenderer() fyne.WidgetRenderer {
	within := ScrollWithin(g.scroll)
	return &gridRenderer{grid: g, within: within, objects: []fyne.CanvasObject{g.easel.shown.Raster, within}}
}

func (g *PictureGrid) cellSize() float32 {
	if g.CellSize > 0 {
		return g.CellSize
	}
	return 64
}

func (g *PictureGrid) layout() gridLayout {
	return newGridLayout(g.easel.current(), g.Size().Width, theme.SizeForWidget(theme.SizeNameCaptionText, g))
}

func (g *PictureGrid) scrolled(to float32) {
	g.easel.change(func(c *gridContent) { c.offset = to })
	if len(g.body.selection.items) > 0 {
		g.body.mark()
	}
}

type gridRenderer struct {
	grid    *PictureGrid
	within  *fyne.Container // the grid's scroll, which gives the wheel on where it is at its end
	objects []fyne.CanvasObject
}

func (r *gridRenderer) Layout(size fyne.Size) {
	r.grid.easel.shown.Resize(size)
	r.within.Resize(size)
	r.grid.scroll.Refresh() // the number of columns may have changed, and with it the height
	r.grid.scrolled(r.grid.scroll.Offset.Y)
	r.grid.body.mark()
}

func (r *gridRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *gridRenderer) Refresh() {
	r.grid.body.Refresh()
	r.grid.scroll.Refresh()
	canvas.Refresh(r.grid.easel.shown.Raster)
}

func (r *gridRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *gridRenderer) Destroy()                     {}

// gridGap is the least space between two items, gridTop that above the first row.
const (
	gridGap = 8
	gridTop = 4
)

// A gridLayout says where the items lie, in Fyne's units from the top left of the whole grid.
type gridLayout struct {
	count          int // of items that are shown
	columns, rows  int
	pitchX, pitchY float32
	cell           float32
}

func newGridLayout(c gridContent, width, captionText float32) gridLayout {
	l := gridLayout{cell: c.cell, columns: max(1, int((width+gridGap)/(c.cell+gridGap)))}
	l.columns = max(1, min(l.columns, max(c.count, 1)))
	l.pitchX = c.cell + gridGap
	if c.count > l.columns { // a full row is spread over the whole width
		l.pitchX = max(l.pitchX, width/float32(l.columns))
	}
	l.pitchY = c.cell + gridGap
	if c.caption != nil {
		l.pitchY += captionText*1.4 + 2
	}
	l.count = c.count
	if c.oneRow {
		l.count = min(l.count, l.columns)
	}
	l.rows = (l.count + l.columns - 1) / l.columns
	return l
}

func (l gridLayout) height() float32 { return gridTop + float32(l.rows)*l.pitchY }

// at returns the top left of item i.
func (l gridLayout) at(i int) fyne.Position {
	return fyne.NewPos(float32(i%l.columns)*l.pitchX+(l.pitchX-l.cell)/2, gridTop+float32(i/l.columns)*l.pitchY)
}

// find returns the item at a position, or −1.
func (l gridLayout) find(pos fyne.Position) int {
	column, row := int(pos.X/l.pitchX), int((pos.Y-gridTop)/l.pitchY)
	if i := row*l.columns + column; pos.X >= 0 && pos.Y >= gridTop && column < l.columns && i < l.count {
		return i
	}
	return -1
}

// A gridBody is what scrolls: as high as all rows, empty but for the ring around the item below the
// mouse.
type gridBody struct {
	widget.BaseWidget
	grid    *PictureGrid
	ring    *box
	marked  *box
	hovered int // the item below the mouse or under the keyboard; −1: none
	focused bool

	selection gridSelection
	layer     *fyne.Container // of the boxes around what is chosen
}

// MinSize is part of fyne.CanvasObject.
func (b *gridBody) MinSize() fyne.Size { return fyne.NewSize(1, b.grid.layout().height()) }

// CreateRenderer is part of fyne.Widget.
func (b *gridBody) CreateRenderer() fyne.WidgetRenderer {
	b.ring = newBox("", theme.SizeNameSelectionRadius)
	b.ring.stroke, b.ring.strokeWidth = theme.ColorNamePrimary, 2
	b.ring.Hide()
	b.marked = newBox("", theme.SizeNameSelectionRadius)
	b.marked.stroke, b.marked.strokeWidth = theme.ColorNamePrimary, 3
	b.marked.Hide()
	b.layer = container.NewWithoutLayout()
	for _, x := range b.selection.boxes {
		b.layer.Add(x)
	}
	return widget.NewSimpleRenderer(container.NewWithoutLayout(b.layer, b.marked, b.ring))
}

// Tapped is part of fyne.Tappable.
func (b *gridBody) Tapped(e *fyne.PointEvent) {
	i := b.grid.layout().find(e.Position)
	if i >= 0 {
		b.tap(i)
	}
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (b *gridBody) TappedSecondary(e *fyne.PointEvent) {
	i := b.grid.layout().find(e.Position)
	if i >= 0 && b.grid.OnMenu != nil {
		b.grid.OnMenu(i, e.AbsolutePosition)
	}
}

// MouseIn is part of desktop.Hoverable.
func (b *gridBody) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (b *gridBody) MouseMoved(e *desktop.MouseEvent) {
	b.hover(b.grid.layout().find(e.Position))
}

// MouseOut is part of desktop.Hoverable.
func (b *gridBody) MouseOut() { b.hover(-1) }

// FocusGained is part of fyne.Focusable.
func (b *gridBody) FocusGained() {
	Reveal(b.grid)
	b.focused = true
	if b.hovered < 0 && b.grid.easel.current().count > 0 {
		b.hover(b.grid.layout().columns * int(max(0, b.grid.scroll.Offset.Y)/b.grid.layout().pitchY))
	}
	b.mark()
}

// FocusLost is part of fyne.Focusable.
func (b *gridBody) FocusLost() {
	b.focused = false
	b.hover(-1)
}

// TypedRune is part of fyne.Focusable.
func (b *gridBody) TypedRune(rune) {}

// TypedKey is part of fyne.Focusable.
func (b *gridBody) TypedKey(e *fyne.KeyEvent) {
	l := b.grid.layout()
	page := max(1, int(b.grid.Size().Height/l.pitchY)-1)
	count := l.count
	switch e.Name {
	case fyne.KeyPageDown:
		b.goTo(min(count-1, b.hovered+page*l.columns))
	case fyne.KeyPageUp:
		b.goTo(max(min(count-1, 0), b.hovered-page*l.columns))
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if b.hovered >= 0 && b.grid.OnTapped != nil {
			b.tap(b.hovered)
			return
		}
		passKey(b, e)
	case fyne.KeyDelete, fyne.KeyBackspace:
		if b.hovered >= 0 && b.grid.OnDelete != nil {
			b.grid.OnDelete(b.hovered)
			return
		}
		passKey(b, e)
	case fyne.KeyEscape:
		if len(b.selection.items) > 0 {
			b.choose(nil)
			return
		}
		passKey(b, e)
	default:
		if next, ok := stepCell(b.hovered, l.columns, count, e.Name); ok {
			if b.selection.anchor < 0 {
				b.selection.anchor = b.hovered
			}
			b.goTo(next)
			if b.grid.OnSelect != nil && b.selection.held&fyne.KeyModifierShift != 0 && next >= 0 {
				b.chooseTo(next)
			}
			return
		}
		passKey(b, e)
	}
}

// goTo marks item i and brings it into sight.
func (b *gridBody) goTo(i int) {
	b.hover(i)
	if i < 0 {
		return
	}
	l := b.grid.layout()
	top := l.at(i).Y - gridTop
	at, height := b.grid.scroll.Offset.Y, b.grid.scroll.Size().Height
	switch {
	case top < at:
		at = top
	case top+l.pitchY > at+height:
		at = top + l.pitchY - height
	default:
		return
	}
	b.grid.scroll.ScrollToOffset(fyne.NewPos(0, at))
	b.grid.scrolled(b.grid.scroll.Offset.Y)
}

func (b *gridBody) hover(i int) {
	if i != b.hovered {
		b.hovered = i
		b.mark()
	}
}

// mark draws the ring around the item below the mouse or under the keyboard.
func (b *gridBody) mark() {
	if b.ring == nil {
		return
	}
	b.ring.Hidden = b.hovered < 0 || b.grid.OnTapped == nil && !b.focused
	if !b.ring.Hidden {
		l := b.grid.layout()
		b.ring.Move(l.at(b.hovered).SubtractXY(2, 2))
		b.ring.Resize(fyne.NewSquareSize(l.cell + 4))
	}
	b.marked.Hidden = b.grid.chosen < 0
	if !b.marked.Hidden {
		l := b.grid.layout()
		b.marked.Move(l.at(b.grid.chosen).SubtractXY(4, 4))
		b.marked.Resize(fyne.NewSquareSize(l.cell + 8))
	}
	b.markSelection()
	canvas.Refresh(b)
}
