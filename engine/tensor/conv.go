package tensor

import (
	"fmt"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// ConvShape describes a two-dimensional convolution: input (N, H, W, C), weights (OutC, K, K, C),
// output (N, OH, OW, OutC) with OH = ⌊(H + 2·Pad − K)/Stride⌋ + 1 and OW likewise.
type ConvShape struct {
	N, H, W, C           int
	OutC, K, Stride, Pad int
}

// Out returns the height and width of the output.
func (s ConvShape) Out() (oh, ow int) {
	return (s.H+2*s.Pad-s.K)/s.Stride + 1, (s.W+2*s.Pad-s.K)/s.Stride + 1
}

// check panics unless the lengths of input, output and weights fit the shape.
func (s ConvShape) check(x, y, w int) (oh, ow int) {
	if s.N < 0 || s.H < 0 || s.W < 0 || s.C < 0 || s.OutC < 0 || s.K < 1 || s.Stride < 1 || s.Pad < 0 ||
		s.H+2*s.Pad < s.K || s.W+2*s.Pad < s.K {
		panic(fmt.Sprintf("tensor: impossible convolution %+v", s))
	}
	oh, ow = s.Out()
	if x != s.N*s.H*s.W*s.C || y != s.N*oh*ow*s.OutC || w != s.OutC*s.K*s.K*s.C {
		panic(fmt.Sprintf("tensor: convolution %+v with %d inputs, %d outputs and %d weights", s, x, y, w))
	}
	return oh, ow
}

// Conv sets dst (N, OH, OW, OutC) to the convolution (cross-correlation, as in PyTorch) of x (N, H, W, C)
// with w (OutC, K, K, C). dst overlaps neither. It panics if a length does not fit s.
func Conv(dst, x, w []float32, s ConvShape) {
	oh, ow := s.check(len(x), len(dst), len(w))
	kkc := s.K * s.K * s.C
	if len(dst) == 0 {
		return
	}
	wm := blas32.General{Rows: s.OutC, Cols: kkc, Stride: max(1, kkc), Data: w}
	cols := make([]float32, oh*ow*kkc)
	for n := range s.N {
		im2col(cols, x[n*s.H*s.W*s.C:(n+1)*s.H*s.W*s.C], s, oh, ow)
		blas32.Gemm(blas.NoTrans, blas.Trans, 1,
			blas32.General{Rows: oh * ow, Cols: kkc, Stride: max(1, kkc), Data: cols}, wm, 0,
			blas32.General{Rows: oh * ow, Cols: s.OutC, Stride: s.OutC, Data: dst[n*oh*ow*s.OutC:]})
	}
}

// ConvTransposed sets dst (N, H, W, C) to the adjoint of Conv in x, applied to y (N, OH, OW, OutC).
// dst overlaps neither y nor w. It panics if a length does not fit s.
func ConvTransposed(dst, y, w []float32, s ConvShape) {
	oh, ow := s.check(len(dst), len(y), len(w))
	kkc := s.K * s.K * s.C
	clear(dst)
	if len(y) == 0 || len(dst) == 0 {
		return
	}
	wm := blas32.General{Rows: s.OutC, Cols: kkc, Stride: max(1, kkc), Data: w}
	cols := make([]float32, oh*ow*kkc)
	for n := range s.N {
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1,
			blas32.General{Rows: oh * ow, Cols: s.OutC, Stride: s.OutC, Data: y[n*oh*ow*s.OutC:]}, wm, 0,
			blas32.General{Rows: oh * ow, Cols: kkc, Stride: max(1, kkc), Data: cols})
		col2im(dst[n*s.H*s.W*s.C:(n+1)*s.H*s.W*s.C], cols, s, oh, ow)
	}
}

// ConvFilter sets dst (OutC, K, K, C) to the adjoint of Conv in w: the gradient of the weights for input
// x (N, H, W, C) and output gradient y (N, OH, OW, OutC). dst overlaps neither. It panics if a length does not fit s.
func ConvFilter(dst, x, y []float32, s ConvShape) {
	oh, ow := s.check(len(x), len(y), len(dst))
	kkc := s.K * s.K * s.C
	clear(dst)
	if len(y) == 0 || len(dst) == 0 {
		return
	}
	wm := blas32.General{Rows: s.OutC, Cols: kkc, Stride: max(1, kkc), Data: dst}
	cols := make([]float32, oh*ow*kkc)
	for n := range s.N {
		im2col(cols, x[n*s.H*s.W*s.C:(n+1)*s.H*s.W*s.C], s, oh, ow)
		blas32.Gemm(blas.Trans, blas.NoTrans, 1,
			blas32.General{Rows: oh * ow, Cols: s.OutC, Stride: s.OutC, Data: y[n*oh*ow*s.OutC:]},
			blas32.General{Rows: oh * ow, Cols: kkc, Stride: max(1, kkc), Data: cols}, 1, wm)
	}
}

// im2col writes the patch of every output position of one image as a row of cols (OH·OW, K·K·C).
func im2col(cols, x []float32, s ConvShape, oh, ow int) {
	for p := range oh * ow {
		i0, j0 := p/ow*s.Stride-s.Pad, p%ow*s.Stride-s.Pad
		for t := range s.K * s.K {
			i, j := i0+t/s.K, j0+t%s.K
			to := cols[(p*s.K*s.K+t)*s.C:][:s.C]
			if i < 0 || i >= s.H || j < 0 || j >= s.W {
				clear(to)
			} else {
				copy(to, x[(i*s.W+j)*s.C:])
			}
		}
	}
}

// col2im adds every row of cols to the patch of x that im2col would have read it from.
func col2im(x, cols []float32, s ConvShape, oh, ow int) {
	for p := range oh * ow {
		i0, j0 := p/ow*s.Stride-s.Pad, p%ow*s.Stride-s.Pad
		for t := range s.K * s.K {
			i, j := i0+t/s.K, j0+t%s.K
			if i < 0 || i >= s.H || j < 0 || j >= s.W {
				continue
			}
			from := cols[(p*s.K*s.K+t)*s.C:][:s.C]
			to := x[(i*s.W+j)*s.C:][:s.C]
			for c, v := range from {
				to[c] += v
			}
		}
	}
}
