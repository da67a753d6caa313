package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"strconv"

	"golang.org/x/image/vector"
)

// A gameBrush draws into the picture of a game.
type gameBrush struct {
	dst         *image.RGBA
	style       style
	unit        float64
	pen, strong *pen
}

// drawGame draws the whole graph.
func drawGame(c gameContent, v view) *image.RGBA {
	b := &gameBrush{dst: image.NewRGBA(image.Rect(0, 0, v.w, v.h)), style: v.style, unit: float64(v.scale)}
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

// dashed strokes dashes from p to q.
func (b *gameBrush) dashed(p, q [2]float64, width float64, c color.NRGBA) {
	length := math.Hypot(q[0]-p[0], q[1]-p[1])
	dash := 5 * b.unit
	for at := 0.0; at < length; at += 2 * dash {
		end := min(length, at+dash)
		b.stroke(along(p, q, at/length), along(p, q, end/length), width, c)
	}
}

func along(p, q [2]float64, t float64) [2]float64 {
	return [2]float64{p[0] + t*(q[0]-p[0]), p[1] + t*(q[1]-p[1])}
}

// stroke draws a straight line.
func (b *gameBrush) stroke(p, q [2]float64, width float64, c color.NRGBA) {
	b.raster([][2]float64{p, q}, width, c, func(z *vector.Rasterizer, p [][2]float32) {
		addSegment(z, p[0][0], p[0][1], p[1][0], p[1][1], float32(width))
	})
}

// arrow draws the head of an arrow that comes from p and ends at q.
func (b *gameBrush) arrow(p, q [2]float64, size float64, c color.NRGBA) {
	length := math.Hypot(q[0]-p[0], q[1]-p[1])
	if length == 0 {
		return
	}
	dx, dy := (q[0]-p[0])/length*size, (q[1]-p[1])/length*size
	tip := [2]float64{q[0] + dx/2, q[1] + dy/2}
	corners := [][2]float64{tip, {tip[0] - dx - dy/2, tip[1] - dy + dx/2}, {tip[0] - dx + dy/2, tip[1] - dy - dx/2}}
	b.raster(corners, 0, c, func(z *vector.Rasterizer, p [][2]float32) {
		z.MoveTo(p[0][0], p[0][1])
		z.LineTo(p[1][0], p[1][1])
		z.LineTo(p[2][0], p[2][1])
		z.ClosePath()
	})
}

// raster has a shape drawn that lies around points; only what it may touch is rasterised.
func (b *gameBrush) raster(points [][2]float64, around float64, c color.NRGBA, shape func(z *vector.Rasterizer, p [][2]float32)) {
	var reach image.Rectangle
	for _, p := range points {
		if !finite(p[0]) || !finite(p[1]) || math.Abs(p[0]) > 1e5 || math.Abs(p[1]) > 1e5 {
			return
		}
		x, y, r := int(math.Floor(p[0])), int(math.Floor(p[1])), int(around)+2
		reach = reach.Union(image.Rect(x-r, y-r, x+r+1, y+r+1))
	}
	if reach.Empty() || reach.Intersect(b.dst.Rect).Empty() {
		return
	}
	z := vector.NewRasterizer(reach.Dx(), reach.Dy())
	local := make([][2]float32, len(points))
	for i, p := range points {
		local[i] = [2]float32{float32(p[0] - float64(reach.Min.X)), float32(p[1] - float64(reach.Min.Y))}
	}
	shape(z, local)
	z.Draw(b.dst, reach, image.NewUniform(c), image.Point{})
}

func (b *gameBrush) fill(r image.Rectangle, c color.Color) {
	draw.Draw(b.dst, r, image.NewUniform(c), image.Point{}, draw.Over)
}

// frame draws the outline of a rectangle, inwards.
func (b *gameBrush) frame(r image.Rectangle, width float64, c color.Color) {
	w := max(1, int(width+0.5))
	b.fill(image.Rect(r.Min.X, r.Min.Y, r.Max.X, r.Min.Y+w), c)
	b.fill(image.Rect(r.Min.X, r.Max.Y-w, r.Max.X, r.Max.Y), c)
	b.fill(image.Rect(r.Min.X, r.Min.Y+w, r.Min.X+w, r.Max.Y-w), c)
	b.fill(image.Rect(r.Max.X-w, r.Min.Y+w, r.Max.X, r.Max.Y-w), c)
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

// disc draws a filled circle.
func (b *gameBrush) disc(x, y, r float64, c color.NRGBA) {
	b.raster([][2]float64{{x, y}}, r, c, func(z *vector.Rasterizer, p [][2]float32) {
		addCircle(z, p[0][0], p[0][1], float32(r), false)
	})
}
