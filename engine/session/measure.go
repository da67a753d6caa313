package session

import (
	"context"
	"math"
	"time"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Forecast is what training a recipe will take on this computer, measured by running it untrained.
type Forecast struct {
	SecondsPerStep   float64
	PeakBytes        int64 // of weights, optimisers, values of a step, without the data
	GParams, DParams int
	Total            time.Duration // for the recipe's steps; 0: without end
}

// Measure builds the networks of a recipe for items of a shape and takes a few steps on random items, for at most about two
// seconds unless a single step takes longer. The error is that of the recipe's Check, or the context's.
func Measure(ctx context.Context, r *recipe.Recipe, item nn.Shape) (Forecast, error) {
	t, err := gan.New(r, item, noise{gan.NewStream(1, "forecast")})
	if err != nil {
		return Forecast{}, err
	}
	f := Forecast{GParams: t.G.CountParams(), DParams: t.D.CountParams()}
	if _, err := t.Both(); err != nil { // warms up
		return f, err
	}
	begin, best := time.Now(), math.Inf(1)
	for i := 0; i < 3 || time.Since(begin) < 300*time.Millisecond; i++ {
		if ctx.Err() != nil {
			return f, ctx.Err()
		}
		start := time.Now()
		if _, err := t.Both(); err != nil {
			return f, err
		}
		best = min(best, time.Since(start).Seconds())
		if time.Since(begin) > 1500*time.Millisecond {
			break
		}
	}
	f.SecondsPerStep = best
	_, values := t.Bytes()
	f.PeakBytes = values + 4*int64(networks(r)*f.GParams+3*f.DParams)
	f.Total = time.Duration(best * float64(r.Steps) * float64(time.Second))
	return f, nil
}

// networks returns how many arrays of the generator's size there are: weights, two of the optimiser, and the average.
func networks(r *recipe.Recipe) int {
	if r.EMA > 0 {
		return 4
	}
	return 3
}

// noise stands in for data.
type noise struct{ *gan.Stream }

// Next fills dst with U(−1, 1).
func (n noise) Next(_ int, dst []float32, _ []int) { n.Latents(dst, "uniform") }
