package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"

	scaling "golang.org/x/image/draw"
)

// latents draws each latent: dots in a plane where it has two numbers, otherwise a row of squares,
// the brighter the larger.
func (b *gameBrush) latents(r image.Rectangle, z [][]float32) {
	if len(z) == 0 || r.Empty() {
		return
	}
	if len(z[0]) <= 2 {
		side := min(r.Dx(), r.Dy())
		at := r.Min.Add(image.Pt((r.Dx()-side)/2, (r.Dy()-side)/2))
		for _, p := range z {
			y := float32(0)
			if len(p) == 2 {
				y = p[1]
			}
			px, py := float64(at.X)+place01(p[0])*float64(side), float64(at.Y)+(1-place01(y))*float64(side)
			b.disc(px, py, 1.7*b.unit, b.style.foreground)
		}
		return
	}
	rows, columns := min(len(z), 12), min(len(z[0]), 12)
	cell := min(r.Dx()/columns, r.Dy()/rows)
	if cell < 1 {
		return
	}
	at := r.Min.Add(image.Pt((r.Dx()-cell*columns)/2, (r.Dy()-cell*rows)/2))
	gap := min(1, cell/4)
	for i := range rows {
		for j, x := range z[i][:columns] {
			square := image.Rect(0, 0, cell-gap, cell-gap).Add(at.Add(image.Pt(j*cell, i*cell)))
			b.fill(square, mix(b.style.background, b.style.foreground, 0.06+0.8*place01(x)))
		}
	}
}

// place01 brings a number of a latent between 0 and 1.
func place01(x float32) float64 { return max(0, min(1, (float64(x)+2.5)/5)) }

// layers draws a player's layers from the first at the left to the last, each with a bar as long as
// its gradient.
func (b *gameBrush) layers(r image.Rectangle, bars []float64, c color.NRGBA) {
	if len(bars) == 0 || r.Empty() {
		return
	}
	each := float64(r.Dx()) / float64(len(bars))
	width := max(2*b.unit, min(9*b.unit, 0.6*each))
	for i, length := range bars {
		x := float64(r.Min.X) + (float64(i)+0.5)*each
		whole := image.Rect(int(x-width/2), r.Min.Y, int(x+width/2), r.Max.Y)
		b.fill(whole, mix(b.style.background, c, 0.22))
		whole.Min.Y = whole.Max.Y - int(max(0, min(1, length))*float64(whole.Dy()))
		b.fill(whole, c)
	}
}

// items draws points on a small plane, or pictures in frames that say how real D takes them for.
func (b *gameBrush) items(r image.Rectangle, d *GameGraphData, cells GameCells, fake bool, push [][2]float32, pushShown []*image.RGBA) {
	switch {
	case r.Empty():
	case cells.Points != nil:
		b.points(r, d, cells, fake, push)
	case len(pushShown) > 0:
		b.pictures(r, pushShown, cells.Said)
	case len(cells.Pictures) > 0:
		b.pictures(r, cells.Pictures, cells.Said)
	}
}

// points draws points, larger the more real D takes them for, and the arrows that push them.
func (b *gameBrush) points(r image.Rectangle, d *GameGraphData, cells GameCells, fake bool, push [][2]float32) {
	p, ok := planeOf(DensityData{XMin: d.XMin, XMax: d.XMax, YMin: d.YMin, YMax: d.YMax}, r)
	if !ok {
		return
	}
	whole := b.dst
	b.dst = whole.SubImage(r).(*image.RGBA) // only drawn on, never shown
	defer func() { b.dst = whole }()
	c := b.style.role(Real)
	if fake {
		c = b.style.role(Generated)
	}
	longest := 0.0
	for _, v := range push {
		longest = max(longest, math.Hypot(float64(v[0]), float64(v[1])))
	}
	for i, v := range cells.Points {
		x, y := p.at(v)
		size := 1.9
		if i < len(cells.Said) {
			size = 1.2 + 1.9*cells.Said[i]
		}
		if fake {
			h := size * 0.9 * b.unit
			b.stroke([2]float64{x - h, y - h}, [2]float64{x + h, y + h}, 1.2*b.unit, c)
			b.stroke([2]float64{x - h, y + h}, [2]float64{x + h, y - h}, 1.2*b.unit, c)
		} else {
			b.disc(x, y, size*b.unit, c)
		}
		if i < len(push) && longest > 0 && i%max(1, len(cells.Points)/48) == 0 {
			reach := 26 * b.unit / longest
			end := [2]float64{x + float64(push[i][0])*reach, y - float64(push[i][1])*reach}
			b.stroke([2]float64{x, y}, end, 1.3*b.unit, b.style.foreground)
			b.arrow([2]float64{x, y}, end, 4.5*b.unit, b.style.foreground)
		}
	}
}

// pictures draws pictures in a grid. The frame of each has the colour of what D says, and a bar
// below it is as long as that.
func (b *gameBrush) pictures(r image.Rectangle, all []*image.RGBA, said []float64) {
	columns, rows, side := fitCells(r, len(all))
	if side < 6 {
		return
	}
	at := r.Min.Add(image.Pt((r.Dx()-columns*side)/2, (r.Dy()-rows*side)/2))
	frame, bar := max(1, int(2.2*b.unit)), max(2, int(3*b.unit))
	for i, img := range all[:min(len(all), columns*rows)] {
		cell := image.Rect(0, 0, side, side).Add(at.Add(image.Pt(i%columns*side, i/columns*side))).Inset(max(1, int(b.unit)))
		inner := cell.Inset(frame)
		inner.Max.Y -= bar
		scaling.ApproxBiLinear.Scale(b.dst, inner, img, img.Rect, draw.Over, nil)
		c := b.style.axis
		if i < len(said) {
			c = b.verdict(said[i])
			strip := image.Rect(inner.Min.X, inner.Max.Y, inner.Max.X, inner.Max.Y+bar)
			b.fill(strip, mix(b.style.background, b.style.foreground, 0.2))
			strip.Max.X = strip.Min.X + int(max(0, min(1, said[i]))*float64(strip.Dx())+0.5)
			b.fill(strip, c)
		}
		b.frame(cell, float64(frame), c)
	}
}

// verdict returns the colour for how real an item is taken for: from that of generated items over
// grey to that of real ones.
func (b *gameBrush) verdict(said float64) color.NRGBA {
	end := b.style.role(Real)
	if said < 0.5 {
		end = b.style.role(Generated)
	}
	if !finite(said) {
		return b.style.axis
	}
	return mix(b.style.axis, end, min(1, math.Abs(2*said-1)))
}

// fitCells returns how n squares fill a rectangle best.
func fitCells(r image.Rectangle, n int) (columns, rows, side int) {
	best := 0.0
	for c := 1; c <= n; c++ {
		k := (n + c - 1) / c
		s := min(r.Dx()/c, r.Dy()/k)
		if worth := float64(s) * float64(n) / float64(c*k); worth > best { // empty cells are not worth their room
			columns, rows, side, best = c, k, s, worth
		}
	}
	return columns, rows, side
}

// judgements draws what D says of each item on a scale: real items above, fakes below, the mean of
// each as a tall line.
func (b *gameBrush) judgements(r image.Rectangle, d *GameGraphData) {
	words := b.pen.height()
	axis := image.Rect(r.Min.X+int(4*b.unit), r.Min.Y, r.Max.X-int(4*b.unit), r.Max.Y-words)
	if axis.Dy() < 8 || axis.Dx() < 8 {
		return
	}
	b.pen.write(b.dst, r.Min.X, axis.Max.Y, d.Low, b.style.muted)
	b.pen.write(b.dst, r.Max.X-b.pen.width(d.High), axis.Max.Y, d.High, b.style.muted)
	b.fill(image.Rect(axis.Min.X, axis.Max.Y-1, axis.Max.X, axis.Max.Y), b.style.axis)
	at := func(said float64) float64 {
		return float64(axis.Min.X) + max(0, min(1, said))*float64(axis.Dx())
	}
	if finite(d.Even) {
		x := at(d.Even)
		b.dashed([2]float64{x, float64(axis.Min.Y)}, [2]float64{x, float64(axis.Max.Y)}, b.unit, b.style.axis)
	}
	middle := axis.Min.Y + axis.Dy()/2
	b.row(image.Rect(axis.Min.X, axis.Min.Y, axis.Max.X, middle), d.Real.Said, at, b.style.role(Real), false)
	b.row(image.Rect(axis.Min.X, middle, axis.Max.X, axis.Max.Y), d.Fake.Said, at, b.style.role(Generated), true)
}

// judged is how many judgements about are drawn of each kind.
const judged = 64

// row draws marks on a scale, spread over its height, and their mean.
func (b *gameBrush) row(r image.Rectangle, said []float64, at func(float64) float64, c color.NRGBA, cross bool) {
	if len(said) == 0 {
		return
	}
	sum := 0.0
	high := float64(r.Dy())
	for i, s := range said {
		sum += s
		each := max(1, len(said)/judged)
		if i%each != 0 {
			continue
		}
		x, y := at(s), float64(r.Min.Y)+high*(0.2+0.6*float64(i/each*7%16)/15)
		if cross {
			h := 2.2 * b.unit
			b.stroke([2]float64{x - h, y - h}, [2]float64{x + h, y + h}, 1.2*b.unit, c)
			b.stroke([2]float64{x - h, y + h}, [2]float64{x + h, y - h}, 1.2*b.unit, c)
		} else {
			b.disc(x, y, 2.3*b.unit, c)
		}
	}
	x := at(sum / float64(len(said)))
	b.stroke([2]float64{x, float64(r.Min.Y) + 2}, [2]float64{x, float64(r.Max.Y) - 2}, 2.4*b.unit, b.style.foreground)
}

// loss writes what a player pays, with its course of late.
func (b *gameBrush) loss(r image.Rectangle, l GameLoss, c color.NRGBA) {
	if r.Empty() {
		return
	}
	b.strong.write(b.dst, r.Min.X, r.Min.Y-int(2*b.unit), l.Value, b.style.foreground)
	top := r.Min.Y + b.strong.height() - int(2*b.unit)
	if l.Note != "" && top+b.pen.height() <= r.Max.Y {
		b.pen.write(b.dst, r.Min.X, top, b.pen.cut(l.Note, r.Dx()), b.style.muted)
		top += b.pen.height()
	}
	course := image.Rect(r.Min.X, top+int(4*b.unit), r.Max.X, r.Max.Y-int(2*b.unit))
	if course.Dy() < int(10*b.unit) { // no room below: beside the number
		course = image.Rect(r.Min.X+r.Dx()/2, r.Min.Y, r.Max.X, r.Min.Y+b.strong.height())
	}
	if len(l.Course) < 2 {
		return
	}
	lo, hi := slices.Min(l.Course), slices.Max(l.Course)
	if !finite(lo) || !finite(hi) {
		return
	}
	point := func(i int) [2]float64 {
		x := float64(course.Min.X) + float64(i)/float64(len(l.Course)-1)*float64(course.Dx())
		return [2]float64{x, float64(course.Max.Y) - (l.Course[i]-lo)/max(hi-lo, 1e-12)*float64(course.Dy())}
	}
	for i := 1; i < len(l.Course); i++ {
		b.stroke(point(i-1), point(i), 1.4*b.unit, c)
	}
}

// key says what the marks and the frames mean.
func (b *gameBrush) key(r image.Rectangle, d *GameGraphData) {
	line := b.pen.height() + int(3*b.unit)
	y := r.Min.Y
	write := func(text string) {
		if y+line <= r.Max.Y {
			b.pen.write(b.dst, r.Min.X, y, b.pen.cut(text, r.Dx()), b.style.muted)
		}
		y += line
	}
	if d.Real.Points != nil {
		write("Larger: D takes it for real")
	} else {
		bar := image.Rect(r.Min.X, y, r.Max.X, y+int(8*b.unit))
		for x := bar.Min.X; x < bar.Max.X && bar.Max.Y < r.Max.Y; x++ {
			b.fill(image.Rect(x, bar.Min.Y, x+1, bar.Max.Y), b.verdict(float64(x-bar.Min.X)/float64(bar.Dx())))
		}
		y = bar.Max.Y + int(3*b.unit)
		write("Frame and bar: how real,")
		write("D says, it looks")
	}
	write("Dashes: gradients go back")
	write("Bars in G and D: gradient")
	write("of each layer")
}
