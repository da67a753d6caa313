package nn

import (
	"math"
	"math/rand/v2"

	"ganvas/engine/tensor"
)

// Init fills the parameters in the way that a recipe's key init names: "dcgan" is N(0, 0.02)
// (Radford et al. 2016), "kaiming" N(0, gain/√fan-in) with the gain of the activation that follows
// (He et al. 2015), "xavier" U(±√(6/(fan-in+fan-out))) (Glorot and Bengio 2010), "orthogonal" (Saxe
// et al. 2014), "zero-last" is kaiming with the last weights zero. Biases are 0, weights of
// normalisation 1, the factor of attention 0. It panics on another name.
func (n *Net) Init(name string, rng *rand.Rand) {
	if n.Parts != nil {
		panic("nn: Init of several networks: initialise each")
	}
	last := -1
	for i, l := range n.Layers {
		if l.weighted() {
			last = i
		}
	}
	for _, p := range n.Params {
		if p.extra {
			continue
		}
		switch zero := name == "zero-last" && p.layer == last; {
		case p.start.fill == zeros || p.start.fill == weights && zero && !n.Layers[last].WeightNorm:
			clear(p.Value.Data)
		case p.start.fill == ones:
			tensor.Fill(p.Value.Data, 1)
		case p.start.fill == weights:
			gain := p.start.gain
			if gain == 0 {
				gain = n.gainAfter(p.layer)
			}
			initWeights(p.Value, p.start.like, gain, name, rng)
		}
	}
	for i, m := range n.modules {
		if k, ok := m.(interface{ begin(n *Net, zero bool) }); ok {
			k.begin(n, name == "zero-last" && i == last)
		}
	}
	n.initExtras(name, rng)
}

// start is how Init fills a parameter.
type start struct {
	fill fill
	like Layer   // weights are drawn as those of such a layer
	gain float64 // 0: that of the activation that follows the layer
}

type fill int

const (
	zeros fill = iota
	ones
	weights
	untouched // it follows from other parameters
)

func (s *spectral) init(w *Param) {
	if s != nil {
		s.start(w.Value.Data)
	}
}

func (l Layer) weighted() bool { return l.Kind == "linear" || l.Kind == "conv" || l.Kind == "convt" }

// gainAfter returns the gain for the first activation after layer i.
func (n *Net) gainAfter(i int) float64 {
	for _, l := range n.Layers[i+1:] {
		switch l.Kind {
		case "relu", "silu", "gelu":
			return math.Sqrt2
		case "lrelu":
			return leakyGain(l.Args[0])
		case "residual":
			return leakyGain(residualSlope)
		case "linear", "conv", "convt", "tanh", "sigmoid", "softplus", "maxout", "attention", "minibatch-discrimination":
			return 1
		}
	}
	return 1
}

// leakyGain is the gain of LeakyReLU.
func leakyGain(slope float64) float64 { return math.Sqrt(2 / (1 + slope*slope)) }

func initWeights(w *tensor.Tensor, l Layer, gain float64, name string, rng *rand.Rand) {
	in, out := fans(w.Shape, l)
	fill := func(f func() float64) {
		for i := range w.Data {
			w.Data[i] = float32(f())
		}
	}
	switch name {
	case "dcgan":
		fill(func() float64 { return 0.02 * rng.NormFloat64() })
	case "kaiming", "zero-last":
		std := gain / math.Sqrt(in)
		fill(func() float64 { return std * rng.NormFloat64() })
	case "xavier":
		bound := math.Sqrt(6 / (in + out))
		fill(func() float64 { return bound * (2*rng.Float64() - 1) })
	case "orthogonal":
		orthogonal(w, gain, rng)
	default:
		panic("nn: no initialiser " + name)
	}
}

// fans returns how many inputs an output has, and how many outputs an input.
func fans(shape []int, l Layer) (in, out float64) {
	if l.Kind == "linear" {
		return float64(shape[1]), float64(shape[0])
	}
	k, s := float64(shape[1]*shape[2]), float64(l.Arg(2)*l.Arg(2))
	if l.Kind == "convt" {
		return float64(shape[0]) * k / s, float64(shape[3]) * k
	}
	return float64(shape[3]) * k, float64(shape[0]) * k / s
}

// orthogonal fills the matrix of first against remaining dimensions with orthonormal rows, or
// columns where there are fewer of them, times the gain: Gram-Schmidt on Gaussian vectors.
func orthogonal(w *tensor.Tensor, gain float64, rng *rand.Rand) {
	rows := w.Shape[0]
	cols := len(w.Data) / rows
	count, length := rows, cols
	if rows > cols {
		count, length = cols, rows
	}
	basis := make([][]float64, count)
	for i := range basis {
		v := make([]float64, length)
		for j := range v {
			v[j] = rng.NormFloat64()
		}
		for range 2 { // twice is enough for full accuracy
			for _, b := range basis[:i] {
				dot := 0.0
				for j, x := range v {
					dot += x * b[j]
				}
				for j := range v {
					v[j] -= dot * b[j]
				}
			}
		}
		norm := 0.0
		for _, x := range v {
			norm += x * x
		}
		norm = 1 / math.Sqrt(norm)
		for j := range v {
			v[j] *= norm
		}
		basis[i] = v
	}
	for r := range rows {
		for c := range cols {
			x := 0.0
			if rows > cols {
				x = basis[c][r]
			} else {
				x = basis[r][c]
			}
			w.Data[r*cols+c] = float32(gain * x)
		}
	}
}
