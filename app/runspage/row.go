package runspage

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/widgets"
)

const (
	rowHeight = 52
	thumbSide = 44
)

// A row shows a line of the table.
type row struct {
	widget.BaseWidget
	table   *table
	line    line
	back    *canvas.Rectangle
	tick    *widgets.Check
	thumb   *canvas.Image
	cells   []*widget.Label // of columns
	sign    *widget.Icon    // of the doctor
	ill     *fyne.Container // with the sign and its column
	content fyne.CanvasObject
	hovered bool
	held    fyne.KeyModifier // while the mouse was pressed
}

func newRow(t *table) *row {
	r := &row{table: t, back: canvas.NewRectangle(color.Transparent), thumb: canvas.NewImageFromImage(nil), sign: widget.NewIcon(nil)}
	r.tick = widgets.NewCheck("", func(on bool) { t.tick(r.line.entry.ID, on) })
	r.tick.SetTip("Chosen for comparing, or for deleting several")
	r.thumb.FillMode, r.thumb.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
	objects := []fyne.CanvasObject{container.NewCenter(r.tick), container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(thumbSide), r.thumb))}
	for i := range columns {
		l := ui.NewLine("")
		l.SizeName = theme.SizeNameCaptionText
		r.cells = append(r.cells, l)
		var cell fyne.CanvasObject = l
		if i == doctorColumn {
			sign := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(16), r.sign))
			r.ill = container.NewBorder(nil, nil, sign, nil, l)
			cell = r.ill
		}
		objects = append(objects, middle(cell))
	}
	r.content = container.New(rowColumns(), objects...)
	r.ExtendBaseWidget(r)
	return r
}

// doctorColumn is the number of the column with the doctor's word, bestColumn of the best number.
const (
	bestColumn   = 4
	doctorColumn = 5
)

// middle puts an object in the middle of a line's height.
func middle(o fyne.CanvasObject) fyne.CanvasObject { return container.New(middleLayout{}, o) }

type middleLayout struct{}

// Layout is part of fyne.Layout.
func (middleLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
	objects[0].Resize(fyne.NewSize(size.Width, height))
}

// MinSize is part of fyne.Layout.
func (middleLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// set shows a line.
func (r *row) set(l line) {
	r.line = l
	name := l.name
	if l.open {
		name += "  (open)"
	}
	best := l.best
	if l.top {
		best = "★ " + best
	}
	for i, text := range []string{name, l.differs, l.step, l.time, best, l.doctor, l.note} {
		c := r.cells[i]
		bold := i == 0 && l.open || i == bestColumn && l.top
		if c.Text != text || c.TextStyle.Bold != bold {
			c.TextStyle.Bold = bold
			c.SetText(text)
		}
	}
	if l.ill {
		r.sign.SetResource(ui.Sign(l.sign))
	}
	if ui.SetShown(r.ill.Objects[1], l.ill) {
		ui.Relayout(r.ill)
	}
	r.showThumb()
	r.mark()
}

// showThumb shows the picture of the run, if it is there by now.
func (r *row) showThumb() {
	if img := r.table.page.thumbs.of(r.line.entry); img != r.thumb.Image {
		r.thumb.Image = img
		r.thumb.Refresh()
	}
}

// mark shows whether the line is the current one, or ticked.
func (r *row) mark() {
	if on := r.table.ticked[r.line.entry.ID]; r.tick.Checked != on {
		r.tick.Checked = on
		r.tick.Refresh()
	}
	current := r.line.entry.ID == r.table.at
	fill, stroke := color.Color(color.Transparent), float32(0)
	switch {
	case current:
		fill = theme.ColorForWidget(theme.ColorNameSelection, r)
	case r.hovered:
		fill = theme.ColorForWidget(theme.ColorNameHover, r)
	}
	if current && r.table.focused {
		stroke = 2
	}
	r.back.FillColor, r.back.StrokeWidth, r.back.StrokeColor = fill, stroke, theme.ColorForWidget(theme.ColorNameFocus, r)
	r.back.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, r)
	r.back.Refresh()
}

// index is the number of the row.
func (r *row) index() int {
	for i := range r.table.lines {
		if r.table.row(i) == r {
			return i
		}
	}
	return -1
}

// Tapped makes the line the current one; with Ctrl held it is ticked, with Shift all up to it.
func (r *row) Tapped(*fyne.PointEvent) {
	t := r.table
	t.page.host.Window().Canvas().Focus(t)
	switch {
	case r.held&fyne.KeyModifierShift != 0:
		t.tickTo(r.index())
	case r.held&fyne.KeyModifierShortcutDefault != 0:
		t.goTo(r.index())
		t.tick(t.at, !t.ticked[t.at])
	default:
		t.goTo(r.index())
	}
}

// TappedSecondary opens the menu of the run.
func (r *row) TappedSecondary(e *fyne.PointEvent) {
	r.table.goTo(r.index())
	r.table.page.showMenu(e.AbsolutePosition)
}

// MouseDown is part of desktop.Mouseable.
func (r *row) MouseDown(e *desktop.MouseEvent) { r.held = e.Modifier }

// MouseUp is part of desktop.Mouseable.
func (r *row) MouseUp(*desktop.MouseEvent) {}

// MouseIn is part of desktop.Hoverable.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.mark() }

// MouseMoved is part of desktop.Hoverable.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (r *row) MouseOut() { r.hovered = false; r.mark() }

// CreateRenderer is part of fyne.Widget.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	return &rowRenderer{widget.NewSimpleRenderer(container.NewStack(r.back, r.content)), r}
}

type rowRenderer struct {
	fyne.WidgetRenderer
	row *row
}

// Refresh takes over the colours of the theme.
func (r *rowRenderer) Refresh() {
	r.row.mark()
	r.WidgetRenderer.Refresh()
}
