// Package prepare brings pictures to the size and channels of a set: which part is used, how it is
// scaled, what lies behind transparency, what stands for white.
package prepare

import (
	"image"
	"image/color"
	"math"
	"sync/atomic"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/pixels"
)

// Preparer brings pictures to the size and channels of a set. It keeps scratch space and belongs to
// one goroutine.
type Preparer struct {
	size, Channels int
	fit            string
	focus          [2]float64 // what a crop is centred on, from the middle
	background     [3]uint8
	White          int          // as in Info
	Seen           *atomic.Bool // whether a picture of the set is bright

	Cell   []uint8      // room for an item that goes to a file
	Scaled *image.NRGBA // what Resize left
	scaler pixels.Scaler
	JPEG   pixels.Decoder
}

// NewPreparer returns what prepares pictures of a size and channels as o says.
func NewPreparer(size, channels int, o dataset.Options) *Preparer {
	bg := o.Background
	return &Preparer{size: size, Channels: channels, fit: o.Fit, focus: [2]float64{o.FocusX, o.FocusY}, background: [3]uint8{bg.R, bg.G, bg.B}, Seen: new(atomic.Bool)}
}

// Do writes the prepared picture to dst, which holds size·size·channels bytes in the order (H,W,C).
func (p *Preparer) Do(dst []uint8, src image.Image) {
	from, to := p.Frame(src.Bounds())
	p.Resize(src, from, to.Size())
	if to.Dx() != p.size || to.Dy() != p.size {
		p.fill(dst)
	}
	p.emit(dst, to.Min)
}

// Frame returns what part of a picture is used, and where on the square it goes.
func (p *Preparer) Frame(b image.Rectangle) (from, to image.Rectangle) {
	w, h := b.Dx(), b.Dy()
	to = image.Rect(0, 0, p.size, p.size)
	switch p.fit {
	case "crop":
		s := min(w, h)
		x, y := b.Min.X+cropAt(w, s, p.focus[0]), b.Min.Y+cropAt(h, s, p.focus[1])
		return image.Rect(x, y, x+s, y+s), to
	case "pad":
		s := float64(p.size) / float64(max(w, h))
		tw := max(1, int(math.Round(float64(w)*s)))
		th := max(1, int(math.Round(float64(h)*s)))
		x, y := (p.size-tw)/2, (p.size-th)/2
		return b, image.Rect(x, y, x+tw, y+th)
	}
	return b, to
}

// cropAt returns where s of n pixels begin that are centred on a place, in multiples of n from the
// middle, as far as the edges allow.
func cropAt(n, s int, focus float64) int {
	at := math.Floor(float64(n-s)/2 + focus*float64(n))
	return int(max(0, min(float64(n-s), at)))
}

// Resize leaves the part from of src, brought to the size to, in p.Scaled, its colours not
// multiplied by alpha. Colours are weighted by alpha, so that what is transparent does not shine
// through.
func (p *Preparer) Resize(src image.Image, from image.Rectangle, to image.Point) {
	r := image.Rectangle{Max: to}
	if p.Scaled == nil || p.Scaled.Rect != r {
		p.Scaled = image.NewNRGBA(r)
	}
	opaque := IsOpaque(src)
	if from.Size() == to && !opaque {
		p.copyPixels(src, from.Min)
		return
	}
	p.scaler.Scale(p.Scaled.Pix, to, src, from)
	if opaque {
		return
	}
	for i := 0; i < len(p.Scaled.Pix); i += 4 {
		straighten(p.Scaled.Pix[i : i+4])
	}
}

// copyPixels is resize where nothing changes size: values stay exactly as they are in the file.
func (p *Preparer) copyPixels(src image.Image, at image.Point) {
	r := p.Scaled.Rect
	switch s := src.(type) {
	case *image.NRGBA:
		for y := range r.Dy() {
			copy(p.Scaled.Pix[y*p.Scaled.Stride:(y+1)*p.Scaled.Stride], s.Pix[s.PixOffset(at.X, at.Y+y):])
		}
	case *image.NRGBA64:
		for y := range r.Dy() {
			for x := range r.Dx() {
				c := s.NRGBA64At(at.X+x, at.Y+y)
				p.Scaled.SetNRGBA(x, y, color.NRGBA{R: uint8(c.R >> 8), G: uint8(c.G >> 8), B: uint8(c.B >> 8), A: uint8(c.A >> 8)})
			}
		}
	default:
		for y := range r.Dy() {
			for x := range r.Dx() {
				cr, cg, cb, ca := src.At(at.X+x, at.Y+y).RGBA()
				p.Scaled.SetNRGBA(x, y, straight(color.RGBA64{R: uint16(cr), G: uint16(cg), B: uint16(cb), A: uint16(ca)}))
			}
		}
	}
}

// straighten divides the colours of a pixel by its alpha, rounding to the nearest. A filter may
// have made them larger.
func straighten(p []uint8) {
	switch a := uint32(p[3]); a {
	case 255:
	case 0:
		p[0], p[1], p[2] = 0, 0, 0
	default:
		for c := range 3 {
			p[c] = uint8(min(255, (uint32(p[c])*255+a/2)/a))
		}
	}
}

// straight is straighten for a colour of 16 bits.
func straight(c color.RGBA64) color.NRGBA {
	a := uint32(c.A)
	if a == 0 {
		return color.NRGBA{}
	}
	divided := func(v uint16) uint8 { return uint8(min(255, (uint32(v)*255+a/2)/a)) }
	return color.NRGBA{R: divided(c.R), G: divided(c.G), B: divided(c.B), A: uint8((a + 128) / 257)}
}

// IsOpaque says whether a picture knows that it lets nothing through.
func IsOpaque(img image.Image) bool {
	o, ok := img.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// fill paints the margins of a padded picture: the background, which is transparent where there is
// alpha.
func (p *Preparer) fill(dst []uint8) {
	bg := p.background
	switch p.Channels {
	case 1:
		for i := range dst {
			dst[i] = luma(bg[0], bg[1], bg[2])
		}
	case 3:
		for i := 0; i < len(dst); i += 3 {
			copy(dst[i:], bg[:])
		}
	default:
		for i := 0; i < len(dst); i += 4 {
			dst[i], dst[i+1], dst[i+2], dst[i+3] = bg[0], bg[1], bg[2], 0
		}
	}
}

// emit writes p.Scaled into dst at a place, in the wanted channels.
func (p *Preparer) emit(dst []uint8, at image.Point) {
	w, h := p.Scaled.Rect.Dx(), p.Scaled.Rect.Dy()
	for y := range h {
		out := dst[((at.Y+y)*p.size+at.X)*p.Channels:]
		row := p.Scaled.Pix[y*p.Scaled.Stride : y*p.Scaled.Stride+4*w]
		for x := range w {
			r, g, b, a := row[4*x], row[4*x+1], row[4*x+2], row[4*x+3]
			switch {
			case a == 255:
			case p.Channels == 4 && a != 0: // colours stay as they are
			default:
				// A fully transparent pixel has no colour: it gets the background's, so that a
				// network need not learn what nobody can see.
				r, g, b = over(r, p.background[0], a), over(g, p.background[1], a), over(b, p.background[2], a)
			}
			switch p.Channels {
			case 1:
				out[x] = luma(r, g, b)
			case 3:
				out[3*x], out[3*x+1], out[3*x+2] = r, g, b
			default:
				out[4*x], out[4*x+1], out[4*x+2], out[4*x+3] = r, g, b, a
			}
		}
	}
}

// over returns v with opacity a before a background.
func over(v, background, a uint8) uint8 {
	return uint8((uint32(v)*uint32(a) + uint32(background)*(255-uint32(a)) + 127) / 255)
}

// luma returns the brightness of a colour with the weights of ITU-R Rec. 601, 0.299, 0.587 and
// 0.114.
func luma(r, g, b uint8) uint8 {
	return uint8((19595*uint32(r) + 38470*uint32(g) + 7471*uint32(b) + 1<<15) >> 16)
}
