package widgets

import (
	"image"
	"image/draw"
	"math"

	"fyne.io/fyne/v2/driver/desktop"
	ximage "golang.org/x/image/draw"
)

// A PicturePlane is a plane in which pictures lie: the one next to the mouse is shown large.
type PicturePlane struct{ MenuPlane }

// NewPicturePlane returns an empty plane of pictures.
func NewPicturePlane() *PicturePlane {
	p := &PicturePlane{}
	p.setUp(p)
	p.Empty = "No pictures yet"
	return p
}

// A pictureAt is a picture at its place.
type pictureAt struct {
	at      [2]float32
	picture image.Image
	real    bool
}

const (
	planeThumbSide = 26  // of small pictures, in Fyne's units
	largeSide      = 112 // of the one next to the mouse
	grasp          = 18  // how far from a picture's middle the mouse may be
)

// MouseIn is part of desktop.Hoverable.
func (p *PicturePlane) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (p *PicturePlane) MouseMoved(e *desktop.MouseEvent) {
	c := p.easel.current()
	scale := pixelScale(p)
	v := view{w: int(p.Size().Width * scale), h: int(p.Size().Height * scale), scale: scale, style: currentStyle(p)}
	pen, err := newPen(v.style.regular, float64(v.style.captionSize*v.scale))
	if err != nil {
		return
	}
	plane, ok := planeAbove(c, pen, v)
	if !ok {
		return
	}
	p.point(nearest(c, plane, float64(e.Position.X*scale), float64(e.Position.Y*scale), grasp*float64(scale)))
}

// MouseOut is part of desktop.Hoverable.
func (p *PicturePlane) MouseOut() { p.point(nil) }

func (p *PicturePlane) point(at *pictureAt) {
	before := p.easel.current().under
	if at == before || at != nil && before != nil && at.at == before.at && at.picture == before.picture {
		return
	}
	p.easel.change(func(c *densityContent) { c.under = at })
}

// nearest returns the picture whose place is next to a pixel, nil where none is within reach.
func nearest(c densityContent, p plane, x, y, reach float64) *pictureAt {
	var best *pictureAt
	c.eachPicture(func(at pictureAt) {
		px, py := p.at(at.at)
		if d := math.Hypot(px-x, py-y); d < reach {
			reach, best = d, &at
		}
	})
	return best
}

// eachPicture calls f with the pictures that are shown, real and generated ones in turn.
func (c densityContent) eachPicture(f func(pictureAt)) {
	d := c.data
	for i := range max(len(d.RealPictures), len(d.FakePictures)) {
		if c.ShowReal && i < min(len(d.RealPictures), len(d.Real)) {
			f(pictureAt{d.Real[i], d.RealPictures[i], true})
		}
		if c.ShowFake && i < min(len(d.FakePictures), len(d.Fake)) {
			f(pictureAt{d.Fake[i], d.FakePictures[i], false})
		}
	}
}

// drawPictures draws small pictures at their places, each where none lies before it, and the one
// under the mouse large beside its place.
func drawPictures(dst *image.RGBA, p plane, c densityContent, scale float32, colors densityColors) {
	if c.ShowPictures {
		var taken []image.Rectangle
		side := int(planeThumbSide * scale)
		c.eachPicture(func(at pictureAt) {
			x, y := p.at(at.at)
			if far(x, y, p.area) {
				return
			}
			r := image.Rect(0, 0, side, side).Add(image.Pt(int(x)-side/2, int(y)-side/2))
			for _, other := range taken {
				if r.Overlaps(other) {
					return
				}
			}
			if r.In(p.area) {
				taken = append(taken, r)
				drawThumb(dst, r, at, scale, colors)
			}
		})
	}
	if u := c.under; u != nil {
		x, y := p.at(u.at)
		side := min(int(largeSide*scale), p.area.Dx(), p.area.Dy())
		r := image.Rect(0, 0, side, side).Add(image.Pt(int(x)+int(10*scale), int(y)-side/2))
		if r.Max.X > p.area.Max.X { // on the other side
			r = r.Sub(image.Pt(side+int(20*scale), 0))
		}
		r = r.Add(image.Pt(max(0, p.area.Min.X-r.Min.X), max(0, p.area.Min.Y-r.Min.Y)))
		r = r.Sub(image.Pt(max(0, r.Max.X-p.area.Max.X), max(0, r.Max.Y-p.area.Max.Y)))
		drawThumb(dst, r, *u, 2*scale, colors)
	}
}

// drawThumb draws a picture in a frame of the colour of what it is.
func drawThumb(dst *image.RGBA, r image.Rectangle, at pictureAt, line float32, colors densityColors) {
	frame := colors.fake
	if at.real {
		frame = colors.real
	}
	draw.Draw(dst, r, image.NewUniform(frame), image.Point{}, draw.Src)
	width := max(1, int(1.4*line))
	inner := r.Inset(width)
	draw.Draw(dst, inner, image.NewUniform(colors.even), image.Point{}, draw.Src)
	ximage.BiLinear.Scale(dst, inner, at.picture, at.picture.Bounds(), ximage.Over, nil)
}
