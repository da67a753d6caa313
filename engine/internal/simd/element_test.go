package simd

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// lengths has every remainder of the unrolled loops, and a long one.
func lengths() []int {
	n := []int{100003}
	for i := range 68 {
		n = append(n, i)
	}
	return n
}

func eachSet(t *testing.T, f func(t *testing.T, s *Set)) {
	for _, s := range Sets() {
		t.Run(s.Name, func(t *testing.T) { f(t, s) })
	}
}

func random(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

// guarded returns a slice of n values between two others that must not change, and a function that
// checks these.
func guarded(t *testing.T, x []float32) (inner []float32, check func(what string)) {
	const guard = float32(-12345)
	all := append(append([]float32{guard, guard}, x...), guard, guard, guard, guard, guard, guard, guard, guard, guard)
	inner = all[2 : 2+len(x)]
	return inner, func(what string) {
		t.Helper()
		for i, v := range all {
			if (i < 2 || i >= 2+len(x)) && v != guard {
				t.Fatalf("%s of length %d: element %d outside was written", what, len(x), i-2)
			}
		}
	}
}

// units returns how far got is from want in units in the last place of want as a float32.
func units(got float32, want float64) float64 {
	w := float32(want)
	switch {
	case math.IsNaN(want) && got != got, got == w:
		return 0
	case got != got || w != w || math.IsInf(float64(got), 0) && math.IsInf(want, 0):
		return math.Inf(1)
	}
	g := float64(got)
	if math.IsInf(g, 0) { // one above the greatest
		g = math.Copysign(0x1p128, g)
	}
	if math.IsInf(float64(w), 0) && !math.IsInf(want, 0) || math.Abs(want) > 0x1p128 {
		want = math.Copysign(0x1p128, want)
	}
	_, e := math.Frexp(want)
	return math.Abs(g-want) / math.Ldexp(1, max(e-24, -149))
}

// unary, binary and ternary are kernels with their float64 references; scale is the size of the
// terms whose rounding may show, in whose units in the last place the bound is given.
type mapCase struct {
	name  string
	bound float64
	run   func(s *Set, dst, a, b []float32)
	want  func(a, b float64) (value, scale float64)
}

const (
	u = float64(float32(0.3))
	w = float64(float32(-1.7))
)

func leakyWant(y, v float64) float64 {
	if y > 0 {
		return v
	}
	return u * v
}

var mapCases = []mapCase{
	{"Add", 1, func(s *Set, d, a, b []float32) { s.Add(d, a, b) }, func(a, b float64) (float64, float64) { return a + b, a + b }},
	{"Sub", 1, func(s *Set, d, a, b []float32) { s.Sub(d, a, b) }, func(a, b float64) (float64, float64) { return a - b, a - b }},
	{"Mul", 1, func(s *Set, d, a, b []float32) { s.Mul(d, a, b) }, func(a, b float64) (float64, float64) { return a * b, a * b }},
	{"Div", 1, func(s *Set, d, a, b []float32) { s.Div(d, a, b) }, func(a, b float64) (float64, float64) { return a / b, a / b }},
	{"Scale", 1, func(s *Set, d, a, _ []float32) { s.Scale(d, a, float32(u)) }, func(a, _ float64) (float64, float64) { return a * u, a * u }},
	{"AddScalar", 1, func(s *Set, d, a, _ []float32) { s.AddScalar(d, a, float32(u)) }, func(a, _ float64) (float64, float64) { return a + u, a + u }},
	{"AddScaled", 1, func(s *Set, d, a, b []float32) { s.AddScaled(d, a, b, float32(u)) }, func(a, b float64) (float64, float64) { return a + u*b, math.Abs(a) + math.Abs(b) }},
	{"Lerp", 1, func(s *Set, d, a, b []float32) { s.Lerp(d, a, b, float32(u)) }, func(a, b float64) (float64, float64) { return a + u*(b-a), math.Abs(a) + math.Abs(b) }},
	{"Affine", 1, func(s *Set, d, a, _ []float32) { s.Affine(d, a, float32(u), float32(w)) }, func(a, _ float64) (float64, float64) { return a*u + w, 2 + math.Abs(a) }},
	{"Clamp", 0, func(s *Set, d, a, _ []float32) { s.Clamp(d, a, float32(w), float32(u)) }, func(a, _ float64) (float64, float64) { return min(max(a, w), u), 1 }},
	{"Fill", 0, func(s *Set, d, _, _ []float32) { s.Fill(d, float32(u)) }, func(_, _ float64) (float64, float64) { return u, 1 }},
	{"Relu", 0, func(s *Set, d, a, _ []float32) { s.Relu(d, a) }, func(a, _ float64) (float64, float64) { return max(a, 0), 1 }},
	{"Leaky", 1, func(s *Set, d, a, _ []float32) { s.Leaky(d, a, float32(u)) }, func(a, _ float64) (float64, float64) { return leakyWant(a, a), a }},
	{"LeakyGrad", 1, func(s *Set, d, a, b []float32) { s.LeakyGrad(d, a, b, float32(u)) }, func(a, b float64) (float64, float64) { return leakyWant(b, a), a }},
	{"LeakyGrad 0", 0, func(s *Set, d, a, b []float32) { s.LeakyGrad(d, a, b, 0) }, func(a, b float64) (float64, float64) {
		if b > 0 {
			return a, 1
		}
		return 0 * a, 1
	}},
	{"TanhGrad", 2, func(s *Set, d, a, b []float32) { s.TanhGrad(d, a, b) }, func(a, b float64) (float64, float64) { return a * (1 - b*b), a * (1 + b*b) }},
	{"SigmoidGrad", 3, func(s *Set, d, a, b []float32) { s.SigmoidGrad(d, a, b) }, func(a, b float64) (float64, float64) { return a * b * (1 - b), a * b * (1 + math.Abs(b)) }},
	{"Normalize", 2, func(s *Set, d, a, _ []float32) { s.Normalize(d, a, float32(w), float32(u), 0.25) }, func(a, _ float64) (float64, float64) { return (a-w)*u + 0.25, 2 + math.Abs(a) }},
	{"NormGrad", 3, func(s *Set, d, a, b []float32) { s.NormGrad(d, a, b, float32(u), float32(w), 0.25) }, func(a, b float64) (float64, float64) { return u * (a - w - b*0.25), 2 + math.Abs(a) + math.Abs(b) }},
}

// within reports whether got is at most bound units in the last place of scale from want.
func within(got float32, want, scale, bound float64) bool {
	if got != got || want != want || math.IsInf(want, 0) {
		return float64(got) == want || (got != got && want != want)
	}
	_, e := math.Frexp(scale)
	return math.Abs(float64(got)-want) <= bound*math.Ldexp(1, max(e-24, -149))
}

func TestElementWise(t *testing.T) {
	eachSet(t, func(t *testing.T, s *Set) {
		for _, c := range mapCases {
			rng := rand.New(rand.NewPCG(3, 4))
			for _, n := range lengths() {
				a, b := random(rng, n), random(rng, n)
				dst, check := guarded(t, make([]float32, n))
				c.run(s, dst, a, b)
				check(c.name)
				for i, got := range dst {
					want, scale := c.want(float64(a[i]), float64(b[i]))
					if !within(got, want, scale, c.bound) {
						t.Fatalf("%s of %v, %v (%d of %d): got %v, want %v", c.name, a[i], b[i], i, n, got, want)
					}
				}
				inPlace := append([]float32(nil), a...)
				c.run(s, inPlace, inPlace, b)
				for i, got := range inPlace {
					if got != dst[i] {
						t.Fatalf("%s in place: element %d of %d: got %v, want %v", c.name, i, n, got, dst[i])
					}
				}
			}
		}
	})
}

// TestElementsDoNotDependOnTheirPlace is what makes results the same however work is split.
func TestElementsDoNotDependOnTheirPlace(t *testing.T) {
	cases := mapCases
	for _, c := range mathCases {
		cases = append(cases, mapCase{name: c.name, run: func(s *Set, d, a, _ []float32) { c.kernel(s)(d, a) }})
	}
	eachSet(t, func(t *testing.T, s *Set) {
		rng := rand.New(rand.NewPCG(5, 6))
		a, b := random(rng, 100), random(rng, 100)
		for _, c := range cases {
			whole, part := make([]float32, 100), make([]float32, 100)
			c.run(s, whole, a, b)
			for _, cut := range []int{1, 3, 8, 31, 50, 93, 99} {
				c.run(s, part[:cut], a[:cut], b[:cut])
				c.run(s, part[cut:], a[cut:], b[cut:])
				for i := range whole {
					if math.Float32bits(part[i]) != math.Float32bits(whole[i]) {
						t.Fatalf("%s cut at %d: element %d: got %v, want %v", c.name, cut, i, part[i], whole[i])
					}
				}
			}
		}
	})
}

func TestNaNStaysNaN(t *testing.T) {
	nan := []float32{float32(math.NaN())}
	one := []float32{1}
	eachSet(t, func(t *testing.T, s *Set) {
		for _, c := range mapCases {
			if c.name == "Fill" {
				continue
			}
			dst := []float32{0}
			c.run(s, dst, nan, one)
			if dst[0] == dst[0] {
				t.Errorf("%s of NaN: got %v", c.name, dst[0])
			}
		}
	})
}

func ExampleSets() {
	sets := Sets()
	fmt.Println(sets[len(sets)-1].Name)
	// Output: generic
}
