package session

import (
	"math"
	"slices"

	"ganvas/engine/doctor"
)

// most is how many buckets a history has at the most.
const most = 4096

// Event is something that happened at a step, such as a learning rate that was changed.
type Event struct {
	Step       int64
	Kind, Text string
}

// History is the course of all metrics over the whole run, in buckets of equal length.
type History struct {
	Columns  []string    // MetricNames
	Step     []float64   // of each bucket its first step
	Min, Max [][]float64 // smallest and largest value of each column in each bucket; NaN where nothing was measured
	Events   []Event
	Checkups []doctor.Checkup // of the doctor, all of them; never written again
}

// history keeps minima and maxima of buckets, which double in length whenever there are too many:
// memory is bounded and no peak is lost.
type history struct {
	width    int64 // steps a bucket
	step     []float64
	min, max [][]float64
	events   []Event
}

func newHistory() *history {
	n := len(MetricNames)
	return &history{width: 1, min: make([][]float64, n), max: make([][]float64, n)}
}

// add notes the values of a step, which must not be before the last one.
func (h *history) add(step int64, values []float32) {
	first := float64(step / h.width * h.width)
	if n := len(h.step); n == 0 || h.step[n-1] != first {
		if n == most {
			h.halve()
			h.add(step, values)
			return
		}
		h.step = append(h.step, first)
		for c := range h.min {
			h.min[c] = append(h.min[c], math.NaN())
			h.max[c] = append(h.max[c], math.NaN())
		}
	}
	last := len(h.step) - 1
	for c, v := range values[:min(len(values), len(h.min))] {
		widen(&h.min[c][last], &h.max[c][last], float64(v), float64(v))
	}
}

// widen makes [lo, hi] contain [a, b]; NaN is the empty range.
func widen(lo, hi *float64, a, b float64) {
	if !(*lo <= a) && !math.IsNaN(a) {
		*lo = a
	}
	if !(*hi >= b) && !math.IsNaN(b) {
		*hi = b
	}
}

// halve joins buckets in pairs.
func (h *history) halve() {
	h.width *= 2
	n := 0
	for i, s := range h.step {
		first := float64(int64(s) / h.width * h.width)
		if n == 0 || h.step[n-1] != first {
			h.step[n] = first
			for c := range h.min {
				h.min[c][n], h.max[c][n] = h.min[c][i], h.max[c][i]
			}
			n++
			continue
		}
		for c := range h.min {
			widen(&h.min[c][n-1], &h.max[c][n-1], h.min[c][i], h.max[c][i])
		}
	}
	h.step = h.step[:n]
	for c := range h.min {
		h.min[c], h.max[c] = h.min[c][:n], h.max[c][:n]
	}
}

func (h *history) copy() History {
	out := History{Columns: MetricNames, Step: slices.Clone(h.step), Events: slices.Clone(h.events)}
	for c := range h.min {
		out.Min = append(out.Min, slices.Clone(h.min[c]))
		out.Max = append(out.Max, slices.Clone(h.max[c]))
	}
	return out
}
