package winograd

import (
	"math"
	"math/rand/v2"
	"testing"
)

// vectors returns count vectors of n random values, and their addresses.
func vectors(r *rand.Rand, count, n int) (values [][]float32, table []*float32) {
	for range count {
		v := make([]float32, n)
		for i := range v {
			v[i] = float32(r.NormFloat64())
		}
		values, table = append(values, v), append(table, &v[0])
	}
	return values, table
}

// transforms lists those of a set with the elements of their tiles.
func (s *Set) transforms() (list []tested) {
	for r := range 2 {
		for c := range 2 {
			points, outs := (r+3)*(c+3), (r+2)*(c+2)
			list = append(
				list,
				tested{"data", s.Data[r][c], points, points}, tested{"data adjoint", s.DataAdjoint[r][c], points, points},
				tested{"out", s.Out[r][c], points, outs}, tested{"out adjoint", s.OutAdjoint[r][c], outs, points},
			)
		}
		list = append(list, tested{"taps", s.Taps[r], 4, (r + 3) * (r + 3)}, tested{"taps adjoint", s.TapsAdjoint[r], (r + 3) * (r + 3), 4})
	}
	return list
}

type tested struct {
	name    string
	do      Transform
	in, out int
}

// TestSetsAgree compares every set with the generic one: the same bits, and no value beyond those
// asked for.
func TestSetsAgree(t *testing.T) {
	want := Generic.transforms()
	for _, s := range Sets() {
		for i, f := range s.transforms() {
			for _, n := range []int{8, 16, 40} {
				r := rand.New(rand.NewPCG(1, uint64(i)))
				_, in := vectors(r, f.in, n+24)
				got, to := vectors(r, f.out, n+16)
				ref, refTo := vectors(rand.New(rand.NewPCG(2, 2)), f.out, n+16)
				for k := range ref {
					copy(ref[k], got[k])
				}
				f.do(&in[0], 12, &to[0], 20, n)
				want[i].do(&in[0], 12, &refTo[0], 20, n)
				for k := range got {
					for e := range got[k] {
						if math.Float32bits(got[k][e]) != math.Float32bits(ref[k][e]) {
							t.Fatalf("%s %s of %d to %d, vector %d, value %d: got %g, want %g", s.Name, f.name, f.in, f.out, k, e, got[k][e], ref[k][e])
						}
					}
				}
			}
		}
	}
}

// TestConvolution computes small convolutions by the transforms and by their definition.
func TestConvolution(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for m := 2; m <= 3; m++ {
		for n := 2; n <= 3; n++ {
			d, dt := vectors(r, (m+1)*(n+1), 8)
			g, gt := vectors(r, 4, 8)
			v, vt := vectors(r, (m+1)*(n+1), 8)
			k, kt := vectors(r, 16, 8)
			y, yt := vectors(r, m*n, 8)
			Generic.Data[m-2][n-2](&dt[0], 0, &vt[0], 0, 8)
			Generic.Taps[1](&gt[0], 0, &kt[0], 0, 8)
			at := 0
			for _, a := range PointKinds[m-2] {
				for _, b := range PointKinds[n-2] {
					for e := range 8 {
						v[at][e] *= k[a*Kinds+b][e]
					}
					at++
				}
			}
			Generic.Out[m-2][n-2](&vt[0], 0, &yt[0], 0, 8)
			for i := range m {
				for j := range n {
					for e := range 8 {
						var want float64
						for p := range 4 {
							want += float64(d[(i+p/2)*(n+1)+j+p%2][e]) * float64(g[p][e])
						}
						if got := float64(y[i*n+j][e]); math.Abs(got-want) > 1e-5 {
							t.Errorf("%d×%d outputs, (%d, %d): got %g, want %g", m, n, i, j, got, want)
						}
					}
				}
			}
		}
	}
}

// TestAdjoints checks ⟨T·x, y⟩ = ⟨x, Tᵀ·y⟩ for every transform and its adjoint.
func TestAdjoints(t *testing.T) {
	list := Generic.transforms()
	for i := 0; i < len(list); i += 2 {
		f, adjoint := list[i], list[i+1]
		r := rand.New(rand.NewPCG(4, uint64(i)))
		x, xt := vectors(r, f.in, 8)
		y, yt := vectors(r, f.out, 8)
		fx, fxt := zeroVectors(f.out)
		ay, ayt := zeroVectors(f.in)
		f.do(&xt[0], 0, &fxt[0], 0, 8)
		adjoint.do(&yt[0], 0, &ayt[0], 0, 8)
		if got, want := dot(x, ay), dot(fx, y); math.Abs(got-want) > 1e-4 {
			t.Errorf("%s of %d to %d: ⟨x, Tᵀy⟩ = %g, ⟨Tx, y⟩ = %g", f.name, f.in, f.out, got, want)
		}
	}
}

func zeroVectors(count int) ([][]float32, []*float32) {
	v, t := vectors(rand.New(rand.NewPCG(0, 0)), count, 8)
	for _, x := range v {
		clear(x)
	}
	return v, t
}

func dot(a, b [][]float32) (sum float64) {
	for i := range a {
		for e := range a[i] {
			sum += float64(a[i][e]) * float64(b[i][e])
		}
	}
	return sum
}
