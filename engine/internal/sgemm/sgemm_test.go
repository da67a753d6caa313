package sgemm

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// forEachISA runs f with every instruction set that this processor has.
func forEachISA(t *testing.T, f func(t *testing.T)) {
	before := ISA()
	defer SetISA(before)
	for _, name := range ISAs() {
		SetISA(name)
		t.Run(name, f)
	}
}

// withThreads makes products run on n goroutines until the test ends.
func withThreads(t *testing.T, n int) {
	t.Helper()
	parallel, threads := Parallel, Threads
	t.Cleanup(func() { Parallel, Threads = parallel, threads })
	Threads = func() int { return n }
	Parallel = func(items, _ int, f func(lo, hi int)) {
		var wg sync.WaitGroup
		for i := range items {
			wg.Go(func() { f(i, i+1) })
		}
		wg.Wait()
	}
}

func randoms(r *rand.Rand, n int) []float32 {
	v := make([]float32, n)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

// A gemmCase is one call of Sgemm.
type gemmCase struct {
	tA, tB           blas.Transpose
	m, n, k          int
	alpha, beta      float32
	padA, padB, padC int
}

func (g gemmCase) operands(r *rand.Rand) (a []float32, lda int, b []float32, ldb int, c []float32, ldc int) {
	rowsA, colsA, _ := oriented(g.tA, g.m, g.k)
	rowsB, colsB, _ := oriented(g.tB, g.k, g.n)
	lda, ldb, ldc = max(1, colsA)+g.padA, max(1, colsB)+g.padB, max(1, g.n)+g.padC
	a, b, c = randoms(r, rowsA*lda), randoms(r, rowsB*ldb), randoms(r, g.m*ldc)
	if g.beta == 0 {
		for i := range c {
			c[i] = float32(math.NaN())
		}
	}
	return a, lda, b, ldb, c, ldc
}

func TestSgemmAgainstGonum(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 1))
		sizes := []int{0, 1, 2, 3, 5, 6, 7, 11, 12, 13, 15, 16, 17, 31, 32, 33, 48, 64, 100, 257, 300, 523}
		factors := []float32{1, 0, -1, 2.5}
		trans := []blas.Transpose{blas.NoTrans, blas.Trans, blas.ConjTrans}
		for range 200 {
			g := gemmCase{
				trans[r.IntN(3)], trans[r.IntN(3)],
				sizes[r.IntN(len(sizes))], sizes[r.IntN(len(sizes))], sizes[r.IntN(len(sizes))],
				factors[r.IntN(4)], factors[r.IntN(4)], r.IntN(4), r.IntN(4), r.IntN(4),
			}
			compareSgemm(t, r, g)
		}
		defer func(n int) { mostSlab = n }(mostSlab)
		mostSlab = 1 << 14
		for _, g := range []gemmCase{ // both ways of sharing, with several slabs and blocks
			{blas.NoTrans, blas.NoTrans, 200, 150, 700, 1, 0, 0, 0, 0},
			{blas.Trans, blas.Trans, 70, 500, 900, 1, 1, 1, 1, 1},
			{blas.Trans, blas.NoTrans, 500, 70, 900, 1, 0, 0, 0, 0},
			{blas.NoTrans, blas.Trans, 203, 300, 515, 1, 0, 509, 0, 0}, // rows of A that collide in the caches
		} {
			withThreads(t, 2)
			compareSgemm(t, r, g)
		}
	})
}

func compareSgemm(t *testing.T, r *rand.Rand, g gemmCase) {
	t.Helper()
	a, lda, b, ldb, c, ldc := g.operands(r)
	want := append([]float32(nil), c...)
	Implementation{}.Sgemm(g.tA, g.tB, g.m, g.n, g.k, g.alpha, a, lda, b, ldb, g.beta, c, ldc)
	gonum.Implementation{}.Sgemm(g.tA, g.tB, g.m, g.n, g.k, g.alpha, a, lda, b, ldb, g.beta, want, ldc)
	// Both sum k products of standard normal values with errors that grow like a random walk.
	tol := 4e-5 * math.Sqrt(float64(g.k)+1)
	for i, x := range want {
		inside := i%ldc < g.n
		same := math.Float32bits(c[i]) == math.Float32bits(x)
		if !same && (!inside || !(math.Abs(float64(c[i]-x)) <= tol)) {
			t.Fatalf("%+v: element (%d, %d): got %g, want %g", g, i/ldc, i%ldc, c[i], x)
		}
	}
}

func TestSgemmPanicsAsGonum(t *testing.T) {
	v := make([]float32, 12)
	calls := map[string]func(b blas.Float32){
		"transpose": func(b blas.Float32) { b.Sgemm('X', blas.NoTrans, 2, 2, 2, 1, v, 2, v, 2, 0, v, 2) },
		"m":         func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.NoTrans, -1, 2, 2, 1, v, 2, v, 2, 0, v, 2) },
		"lda":       func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.NoTrans, 2, 2, 3, 1, v, 2, v, 2, 0, v, 2) },
		"ldb":       func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.Trans, 2, 2, 3, 1, v, 3, v, 2, 0, v, 2) },
		"ldc":       func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.NoTrans, 2, 3, 2, 1, v, 2, v, 3, 0, v, 2) },
		"short a":   func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.NoTrans, 9, 1, 2, 1, v, 2, v, 1, 0, v, 1) },
		"short b":   func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.NoTrans, 1, 7, 2, 1, v, 2, v, 7, 0, v, 7) },
		"short c":   func(b blas.Float32) { b.Sgemm(blas.NoTrans, blas.NoTrans, 4, 4, 1, 1, v, 1, v, 4, 0, v, 4) },
	}
	recovered := func(f func(blas.Float32), b blas.Float32) (r any) {
		defer func() { r = recover() }()
		f(b)
		return nil
	}
	forEachISA(t, func(t *testing.T) {
		for name, f := range calls {
			got, want := recovered(f, Implementation{}), recovered(f, gonum.Implementation{})
			if got != want || want == nil {
				t.Errorf("%s: got panic %v, want %v", name, got, want)
			}
		}
	})
}

func TestSgemmSameBitsForAnyThreads(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		for _, g := range []gemmCase{
			{blas.NoTrans, blas.NoTrans, 130, 90, 700, 1, 0, 0, 0, 0},
			{blas.Trans, blas.NoTrans, 90, 400, 700, 1, 0, 0, 0, 0},
			{blas.Trans, blas.Trans, 401, 91, 700, 1, 0, 0, 0, 0},
			{blas.NoTrans, blas.Trans, 20, 330, 900, 1, 0, 0, 0, 0},
			{blas.NoTrans, blas.Trans, 10, 40, 9000, 1, 0, 0, 0, 0},
		} {
			var want []float32
			for threads := 1; threads <= 5; threads++ {
				withThreads(t, threads)
				a, lda, b, ldb, c, ldc := g.operands(rand.New(rand.NewPCG(5, 5)))
				Implementation{}.Sgemm(g.tA, g.tB, g.m, g.n, g.k, 1, a, lda, b, ldb, 0, c, ldc)
				if want == nil {
					want = c
				}
				for i := range c {
					if math.Float32bits(c[i]) != math.Float32bits(want[i]) {
						t.Fatalf("%+v with %d threads: element %d: got %g, want %g", g, threads, i, c[i], want[i])
					}
				}
			}
		}
	})
}

func TestISAFromEnvironment(t *testing.T) {
	want := os.Getenv("GANVAS_ISA")
	found := false
	for _, name := range ISAs() {
		found = found || name == want
	}
	if !found {
		want = ISAs()[0]
	}
	if got := ISA(); got != want {
		t.Errorf("got instruction set %s, want %s", got, want)
	}
}

func TestSgemmAllocatesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	a, lda, b, ldb, c, ldc := gemmCase{m: 64, n: 200, k: 300, tA: blas.NoTrans, tB: blas.Trans}.operands(r)
	got := testing.AllocsPerRun(20, func() {
		Implementation{}.Sgemm(blas.NoTrans, blas.Trans, 64, 200, 300, 1, a, lda, b, ldb, 0, c, ldc)
	})
	if got != 0 && ISA() != "generic" { // gonum's allocates
		t.Errorf("got %g allocations, want 0", got)
	}
}

func BenchmarkSgemm(b *testing.B) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, s := range [][3]int{
		{256, 256, 256},
		{512, 512, 512},
		{1024, 1024, 1024},
		{2048, 2048, 2048},
		{8192, 128, 2048},
		{128, 512, 784},
		{256, 64, 64},
	} {
		for _, tr := range []string{"NN", "NT", "TN", "TT"} {
			g := gemmCase{m: s[0], n: s[1], k: s[2], tA: blas.NoTrans, tB: blas.NoTrans}
			if tr[0] == 'T' {
				g.tA = blas.Trans
			}
			if tr[1] == 'T' {
				g.tB = blas.Trans
			}
			b.Run(fmt.Sprintf("%dx%dx%d/%s", s[0], s[1], s[2], tr), func(b *testing.B) {
				a, lda, bb, ldb, c, ldc := g.operands(r)
				for b.Loop() {
					Implementation{}.Sgemm(g.tA, g.tB, g.m, g.n, g.k, 1, a, lda, bb, ldb, 0, c, ldc)
				}
				b.ReportMetric(2*float64(g.m)*float64(g.n)*float64(g.k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOPS")
			})
		}
	}
}
