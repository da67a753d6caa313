package main

// optimisers writes the steps of the optimisers.
func optimisers(g *gen) {
	g.function("adam", "is one step of Adam.", "(p, m, v, g []float32, beta1, beta2, rate, rsqrtCorrection, eps float32)")
	beta1, beta2 := g.scalar("beta1"), g.scalar("beta2")
	rate, r, eps := g.scalar("rate"), g.scalar("rsqrtCorrection"), g.scalar("eps")
	rest1, rest2 := g.oneMinus(beta1), g.oneMinus(beta2)
	g.elements([]string{"p", "m", "v", "g"}, []string{"p", "m", "v"}, 1, func(x []vec) []vec {
		p, m, v, grad := x[0], x[1], x[2], x[3]
		t, d := g.YMM(), g.YMM()
		g.VSUBPS(m, grad, t)
		g.VFMADD231PS(t, rest1, m)
		g.VMULPS(grad, rest2, t)
		g.VMULPS(v, beta2, v)
		g.VFMADD231PS(t, grad, v)
		g.VSQRTPS(v, d)
		g.VFMADD213PS(eps, r, d)
		g.VMULPS(m, rate, t)
		g.VDIVPS(d, t, t)
		g.VSUBPS(t, p, p)
		return x[:3]
	})

	g.function("rmsProp", "is one step of RMSProp.", "(p, v, g []float32, rate, alpha, eps float32)")
	rate, eps = g.scalar("rate"), g.scalar("eps")
	alpha := g.scalar("alpha")
	rest := g.oneMinus(alpha)
	g.elements([]string{"p", "v", "g"}, []string{"p", "v"}, 1, func(x []vec) []vec {
		p, v, grad := x[0], x[1], x[2]
		t, d := g.YMM(), g.YMM()
		g.VMULPS(grad, rest, t)
		g.VMULPS(v, alpha, v)
		g.VFMADD231PS(t, grad, v)
		g.VSQRTPS(v, d)
		g.VADDPS(eps, d, d)
		g.VMULPS(grad, rate, t)
		g.VDIVPS(d, t, t)
		g.VSUBPS(t, p, p)
		return x[:2]
	})

	g.function("sgd", "is one step of gradient descent with momentum.", "(p, m, g []float32, rate, momentum float32)")
	rate = g.scalar("rate")
	momentum := g.scalar("momentum")
	g.elements([]string{"p", "m", "g"}, []string{"p", "m"}, 2, func(x []vec) []vec {
		p, m, grad := x[0], x[1], x[2]
		g.VFMADD213PS(grad, momentum, m)
		g.VFNMADD231PS(m, rate, p)
		return x[:2]
	})
}

// oneMinus returns 1−x.
func (g *gen) oneMinus(x vec) vec {
	v := g.load(g.num(1))
	g.VSUBPS(x, v, v)
	return v
}
