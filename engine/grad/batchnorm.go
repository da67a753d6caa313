package grad

import (
	"slices"

	"ganvas/engine/tensor"
)

// BatchNorm is Normalize of each channel of x, GroupAffine with scale and shift and LeakyRelu of a
// slope, which 1 leaves out, in one operation (Ioffe and Szegedy 2015). It also returns the means
// and reciprocal standard deviations of the channels, as Normalize does.
func BatchNorm(x, scale, shift *Value, slope, eps float32) (y *Value, mean, rstd []float32) {
	d := perChannel(x)
	if d.S < 2 || d.G < 2 {
		y, mean, rstd = Normalize(x, eps, d)
		return GroupAffineLeaky(y, scale, shift, slope, d), mean, rstd
	}
	checkGroups("BatchNorm", scale, d)
	checkGroups("BatchNorm", shift, d)
	stats := x.tape.result([]int{3 * d.G}).Data
	y = like(x)
	tensor.BatchNorm(y.Data, stats, x.Data, scale.Data, shift.Data, slope, eps, d)
	y.attr.dims, y.attr.s, y.attr.eps, y.attr.stats = d, slope, eps, stats
	return y.record(batchNormRule, scale, shift, x), stats[:d.G], stats[d.G : 2*d.G]
}

// A normPass is what the rules of one BatchNorm's inputs share, while Grad goes through them one
// after the other.
type normPass struct {
	y, dy *Value
	sums  []float64 // gradients of scale and shift
	// Or, where all must be differentiable again: the gradient before the activation, and the
	// normalised input.
	g, normal *Value
}

// batchNormRule has x as the last input, so that its gradient may overwrite dy.
func batchNormRule(y, dy *Value, i int) *Value {
	if !y.tape.once.on {
		return batchNormAgain(y, dy, i)
	}
	p := &y.tape.norm
	a, scale, x := &y.attr, y.in[0], y.in[2]
	c := a.dims.G
	var dx *Value
	if i == 2 {
		dx = reuse(dy)
	} else {
		dx = like(y.in[i])
	}
	if p.y != y || p.dy != dy {
		*p = normPass{y: y, dy: dy, sums: slices.Grow(p.sums[:0], 2*c)[:2*c]}
		tensor.BatchNormSums(p.sums, dy.Data, y.Data, x.Data, a.stats, a.s, a.dims)
	}
	if i == 2 {
		tensor.BatchNormGrad(dx.Data, p.sums, dy.Data, y.Data, x.Data, a.stats, scale.Data, a.s, a.dims)
	} else {
		for g, v := range p.sums[i*c:][:c] {
			dx.Data[g] = float32(v)
		}
	}
	return dx.record(nil, dy)
}

// batchNormAgain is the rule in operations that can be differentiated.
func batchNormAgain(y, dy *Value, i int) *Value {
	p := &y.tape.norm
	d, scale, x := y.attr.dims, y.in[0], y.in[2]
	if p.y != y || p.dy != dy || p.g == nil {
		*p = normPass{y: y, dy: dy, sums: p.sums, g: dy}
		p.normal, _, _ = Normalize(x, y.attr.eps, d)
		if y.attr.s != 1 {
			p.g = leakyGrad(dy, y, y.attr.s)
		}
	}
	switch i {
	case 0:
		return Reshape(GroupDot(p.g, p.normal, d), scale.Shape()...)
	case 1:
		return Reshape(GroupSum(p.g, d), y.in[1].Shape()...)
	default:
		return GroupScale(normalizeGrad(p.g, p.normal, p.normal.in[1], d), scale, d)
	}
}

// forget ends the sharing, as nodes are about to be used again.
func (p *normPass) forget() { *p = normPass{sums: p.sums} }
