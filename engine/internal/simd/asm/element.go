package main

import "github.com/mmcloughlin/avo/operand"

// Comparison predicates of VCMPPS: ordered and quiet, so NaN compares false.
const (
	equal       = operand.U8(0)
	lessThan    = operand.U8(17)
	greaterThan = operand.U8(30)
)

var (
	oneInput  = []string{"a"}
	twoInputs = []string{"a", "b"}
	result    = []string{"dst"}
)

// element writes the element-wise kernels that need only arithmetic.
func element(g *gen) {
	arithmetic(g)
	arithmeticWithScalars(g)
	activations(g)
	gradients(g)
	normalisers(g)
}

func arithmetic(g *gen) {
	for _, k := range []struct {
		name, doc string
		op        func(ops ...operand.Op)
	}{
		{"add", "stores a+b in dst.", g.VADDPS},
		{"sub", "stores a−b in dst.", g.VSUBPS},
		{"mul", "stores a·b in dst.", g.VMULPS},
		{"div", "stores a/b in dst.", g.VDIVPS},
	} {
		g.function(k.name, k.doc, "(dst, a, b []float32)")
		g.elements(twoInputs, result, 4, func(x []vec) []vec {
			k.op(x[1], x[0], x[0])
			return x[:1]
		})
	}
}

func arithmeticWithScalars(g *gen) {
	g.function("scale", "stores a·s in dst.", "(dst, a []float32, s float32)")
	s := g.scalar("s")
	g.elements(oneInput, result, 4, func(x []vec) []vec {
		g.VMULPS(x[0], s, x[0])
		return x
	})

	g.function("addScalar", "stores a+s in dst.", "(dst, a []float32, s float32)")
	s = g.scalar("s")
	g.elements(oneInput, result, 4, func(x []vec) []vec {
		g.VADDPS(x[0], s, x[0])
		return x
	})

	g.function("addScaled", "stores a+s·b in dst.", "(dst, a, b []float32, s float32)")
	s = g.scalar("s")
	g.elements(twoInputs, result, 4, func(x []vec) []vec {
		g.VFMADD231PS(x[1], s, x[0])
		return x[:1]
	})

	g.function("lerp", "stores a+t·(b−a) in dst.", "(dst, a, b []float32, t float32)")
	t := g.scalar("t")
	g.elements(twoInputs, result, 4, func(x []vec) []vec {
		g.VSUBPS(x[0], x[1], x[1])
		g.VFMADD231PS(x[1], t, x[0])
		return x[:1]
	})

	g.function("affine", "stores a·scale+shift in dst.", "(dst, a []float32, scale, shift float32)")
	scale, shift := g.scalar("scale"), g.scalar("shift")
	g.elements(oneInput, result, 4, func(x []vec) []vec {
		g.VFMADD213PS(shift, scale, x[0])
		return x
	})

	g.function("clamp", "stores a limited to [lo, hi] in dst; NaN stays NaN.", "(dst, a []float32, lo, hi float32)")
	lo, hi := g.scalar("lo"), g.scalar("hi")
	g.elements(oneInput, result, 4, func(x []vec) []vec {
		// Minimum and maximum return their first operand here if one is NaN.
		g.VMAXPS(x[0], lo, x[0])
		g.VMINPS(x[0], hi, x[0])
		return x
	})

	g.function("fill", "sets dst to s.", "(dst []float32, s float32)")
	s = g.scalar("s")
	g.elements(nil, result, 4, func([]vec) []vec { return []vec{s} })
}

func activations(g *gen) {
	g.function("relu", "stores max(a, 0) in dst; NaN stays NaN.", "(dst, a []float32)")
	zero := g.zero()
	g.elements(oneInput, result, 4, func(x []vec) []vec {
		g.VMAXPS(x[0], zero, x[0])
		return x
	})

	g.function("leaky", "stores a > 0 ? a : slope·a in dst.", "(dst, a []float32, slope float32)")
	zero, slope := g.zero(), g.scalar("slope")
	g.elements(oneInput, result, 4, func(x []vec) []vec {
		low, positive := g.YMM(), g.YMM()
		g.VMULPS(x[0], slope, low)
		g.VCMPPS(greaterThan, zero, x[0], positive)
		g.VBLENDVPS(positive, x[0], low, low)
		return []vec{low}
	})
}

func gradients(g *gen) {
	ofResult := []string{"dy", "y"}

	g.function("leakyGrad", "stores y > 0 ? dy : slope·dy in dst.", "(dst, dy, y []float32, slope float32)")
	zero, slope := g.zero(), g.scalar("slope")
	g.elements(ofResult, result, 4, func(x []vec) []vec {
		low, positive := g.YMM(), g.YMM()
		g.VMULPS(x[0], slope, low)
		g.VCMPPS(greaterThan, zero, x[1], positive)
		g.VBLENDVPS(positive, x[0], low, low)
		return []vec{low}
	})

	g.function("tanhGrad", "stores dy·(1−y²) in dst.", "(dst, dy, y []float32)")
	one := g.load(g.num(1))
	g.elements(ofResult, result, 4, func(x []vec) []vec {
		// (1−y)·(1+y) keeps its relative accuracy where y is near 1.
		up := g.YMM()
		g.VADDPS(x[1], one, up)
		g.VSUBPS(x[1], one, x[1])
		g.VMULPS(up, x[1], up)
		g.VMULPS(up, x[0], up)
		return []vec{up}
	})

	g.function("sigmoidGrad", "stores dy·y·(1−y) in dst.", "(dst, dy, y []float32)")
	one = g.load(g.num(1))
	g.elements(ofResult, result, 4, func(x []vec) []vec {
		rest := g.YMM()
		g.VSUBPS(x[1], one, rest)
		g.VMULPS(rest, x[1], rest)
		g.VMULPS(rest, x[0], rest)
		return []vec{rest}
	})
}

func normalisers(g *gen) {
	g.function("normalize", "stores (x−mean)·rstd+residue in dst.", "(dst, x []float32, mean, rstd, residue float32)")
	mean, rstd, residue := g.scalar("mean"), g.scalar("rstd"), g.scalar("residue")
	g.elements([]string{"x"}, result, 4, func(x []vec) []vec {
		g.VSUBPS(mean, x[0], x[0])
		g.VFMADD213PS(residue, rstd, x[0])
		return x
	})

	g.function("normGrad", "stores rstd·(dy−meanDY−y·dot) in dst.", "(dst, dy, y []float32, rstd, meanDY, dot float32)")
	rstd, meanDY, dot := g.scalar("rstd"), g.scalar("meanDY"), g.scalar("dot")
	g.elements([]string{"dy", "y"}, result, 4, func(x []vec) []vec {
		g.VSUBPS(meanDY, x[0], x[0])
		g.VFNMADD231PS(x[1], dot, x[0])
		g.VMULPS(x[0], rstd, x[0])
		return x[:1]
	})
}
