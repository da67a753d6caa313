// Package optim updates parameters from gradients: stochastic gradient descent with momentum,
// RMSProp and Adam, schedules of learning rates, and exponential moving averages of weights. It
// computes no gradients and decides nothing about when to update.
package optim

import (
	"fmt"
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// Config says how parameters are updated; its numbers mean what they mean in PyTorch.
type Config struct {
	Name     string  // sgd | rmsprop | adam
	LR       float64 // learning rate
	Beta1    float64 // adam: decay of the mean of gradients
	Beta2    float64 // adam: decay of the mean of squared gradients; rmsprop: alpha
	Momentum float64 // sgd
}

const eps = 1e-8

// Optimizer updates the parameters of one network and holds what it remembers between steps.
type Optimizer struct {
	Config
	Steps  int64 // updates done
	params []*nn.Param
	first  []*tensor.Tensor // momentum or mean of gradients
	second []*tensor.Tensor // mean of squared gradients
}

// New returns an optimiser of params. The error names an unknown kind.
func New(c Config, params []*nn.Param) (*Optimizer, error) {
	o := &Optimizer{Config: c, params: params}
	first, second := false, false
	switch c.Name {
	case "sgd":
		first = c.Momentum != 0
	case "rmsprop":
		second = true
	case "adam":
		first, second = true, true
	default:
		return nil, fmt.Errorf("optimizer %q: want sgd, rmsprop or adam", c.Name)
	}
	for _, p := range params {
		if first {
			o.first = append(o.first, tensor.New(p.Value.Shape...))
		}
		if second {
			o.second = append(o.second, tensor.New(p.Value.Shape...))
		}
	}
	return o, nil
}

// Step updates every parameter with its gradient; a nil gradient leaves it alone. factor scales the
// learning rate.
//
// SGD with momentum is Sutskever et al. 2013 in PyTorch's form, RMSProp Tieleman and Hinton 2012,
// Adam Kingma and Ba 2015, Algorithm 1.
func (o *Optimizer) Step(grads []*grad.Value, factor float64) {
	o.Steps++
	lr := float32(o.LR * factor)
	b1, b2 := float32(o.Beta1), float32(o.Beta2)
	c1 := float32(1 - math.Pow(o.Beta1, float64(o.Steps)))
	c2 := float32(1 - math.Pow(o.Beta2, float64(o.Steps)))
	for i, p := range o.params {
		if grads[i] == nil {
			continue
		}
		g, w := grads[i].Data, p.Value.Data
		switch o.Name {
		case "sgd":
			var m []float32
			if o.first != nil {
				m = o.first[i].Data
			}
			tensor.SGD(w, m, g, lr, float32(o.Momentum))
		case "rmsprop":
			tensor.RMSProp(w, o.second[i].Data, g, lr, b2, eps)
		case "adam":
			tensor.Adam(w, o.first[i].Data, o.second[i].Data, g, lr, b1, b2, eps, c1, c2)
		}
	}
}

// Tensors calls f with every array that the next step depends on and a name for it, in a fixed
// order.
func (o *Optimizer) Tensors(f func(name string, x *tensor.Tensor)) {
	for i, m := range o.first {
		f(o.params[i].Name+".m", m)
	}
	for i, v := range o.second {
		f(o.params[i].Name+".v", v)
	}
}

// Clip limits every parameter to [−c, c]: weight clipping of Arjovsky et al. 2017, Algorithm 1.
func (o *Optimizer) Clip(c float64) {
	for _, p := range o.params {
		tensor.Clamp(p.Value.Data, p.Value.Data, float32(-c), float32(c))
	}
}

// Decay returns the factor of the learning rate at a step of a schedule over steps: "none",
// "linear", "cosine" (Loshchilov and Hutter 2017, without restarts) or "exponential", from 1 to
// final. Before 0 and beyond steps it stays at its ends. It panics on another kind.
func Decay(kind string, step, steps int64, final float64) float64 {
	t := 0.0
	if steps > 0 {
		t = min(1, max(0, float64(step)/float64(steps)))
	}
	switch kind {
	case "none":
		return 1
	case "linear":
		return 1 - (1-final)*t
	case "cosine":
		return final + (1-final)*(1+math.Cos(math.Pi*t))/2
	case "exponential":
		return math.Pow(final, t)
	}
	panic("optim: no schedule " + kind)
}

// Average moves the exponential moving average dst of a network's weights towards src: dst ←
// decay·dst + (1−decay)·src. Buffers are copied.
func Average(dst, src *nn.Net, decay float64) {
	for i, p := range dst.Params {
		tensor.Lerp(p.Value.Data, p.Value.Data, src.Params[i].Value.Data, float32(1-decay))
	}
	for i, p := range dst.Buffers {
		copy(p.Value.Data, src.Buffers[i].Value.Data)
	}
}
