package bench

import (
	"context"
	"fmt"
	"math"
	"time"

	"ganvas/engine/tensor"
)

// Point is what one step costs at one size of pictures and of batches.
type Point struct {
	Pixels  int     `json:"pixels"` // a side
	Batch   int     `json:"batch"`
	MS      float64 `json:"ms,omitempty"`       // the quickest step, in milliseconds
	ItemMS  float64 `json:"item_ms,omitempty"`  // of it, for one item of the batch
	MACs    float64 `json:"macs"`               // multiply-adds of one item's way forward through both networks
	LeftOut string  `json:"left_out,omitempty"` // why it was not measured
	Cliff   string  `json:"cliff,omitempty"`    // which neighbour costs how much less
}

// Scaling is how the time of a step grows.
type Scaling struct {
	Program  string    `json:"program"` // "ganvas"
	Threads  int       `json:"threads"`
	ISA      string    `json:"isa"`
	Batches  [][]Point `json:"batches"`  // growing batches, for each of some sizes of pictures
	Pictures []Point   `json:"pictures"` // growing pictures, PictureBatch a batch
}

// PictureBatch is the batch size of the sweep over pictures.
const PictureBatch = 32

// Sweep says which points to measure.
type Sweep struct {
	BatchPixels, Batches, Pictures []int
}

// FullSweep is from 16 to 512 items a batch and from 16 to 128 pixels a side.
var FullSweep = Sweep{
	BatchPixels: []int{16, 32, 64, 128},
	Batches:     []int{16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512},
	Pictures:    []int{16, 24, 32, 48, 64, 96, 128},
}

const (
	cliff     = 1.3     // how much dearer than a neighbour's the work of a point may be
	patience  = 4       // times the time for a point that a point may take
	mostBytes = 2 << 30 // of a step's values
)

// MeasureScaling measures how long steps of DCGANs take, about d for each point, and hands every
// point to emit as it is found; cliffs are known at the end of a sweep only. Points that would take
// much longer, or too much memory, are left out and say so.
func MeasureScaling(ctx context.Context, s Sweep, d time.Duration, emit func(Point)) (Scaling, error) {
	out := Scaling{Program: "ganvas", Threads: tensor.Threads(), ISA: tensor.ISA()}
	for _, side := range s.BatchPixels {
		points, err := sweep(ctx, []int{side}, s.Batches, d, emit)
		if err != nil {
			return out, err
		}
		out.Batches = append(out.Batches, points)
	}
	var err error
	out.Pictures, err = sweep(ctx, s.Pictures, []int{PictureBatch}, d, emit)
	return out, err
}

// sweep measures pictures of one size in batches of several, or of several sizes in batches of one.
func sweep(ctx context.Context, pixels, batches []int, d time.Duration, emit func(Point)) ([]Point, error) {
	var points []Point
	var last cost
	for i := range max(len(pixels), len(batches)) {
		p := Point{Pixels: pixels[min(i, len(pixels)-1)], Batch: batches[min(i, len(batches)-1)]}
		w := dcgan(p.Pixels, p.Batch)
		macs, values, err := w.size()
		if err != nil {
			return nil, fmt.Errorf("bench scaling: %d pixels: %w", p.Pixels, err)
		}
		p.MACs = macs
		c := cost{macs: macs * float64(p.Batch), values: values * float64(p.Batch)}
		if p.LeftOut = last.tooMuch(c, d); p.LeftOut == "" {
			if c.ms, c.bytes, err = w.quickest(ctx, d); err != nil {
				return nil, err
			}
			last = c
			p.MS, p.ItemMS = round(c.ms, 4), round(c.ms/float64(p.Batch), 5)
		}
		points = append(points, p)
		emit(p)
	}
	findCliffs(points)
	return points, nil
}

// cost is what a step takes: multiply-adds and values of the way forward are reckoned, time and
// memory measured.
type cost struct {
	macs, values, ms, bytes float64
}

// tooMuch says why a step of cost c, by what the last one took, should not be measured.
func (last cost) tooMuch(c cost, d time.Duration) string {
	if last.ms == 0 {
		return ""
	}
	if ms := last.ms * c.macs / last.macs; 2*ms > patience*milliseconds(d) {
		return fmt.Sprintf("a step would take about %.1f s", ms/1000)
	}
	if bytes := last.bytes * c.values / last.values; bytes > mostBytes {
		return fmt.Sprintf("it would need about %.1f GiB", bytes/(1<<30))
	}
	return ""
}

// quickest takes steps for about d, at least one after the first, and returns the time of the
// quickest in milliseconds and the memory of a step's values in bytes.
func (w game) quickest(ctx context.Context, d time.Duration) (ms, bytes float64, err error) {
	t, err := w.trainer("")
	if err != nil {
		return 0, 0, err
	}
	best := math.Inf(1)
	begin := time.Now()
	for i := 0; i < 2 || time.Since(begin) < d; i++ {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		start := time.Now()
		if _, err := t.Both(); err != nil {
			return 0, 0, err
		}
		if i > 0 { // the first allocates
			best = min(best, milliseconds(time.Since(start)))
		}
	}
	peak, _ := t.Bytes()
	return best, float64(peak), nil
}

// findCliffs marks the points whose work costs more than that of a neighbour.
func findCliffs(points []Point) {
	for i := range points {
		p := &points[i]
		for _, n := range []int{i - 1, i + 1} {
			if n < 0 || n >= len(points) || p.LeftOut != "" || points[n].LeftOut != "" {
				continue
			}
			q := points[n]
			if ratio := p.ItemMS / p.MACs / (q.ItemMS / q.MACs); ratio > cliff {
				p.Cliff = fmt.Sprintf("%.2f times the cost of %d pixels, batch %d", ratio, q.Pixels, q.Batch)
			}
		}
	}
}
