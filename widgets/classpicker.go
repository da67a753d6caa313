package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A ClassPicker is a row of colours, one for each class of a DrawBoard's points, of which one is
// chosen.
type ClassPicker struct {
	widget.BaseWidget
	OnChosen func(class int)

	cells []*classCell
	box   *fyne.Container
}

// NewClassPicker returns a picker that has the first class chosen.
func NewClassPicker() *ClassPicker {
	p := &ClassPicker{box: container.New(layout.NewCustomPaddedHBoxLayout(4))}
	for i := range BoardClasses {
		c := &classCell{class: i, chosen: i == 0}
		c.tapped = func() { p.choose(i) }
		c.ExtendBaseWidget(c)
		p.cells = append(p.cells, c)
		p.box.Add(Tip(c, fmt.Sprintf("Class %d", i+1)))
	}
	p.ExtendBaseWidget(p)
	return p
}

func (p *ClassPicker) choose(class int) {
	for i, c := range p.cells {
		if c.chosen != (i == class) {
			c.chosen = i == class
			c.Refresh()
		}
	}
	if p.OnChosen != nil {
		p.OnChosen(class)
	}
}

// CreateRenderer is part of fyne.Widget.
func (p *ClassPicker) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.box) }

// A classCell is one colour with the class's number.
type classCell struct {
	pressable
	class  int
	chosen bool
}

// classSide is the side of a colour.
const classSide = 26

func (c *classCell) CreateRenderer() fyne.WidgetRenderer {
	r := &classRenderer{cell: c, disc: canvas.NewCircle(color.Transparent), ring: newBox("", theme.SizeNameInputRadius), number: canvas.NewText(fmt.Sprint(c.class+1), nil)}
	r.number.Alignment = fyne.TextAlignCenter
	r.objects = []fyne.CanvasObject{r.ring, r.disc, r.number}
	r.Refresh()
	return r
}

type classRenderer struct {
	cell    *classCell
	disc    *canvas.Circle
	ring    *box
	number  *canvas.Text
	objects []fyne.CanvasObject
}

func (r *classRenderer) Layout(size fyne.Size) {
	r.ring.Resize(size)
	r.disc.Move(fyne.NewPos(4, 4))
	r.disc.Resize(size.SubtractWidthHeight(8, 8))
	height := r.number.MinSize().Height
	r.number.Move(fyne.NewPos(0, (size.Height-height)/2))
	r.number.Resize(fyne.NewSize(size.Width, height))
}

func (r *classRenderer) Refresh() {
	s := currentStyle(r.cell)
	r.disc.FillColor = s.classColor(r.cell.class)
	r.number.Color, r.number.TextSize, r.number.TextStyle.Bold = s.background, s.captionSize, true
	stroke, fill := fyne.ThemeColorName(""), fyne.ThemeColorName("")
	if r.cell.chosen {
		stroke = theme.ColorNamePrimary
	}
	switch {
	case r.cell.focused:
		fill = theme.ColorNameFocus
	case r.cell.hovered:
		fill = theme.ColorNameHover
	}
	r.ring.set(fill, stroke, 2)
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *classRenderer) MinSize() fyne.Size           { return fyne.NewSquareSize(classSide) }
func (r *classRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *classRenderer) Destroy()                     {}
