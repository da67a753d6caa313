package field

import (
	"context"
	"math"

	"ganvas/datasets"
	"ganvas/engine/gan"
)

const (
	samples    = 20000 // of a density that no mesh gives
	mostPoints = 20000 // of the data, where their density has to be estimated
	renderable = 1000  // samples between two looks at whether anybody still waits
)

// sample adds the share of G's samples in each cell of a grid. They are always of the same latents,
// so that what changes is G.
func (o *Observer) sample(ctx context.Context, g *gan.Generator, grid Grid, masses []float64) error {
	k := g.Latent()
	if o.latents == nil {
		o.latents = make([]float32, samples*k)
		gan.NewStream(o.game.Seed, "density").Latents(o.latents, g.Kind())
	}
	for i := 0; i < samples; i += renderable {
		if err := ctx.Err(); err != nil {
			return err
		}
		xy := g.Render(o.latents[i*k:(i+renderable)*k], renderable)
		for j := 0; j < len(xy); j += 2 {
			if at, ok := grid.cell(float64(xy[j]), float64(xy[j+1])); ok {
				masses[at] += 1.0 / samples
			}
		}
	}
	return nil
}

// dataMasses returns the share of the data in each cell: of their density where that is known,
// otherwise estimated from at most mostPoints of them. blurred is as a density of samples is.
func (o *Observer) dataMasses(blurred bool) (masses []float64, estimated int) {
	dense, known := o.game.Data.(datasets.Dense)
	if !known {
		blurred, estimated = true, min(mostPoints, o.game.Data.Len())
	}
	if masses = o.data[blurred]; masses != nil {
		return masses, estimated
	}
	g := o.game.Grid
	masses = make([]float64, g.W*g.H)
	if known {
		upwards := dense.Masses(edges(g.XMin, g.XMax, g.W), edges(g.YMin, g.YMax, g.H))
		for row := range g.H {
			copy(masses[row*g.W:(row+1)*g.W], upwards[(g.H-1-row)*g.W:])
		}
	} else {
		var xy [2]float32
		for i := range estimated {
			o.game.Data.Read(i*o.game.Data.Len()/estimated, xy[:])
			if at, ok := g.cell(float64(xy[0]), float64(xy[1])); ok {
				masses[at] += 1 / float64(estimated)
			}
		}
	}
	if blurred {
		masses = g.blurred(masses)
	}
	o.data[blurred] = masses
	return masses, estimated
}

// blur is the kernel of estimated densities: binomial, with a standard deviation of one cell.
var blur = [5]float64{1.0 / 16, 4.0 / 16, 6.0 / 16, 4.0 / 16, 1.0 / 16}

// blurred returns masses spread by the kernel along both axes. What would leave the grid stays in
// its outermost cell.
func (g Grid) blurred(masses []float64) []float64 {
	along := func(src []float64, n, step, lines, stride int) []float64 {
		dst := make([]float64, len(src))
		for line := range lines {
			for i := range n {
				v := src[line*stride+i*step]
				if v == 0 {
					continue
				}
				for k, share := range blur {
					to := max(0, min(n-1, i+k-len(blur)/2))
					dst[line*stride+to*step] += share * v
				}
			}
		}
		return dst
	}
	return along(along(masses, g.W, 1, g.H, g.W), g.H, g.W, g.W, 1)
}

// nothing is the share of data and of generated points below which a cell holds neither: what the
// best D would say there rests on nothing.
const nothing = 1e-6

// best sets the best D and the value of the game against it, for G's share of each cell. Of places
// D is told no more than their cell: D* = p_data/(p_data+p_g) of cells (Goodfellow et al. 2014,
// proposition 1). Where one of the densities is estimated both are blurred alike, so that D* is a
// half wherever they are the same.
func (o *Observer) best(out *Layers, generated []float64) {
	_, known := o.game.Data.(datasets.Dense)
	data, estimated := o.dataMasses(out.Sampled > 0)
	if !known && out.Sampled == 0 {
		generated = o.game.blurred(generated)
	}
	out.Estimated = estimated
	out.Optimal, out.Value = optimal(data, generated)
}

// optimal returns the best D of each cell, and the value of the game against it: the sum of
// p_data·log D* and p_g·log(1−D*) (Goodfellow et al. 2014, equation 4). What lies outside of all
// cells is one more of them.
func optimal(data, generated []float64) (d []float32, value float64) {
	d = make([]float32, len(data))
	restD, restG := 1.0, 1.0
	for i, p := range data {
		q := generated[i]
		restD, restG = restD-p, restG-q
		value += part(p, q) + part(q, p)
		d[i] = float32(math.NaN())
		if p > nothing || q > nothing {
			d[i] = float32(p / (p + q))
		}
	}
	restD, restG = max(0, restD), max(0, restG)
	return d, value + part(restD, restG) + part(restG, restD)
}

// part is p·log(p/(p+q)).
func part(p, q float64) float64 {
	if p <= 0 {
		return 0
	}
	return p * math.Log(p/(p+q))
}
