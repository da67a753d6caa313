package tensor

import (
	"math"
	"math/rand/v2"
	"testing"
)

// elementWise lists the element-wise functions with what they should give; the innermost loops'
// accuracy is tested in package simd.
var elementWise = []struct {
	name string
	run  func(dst, a, b []float32)
	want func(a, b float64) float64
}{
	{"Add", Add, func(a, b float64) float64 { return a + b }},
	{"Sub", Sub, func(a, b float64) float64 { return a - b }},
	{"Mul", Mul, func(a, b float64) float64 { return a * b }},
	{"Div", Div, func(a, b float64) float64 { return a / b }},
	{"Scale", func(dst, a, _ []float32) { Scale(dst, a, 0.75) }, func(a, _ float64) float64 { return a * 0.75 }},
	{"AddScaled", func(dst, a, b []float32) { AddScaled(dst, a, b, 0.75) }, func(a, b float64) float64 { return a + 0.75*b }},
	{"AddScalar", func(dst, a, _ []float32) { AddScalar(dst, a, 0.75) }, func(a, _ float64) float64 { return a + 0.75 }},
	{"Lerp", func(dst, a, b []float32) { Lerp(dst, a, b, 0.75) }, func(a, b float64) float64 { return a + 0.75*(b-a) }},
	{"Copy", func(dst, a, _ []float32) { Copy(dst, a) }, func(a, _ float64) float64 { return a }},
	{"Fill", func(dst, _, _ []float32) { Fill(dst, 0.75) }, func(_, _ float64) float64 { return 0.75 }},
	{"Clamp", func(dst, a, _ []float32) { Clamp(dst, a, -0.5, 0.75) }, func(a, _ float64) float64 { return min(max(a, -0.5), 0.75) }},
	{"Relu", func(dst, a, _ []float32) { Relu(dst, a) }, func(a, _ float64) float64 { return max(a, 0) }},
	{"Leaky", func(dst, a, _ []float32) { Leaky(dst, a, 0.25) }, func(a, _ float64) float64 { return max(a, 0.25*a) }},
	{"LeakyGrad", func(dst, a, b []float32) { LeakyGrad(dst, a, b, 0.25) }, func(a, b float64) float64 {
		if b > 0 {
			return a
		}
		return a * 0.25
	}},
	{"Tanh", func(dst, a, _ []float32) { Tanh(dst, a) }, func(a, _ float64) float64 { return math.Tanh(a) }},
	{"TanhGrad", TanhGrad, func(a, b float64) float64 { return a * (1 - b*b) }},
	{"Sigmoid", func(dst, a, _ []float32) { Sigmoid(dst, a) }, func(a, _ float64) float64 { return 1 / (1 + math.Exp(-a)) }},
	{"SigmoidGrad", SigmoidGrad, func(a, b float64) float64 { return a * b * (1 - b) }},
	{"Softplus", func(dst, a, _ []float32) { Softplus(dst, a) }, func(a, _ float64) float64 { return math.Log1p(math.Exp(a)) }},
	{"Exp", func(dst, a, _ []float32) { Exp(dst, a) }, func(a, _ float64) float64 { return math.Exp(a) }},
	{"Log", func(dst, a, _ []float32) { Log(dst, a) }, func(a, _ float64) float64 { return math.Log(a) }},
	{"Sqrt", func(dst, a, _ []float32) { Sqrt(dst, a) }, func(a, _ float64) float64 { return math.Sqrt(a) }},
	{"Rsqrt", func(dst, a, _ []float32) { Rsqrt(dst, a) }, func(a, _ float64) float64 { return 1 / math.Sqrt(a) }},
	{"NormCDF", func(dst, a, _ []float32) { NormCDF(dst, a) }, func(a, _ float64) float64 { return 0.5 * math.Erfc(-a/math.Sqrt2) }},
	{"NormPDF", func(dst, a, _ []float32) { NormPDF(dst, a) }, func(a, _ float64) float64 { return math.Exp(-a*a/2) / math.Sqrt(2*math.Pi) }},
}

func TestElementWise(t *testing.T) {
	rng := rand.New(rand.NewPCG(21, 22))
	for _, c := range elementWise {
		for _, n := range []int{0, 1, 9, grain, 3*grain + 5} {
			a, b, dst := random(rng, n), random(rng, n), make([]float32, n)
			c.run(dst, a, b)
			for i, got := range dst {
				if want := c.want(float64(a[i]), float64(b[i])); !near(got, want, 1e-6) {
					t.Fatalf("%s of %v, %v (%d of %d): got %v, want %v", c.name, a[i], b[i], i, n, got, want)
				}
			}
		}
	}
}

func TestLengthsMustBeEqual(t *testing.T) {
	short, long := make([]float32, 3), make([]float32, 4)
	for _, c := range elementWise {
		if c.name == "Fill" {
			continue
		}
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s with lengths 4 and 3: no panic", c.name)
				}
			}()
			c.run(long, short, short)
		}()
	}
}

// TestThreadsDoNotChangeBits runs everything that is split with several numbers of threads.
func TestThreadsDoNotChangeBits(t *testing.T) {
	const n = 3*sumChunk + 77
	rng := rand.New(rand.NewPCG(23, 24))
	a, b := random(rng, n), random(rng, n)
	type result struct {
		name string
		bits []uint32
	}
	all := func() []result {
		var out []result
		keep := func(name string, x []float32) {
			r := result{name: name}
			for _, v := range x {
				r.bits = append(r.bits, math.Float32bits(v))
			}
			out = append(out, r)
		}
		dst := make([]float32, n)
		for _, c := range elementWise {
			c.run(dst, a, b)
			keep(c.name, dst)
		}
		keep("SumSquares", []float32{float32(SumSquares(a))})
		for _, d := range []Dims{{1, n, 1, 1}, {1, n / 64, 64, 1}, {1, n / 3, 3, 1}, {1, 190, 512, 1}, {8, n / 8 / 48, 16, 3}, {90, 1, 1, 1000}} {
			size, groups := d.size(), d.groups()
			v, m, r := make([]float32, groups), make([]float32, groups), make([]float32, groups)
			GroupSum(v, a[:size], d)
			keep("GroupSum", v)
			GroupDot(v, a[:size], b[:size], d)
			keep("GroupDot", v)
			Normalize(dst[:size], m, r, a[:size], 1e-5, d)
			keep("Normalize", append(append(append([]float32(nil), dst[:size]...), m...), r...))
			NormalizeGrad(dst[:size], a[:size], b[:size], r, d)
			keep("NormalizeGrad", dst[:size])
			GroupAffine(dst[:size], a[:size], m, r, d)
			keep("GroupAffine", dst[:size])
		}
		p, m, v := append([]float32(nil), a...), make([]float32, n), make([]float32, n)
		Adam(p, m, v, b, 1e-3, 0.5, 0.999, 1e-8, 0.5, 0.001)
		keep("Adam", p)
		RMSProp(p, v, b, 1e-3, 0.99, 1e-8)
		keep("RMSProp", p)
		SGD(p, m, b, 1e-3, 0.9)
		keep("SGD", p)
		SumPool(dst[:32*6*6*7], a[:32*12*12*7], 32, 12, 12, 7, 2)
		keep("SumPool", dst[:32*6*6*7])
		UpBilinear(dst[:8*24*24*20], a[:8*12*12*20], 8, 12, 12, 20, 2)
		keep("UpBilinear", dst[:8*24*24*20])
		UpBilinearAdjoint(dst[:8*12*12*20], a[:8*24*24*20], 8, 12, 12, 20, 2)
		keep("UpBilinearAdjoint", dst[:8*12*12*20])
		return out
	}
	var want []result
	withThreads(t, 1, func() { want = all() })
	for _, threads := range []int{2, 3} {
		withThreads(t, threads, func() {
			for i, got := range all() {
				for j := range got.bits {
					if got.bits[j] != want[i].bits[j] {
						t.Fatalf("%s with %d threads: value %d: got %v, want %v", got.name, threads, j,
							math.Float32frombits(got.bits[j]), math.Float32frombits(want[i].bits[j]))
					}
				}
			}
		})
	}
}

func TestSumSquares(t *testing.T) {
	rng := rand.New(rand.NewPCG(25, 26))
	for _, n := range []int{0, 1, 100, sumChunk, 3*sumChunk + 1} {
		a := random(rng, n)
		var want float64
		for _, v := range a {
			want += float64(v) * float64(v)
		}
		if got := SumSquares(a); math.Abs(got-want) > 1e-12*want {
			t.Errorf("%d values: got %v, want %v", n, got, want)
		}
	}
}

func TestAllFinite(t *testing.T) {
	a := make([]float32, 20*grain)
	if !AllFinite(a) {
		t.Error("zeros: got false")
	}
	for _, i := range []int{0, 5*grain + 3, len(a) - 1} {
		a[i] = float32(math.Inf(1))
		if AllFinite(a) {
			t.Errorf("infinity at %d: got true", i)
		}
		a[i] = 0
	}
}

// TestAllocations: warmed-up calls allocate nothing.
func TestAllocations(t *testing.T) {
	const n = 1 << 18
	x, y, z := make([]float32, n), make([]float32, n), make([]float32, n)
	v, m, r := make([]float32, 64), make([]float32, 64), make([]float32, 64)
	idx := make([]int32, n/4)
	d := Dims{1, n / 64, 64, 1}
	rows := Dims{64, 1, 1, n / 64}
	wide := Dims{1, n / 4, 4, 1}
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"Add small", func() { Add(x[:64], y[:64], z[:64]) }},
		{"Adam small", func() { Adam(x[:64], y[:64], z[:64], z[:64], 1, 1, 1, 1, 1, 1) }},
		{"Add", func() { Add(x, y, z) }},
		{"Clamp", func() { Clamp(x, y, 0, 1) }},
		{"Fill", func() { Fill(x, 0) }},
		{"Tanh", func() { Tanh(x, y) }},
		{"Adam", func() { Adam(x, y, z, z, 1, 1, 1, 1, 1, 1) }},
		{"RMSProp", func() { RMSProp(x, y, z, 1, 1, 1) }},
		{"SGD", func() { SGD(x, y, z, 1, 1) }},
		{"SumSquares", func() { SumSquares(x) }},
		{"AllFinite", func() { AllFinite(x) }},
		{"GroupSum", func() { GroupSum(v, x, d) }},
		{"GroupDot of rows", func() { GroupDot(v, x, y, rows) }},
		{"GroupExpand", func() { GroupExpand(x, v, d) }},
		{"GroupAffine", func() { GroupAffine(x, y, v, v, d) }},
		{"GroupAffine of 4", func() { GroupAffine(x, y, v[:4], nil, wide) }},
		{"GroupAddScaled", func() { GroupAddScaled(x, y, z, v, d) }},
		{"Normalize", func() { Normalize(x, m, r, y, 1e-5, d) }},
		{"Normalize of 4", func() { Normalize(x, m[:4], r[:4], y, 1e-5, wide) }},
		{"Normalize rows", func() { Normalize(x, m, r, y, 1e-5, rows) }},
		{"NormalizeGrad", func() { NormalizeGrad(x, y, z, r, d) }},
		{"NormalizeGrad rows", func() { NormalizeGrad(x, y, z, r, rows) }},
		{"SumPool", func() { SumPool(x[:n/4], y, 4, 32, 32, 64, 2) }},
		{"UpNearest", func() { UpNearest(x, y[:n/4], 4, 16, 16, 64, 2) }},
		{"UpBilinear", func() { UpBilinear(x, y[:n/4], 4, 16, 16, 64, 2) }},
		{"UpBilinearAdjoint", func() { UpBilinearAdjoint(x[:n/4], y, 4, 16, 16, 64, 2) }},
		{"MaxPool", func() { MaxPool(x[:n/4], idx, y, 4, 32, 32, 64, 2) }},
		{"Gather", func() { Gather(x[:n/4], y, idx) }},
	} {
		if got := testing.AllocsPerRun(20, c.run); got > 0 {
			t.Errorf("%s: got %v allocations a call, want 0", c.name, got)
		}
	}
}

// TestBiasLeaky covers few and many channels, and more rows than one part has.
func TestBiasLeaky(t *testing.T) {
	rng := rand.New(rand.NewPCG(23, 24))
	for _, shape := range [][2]int{{0, 3}, {1, 1}, {5, 2}, {700, 3}, {300, 64}, {33, 100}, {40, 1023}} {
		for _, slope := range []float32{1, 0, 0.25} {
			rows, c := shape[0], shape[1]
			x, bias := random(rng, rows*c), random(rng, c)
			want := make([]float32, len(x))
			for i, a := range x {
				if want[i] = a + bias[i%c]; want[i] <= 0 {
					want[i] *= slope
				}
			}
			BiasLeaky(x, bias, slope)
			for i, got := range x {
				if got != want[i] {
					t.Fatalf("%v, slope %g: element %d: got %v, want %v", shape, slope, i, got, want[i])
				}
			}
		}
	}
}
