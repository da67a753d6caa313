package widgets

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Players is a picture of a game of several generators against several discriminators: who makes
// items and who judges them.
type Players struct {
	widget.BaseWidget
	generators, discriminators int
}

// NewPlayers returns a picture of one against one.
func NewPlayers() *Players {
	p := &Players{generators: 1, discriminators: 1}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows so many generators and discriminators. It belongs to the UI goroutine.
func (p *Players) Set(generators, discriminators int) {
	if p.generators == generators && p.discriminators == discriminators {
		return
	}
	p.generators, p.discriminators = generators, discriminators
	p.Refresh()
}

const (
	playerSize = 26 // diameter of a player's circle
	playerGap  = 6
	mostDrawn  = 4 // players of a side; one that stands for the rest is the last of them
)

// CreateRenderer draws with today's theme at every refresh.
func (p *Players) CreateRenderer() fyne.WidgetRenderer {
	r := &playersRenderer{p: p}
	r.Refresh()
	return r
}

type playersRenderer struct {
	p       *Players
	objects []fyne.CanvasObject
}

// Destroy has nothing to give back.
func (r *playersRenderer) Destroy() {}

// Objects returns what is drawn, from the back to the front.
func (r *playersRenderer) Objects() []fyne.CanvasObject { return r.objects }

// MinSize is that of the circles, with room for the lines between them.
func (r *playersRenderer) MinSize() fyne.Size {
	rows := max(shown(r.p.generators)+1, shown(r.p.discriminators)) // the data are a row of their own
	return fyne.NewSize(6*playerSize, float32(rows)*(playerSize+playerGap)-playerGap)
}

func shown(n int) int { return min(n, mostDrawn) }

// Layout draws anew: everything depends on the size.
func (r *playersRenderer) Layout(fyne.Size) { r.draw() }

// Refresh draws anew.
func (r *playersRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.p)
}

func (r *playersRenderer) draw() {
	size, style := r.p.Size(), currentStyle(r.p)
	r.objects = nil
	left := append(names("G", r.p.generators), "data")
	right := names("D", r.p.discriminators)
	place := func(x float32, i, n int) fyne.Position {
		top := (size.Height - float32(n)*(playerSize+playerGap) + playerGap) / 2
		return fyne.NewPos(x, top+float32(i)*(playerSize+playerGap)+playerSize/2)
	}
	from, to := size.Width*0.3, size.Width*0.7
	for i := range left {
		for j := range right {
			l := canvas.NewLine(theme.Color(theme.ColorNameDisabled)) // a separator would be too pale to follow
			l.StrokeWidth = 1.5
			l.Position1, l.Position2 = place(from, i, len(left)), place(to, j, len(right))
			r.objects = append(r.objects, l)
		}
	}
	for i, text := range left {
		role := G
		if text == "data" {
			role = Real
		}
		r.player(place(from, i, len(left)), text, style.role(role))
	}
	for j, text := range right {
		r.player(place(to, j, len(right)), text, style.role(D))
	}
}

// player adds one circle with its name; the data are a square.
func (r *playersRenderer) player(at fyne.Position, text string, ring color.NRGBA) {
	corner := at.SubtractXY(playerSize/2, playerSize/2)
	if text == "data" {
		box := canvas.NewRectangle(theme.Color(theme.ColorNameInputBackground))
		box.StrokeColor, box.StrokeWidth, box.CornerRadius = ring, 2, 4
		box.Move(corner.SubtractXY(playerSize/3, 0))
		box.Resize(fyne.NewSize(playerSize*5/3, playerSize))
		r.objects = append(r.objects, box)
	} else {
		c := canvas.NewCircle(theme.Color(theme.ColorNameInputBackground))
		c.StrokeColor, c.StrokeWidth = ring, 2
		c.Move(corner)
		c.Resize(fyne.NewSquareSize(playerSize))
		r.objects = append(r.objects, c)
	}
	t := canvas.NewText(text, theme.Color(theme.ColorNameForeground))
	t.TextSize, t.Alignment = theme.Size(theme.SizeNameCaptionText), fyne.TextAlignCenter
	min := t.MinSize()
	t.Move(at.SubtractXY(min.Width/2, min.Height/2))
	t.Resize(min)
	r.objects = append(r.objects, t)
}

// names returns "G1", "G2" and so on; the last one that there is room for stands for the rest.
func names(letter string, n int) []string {
	var out []string
	for i := range shown(n) {
		out = append(out, fmt.Sprintf("%s%d", letter, i+1))
	}
	if n > mostDrawn {
		out[mostDrawn-1] = fmt.Sprintf("+%d", n-mostDrawn+1)
	}
	return out
}
