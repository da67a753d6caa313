package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"strconv"
)

// A gameBrush draws into the picture of a game.
type gameBrush struct {
	brush
	style       style
	pen, strong *pen
}

// drawGame draws the whole graph.
func drawGame(c gameContent, v view) *image.RGBA {
	b := &gameBrush{brush: brush{dst: image.NewRGBA(image.Rect(0, 0, v.w, v.h)), unit: float64(v.scale)}, style: v.style}
	draw.Draw(b.dst, b.dst.Rect, image.NewUniform(v.style.background), image.Point{}, draw.Src)
	var err error
	if b.pen, err = newPen(v.style.regular, float64(v.style.captionSize*v.scale)); err != nil {
		return b.dst // a size that no text can have leaves no room for boxes either
	}
	if b.strong, err = newPen(v.style.bold, float64(1.35*v.style.textSize*v.scale)); err != nil {
		return b.dst
	}
	d := c.data
	if d == nil {
		b.pen.write(b.dst, (v.w-b.pen.width(c.empty))/2, (v.h-b.pen.height())/2, c.empty, v.style.muted)
		return b.dst
	}
	l := layGame(float64(v.w), float64(v.h), b.unit)
	for _, e := range gameEdges {
		b.edge(&l, e, d.Station)
	}
	for part, title := range b.titles(d) {
		b.box(l.boxes[part], title, part, d.Station)
	}
	inside := func(part int) image.Rectangle { return l.boxes[part].Inset(int(5 * b.unit)) }
	b.latents(inside(GameNoise), d.Latents)
	b.layers(inside(GameG), d.LayersG, b.style.role(G))
	b.layers(inside(GameD), d.LayersD, b.style.role(D))
	b.items(inside(GameReals), d, d.Real, false, nil, nil)
	push, pushShown := d.Push, d.PushShown
	if d.Station != 10 && d.Station != 0 {
		push, pushShown = nil, nil
	}
	if d.Station == 0 { // a push would hide the pictures
		pushShown = nil
	}
	b.items(inside(GameFakes), d, d.Fake, true, push, pushShown)
	b.judgements(inside(GameJudgements), d)
	b.loss(inside(GameLossD), d.LossD, b.style.role(D))
	b.loss(inside(GameLossG), d.LossG, b.style.role(G))
	b.stations(l.strip, d.Station)
	b.key(l.key, d)
	return b.dst
}

// titles returns what stands above the parts.
func (b *gameBrush) titles(d *GameGraphData) [GameParts]string {
	return [GameParts]string{
		GameNoise: "Noise z", GameG: d.NameG, GameFakes: "Fakes G(z)", GameReals: "Real items x", GameD: d.NameD,
		GameJudgements: "D's judgements", GameLossD: "Loss of D", GameLossG: "Loss of G",
	}
}

// turn returns the colour of the player whose turn it is.
func (b *gameBrush) turn(station int) color.NRGBA {
	if station > 5 {
		return b.style.role(G)
	}
	return b.style.role(D)
}

// box draws the frame of a part with its title above. Parts that have no say at a station step
// back.
func (b *gameBrush) box(r image.Rectangle, title string, part, station int) {
	frame, width, text := b.style.axis, b.unit, b.style.foreground
	switch lit := slices.Contains(stationParts[station], part); {
	case lit:
		frame, width = b.turn(station), 2.5*b.unit
	case station > 0:
		text = b.style.muted
	}
	b.fill(r, mix(b.style.background, b.style.foreground, 0.03))
	b.frame(r, width, frame)
	b.pen.write(b.dst, r.Min.X, r.Min.Y-b.pen.height()-int(2*b.unit), b.pen.cut(title, r.Dx()+int(20*b.unit)), text)
}

// edge draws a way with an arrow at its end; gradients go along dashes.
func (b *gameBrush) edge(l *gameLayout, e gameEdge, station int) {
	c, width := b.style.axis, 1.3*b.unit
	if slices.Contains(e.stations, station) {
		c, width = b.turn(station), 3.2*b.unit
	} else if e.back && station > 0 {
		c = mix(b.style.background, b.style.foreground, 0.22)
	}
	points := l.at(e)
	for i := 1; i < len(points); i++ {
		if e.back {
			b.dashed(points[i-1], points[i], width, c)
		} else {
			b.stroke(points[i-1], points[i], width, c)
		}
	}
	b.arrow(points[len(points)-2], points[len(points)-1], 2.2*width+3*b.unit, c)
}

// stationWords are what happens at the stations, in a word.
var stationWords = [10]string{"real", "fakes", "judge", "loss", "D learns", "noise", "fakes", "judge", "loss", "G learns"}

// stations draws the ten stations of a step in a row.
func (b *gameBrush) stations(r image.Rectangle, station int) {
	each := float64(r.Dx()) / 10
	radius := 9.5 * b.unit
	y := float64(r.Min.Y) + radius + b.unit
	b.stroke([2]float64{float64(r.Min.X) + each/2, y}, [2]float64{float64(r.Max.X) - each/2, y}, b.unit, b.style.axis)
	for i := 1; i <= 10; i++ {
		x := float64(r.Min.X) + (float64(i)-0.5)*each
		c, paper, text := b.turn(i), b.style.background, b.style.foreground
		if i == station {
			paper, text = c, b.style.background
		}
		b.disc(x, y, radius, c)
		b.disc(x, y, radius-1.6*b.unit, paper)
		number := strconv.Itoa(i)
		b.pen.write(b.dst, int(x)-b.pen.width(number)/2, int(y)-b.pen.height()/2, number, text)
		word := b.pen.cut(stationWords[i-1], int(each))
		ink := b.style.muted
		if i == station {
			ink = b.style.foreground
		}
		b.pen.write(b.dst, int(x)-b.pen.width(word)/2, int(y+radius), word, ink)
	}
}
