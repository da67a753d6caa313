// Package field computes what can be drawn over the plane in which points lie or pictures are
// projected: what D says of every place, where G sends a grid of latents and how dense its points
// are there, where D pushes each generated item, and the best D that there could be against this G.
// The layers are those of Kahng et al., "GAN Lab", IEEE VIS 2018, section 5; the best D and the
// value of the game against it are those of Goodfellow et al., "Generative Adversarial Nets",
// NeurIPS 2014, section 4.1. It draws nothing, trains nothing and knows no session: it gets copies
// of the networks and returns plain data that share no memory with them.
package field

import (
	"context"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// Wanted are layers that are asked for.
type Wanted uint

// The layers of a plane of points.
const (
	Heat     Wanted = 1 << iota // what D says of every place
	Manifold                    // where G sends a grid of latents
	Arrows                      // where D pushes generated points
	Density                     // how dense generated points are
	Optimal                     // what the best D would say of every place
)

// Grid is a rectangle of the plane, divided into equal cells.
type Grid struct {
	XMin, XMax, YMin, YMax float64
	W, H                   int // cells
}

// cell returns the number of the cell in which a point lies, counted from the top left row by row,
// or false for a point that lies outside or is not finite.
func (g Grid) cell(x, y float64) (int, bool) {
	column, row := (x-g.XMin)/(g.XMax-g.XMin)*float64(g.W), (g.YMax-y)/(g.YMax-g.YMin)*float64(g.H)
	if !(column >= 0 && row >= 0 && column < float64(g.W) && row < float64(g.H)) {
		return 0, false
	}
	return int(row)*g.W + int(column), true
}

// middle returns the middle of a cell.
func (g Grid) middle(column, row int) (x, y float64) {
	return g.XMin + (float64(column)+0.5)/float64(g.W)*(g.XMax-g.XMin), g.YMax - (float64(row)+0.5)/float64(g.H)*(g.YMax-g.YMin)
}

// edges returns n+1 numbers that divide a range into n equal parts.
func edges(lo, hi float64, n int) []float64 {
	out := make([]float64, n+1)
	for i := range out {
		out[i] = lo + (hi-lo)*float64(i)/float64(n)
	}
	return out
}

// Game is what the layers of a run's plane depend on besides the networks.
type Game struct {
	Grid
	Pack int          // items that D judges together
	Data datasets.Set // the points that are learnt
	Real [][2]float32 // some of them
	Seed uint64       // of the latents behind sampled densities
}

// A Moment is how the players stand.
type Moment struct {
	G             *gan.Generator
	D             *nn.Net // is only read
	Objective     gan.Objective
	Fake, Latents []float32 // generated points and what they were made of: arrows start there
}

// Layers are what was asked for, and nil or 0 for the rest. They share no memory with anything that
// changes.
type Layers struct {
	Heat    []float32 // H rows of W values from the top: D's judgement, 0 generated to 1 real
	Meshes  []Mesh    // one for each class and generator that is told apart; nil where Sampled
	Cells   []float32 // the share of generated points in each quarter of a cell: 2·H rows of 2·W
	Arrows  []Arrow
	Density []float32 // the share of generated points in each cell, rows from the top
	Sampled int       // Density and Cells are those of so many samples; 0: of the meshes
	Optimal []float32 // what the best D would say of each cell; NaN where there are neither data nor generated points
	// Value is that of the game against the best D: −log 4 = −1.39 where G has learnt the data, up
	// to 0 where nothing of what it makes could be real.
	Value     float64
	Estimated int // the density of the data is estimated from so many of them; 0: it is known
}

// An Observer computes the layers of a run's plane. It belongs to one goroutine.
type Observer struct {
	game    Game
	tape    *grad.Tape
	latents []float32          // of samples
	data    map[bool][]float64 // the shares of the data in the cells, as they are and blurred
}

// NewObserver returns an observer of a game.
func NewObserver(g Game) *Observer {
	return &Observer{game: g, tape: grad.NewTape(), data: map[bool][]float64{}}
}

// Look computes layers of a moment. The error is the context's.
func (o *Observer) Look(ctx context.Context, m Moment, want Wanted) (Layers, error) {
	var out Layers
	if want&Heat != 0 {
		out.Heat = o.heat(m)
	}
	if want&Arrows != 0 {
		out.Arrows = o.arrows(m)
	}
	if want&(Manifold|Density|Optimal) == 0 {
		return out, ctx.Err()
	}
	if err := o.generated(ctx, m.G, &out, want); err != nil {
		return out, err
	}
	return out, ctx.Err()
}

// Fine is how many times as many cells the manifold has along each axis: it has sharp edges.
const Fine = 2

// generated computes the layers of what G makes.
func (o *Observer) generated(ctx context.Context, g *gan.Generator, out *Layers, want Wanted) error {
	grid := o.game.Grid
	finer := grid
	finer.W, finer.H = Fine*grid.W, Fine*grid.H
	masses, cells := make([]float64, grid.W*grid.H), make([]float64, finer.W*finer.H)
	all := meshes(g)
	for _, m := range all {
		if want&(Density|Optimal) != 0 {
			m.deposit(masses, grid)
		}
		if want&Manifold != 0 {
			m.deposit(cells, finer)
		}
	}
	if all == nil {
		out.Sampled = samples
		if err := o.sample(ctx, g, finer, cells); err != nil {
			return err
		}
		masses = grid.blurred(quartered(cells, finer))
	}
	if want&Optimal != 0 {
		o.best(out, masses)
	}
	if want&Density != 0 {
		out.Density = single(masses)
	}
	if want&Manifold != 0 {
		out.Meshes, out.Cells = all, single(cells)
	}
	return nil
}

// quartered returns the masses of the cells that have four of the finer ones each.
func quartered(cells []float64, finer Grid) []float64 {
	out := make([]float64, len(cells)/(Fine*Fine))
	for i, m := range cells {
		out[i/finer.W/Fine*(finer.W/Fine)+i%finer.W/Fine] += m
	}
	return out
}

// single returns doubles as floats.
func single(x []float64) []float32 {
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = float32(v)
	}
	return out
}
