package judge

import (
	"context"
	"fmt"
	"math"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/metrics"
)

// blurred returns pictures (n, h, w, c) after a Gaussian of a standard deviation in pixels.
func blurred(x []float32, n, h, w, c int, sigma float64) []float32 {
	reach := int(math.Ceil(4 * sigma))
	kernel, sum := make([]float64, 2*reach+1), 0.0
	for i := range kernel {
		kernel[i] = math.Exp(-float64((i-reach)*(i-reach)) / (2 * sigma * sigma))
		sum += kernel[i]
	}
	pass := func(x []float32, dy, dx int) []float32 {
		out := make([]float32, len(x))
		for i := range out {
			k, p := i%c, i/c
			at, y, pic := p%w, p/w%h, p/w/h
			v := 0.0
			for d := -reach; d <= reach; d++ {
				yy, xx := min(max(y+d*dy, 0), h-1), min(max(at+d*dx, 0), w-1)
				v += kernel[d+reach] * float64(x[((pic*h+yy)*w+xx)*c+k])
			}
			out[i] = float32(v / sum)
		}
		return out
	}
	return pass(pass(x[:n*h*w*c], 0, 1), 1, 0)
}

// shifted returns pictures (n, h, w, c) a pixel further to the right.
func shifted(x []float32, n, h, w, c int) []float32 {
	out := make([]float32, n*h*w*c)
	for i := range n * h {
		row := x[i*w*c : (i+1)*w*c]
		copy(out[i*w*c:], row[:c])
		copy(out[i*w*c+c:(i+1)*w*c], row)
	}
	return out
}

// Real pictures that are blurred by a pixel are at most half as precise as those that are not; real
// ones moved by a pixel nearly as much.
func TestBlurIsSeen(t *testing.T) {
	for _, test := range []struct {
		name           string
		size, channels int
	}{
		{"emoji", 32, 3},
		{"emoji", 64, 3},
		{"emoji", 32, 4},
		{"emoji", 16, 3},
		{"shapes", 32, 3},
		{"shapes", 64, 3},
		{"shapes", 16, 1},
		{"digits", 28, 1},
		{"digits", 32, 1},
	} {
		t.Run(fmt.Sprintf("%s %d×%d", test.name, test.size, test.channels), func(t *testing.T) {
			set := open(t, test.name, datasets.Options{Size: test.size, Channels: test.channels, Labels: "none"})
			const n = 400
			items := make([]int, 2*n)
			for i := range items {
				items[i] = i * set.Len() / len(items)
			}
			e := &evaluation{ctx: context.Background(), o: Options{Progress: func(string, float64) {}}, shape: set.Info().Shape, n: n}
			h, w, c := e.shape[0], e.shape[1], e.shape[2]
			x, _ := spread(datasets.NewSubset(set, items), 2*n, e.size())
			even, odd := halves(x, e.size())
			l := lensFor(set.Info())
			look := func(x []float32) (plain, sharp metrics.Features) {
				f, _ := e.look(l, x, n)
				return f, e.sharp(l, f, x)
			}
			plainReal, real := look(odd)
			_, held := look(even)
			plainSoft, soft := look(blurred(even, n, h, w, c, 1))
			_, moved := look(shifted(even, n, h, w, c))
			precision := func(fake metrics.Features) metrics.Manifold {
				m, err := metrics.CompareManifolds(real, fake, neighbours)
				if err != nil {
					t.Fatal(err)
				}
				return m
			}
			perfect, soft1, moved1 := precision(held), precision(soft), precision(moved)
			before, err := metrics.CompareManifolds(plainReal, plainSoft, neighbours)
			if err != nil {
				t.Fatal(err)
			}
			g, err := metrics.NewGaussian(real)
			if err != nil {
				t.Fatal(err)
			}
			fHeld, _ := g.Frechet(held)
			fSoft, _ := g.Frechet(soft)
			t.Logf("precision: real %.2f, moved %.2f, blurred %.2f (without sharpness %.2f); recall %.2f, %.2f, %.2f; Fréchet %.2f real, %.2f blurred",
				perfect.Precision, moved1.Precision, soft1.Precision, before.Precision, perfect.Recall, moved1.Recall, soft1.Recall, fHeld, fSoft)
			if soft1.Precision > perfect.Precision/2 {
				t.Errorf("precision of blurred pictures %.2f, of real ones %.2f: want at most half", soft1.Precision, perfect.Precision)
			}
			if perfect.Precision < 0.8 || moved1.Precision < 0.75*perfect.Precision {
				t.Errorf("precision of real pictures %.2f, moved by a pixel %.2f", perfect.Precision, moved1.Precision)
			}
			if fSoft < 2*fHeld {
				t.Errorf("Fréchet distance of blurred pictures %.2f, of real ones %.2f", fSoft, fHeld)
			}
		})
	}
}

// halves returns every second item of x, and the others.
func halves(x []float32, size int) (even, odd []float32) {
	for i := 0; i < len(x)/size; i += 2 {
		even = append(even, x[i*size:(i+1)*size]...)
		odd = append(odd, x[(i+1)*size:(i+2)*size]...)
	}
	return even, odd
}
