package grad

import "ganvas/engine/tensor"

// Normalize returns (x−mean)/√(var+eps) with the mean and biased variance of each group, and the
// group means and reciprocal standard deviations 1/√(var+eps), which are constants unless
// differentiated through the result. With groups per channel it is batch normalisation (Ioffe and
// Szegedy 2015), per item layer normalisation (Ba et al. 2016), per item and channel instance
// normalisation, per item and group of channels group normalisation (Wu and He 2018).
func Normalize(x *Value, eps float32, d tensor.Dims) (y *Value, mean, rstd []float32) {
	checkDims("Normalize", x, d)
	groups := []int{d.N * d.G}
	m := x.tape.result(groups)
	r := x.tape.result(groups)
	y = like(x)
	tensor.Normalize(y.Data, m.Data, r.Data, x.Data, eps, d)
	r.attr.dims, y.attr.dims = d, d
	// The rule of r needs y, which comes after it on the tape: an input from later on is none that
	// Grad visits.
	r.record(rstdRule, x)
	y.record(normalizeRule, x, r)
	if r.needs {
		r.in[1] = y
	}
	return y, m.Data, r.Data
}

// rstdRule: r = (var+eps)^−½ has dr/dxᵢ = −r²·yᵢ/M over the M members of a group.
func rstdRule(r, dr *Value, _ int) *Value {
	d, y := r.attr.dims, r.in[1]
	k := Scale(Mul(dr, Mul(r, r)), -1/float32(d.S*d.K))
	return GroupScale(y, k, d)
}

// normalizeRule gives the whole gradient to x, the part through the standard deviation included.
func normalizeRule(y, dy *Value, i int) *Value {
	if i == 1 {
		return nil
	}
	return normalizeGrad(dy, y, y.in[1], y.attr.dims)
}

// normalizeGrad returns r·(dy − mean(dy) − y·mean(dy·y)), means over each group.
func normalizeGrad(dy, y, r *Value, d tensor.Dims) *Value {
	dx := like(dy)
	tensor.NormalizeGrad(dx.Data, dy.Data, y.Data, r.Data, d)
	dx.attr.dims = d
	return dx.record(normalizeGradRule, dy, y, r)
}

func normalizeGradRule(dx, g *Value, i int) *Value {
	d, dy, y, r := dx.attr.dims, dx.in[0], dx.in[1], dx.in[2]
	m := 1 / float32(d.S*d.K)
	switch i {
	case 0: // the projection is symmetric
		return normalizeGrad(g, y, r, d)
	case 1:
		a := GroupScale(g, Scale(Mul(r, GroupDot(dy, y, d)), -m), d)
		b := GroupScale(dy, Scale(Mul(r, GroupDot(g, y, d)), -m), d)
		return Add(a, b)
	default:
		return Div(GroupDot(g, dx, d), r)
	}
}
