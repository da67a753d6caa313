package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A DropZone invites to drop files on it, or to tap it and choose them. The window receives the
// drop itself and can let the zone light up meanwhile.
type DropZone struct {
	pressable
	text        string
	highlighted bool
}

// NewDropZone returns a zone with a text in it; onChoose is called when it is tapped.
func NewDropZone(text string, onChoose func()) *DropZone {
	z := &DropZone{text: text}
	z.tapped = onChoose
	z.ExtendBaseWidget(z)
	return z
}

// SetText replaces the text.
func (z *DropZone) SetText(text string) {
	z.text = text
	z.Refresh()
}

// SetHighlighted lights the frame up, for instance while dropped files are read.
func (z *DropZone) SetHighlighted(on bool) {
	if z.highlighted != on {
		z.highlighted = on
		z.Refresh()
	}
}

// CreateRenderer is part of fyne.Widget.
func (z *DropZone) CreateRenderer() fyne.WidgetRenderer {
	r := &zoneRenderer{zone: z, back: newBox("", theme.SizeNameInputRadius), icon: widget.NewIcon(theme.FolderOpenIcon()), label: widget.NewLabel("")}
	r.label.Wrapping = fyne.TextWrapWord
	r.label.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type zoneRenderer struct {
	zone   *DropZone
	back   *box
	icon   *widget.Icon
	label  *widget.Label
	dashes []fyne.CanvasObject
}

// zoneIcon is the side of the icon, zoneDash the length of a dash and of the gap after it.
const (
	zoneIcon = 28
	zoneDash = 6
)

func (r *zoneRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.label.Resize(fyne.NewSize(size.Width-16, r.label.MinSize().Height))
	height := r.label.MinSize().Height
	y := (size.Height - zoneIcon - height) / 2
	r.icon.Resize(fyne.NewSquareSize(zoneIcon))
	r.icon.Move(fyne.NewPos((size.Width-zoneIcon)/2, y))
	r.label.Resize(fyne.NewSize(size.Width-16, height))
	r.label.Move(fyne.NewPos(8, y+zoneIcon))
	r.dash(size)
}

// dash draws the frame anew: whole dashes along each side, stretched so that every corner is the
// middle of one.
func (r *zoneRenderer) dash(size fyne.Size) {
	r.dashes = r.dashes[:0]
	name := theme.ColorNamePlaceHolder
	if r.zone.highlighted || r.zone.hovered || r.zone.focused {
		name = theme.ColorNamePrimary
	}
	color := theme.ColorForWidget(name, r.zone)
	width := float32(1.5)
	if r.zone.focused || r.zone.highlighted {
		width = 2.5
	}
	side := func(from, to fyne.Position, length float32) {
		n := max(1, int(length/(2*zoneDash)))
		at := func(t float32) fyne.Position {
			t = max(0, min(1, t))
			return fyne.NewPos(from.X+(to.X-from.X)*t, from.Y+(to.Y-from.Y)*t)
		}
		for i := range n + 1 {
			l := canvas.NewLine(color)
			l.StrokeWidth = width
			l.Position1 = at((float32(i) - 0.25) / float32(n))
			l.Position2 = at((float32(i) + 0.25) / float32(n))
			r.dashes = append(r.dashes, l)
		}
	}
	const in = 2
	a, b := fyne.NewPos(in, in), fyne.NewPos(size.Width-in, in)
	c, d := fyne.NewPos(size.Width-in, size.Height-in), fyne.NewPos(in, size.Height-in)
	side(a, b, size.Width)
	side(b, c, size.Height)
	side(c, d, size.Width)
	side(d, a, size.Height)
}

func (r *zoneRenderer) Refresh() {
	z := r.zone
	r.label.SetText(z.text)
	fill := fyne.ThemeColorName("")
	switch {
	case z.highlighted:
		fill = theme.ColorNameFocus
	case z.hovered:
		fill = theme.ColorNameHover
	}
	r.back.set(fill, "", 0)
	r.Layout(z.Size())
	canvas.Refresh(z)
}

func (r *zoneRenderer) MinSize() fyne.Size {
	return fyne.NewSize(160, zoneIcon+r.label.MinSize().Height+16)
}

func (r *zoneRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.back, r.icon, r.label}, r.dashes...)
}

func (r *zoneRenderer) Destroy() {}
