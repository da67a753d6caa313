package gan

import (
	"math"
	"slices"
	"strings"

	"ganvas/engine/grad"
)

// An augmentation changes pictures at random before D sees them, real and generated ones alike and
// for both players, with gradients through the change: DiffAugment (Zhao et al. 2020,
// "Differentiable Augmentation for Data-Efficient GAN Training", section 3.2; the ranges are those
// of the authors' program). Geometry turns, stretches, slants and moves a picture a little besides,
// with its edges going on where nothing arrives. In adaptive mode (ADA) each augmentation except
// geometry is applied with probability p, which is raised while D overfits (Karras et al. 2020,
// "Training Generative Adversarial Networks with Limited Data", section 3.1). That paper has
// further augmentations.
type augmentation struct {
	color, geometry, translation, cutout bool

	p float64 // of each kind of change for each picture

	// For each row of D's input.
	brightness, saturation, contrast []float32
	maps                             []float32 // six numbers each, as grad.Warp has them
	down, right, top, left           []int
	high, wide                       int // of the rectangle that is cut out
}

// adaptive is the value of the key augment for the adaptive form.
const adaptive = "adaptive"

const (
	translationShare = 0.125 // of the side: how far a picture moves at the most
	cutoutShare      = 0.5   // of the side: the rectangle's

	turn    = math.Pi / 20 // by how much geometry turns a picture at the most
	stretch = 0.1          // the logarithm of a side's factor
	slant   = 0.12         // pixels to the side for each pixel down
	drift   = 0.04         // of the side: how far the picture moves
)

// drawChanges draws the changes of all rows, in the order of eachRows.
func (t *Trainer) drawChanges(a *augmentation) {
	h, w := t.G.Out[0], t.G.Out[1]
	a.begin(t.Augment, t.dInputRows(), h, w)
	if t.Augment == adaptive {
		a.p = t.ada.p
	}
	t.eachRows(func(from, to int) {
		for i := from; i < to; i++ {
			a.drawRow(t.augment, i, h, w)
		}
	})
}

// begin makes room for the changes that the key augment asks for, of n rows of pictures of a size.
func (a *augmentation) begin(key string, n, h, w int) {
	kinds := augmentKinds(key)
	a.color, a.geometry = slices.Contains(kinds, "color"), slices.Contains(kinds, "geometry")
	a.translation, a.cutout = slices.Contains(kinds, "translation"), slices.Contains(kinds, "cutout")
	a.p, a.high, a.wide = 1, share(h, cutoutShare), share(w, cutoutShare)
	for _, x := range []*[]float32{&a.brightness, &a.saturation, &a.contrast} {
		*x = resize(*x, n)
	}
	if a.geometry {
		a.maps = resize(a.maps, 6*n)
	}
	for _, x := range []*[]int{&a.down, &a.right, &a.top, &a.left} {
		*x = resizeInts(*x, n)
	}
}

// augmentKinds returns the kinds of changes that the key augment asks for.
func augmentKinds(key string) []string {
	switch key {
	case adaptive:
		return []string{"color", "translation", "cutout"}
	case "", "none":
		return nil
	}
	return strings.Split(key, ",")
}

// share returns a share of a side in pixels.
func share(side int, s float64) int { return int(float64(side)*s + 0.5) }

// drawRow draws the change of row i. What does not befall it is drawn as what changes nothing.
func (a *augmentation) drawRow(s *Stream, i, h, w int) {
	befalls := func(kind bool) bool { return kind && (a.p == 1 || s.Float64() < a.p) }
	a.brightness[i], a.saturation[i], a.contrast[i] = 0, 1, 1
	if befalls(a.color) {
		a.brightness[i], a.saturation[i], a.contrast[i] = s.Float32()-0.5, 2*s.Float32(), s.Float32()+0.5
	}
	if a.geometry {
		drawMap(s, a.maps[6*i:6*i+6], h, w)
	}
	a.down[i], a.right[i] = 0, 0
	if befalls(a.translation) {
		y, x := share(h, translationShare), share(w, translationShare)
		a.down[i], a.right[i] = s.IntN(2*y+1)-y, s.IntN(2*x+1)-x
	}
	a.top[i], a.left[i] = h, w
	if befalls(a.cutout) {
		a.top[i], a.left[i] = s.IntN(h+1-a.high%2)-a.high/2, s.IntN(w+1-a.wide%2)-a.wide/2
	}
}

// drawMap draws how a picture is turned, stretched, slanted and moved: where what is seen at a
// place lies in it.
func drawMap(s *Stream, m []float32, h, w int) {
	between := func(most float64) float64 { return most * (2*s.Float64() - 1) }
	sin, cos := math.Sincos(between(turn))
	high, wide, k := math.Exp(between(stretch)), math.Exp(between(stretch)), between(slant)
	m[0], m[1], m[2] = float32(cos*high-sin*k), float32(-sin*wide), float32(between(drift*float64(h)))
	m[3], m[4], m[5] = float32(sin*high+cos*k), float32(cos*wide), float32(between(drift*float64(w)))
}

// apply returns pictures, changed as rows from at on were drawn.
func (a *augmentation) apply(x *grad.Value, at int) *grad.Value {
	to := at + x.Rows()
	view := func(v []float32) *grad.Value { return x.Tape().View(v[at:to], to-at) }
	if a.color {
		x = grad.Brightness(x, view(a.brightness))
		x = grad.Saturation(x, view(a.saturation))
		x = grad.Contrast(x, view(a.contrast))
	}
	if a.geometry {
		x = grad.Warp(x, x.Tape().View(a.maps[6*at:6*to], to-at, 6))
	}
	if a.translation {
		x = grad.Translate(x, a.down[at:to], a.right[at:to])
	}
	if a.cutout {
		x = grad.Cutout(x, a.top[at:to], a.left[at:to], a.high, a.wide)
	}
	return x
}

// adaptation is how often the adaptive augmentation changes a picture, and what it has seen since
// it last thought about that.
type adaptation struct {
	p       float64
	signSum float64 // over updates
	updates int
}

const (
	adaptTarget = 0.6    // of E[sign D(x)] over real items
	adaptEvery  = 4      // updates of D
	adaptSpan   = 50_000 // real items in which p may go from 0 to 1; for runs a hundredth as long as the paper's, whose span is 500,000
)

// note takes E[sign(D(x))] of a batch of real items. It raises p if that is above the target, and
// lowers it otherwise.
func (a *adaptation) note(signMean float64, batch int) {
	a.signSum += signMean
	if a.updates++; a.updates < adaptEvery {
		return
	}
	step := float64(adaptEvery*batch) / adaptSpan
	if a.signSum/adaptEvery < adaptTarget {
		step = -step
	}
	a.p = math.Min(1, math.Max(0, a.p+step))
	a.signSum, a.updates = 0, 0
}

// signMean returns E[sign(D(x))] over real items, about the middle between the targets of real and
// generated ones. Where outputs mean something only beside one another, it is that of D(x) −
// D(G(z)).
func (o *Objective) signMean(real, fake []float32) float64 {
	if o.Relative {
		return 2*pairAccuracy(real, fake) - 1
	}
	sum := 0.0
	for _, x := range real {
		switch {
		case x > o.Middle:
			sum++
		case x < o.Middle:
			sum--
		}
	}
	return sum / float64(len(real))
}
