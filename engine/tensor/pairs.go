package tensor

import "math"

// PairDistances stores in dst (n, n, b) the distances Σ|x[i,k,·] − x[j,k,·]| between the rows of x
// (n, b, c) for each of its b parts.
func PairDistances(dst, x []float32, n, b, c int) {
	same("PairDistances", len(dst), n*n*b)
	same("PairDistances", len(x), n*b*c)
	t := newCall()
	t.dst, t.a, t.count, t.ch, t.k = dst, x, n, b, c
	t.parallel(n, pairGrain(n, b, c), func(t *call, lo, hi int) {
		n, b, c := t.count, t.ch, t.k
		for i := lo; i < hi; i++ {
			for j := range n {
				d := t.dst[(i*n+j)*b:][:b]
				x, y := t.a[i*b*c:][:b*c], t.a[j*b*c:][:b*c]
				for k := range d {
					var s float32
					y := y[k*c:][:c]
					for l, v := range x[k*c:][:c] {
						s += math.Float32frombits(math.Float32bits(v-y[l]) &^ signBit)
					}
					d[k] = s
				}
			}
		}
	})
	t.done()
}

// PairDistancesGrad stores in dx (n, b, c) the gradient of PairDistances at x, given that of its
// result: Σ (dy[i,j,k]+dy[j,i,k])·sign(x[i,k,l]−x[j,k,l]) over j, in which the sign of 0 is 0.
func PairDistancesGrad(dx, dy, x []float32, n, b, c int) {
	same("PairDistancesGrad", len(dy), n*n*b)
	same("PairDistancesGrad", len(x), len(dx), n*b*c)
	t := newCall()
	t.dst, t.a, t.b, t.count, t.ch, t.k = dx, x, dy, n, b, c
	t.parallel(n, pairGrain(n, b, c), func(t *call, lo, hi int) {
		n, b, c := t.count, t.ch, t.k
		for i := lo; i < hi; i++ {
			d, x := t.dst[i*b*c:][:b*c], t.a[i*b*c:][:b*c]
			clear(d)
			for j := range n {
				y := t.a[j*b*c:][:b*c]
				there, back := t.b[(i*n+j)*b:][:b], t.b[(j*n+i)*b:][:b]
				for k := range there {
					g := there[k] + back[k]
					d, y := d[k*c:][:c], y[k*c:][:c]
					for l, v := range x[k*c:][:c] {
						d[l] += signed(g, v-y[l])
					}
				}
			}
		}
	})
	t.done()
}

// PairDistancesPush stores in dst (n, n, b) Σ (g[i,k,·]−g[j,k,·])·sign(x[i,k,·]−x[j,k,·]), by how
// much the distances between the rows of x change when these change by g: the adjoint of
// PairDistancesGrad.
func PairDistancesPush(dst, g, x []float32, n, b, c int) {
	same("PairDistancesPush", len(dst), n*n*b)
	same("PairDistancesPush", len(x), len(g), n*b*c)
	t := newCall()
	t.dst, t.a, t.b, t.count, t.ch, t.k = dst, x, g, n, b, c
	t.parallel(n, pairGrain(n, b, c), func(t *call, lo, hi int) {
		n, b, c := t.count, t.ch, t.k
		for i := lo; i < hi; i++ {
			for j := range n {
				d := t.dst[(i*n+j)*b:][:b]
				for k := range d {
					x, y := t.a[(i*b+k)*c:][:c], t.a[(j*b+k)*c:][:c]
					p, q := t.b[(i*b+k)*c:][:c], t.b[(j*b+k)*c:][:c]
					var s float32
					for l, v := range x {
						s += signed(p[l]-q[l], v-y[l])
					}
					d[k] = s
				}
			}
		}
	})
	t.done()
}

const signBit = 1 << 31

// signed returns g with the sign of d, 0 where d is. Signs are as good as random, so there is no
// branch on them.
func signed(g, d float32) float32 {
	if d == 0 {
		return 0
	}
	return math.Float32frombits(math.Float32bits(g) ^ math.Float32bits(d)&signBit)
}

func pairGrain(n, b, c int) int { return max(1, grain/max(1, n*b*c)) }
