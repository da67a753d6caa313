package session

import (
	"bytes"
	"context"
	"image/png"
	"math"
	"slices"

	"ganvas/datasets"
	"ganvas/engine/field"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

const (
	sheetSide = 8    // rows and columns of a contact sheet
	mostRows  = 20   // of one that has a row for each class
	points    = 1000 // of each kind on a density view
	heatSide  = 64   // pixels a side of the heat-map
	margin    = 0.25 // of the view around the real points, of their extent
)

// view makes pictures of a run. It has networks and a tape of its own, so that looking changes
// nothing.
type view struct {
	generator *gan.Generator
	observer  *field.Observer // of points
	plane
	shown *Sheet
}

// plane is what stays the same in the pictures of a run.
type plane struct {
	latents []float32
	data    datasets.Set
	real    [][2]float32
	bounds  [4]float64 // x from, to, y from, to
	pack    int
	seed    uint64
}

func newView(t *gan.Trainer, data datasets.Set, r *recipe.Recipe) *view {
	v := &view{generator: gan.NewGenerator(t.Sampler(), r.LatentKind), plane: plane{data: data, pack: t.Pack, seed: r.Seed}}
	n := sheetSide * sheetSide
	if v.flat() {
		n = points
		v.readPoints()
		v.observer = v.newObserver()
	} else {
		v.generator.LowMemory()
	}
	v.latents = make([]float32, n*v.generator.Latent())
	gan.NewStream(r.Seed, "sheet").Latents(v.latents, r.LatentKind)
	return v
}

// newObserver returns an observer of points in the plane.
func (v *plane) newObserver() *field.Observer {
	grid := field.Grid{XMin: v.bounds[0], XMax: v.bounds[1], YMin: v.bounds[2], YMax: v.bounds[3], W: heatSide, H: heatSide}
	return field.NewObserver(field.Game{Grid: grid, Pack: v.pack, Data: v.data, Real: v.real, Seed: v.seed})
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
		p, _ := v.density(context.Background(), v.observer, v.moment(t.D, t.Objective), t.Step, field.Heat) // only a context ends it
		return nil, p
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

// moment returns how the generator and a discriminator stand.
func (v *view) moment(d *nn.Net, o gan.Objective) field.Moment {
	return field.Moment{G: v.generator, D: d, Objective: o}
}

// density draws points and layers around them. The error is the context's.
func (v *plane) density(ctx context.Context, by *field.Observer, m field.Moment, step int64, want field.Wanted) (*Points, error) {
	p := &Points{Real: v.real, HeatW: heatSide, HeatH: heatSide, Step: step}
	p.XMin, p.XMax, p.YMin, p.YMax = v.bounds[0], v.bounds[1], v.bounds[2], v.bounds[3]
	m.Fake, m.Latents = m.G.Render(v.latents, points), v.latents
	p.Fake = pairs(m.Fake)
	var err error
	if p.Layers, err = by.Look(ctx, m, want); err != nil {
		return nil, err
	}
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
	return p, nil
}

func pairs(xy []float32) [][2]float32 {
	out := make([][2]float32, len(xy)/2)
	for i := range out {
		out[i] = [2]float32{xy[2*i], xy[2*i+1]}
	}
	return out
}
