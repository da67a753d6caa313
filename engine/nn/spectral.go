package nn

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// spectral divides a weight matrix by an estimate of its largest singular value, one power
// iteration a training step (Miyato et al. 2018, Algorithm 1). A nil *spectral leaves weights as
// they are.
type spectral struct {
	rows, cols int // of the stored weights; of a transposed convolution output channels are the innermost index
	inner      int // size of that index, or 0 where outputs are rows
	u, v       *tensor.Tensor
}

// spectral returns the normaliser of layer i, or nil if l has none. transposed says that outputs
// are not the rows.
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

// start gives u and v the direction of a fixed vector and iterates, so that the first steps have a
// fair estimate.
func (s *spectral) start(w []float32) {
	for i := range s.u.Data {
		s.u.Data[i] = 1 + 0.1*float32(i%7)
	}
	for range 15 {
		s.iterate(w)
	}
}

// iterate does one step of the power method: v ← Wᵀu, u ← Wv, each of length one.
func (s *spectral) iterate(w []float32) {
	v := make([]float64, len(s.v.Data))
	s.rowsOf(w, func(first int, row []float32) {
		if s.inner == 0 {
			addScaled(v, row, float64(s.u.Data[first]))
		} else {
			v[first] = dot(row, s.u.Data)
		}
	})
	unit(s.v.Data, v)
	u := make([]float64, len(s.u.Data))
	s.rowsOf(w, func(first int, row []float32) {
		if s.inner == 0 {
			u[first] = dot(row, s.v.Data)
		} else {
			addScaled(u, row, float64(s.v.Data[first]))
		}
	})
	unit(s.u.Data, u)
}

// rowsOf calls f with the weights of each output or, where outputs are the innermost index, of each
// of the other indices.
func (s *spectral) rowsOf(w []float32, f func(first int, row []float32)) {
	length := s.cols
	if s.inner > 0 {
		length = s.inner
	}
	for i := 0; (i+1)*length <= len(w); i++ {
		f(i, w[i*length:(i+1)*length])
	}
}

// addScaled adds a·x to sum.
func addScaled(sum []float64, x []float32, a float64) {
	sum = sum[:len(x)]
	for i, v := range x {
		sum[i] += float64(v) * a
	}
}

func dot(x, y []float32) float64 {
	y = y[:len(x)]
	sum := 0.0
	for i, v := range x {
		sum += float64(v) * float64(y[i])
	}
	return sum
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
	along, across := s.u.Data, s.v.Data
	if s.inner > 0 {
		along, across = across, along
	}
	s.rowsOf(outer.Data, func(first int, row []float32) { tensor.Scale(row, across, along[first]) })
	all := tensor.Dims{N: 1, S: 1, G: 1, K: len(w.Data)}
	sigma := grad.GroupDot(w, outer, all)
	one := w.Tape().Full(1, 1)
	return grad.GroupScale(w, grad.Div(one, sigma), all)
}
