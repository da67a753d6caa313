package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// stackGapHeight is the room between two cards.
const stackGapHeight = 20

// A stackGap lies between two cards: the data's way from one to the next, with a "+" that inserts a
// layer there.
type stackGap struct {
	pressable
	stack  *LayerStack
	at     int
	target bool // a dragged card would come here
	last   bool
	tip    tipTimer
}

func newStackGap(s *LayerStack, at int) *stackGap {
	g := &stackGap{stack: s, at: at, tip: tipTimer{text: "Insert a layer here"}}
	g.tapped = func() {
		g.tip.leave()
		showKindMenu(g, s, s.kinds, func(kind string) {
			if s.OnAdd != nil {
				s.OnAdd(g.at, kind)
			}
		})
	}
	g.ExtendBaseWidget(g)
	return g
}

func (g *stackGap) setTarget(on bool) {
	if g.target != on {
		g.target = on
		g.Refresh()
	}
}

// MouseIn is part of desktop.Hoverable.
func (g *stackGap) MouseIn(e *desktop.MouseEvent) {
	g.pressable.MouseIn(e)
	g.tip.enter(g, e)
}

// MouseMoved is part of desktop.Hoverable.
func (g *stackGap) MouseMoved(e *desktop.MouseEvent) { g.tip.move(g, e) }

// MouseOut is part of desktop.Hoverable.
func (g *stackGap) MouseOut() {
	g.pressable.MouseOut()
	g.tip.leave()
}

// CreateRenderer is part of fyne.Widget.
func (g *stackGap) CreateRenderer() fyne.WidgetRenderer {
	r := &gapRenderer{gap: g, wire: canvas.NewLine(nil), bar: canvas.NewRectangle(color.Transparent), disc: canvas.NewCircle(nil), across: canvas.NewLine(nil), down: canvas.NewLine(nil)}
	r.objects = []fyne.CanvasObject{r.wire, r.bar, r.disc, r.across, r.down}
	r.Refresh()
	return r
}

type gapRenderer struct {
	gap                *stackGap
	wire, across, down *canvas.Line
	bar                *canvas.Rectangle
	disc               *canvas.Circle
	objects            []fyne.CanvasObject
}

func (r *gapRenderer) Layout(size fyne.Size) {
	x, y := size.Width/2, size.Height/2
	end := size.Height
	if r.gap.last {
		end = y
	}
	r.wire.Position1, r.wire.Position2 = fyne.NewPos(x, 0), fyne.NewPos(x, end)
	const radius, arm = 8, 4
	r.disc.Move(fyne.NewPos(x-radius, y-radius))
	r.disc.Resize(fyne.NewSquareSize(2 * radius))
	r.across.Position1, r.across.Position2 = fyne.NewPos(x-arm, y), fyne.NewPos(x+arm, y)
	r.down.Position1, r.down.Position2 = fyne.NewPos(x, y-arm), fyne.NewPos(x, y+arm)
	r.bar.Move(fyne.NewPos(4, y-2))
	r.bar.Resize(fyne.NewSize(size.Width-8, 4))
}

func (r *gapRenderer) Refresh() {
	g := r.gap
	get := func(name fyne.ThemeColorName) { // the plus and its disc
		r.across.StrokeColor = theme.ColorForWidget(name, g)
		r.down.StrokeColor = r.across.StrokeColor
	}
	r.wire.StrokeColor, r.wire.StrokeWidth = theme.ColorForWidget(theme.ColorNameDisabled, g), 1.5
	r.across.StrokeWidth, r.down.StrokeWidth = 1.5, 1.5
	r.disc.StrokeWidth = 1.5
	if g.hovered || g.focused {
		get(theme.ColorNameForegroundOnPrimary)
		r.disc.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, g)
		r.disc.StrokeColor = r.disc.FillColor
	} else {
		get(theme.ColorNamePlaceHolder)
		r.disc.FillColor = theme.ColorForWidget(theme.ColorNameBackground, g)
		r.disc.StrokeColor = theme.ColorForWidget(theme.ColorNameDisabled, g)
	}
	r.bar.FillColor, r.bar.CornerRadius = theme.ColorForWidget(theme.ColorNamePrimary, g), 2
	r.bar.Hidden = !g.target
	r.Layout(g.Size())
	canvas.Refresh(g)
}

func (r *gapRenderer) MinSize() fyne.Size           { return fyne.NewSize(40, stackGapHeight) }
func (r *gapRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *gapRenderer) Destroy()                     {}
