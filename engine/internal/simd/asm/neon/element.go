package main

// element writes the element-wise kernels that need only arithmetic.
func element(k *kernels) {
	arithmetic(k)
	arithmeticWithScalars(k)
	activations(k)
	gradients(k)
	normalisers(k)
}

func arithmetic(k *kernels) {
	for _, op := range []struct {
		name, doc string
		ins       func(f kernel) func(d, n, m vec)
	}{
		{"add", "stores a+b in dst.", func(f kernel) func(d, n, m vec) { return f.FADD }},
		{"sub", "stores a−b in dst.", func(f kernel) func(d, n, m vec) { return f.FSUB }},
		{"mul", "stores a·b in dst.", func(f kernel) func(d, n, m vec) { return f.FMUL }},
		{"div", "stores a/b in dst.", func(f kernel) func(d, n, m vec) { return f.FDIV }},
	} {
		f := k.begin(op.name, op.doc, "(dst, a, b []float32)")
		ins := op.ins(f)
		f.elements(twoInputs, result, 4, func(x []vec) []vec {
			ins(x[0], x[0], x[1])
			return x[:1]
		})
	}
}

func arithmeticWithScalars(k *kernels) {
	f := k.begin("scale", "stores a·s in dst.", "(dst, a []float32, s float32)")
	s := f.Scalar("s")
	f.elements(oneInput, result, 4, func(x []vec) []vec {
		f.FMUL(x[0], x[0], s)
		return x
	})

	f = k.begin("addScalar", "stores a+s in dst.", "(dst, a []float32, s float32)")
	s = f.Scalar("s")
	f.elements(oneInput, result, 4, func(x []vec) []vec {
		f.FADD(x[0], x[0], s)
		return x
	})

	f = k.begin("addScaled", "stores a+s·b in dst.", "(dst, a, b []float32, s float32)")
	s = f.Scalar("s")
	f.elements(twoInputs, result, 4, func(x []vec) []vec {
		f.FMLA(x[0], x[1], s)
		return x[:1]
	})

	f = k.begin("lerp", "stores a+t·(b−a) in dst.", "(dst, a, b []float32, t float32)")
	t := f.Scalar("t")
	f.elements(twoInputs, result, 4, func(x []vec) []vec {
		f.FSUB(x[1], x[1], x[0])
		f.FMLA(x[0], x[1], t)
		return x[:1]
	})

	f = k.begin("affine", "stores a·scale+shift in dst.", "(dst, a []float32, scale, shift float32)")
	scale, shift := f.Scalar("scale"), f.Scalar("shift")
	f.elements(oneInput, result, 4, func(x []vec) []vec {
		return []vec{f.fused(shift, x[0], scale)}
	})

	f = k.begin("clamp", "stores a limited to [lo, hi] in dst; NaN stays NaN.", "(dst, a []float32, lo, hi float32)")
	lo, hi := f.Scalar("lo"), f.Scalar("hi")
	f.elements(oneInput, result, 4, func(x []vec) []vec {
		f.FMAX(x[0], x[0], lo)
		f.FMIN(x[0], x[0], hi)
		return x
	})

	f = k.begin("fill", "sets dst to s.", "(dst []float32, s float32)")
	s = f.Scalar("s")
	f.elements(nil, result, 4, func([]vec) []vec { return []vec{s} })
}

// fused returns a+x·y in a register of its own.
func (k kernel) fused(a, x, y vec) vec {
	v := k.V()
	k.MOV(v, a)
	k.FMLA(v, x, y)
	return v
}

func activations(k *kernels) {
	f := k.begin("relu", "stores max(a, 0) in dst; NaN stays NaN.", "(dst, a []float32)")
	zero := f.Zero()
	f.elements(oneInput, result, 4, func(x []vec) []vec {
		f.FMAX(x[0], x[0], zero)
		return x
	})

	f = k.begin("leaky", "stores a > 0 ? a : slope·a in dst.", "(dst, a []float32, slope float32)")
	zero, slope := f.Zero(), f.Scalar("slope")
	f.elements(oneInput, result, 4, func(x []vec) []vec {
		return []vec{f.sloped(x[0], x[0], slope, zero)}
	})
}

// sloped returns y > 0 ? x : slope·x.
func (k kernel) sloped(x, y, slope, zero vec) vec {
	low, positive := k.V(), k.V()
	k.FMUL(low, x, slope)
	k.FCMGT(positive, y, zero)
	k.BSL(positive, x, low)
	return positive
}

func gradients(k *kernels) {
	ofResult := []string{"dy", "y"}

	f := k.begin("leakyGrad", "stores y > 0 ? dy : slope·dy in dst.", "(dst, dy, y []float32, slope float32)")
	zero, slope := f.Zero(), f.Scalar("slope")
	f.elements(ofResult, result, 4, func(x []vec) []vec {
		return []vec{f.sloped(x[0], x[1], slope, zero)}
	})

	f = k.begin("tanhGrad", "stores dy·(1−y²) in dst.", "(dst, dy, y []float32)")
	one := f.Num(1)
	f.elements(ofResult, result, 4, func(x []vec) []vec {
		// (1−y)·(1+y) keeps its relative accuracy where y is near 1.
		up := f.V()
		f.FADD(up, one, x[1])
		f.FSUB(x[1], one, x[1])
		f.FMUL(up, x[1], up)
		f.FMUL(up, x[0], up)
		return []vec{up}
	})

	f = k.begin("sigmoidGrad", "stores dy·y·(1−y) in dst.", "(dst, dy, y []float32)")
	one = f.Num(1)
	f.elements(ofResult, result, 4, func(x []vec) []vec {
		rest := f.V()
		f.FSUB(rest, one, x[1])
		f.FMUL(rest, x[1], rest)
		f.FMUL(rest, x[0], rest)
		return []vec{rest}
	})
}

func normalisers(k *kernels) {
	f := k.begin("normalize", "stores (x−mean)·rstd+residue in dst.", "(dst, x []float32, mean, rstd, residue float32)")
	mean, rstd, residue := f.Scalar("mean"), f.Scalar("rstd"), f.Scalar("residue")
	f.elements([]string{"x"}, result, 4, func(x []vec) []vec {
		f.FSUB(x[0], x[0], mean)
		return []vec{f.fused(residue, x[0], rstd)}
	})

	f = k.begin("normGrad", "stores rstd·(dy−meanDY−y·dot) in dst.", "(dst, dy, y []float32, rstd, meanDY, dot float32)")
	rstd, meanDY, dot := f.Scalar("rstd"), f.Scalar("meanDY"), f.Scalar("dot")
	f.elements([]string{"dy", "y"}, result, 4, func(x []vec) []vec {
		f.FSUB(x[0], x[0], meanDY)
		f.FMLS(x[0], x[1], dot)
		f.FMUL(x[0], rstd, x[0])
		return x[:1]
	})
}
