package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
)

// moves are the operations of shift.go, rowmove.go and softmax.go on arrays large enough to be
// divided.
func moves() []struct {
	name string
	run  func()
	out  []float32
} {
	const n, h, w, c = 40, 16, 16, 12
	const size = n * h * w * c
	rng := rand.New(rand.NewPCG(51, 52))
	x, y := random(rng, size), random(rng, size)
	places, idx := make([]int32, 2*n), make([]int32, size/64)
	for i := range places {
		places[i] = int32(rng.IntN(40) - 20)
	}
	for i := range idx {
		idx[i] = int32(rng.IntN(size / 64))
	}
	maps := random(rng, 6*n)
	dst := func() []float32 { return make([]float32, size) }
	warped, back, gauss, alive := dst(), dst(), dst(), dst()
	a, b, d, e, f, g, s := dst(), dst(), dst(), dst(), dst(), dst(), dst()
	p, q, r := make([]float32, 64*64*12), make([]float32, 64*12*16), make([]float32, 64*64*12)
	tops, at, prod := dst()[:size/4], make([]int32, size/4), dst()
	v, wide := make([]float32, size/48), make([]float32, size/48*50)
	return []struct {
		name string
		run  func()
		out  []float32
	}{
		{"Translate", func() { Translate(a, x, places, n, h, w, c) }, a},
		{"Cutout", func() { Cutout(b, x, places, 20, 18, n, h, w, c) }, b},
		{"Warp", func() { Warp(warped, x, maps, n, h, w, c) }, warped},
		{"WarpAdjoint", func() { WarpAdjoint(back, x, maps, n, h, w, c) }, back},
		{"Gaussian", func() { Gaussian(gauss, 3) }, gauss},
		{"DropoutMask", func() { DropoutMask(alive, 1, 0.5, 3) }, alive},
		{"GatherRows", func() { GatherRows(d, x, idx, 64) }, d},
		{"ScatterRows", func() { ScatterRows(e, x, idx, 64) }, e},
		{"CopyColumns", func() { CopyColumns(wide, 50, 1, x, 48, 0, 48) }, wide},
		{"LogSumExp", func() { LogSumExp(v, x, 48) }, v},
		{"Softmax", func() { Softmax(f, x, 48) }, f},
		{"SoftmaxGrad", func() { SoftmaxGrad(g, x, y, 48) }, g},
		{"MaxChannels", func() { MaxChannels(tops, at, x, 4) }, tops},
		{"PairDistances", func() { PairDistances(p, x[:64*12*16], 64, 12, 16) }, p},
		{"PairDistancesGrad", func() { PairDistancesGrad(q, y[:64*64*12], x[:64*12*16], 64, 12, 16) }, q},
		{"PairDistancesPush", func() { PairDistancesPush(r, y[:64*12*16], x[:64*12*16], 64, 12, 16) }, r},
		{"BatchMatMul", func() {
			BatchMatMul(From(prod[:n*48*48], n, 48, 48), From(x[:n*64*48], n, 64, 48), From(y[:n*64*48], n, 64, 48), true, false)
		}, prod},
		{"Softmax of long rows", func() { Softmax(s, x, size/2) }, s},
	}
}

// TestMoves: neither the number of threads nor a second call changes a bit, and a warmed-up call
// allocates nothing.
func TestMoves(t *testing.T) {
	for _, m := range moves() {
		withThreads(t, 1, m.run)
		want := append([]float32(nil), m.out...)
		for _, threads := range []int{2, 3} {
			withThreads(t, threads, m.run)
			for i, got := range m.out {
				if math.Float32bits(got) != math.Float32bits(want[i]) {
					t.Fatalf("%s with %d threads: value %d: got %v, want %v", m.name, threads, i, got, want[i])
				}
			}
		}
		if got := testing.AllocsPerRun(20, m.run); got > 0 && m.name != "BatchMatMul" { // which makes tensors here
			t.Errorf("%s: got %v allocations a call, want 0", m.name, got)
		}
	}
}

// TestTranslateAndCutout compare pixel by pixel.
func TestTranslateAndCutout(t *testing.T) {
	eachPicture(t, func(t *testing.T, rng *rand.Rand, n, h, w, c, k int) {
		x, moved, cut := random(rng, n*h*w*c), make([]float32, n*h*w*c), make([]float32, n*h*w*c)
		for range 5 {
			places := make([]int32, 2*n)
			for i := range places {
				places[i] = int32(rng.IntN(2*w+3) - w - 1)
			}
			Translate(moved, x, places, n, h, w, c)
			Cutout(cut, x, places, k, k+1, n, h, w, c)
			for i := range x {
				ch, px, py, b := i%c, i/c%w, i/c/w%h, i/c/w/h
				p, q := int(places[2*b]), int(places[2*b+1])
				var want float32
				if sy, sx := py-p, px-q; sy >= 0 && sy < h && sx >= 0 && sx < w {
					want = x[((b*h+sy)*w+sx)*c+ch]
				}
				if moved[i] != want {
					t.Fatalf("value %d moved by %d, %d: got %v, want %v", i, p, q, moved[i], want)
				}
				want = x[i]
				if py >= p && py < p+k && px >= q && px < q+k+1 {
					want = 0
				}
				if cut[i] != want {
					t.Fatalf("value %d cut at %d, %d: got %v, want %v", i, p, q, cut[i], want)
				}
			}
		}
	})
}

// TestWarp compares pixel by pixel with float64.
func TestWarp(t *testing.T) {
	eachPicture(t, func(t *testing.T, rng *rand.Rand, n, h, w, c, _ int) {
		x, got, maps := random(rng, n*h*w*c), make([]float32, n*h*w*c), random(rng, 6*n)
		Warp(got, x, maps, n, h, w, c)
		for i := range x {
			ch, px, py, b := i%c, i/c%w, i/c/w%h, i/c/w/h
			m := maps[6*b:]
			at := func(k, side int) (int, int, float64) { // the two pixels and the second one's weight
				y, x := float64(py)-float64(h-1)/2, float64(px)-float64(w-1)/2
				p := float64(m[k])*y + float64(m[k+1])*x + float64(m[k+2]) + float64(side-1)/2
				p = math.Min(math.Max(p, 0), float64(side-1))
				return int(p), min(int(p)+1, side-1), p - math.Floor(p)
			}
			i0, i1, v := at(0, h)
			j0, j1, u := at(3, w)
			want := (1-v)*((1-u)*float64(x[((b*h+i0)*w+j0)*c+ch])+u*float64(x[((b*h+i0)*w+j1)*c+ch])) +
				v*((1-u)*float64(x[((b*h+i1)*w+j0)*c+ch])+u*float64(x[((b*h+i1)*w+j1)*c+ch]))
			if math.Abs(float64(got[i])-want) > 1e-4 {
				t.Fatalf("value %d of maps %v: got %v, want %v", i, m[:6], got[i], want)
			}
		}
	})
}

func TestSoftmax(t *testing.T) {
	rng := rand.New(rand.NewPCG(53, 54))
	for _, k := range []int{1, 3, 10, 257} {
		x, y, v := random(rng, 5*k), make([]float32, 5*k), make([]float32, 5)
		for i := range x {
			x[i] *= 30
		}
		Softmax(y, x, k)
		LogSumExp(v, x, k)
		for r := range v {
			sum := 0.0
			for _, a := range x[r*k : (r+1)*k] {
				sum += math.Exp(float64(a))
			}
			if !near(v[r], math.Log(sum), 1e-6) {
				t.Errorf("log of the sum of row %d of %d: got %v, want %v", r, k, v[r], math.Log(sum))
			}
			for i, a := range x[r*k : (r+1)*k] {
				if want := math.Exp(float64(a)) / sum; !near(y[r*k+i], want, 1e-5) {
					t.Errorf("softmax %d of row %d of %d: got %v, want %v", i, r, k, y[r*k+i], want)
				}
			}
		}
	}
}
