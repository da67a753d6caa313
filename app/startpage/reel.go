package startpage

import (
	"image"
	"image/color"
	"math"
	"time"

	"golang.org/x/image/draw"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
	"ganvas/engine/tensor"
	"ganvas/widgets"
)

// A reel is a row of pictures that a generator invents, each on a walk of its own through the
// latent space: from one random latent to the next, slower where it arrives. It belongs to one
// goroutine.
type reel struct {
	g *gan.Generator
	// spent is what the last row has taken, of one processor.
	spent  time.Duration
	w, h   int // pixels of the row
	n      int // pictures
	side   int // pixels of each
	scaler draw.Scaler
	mask   *image.Alpha // of a picture: its corners are round
	z      []float32    // latents of all pictures
}

// leg is how many seconds a walk takes from one random latent to the next.
const leg = 4.5

// typical shrinks latents a little: the generator does best near the middle.
const typical = 0.9

// sharpest is how many pixels are drawn, at most, for one of the generator's along each side: the
// graphics card enlarges the rest.
const sharpest = 2

// newReel returns the reel of a generator, which belongs to it from then on.
func newReel(g *gan.Generator) *reel { return &reel{g: g} }

// fit has the next pictures fill a row of w×h pixels, with gaps between them.
func (r *reel) fit(w, h int) {
	shape := r.g.Out()
	if most := sharpest * shape[0]; h > most {
		w, h = w*most/h, most
	}
	if r.w == w && r.h == h {
		return
	}
	r.w, r.h = w, h
	gap := r.gap()
	r.n = max(1, (w+gap+h+gap-1)/(h+gap))
	r.side = max(1, (w-gap*(r.n-1))/r.n)
	r.scaler = draw.CatmullRom.NewScaler(r.side, r.side, shape[1], shape[0])
	r.mask = rounded(r.side, float64(r.side)/10)
	r.z = make([]float32, r.n*r.g.Latent())
}

// gap returns the pixels between two pictures.
func (r *reel) gap() int { return r.h / 12 }

// draw returns the row at a time in seconds, in memory of its own.
func (r *reel) draw(t float64) *image.RGBA {
	shape, begin := r.g.Out(), time.Now()
	for i := range r.n {
		copy(r.z[i*r.g.Latent():], r.at(i, t))
	}
	values := r.g.Render(r.z, r.n)
	rendered := time.Now()
	row := image.NewRGBA(image.Rect(0, 0, r.w, r.h))
	whole := image.NewRGBA(image.Rect(0, 0, r.side, r.side))
	left := (r.w - r.n*r.side - (r.n-1)*r.gap()) / 2
	for i := range r.n {
		img := datasets.ToImage(values[i*shape.Size():(i+1)*shape.Size()], shape[0], shape[1], shape[2])
		r.scaler.Scale(whole, whole.Rect, img, img.Bounds(), draw.Src, nil)
		place := whole.Rect.Add(image.Pt(left+i*(r.side+r.gap()), (r.h-r.side)/2))
		draw.DrawMask(row, place, whole, image.Point{}, r.mask, image.Point{}, draw.Src)
	}
	r.spent = rendered.Sub(begin)*time.Duration(tensor.Threads()) + time.Since(rendered)
	return row
}

// chosen are four of the walk's latents whose pictures are good.
var chosen = [4]int{33, 48, 47, 34}

// block returns four pictures in a square.
func (r *reel) block() image.Image {
	var items []image.Image
	for _, k := range chosen {
		items = append(items, r.picture(typically(r.stop(0, k))))
	}
	return widgets.Compose(items, 2, 2, color.Transparent)
}

// picture returns the picture of a latent.
func (r *reel) picture(z []float32) image.Image {
	shape := r.g.Out()
	return datasets.ToImage(r.g.Render(z, 1), shape[0], shape[1], shape[2])
}

// at returns the latent of picture i at a time. The walks set out one after another, so that some
// picture always moves.
func (r *reel) at(i int, t float64) []float32 {
	whole, part := math.Modf(t/leg + float64(i)*math.Phi)
	part = part * part * (3 - 2*part)
	return typically(latent.Slerp(r.stop(i, int(whole)), r.stop(i, int(whole)+1), part))
}

// typically shrinks a latent, which it returns.
func typically(z []float32) []float32 {
	for k := range z {
		z[k] *= typical
	}
	return z
}

// stop returns random latent k of the walk of picture i.
func (r *reel) stop(i, k int) []float32 {
	return append([]float32(nil), r.g.Noise(uint64(i)<<32|uint64(k), 1)...)
}

// rounded returns a square with round corners.
func rounded(side int, radius float64) *image.Alpha {
	m := image.NewAlpha(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			in := func(v int) float64 { return max(0, radius-float64(v)-0.5, radius-float64(side-v)+0.5) }
			out := math.Hypot(in(x), in(y)) - radius
			m.Pix[y*m.Stride+x] = uint8(255 * min(1, max(0, 0.5-out)))
		}
	}
	return m
}
