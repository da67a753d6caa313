package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"time"

	xdraw "golang.org/x/image/draw"
)

// gridContent is what a PictureGrid shows.
type gridContent struct {
	count      int
	item       func(i int) image.Image
	caption    func(i int) string
	generation int     // changes with item
	offset     float32 // how far it is scrolled, in Fyne's units
	cell       float32
	oneRow     bool
	empty      string
}

// A gridPicture is the composed visible part of a grid.
type gridPicture struct {
	image       *image.RGBA
	missing     bool // not all visible items were ready in time
	first, last int  // the visible items: first ≤ i < last
}

// gridPatience is how long a composition waits for items before it shows those it has.
const gridPatience = 40 * time.Millisecond

// gridKept is how many scaled items are kept beyond the visible ones.
const gridKept = 1024

// A gridCache composes, and keeps the items that it scaled. It belongs to the grid's goroutine.
type gridCache struct {
	generation, side int
	items            map[int]*image.RGBA // nil: cannot be shown
}

// draw composes the part of the grid that v shows.
func (g *gridCache) draw(c gridContent, v view) *gridPicture {
	p := &gridPicture{image: image.NewRGBA(image.Rect(0, 0, v.w, v.h))}
	draw.Draw(p.image, p.image.Rect, image.NewUniform(v.style.background), image.Point{}, draw.Src)
	pen, err := newPen(v.style.regular, float64(v.style.captionSize*v.scale))
	if err != nil {
		return p
	}
	if c.count == 0 {
		pen.write(p.image, max(0, (v.w-pen.width(c.empty))/2), (v.h-pen.height())/2, c.empty, v.style.muted)
		return p
	}
	l := newGridLayout(c, float32(v.w)/v.scale, v.style.captionSize)
	side := int(l.cell * v.scale)
	if g.items == nil || g.generation != c.generation || g.side != side {
		g.items, g.generation, g.side = map[int]*image.RGBA{}, c.generation, side
	}
	firstRow := max(0, int((c.offset-gridTop)/l.pitchY))
	lastRow := max(firstRow, min(l.rows, int((c.offset+float32(v.h)/v.scale-gridTop)/l.pitchY)+1))
	p.first, p.last = firstRow*l.columns, min(l.count, lastRow*l.columns)
	g.forget(p.first, p.last)
	ground := mix(v.style.background, v.style.foreground, 0.06)
	begin := time.Now()
	for i := p.first; i < p.last; i++ {
		at := l.at(i)
		corner := image.Pt(int(at.X*v.scale), int((at.Y-c.offset)*v.scale))
		cell := image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))}
		item, known := g.items[i]
		if !known && time.Since(begin) > gridPatience {
			p.missing = true
			draw.Draw(p.image, cell, image.NewUniform(ground), image.Point{}, draw.Src)
			continue
		}
		if !known {
			item = fitItem(c.item(i), side)
			g.items[i] = item
		}
		place(p.image, cell, item, ground, v.style)
		if c.caption != nil {
			text := pen.cut(c.caption(i), int(l.pitchX*v.scale)-4)
			pen.write(p.image, corner.X+(side-pen.width(text))/2, cell.Max.Y+int(2*v.scale), text, v.style.muted)
		}
	}
	return p
}

// forget drops items that are not visible when there are too many.
func (g *gridCache) forget(first, last int) {
	if len(g.items) <= gridKept+last-first {
		return
	}
	for i := range g.items {
		if i < first || i >= last {
			delete(g.items, i)
		}
	}
}

// place centres an item in its cell, with a border where it would blend into the page.
func place(dst *image.RGBA, cell image.Rectangle, item *image.RGBA, ground color.Color, s style) {
	if item == nil {
		draw.Draw(dst, cell, image.NewUniform(ground), image.Point{}, draw.Src)
		return
	}
	at := cell.Min.Add(image.Pt((cell.Dx()-item.Rect.Dx())/2, (cell.Dy()-item.Rect.Dy())/2))
	draw.Draw(dst, item.Rect.Add(at), item, image.Point{}, draw.Over)
	if blendsIn(item, []image.Rectangle{item.Rect}, s.background) {
		drawEdge(dst, item.Rect.Add(at), s.border())
	}
}

// fitItem scales an item to fit a square: up by a whole factor with hard pixels, down smoothly.
func fitItem(item image.Image, side int) *image.RGBA {
	if item == nil || item.Bounds().Empty() || side <= 0 {
		return nil
	}
	b := item.Bounds()
	longer := max(b.Dx(), b.Dy())
	w, h := b.Dx(), b.Dy()
	var scaler xdraw.Scaler = xdraw.NearestNeighbor
	if factor := side / longer; factor >= 1 {
		w, h = w*factor, h*factor
	} else {
		w, h = max(1, w*side/longer), max(1, h*side/longer)
		scaler = xdraw.ApproxBiLinear
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	scaler.Scale(dst, dst.Rect, item, b, xdraw.Src, nil)
	return dst
}
