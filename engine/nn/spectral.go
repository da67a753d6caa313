package nn

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// spectral divides a weight matrix by an estimate of its largest singular value, one power iteration a training
// step (Miyato et al. 2018, Algorithm 1). A nil *spectral leaves weights as they are.
type spectral struct {
	rows, cols int // of the stored weights; of a transposed convolution output channels are the innermost index
	inner      int // size of that index, or 0 where outputs are rows
	u, v       *tensor.Tensor
}

// spectral returns the normaliser of layer i, or nil if l has none. transposed says that outputs are not the rows.
func (n *Net) spectral(i int, l Layer, rows, cols int, transposed bool) *spectral {
	if !l.Spectral {
		return nil
	}
	s := &spectral{rows: rows, cols: cols}
	outs := rows
	if transposed {
		outs = l.Arg(0)
		s.inner = outs
	}
	s.u = n.buffer(i, "weight_u", outs)
	s.v = n.buffer(i, "weight_v", rows*cols/outs)
	return s
}

// start gives u and v the direction of a fixed vector and iterates, so that the first steps have a fair estimate.
func (s *spectral) start(w []float32) {
	for i := range s.u.Data {
		s.u.Data[i] = 1 + 0.1*float32(i%7)
	}
	for range 15 {
		s.iterate(w)
	}
}

// at calls f with the output and the remaining index of each weight.
func (s *spectral) at(f func(i, out, rest int)) {
	for i := range s.rows * s.cols {
		if s.inner > 0 {
			f(i, i%s.inner, i/s.inner)
		} else {
			f(i, i/s.cols, i%s.cols)
		}
	}
}

// iterate does one step of the power method: v ← Wᵀu, u ← Wv, each of length one.
func (s *spectral) iterate(w []float32) {
	v := make([]float64, len(s.v.Data))
	s.at(func(i, out, rest int) { v[rest] += float64(w[i]) * float64(s.u.Data[out]) })
	unit(s.v.Data, v)
	u := make([]float64, len(s.u.Data))
	s.at(func(i, out, rest int) { u[out] += float64(w[i]) * float64(s.v.Data[rest]) })
	unit(s.u.Data, u)
}

func unit(dst []float32, x []float64) {
	sum := 0.0
	for _, a := range x {
		sum += a * a
	}
	r := 1 / math.Max(math.Sqrt(sum), 1e-12)
	for i, a := range x {
		dst[i] = float32(a * r)
	}
}

func (s *spectral) normalize(c *call, w *grad.Value) *grad.Value {
	if s == nil {
		return w
	}
	if c.mode == Train {
		s.iterate(w.Data)
	}
	outer := w.Tape().Empty(w.Shape()...)
	s.at(func(i, out, rest int) { outer.Data[i] = s.u.Data[out] * s.v.Data[rest] })
	all := tensor.Dims{N: 1, S: 1, G: 1, K: len(w.Data)}
	sigma := grad.GroupDot(w, outer, all)
	one := w.Tape().Full(1, 1)
	return grad.GroupScale(w, grad.Div(one, sigma), all)
}
