package tensor

import (
	"math/rand/v2"
	"testing"
)

func TestMatMul(t *testing.T) {
	forEachISA(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		sizes := []int{0, 1, 2, 5, 17, 40}
		for range 60 {
			m, n, k := sizes[r.IntN(6)], sizes[r.IntN(6)], sizes[r.IntN(6)]
			a, b, dst := From(randoms(r, m*k), m, k), From(randoms(r, k*n), k, n), From(nans(m*n), m, n)
			transA, transB := r.IntN(2) == 1, r.IntN(2) == 1
			if transA {
				a.Shape = []int{k, m}
			}
			if transB {
				b.Shape = []int{n, k}
			}
			MatMul(dst, a, b, transA, transB)
			for i := range m {
				for j := range n {
					var want float64
					for l := range k {
						want += float64(at(a, i, l, transA)) * float64(at(b, l, j, transB))
					}
					if d := float64(dst.Data[i*n+j]) - want; !(d < 1e-4 && d > -1e-4) {
						t.Fatalf("%d×%d×%d, %v, %v: element (%d, %d): got %g, want %g",
							m, n, k, transA, transB, i, j, dst.Data[i*n+j], want)
					}
				}
			}
		}
	})
}

func at(m *Tensor, i, j int, trans bool) float32 {
	if trans {
		i, j = j, i
	}
	return m.Data[i*m.Shape[1]+j]
}

func TestMatMulPanicsOnWrongShapes(t *testing.T) {
	for _, shapes := range [][3][]int{
		{{2, 3}, {4, 5}, {2, 5}},
		{{2, 3}, {3, 5}, {5, 2}},
		{{2, 3, 1}, {3, 5}, {2, 5}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%v: got no panic", shapes)
				}
			}()
			MatMul(New(shapes[2]...), New(shapes[0]...), New(shapes[1]...), false, false)
		}()
	}
}
