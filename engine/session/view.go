package session

import (
	"bytes"
	"image/png"
	"math"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

const (
	sheetSide = 8    // rows and columns of a contact sheet
	mostRows  = 20   // of one that has a row for each class
	points    = 1000 // of each kind on a density view
	heatSide  = 64   // pixels a side of the heat-map
	gridLines = 13   // lines of the manifold in each direction
	gridDots  = 41   // points on a line
	margin    = 0.25 // of the view around the real points, of their extent
)

// view makes pictures of a run. It has networks and a tape of its own, so that looking changes
// nothing.
type view struct {
	generator *gan.Generator
	tape      *grad.Tape
	plane
	shown *Sheet
}

// plane is what stays the same in the pictures of a run.
type plane struct {
	latents []float32
	data    datasets.Set
	real    [][2]float32
	bounds  [4]float64 // x from, to, y from, to
}

func newView(t *gan.Trainer, data datasets.Set, r *recipe.Recipe) *view {
	v := &view{generator: gan.NewGenerator(t.Sampler(), r.LatentKind).LowMemory(), tape: grad.NewTape(), plane: plane{data: data}}
	n := sheetSide * sheetSide
	if v.flat() {
		n = points
		v.readPoints()
	}
	v.latents = make([]float32, n*v.generator.Latent())
	gan.NewStream(r.Seed, "sheet").Latents(v.latents, r.LatentKind)
	return v
}

// flat tells whether the run is about points, not pictures.
func (v *view) flat() bool { return !v.generator.Out().Picture() }

// readPoints takes real points evenly from the data, and the part of the plane to show.
func (v *plane) readPoints() {
	n := min(points, v.data.Len())
	v.bounds = [4]float64{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for i := range n {
		var xy [2]float32
		v.data.Read(i*v.data.Len()/n, xy[:])
		v.real = append(v.real, xy)
		for axis, x := range xy {
			v.bounds[2*axis] = min(v.bounds[2*axis], float64(x))
			v.bounds[2*axis+1] = max(v.bounds[2*axis+1], float64(x))
		}
	}
	for axis := range 2 {
		lo, hi := v.bounds[2*axis], v.bounds[2*axis+1]
		pad := margin*(hi-lo) + 1e-3
		v.bounds[2*axis], v.bounds[2*axis+1] = lo-pad, hi+pad
	}
}

// render draws what the run makes now: a sheet of pictures, or points.
func (v *view) render(t *gan.Trainer) (*Sheet, *Points) {
	v.generator.Update(t.Sampler())
	if v.flat() {
		return nil, v.density(v.generator, t.D, v.tape, &t.Config, t.Step)
	}
	v.shown = v.sheet(t.Step)
	return v.shown, nil
}

// sheet draws the contact sheet: a square of pictures, or a row for each class or each of several
// generators. The rows then share their latents, so that what differs from one to the next is the
// class or the generator alone.
func (v *view) sheet(step int64) *Sheet {
	s := layoutOf(v.generator)
	s.Step = step
	var items []float32
	if v.generator.Rows() > 0 {
		row := v.latents[:sheetSide*v.generator.Latent()]
		items = v.generator.RenderRows(slices.Repeat(row, s.Rows), s.Rows, s.Columns)
	} else {
		items = v.generator.Render(v.latents, sheetSide*sheetSide)
	}
	s.Image = gallery.Compose(items, v.generator.Out(), gallery.Options{Rows: s.Rows, Columns: s.Columns, Spacing: 1, Clear: true})
	return &s
}

// layoutOf returns the contact sheet of a generator, without picture and step.
func layoutOf(g *gan.Generator) Sheet {
	s := Sheet{Columns: sheetSide, Rows: sheetSide}
	if rows := g.Rows(); rows > 0 {
		s.Rows, s.ByClass, s.ByGenerator = min(rows, mostRows), g.Classes() > 0, g.Classes() == 0
	}
	return s
}

// sheet returns the contact sheet at the present step for the project file; nil for points.
func (v *view) png(t *gan.Trainer) []byte {
	if v.flat() {
		return nil
	}
	if v.shown == nil || v.shown.Step != t.Step {
		v.render(t)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, v.shown.Image); err != nil {
		return nil // a buffer takes everything
	}
	return b.Bytes()
}

// density draws points over the discriminator's judgement.
func (v *plane) density(g *gan.Generator, d *nn.Net, tape *grad.Tape, c *gan.Config, step int64) *Points {
	p := &Points{Real: v.real, HeatW: heatSide, HeatH: heatSide, Step: step}
	p.XMin, p.XMax, p.YMin, p.YMax = v.bounds[0], v.bounds[1], v.bounds[2], v.bounds[3]
	p.Fake = pairs(g.Render(v.latents, points))
	p.Heat = v.heat(d, tape, c)
	p.Manifold = Manifold(g)
	if m, ok := v.data.(datasets.Modal); ok {
		centres, sigma := m.Modes()
		fake := make([][2]float64, len(p.Fake))
		for i, xy := range p.Fake {
			fake[i] = [2]float64{float64(xy[0]), float64(xy[1])}
		}
		if found, err := metrics.CountModes(fake, centres, sigma); err == nil {
			p.Modes, p.ModesTotal, p.HighQuality = found.Captured, len(centres), found.HighQuality
		}
	}
	return p
}

func pairs(xy []float32) [][2]float32 {
	out := make([][2]float32, len(xy)/2)
	for i := range out {
		out[i] = [2]float32{xy[2*i], xy[2*i+1]}
	}
	return out
}

// heat returns, for points, or packs of as many equal ones as D judges at once, D's judgement on a
// grid over the view: a probability where D gives one, otherwise the score on a scale from the
// lowest to the highest.
func (v *plane) heat(d *nn.Net, tape *grad.Tape, c *gan.Config) []float32 {
	tape.Reset()
	m := max(1, c.Pack)
	x := tape.Empty(heatSide*heatSide, 2*m)
	for row := range heatSide {
		for col := range heatSide {
			at := 2 * m * (row*heatSide + col)
			for i := at; i < at+2*m; i += 2 {
				x.Data[i] = float32(v.bounds[0] + (float64(col)+0.5)/heatSide*(v.bounds[1]-v.bounds[0]))
				x.Data[i+1] = float32(v.bounds[3] - (float64(row)+0.5)/heatSide*(v.bounds[3]-v.bounds[2]))
			}
		}
	}
	out := gan.Judgement(d, x)
	switch o := c.Objective; {
	case o.Score || o.NeedsReal: // only differences mean something
		lo, hi := slices.Min(out), slices.Max(out)
		for i, s := range out {
			out[i] = (s - lo) / max(hi-lo, 1e-12)
		}
	default:
		tensor.Sigmoid(out, out)
	}
	return out
}

// Manifold returns what a generator of points makes of the lines of a grid over its first two
// latent coordinates, from −2 to 2 (−1 to 1 for uniform latents), the others 0. A latent of one
// number gives one line.
func Manifold(g *gan.Generator) [][][2]float32 {
	span := 2.0
	if g.Kind() == "uniform" {
		span = 1
	}
	at := func(i, n int) float32 { return float32(span * (2*float64(i)/float64(n-1) - 1)) }
	l := g.Latent()
	axes, lines := 2, gridLines
	if l == 1 {
		axes, lines = 1, 1
	}
	z := make([]float32, axes*lines*gridDots*l)
	for axis := range axes {
		for line := range lines {
			for dot := range gridDots {
				p := z[((axis*lines+line)*gridDots+dot)*l:]
				p[axis] = at(dot, gridDots)
				if axes == 2 {
					p[1-axis] = at(line, lines)
				}
			}
		}
	}
	xy := pairs(g.Render(z, axes*lines*gridDots))
	var out [][][2]float32
	for chunk := range slices.Chunk(xy, gridDots) {
		out = append(out, chunk)
	}
	return out
}
