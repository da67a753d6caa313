package field

import (
	"context"
	"image"
	"math"

	"gonum.org/v1/gonum/mat"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
)

// Features are by what pictures are laid out in a plane.
type Features string

// The features of pictures.
const (
	NoFeatures    Features = ""
	DFeatures     Features = "d"     // what enters D's last layer
	FixedFeatures Features = "fixed" // metrics.PictureFeatures, which are the same for every run
)

const (
	projected      = 128 // pictures of each kind
	featuresAtOnce = 16  // pictures that go through D at a time
	projectionSide = 24  // cells a side of the density
)

// A Projection has real and generated pictures in the plane of the two principal components of their
// features.
type Projection struct {
	Grid
	Real, Fake                 [][2]float32
	RealPictures, FakePictures []image.Image // by the places in Real and Fake
	Density                    []float32     // as in Layers, of the generated ones
	Explained                  float64       // share of the features' variance that the plane shows
	Step                       int64
}

// A Projector lays out pictures of a run. It keeps sign, order and scale of the components from one
// plane to the next, as far as the real pictures, which are always the same, let it. It belongs to
// one goroutine.
type Projector struct {
	item     nn.Shape
	pack     int
	real     []float32
	classes  []int32
	pictures []image.Image
	latents  []float32
	tape     *grad.Tape

	by     Features
	before [][2]float64 // where real pictures were
	half   float64      // half the side of the plane
}

// NewProjector returns a projector of a generator's pictures and of those of a set, for a D that
// judges so many at once.
func NewProjector(g *gan.Generator, set datasets.Set, pack int, seed uint64) *Projector {
	p := &Projector{item: g.Out(), pack: max(1, pack), tape: grad.NewTape()}
	n, size := min(projected, set.Len()), p.item.Size()
	for i := range n {
		picture := make([]float32, size)
		class := set.Read(i*set.Len()/n, picture)
		p.real = append(p.real, picture...)
		p.classes = append(p.classes, int32(max(0, class)))
		p.pictures = append(p.pictures, p.picture(picture))
	}
	p.latents = make([]float32, projected*g.Latent())
	gan.NewStream(seed, "projection").Latents(p.latents, g.Kind())
	return p
}

func (p *Projector) picture(values []float32) image.Image {
	return datasets.ToImage(values, p.item[0], p.item[1], p.item[2])
}

// Project lays out pictures by features of theirs, in a moment of the game. The error is the
// context's.
func (p *Projector) Project(ctx context.Context, m Moment, by Features) (*Projection, error) {
	size, k := p.item.Size(), m.G.Latent()
	fake := m.G.Render(p.latents, projected)
	classes := append([]int32(nil), p.classes...)
	out := &Projection{RealPictures: p.pictures}
	for i := range projected {
		class, _ := m.G.ChoiceOf(p.latents[i*k : (i+1)*k])
		classes = append(classes, int32(class))
		out.FakePictures = append(out.FakePictures, p.picture(fake[i*size:(i+1)*size]))
	}
	items := append(append([]float32(nil), p.real...), fake...)
	var rows *mat.Dense
	if by == FixedFeatures {
		f := metrics.PictureFeatures(items, len(classes), p.item[0], p.item[1], p.item[2])
		rows = mat.NewDense(f.N, f.D, f.X)
	} else {
		rows = p.judged(ctx, m.D, items, classes)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	places, explained := components(rows)
	if by != p.by {
		p.by, p.before, p.half = by, nil, 0
	}
	p.steady(places)
	out.Explained = explained
	n := len(p.pictures)
	out.Real, out.Fake = singles(places[:n]), singles(places[n:])
	out.Grid = Grid{-p.half, p.half, -p.half, p.half, projectionSide, projectionSide}
	masses := make([]float64, projectionSide*projectionSide)
	for _, at := range out.Fake {
		if cell, ok := out.cell(float64(at[0]), float64(at[1])); ok {
			masses[cell] += 1.0 / projected
		}
	}
	out.Density = single(out.blurred(masses))
	return out, nil
}

// judged returns the features that D, the first of several, has of items, a row for each.
func (p *Projector) judged(ctx context.Context, d *nn.Net, items []float32, classes []int32) *mat.Dense {
	size := p.item.Size()
	var rows *mat.Dense
	for from := 0; from < len(classes) && ctx.Err() == nil; from += featuresAtOnce {
		n := min(featuresAtOnce, len(classes)-from)
		p.tape.Reset()
		x := p.tape.Empty(append([]int{n * p.pack}, p.item...)...)
		for i := range n * p.pack {
			at := from + i/p.pack
			copy(x.Data[i*size:], items[at*size:(at+1)*size])
		}
		if p.pack > 1 {
			x = grad.Pack(x, p.pack)
		}
		b := d.Bind(p.tape, false, nil).Part(0)
		b.Classes = classes[from : from+n]
		b.Forward(x, nn.Eval)
		f := b.Heads.Features
		wide := len(f.Data) / n
		if rows == nil {
			rows = mat.NewDense(len(classes), wide, nil)
		}
		for i := range n {
			for j, v := range f.Data[i*wide : (i+1)*wide] {
				rows.Set(from+i, j, float64(v))
			}
		}
	}
	return rows
}

// components returns each row's first two principal components, and the share of the variance in
// them. They follow from the products of rows with each other, of which there are fewer than of
// features (Gower, "Some distance properties of latent root and vector methods", Biometrika 1966).
func components(rows *mat.Dense) (places [][2]float64, explained float64) {
	n, wide := rows.Dims()
	for j := range wide {
		mean := 0.0
		for i := range n {
			mean += rows.At(i, j) / float64(n)
		}
		for i := range n {
			rows.Set(i, j, rows.At(i, j)-mean)
		}
	}
	var gram mat.SymDense
	gram.SymOuterK(1, rows)
	places = make([][2]float64, n)
	var eig mat.EigenSym
	if !finite(&gram) || !eig.Factorize(&gram, true) {
		return places, 0
	}
	values := eig.Values(nil)
	total := 0.0
	for _, v := range values {
		total += math.Max(0, v)
	}
	var vectors mat.Dense
	eig.VectorsTo(&vectors)
	for axis := range min(2, n) {
		c := n - 1 - axis // ascending values
		length := math.Sqrt(math.Max(0, values[c]))
		explained += math.Max(0, values[c]) / math.Max(total, 1e-300)
		for i := range places {
			places[i][axis] = length * vectors.At(i, c)
		}
	}
	return places, explained
}

func finite(m *mat.SymDense) bool {
	for _, v := range m.RawSymmetric().Data {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

// steady turns new places so that the components are those of before: in their order and with their
// sign, as the real pictures show. It scales them so that real pictures lie 1 from the middle, in
// root mean square, and sets the side of the plane.
func (p *Projector) steady(places [][2]float64) {
	n := len(p.pictures)
	if len(p.before) == n {
		c := correlations(places[:n], p.before)
		if math.Abs(c[0][1])+math.Abs(c[1][0]) > math.Abs(c[0][0])+math.Abs(c[1][1]) {
			for i, at := range places {
				places[i] = [2]float64{at[1], at[0]}
			}
			c[0], c[1] = c[1], c[0]
		}
		for axis := range 2 {
			if c[axis][axis] < 0 {
				for i := range places {
					places[i][axis] = -places[i][axis]
				}
			}
		}
	}
	square := 0.0
	for _, at := range places[:n] {
		square += (at[0]*at[0] + at[1]*at[1]) / float64(n)
	}
	scale, most := 1/math.Sqrt(math.Max(square, 1e-300)), 0.0
	if square == 0 {
		scale = 0
	}
	for i, at := range places {
		places[i] = [2]float64{scale * at[0], scale * at[1]}
		most = math.Max(most, math.Max(math.Abs(places[i][0]), math.Abs(places[i][1])))
	}
	p.before = append([][2]float64(nil), places[:n]...)
	const room, loose, least = 1.1, 0.6, 1.5
	most = math.Max(least, math.Min(room*most, 8)) // what lies farther out is not seen
	if p.half == 0 || most > p.half || most < loose*p.half {
		p.half = most
	}
}

// correlations returns how the components of new places go with those of old ones, by places.
func correlations(now, before [][2]float64) (c [2][2]float64) {
	for a := range 2 {
		for b := range 2 {
			var xy, xx, yy float64
			for i, at := range now {
				xy, xx, yy = xy+at[a]*before[i][b], xx+at[a]*at[a], yy+before[i][b]*before[i][b]
			}
			if xx > 0 && yy > 0 {
				c[a][b] = xy / math.Sqrt(xx*yy)
			}
		}
	}
	return c
}

func singles(places [][2]float64) [][2]float32 {
	out := make([][2]float32, len(places))
	for i, at := range places {
		out[i] = [2]float32{float32(at[0]), float32(at[1])}
	}
	return out
}
