package health

import (
	"context"
	"fmt"
	"math"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/work"
)

// Measures are what pictures can be sorted by, by item.
type Measures struct {
	Bright []float32 // mean brightness, 0 to 255; what is transparent counts as white
	Sharp  []float32 // standard deviation of the Laplacian of the brightness, a measure of focus (Pech-Pacheco et al., ICPR 2000)
}

// Measure looks at every item of a set of pictures, on all processors. progress, which may be nil,
// is told how many items are done. The error is ctx's.
func Measure(ctx context.Context, set dataset.Set, progress func(done, total int)) (*Measures, error) {
	n, info := set.Len(), set.Info()
	m := &Measures{Bright: make([]float32, n), Sharp: make([]float32, n)}
	h, w := info.Shape[0], info.Shape[1]
	scanners := make([]*scanner, work.Workers())
	done := 0
	err := work.Parallel(ctx, n, func() {
		if done++; progress != nil {
			progress(done, n)
		}
	}, func(worker, i int) {
		e := scanners[worker]
		if e == nil {
			e = &scanner{values: make([]float32, h*w*info.Shape[2]), shape: info.Shape}
			scanners[worker] = e
		}
		set.Read(i, e.values)
		e.brightness()
		var sum float64
		for _, v := range e.bright {
			sum += float64(v)
		}
		m.Bright[i] = float32(sum / float64(len(e.bright)))
		m.Sharp[i] = sharpness(e.bright, h, w)
	})
	if err != nil {
		return nil, fmt.Errorf("measure %s: %w", info.Name, err)
	}
	return m, nil
}

// sharpness returns the standard deviation of the differences between each inner pixel and the mean
// of its four neighbours.
func sharpness(bright []float32, h, w int) float32 {
	var s, q float64
	for y := 1; y < h-1; y++ {
		for x := 1; x < w-1; x++ {
			i := y*w + x
			d := float64(bright[i] - (bright[i-1]+bright[i+1]+bright[i-w]+bright[i+w])/4)
			s += d
			q += d * d
		}
	}
	n := float64((h - 2) * (w - 2))
	return float32(math.Sqrt(max(0, q/n-s/n*s/n)))
}
