package main

// optimisers writes the steps of the optimisers.
func optimisers(k *kernels) {
	f := k.begin("adam", "is one step of Adam.", "(p, m, v, g []float32, beta1, beta2, rate, rsqrtCorrection, eps float32)")
	beta2, rate, r, eps := f.Scalar("beta2"), f.Scalar("rate"), f.Scalar("rsqrtCorrection"), f.Scalar("eps")
	rest1, rest2 := f.oneMinus(f.Scalar("beta1")), f.oneMinus(beta2)
	f.elements([]string{"p", "m", "v", "g"}, []string{"p", "m", "v"}, 2, func(x []vec) []vec {
		p, m, v, grad := x[0], x[1], x[2], x[3]
		t, d := f.V(), f.V()
		f.FSUB(t, grad, m)
		f.FMLA(m, t, rest1)
		f.FMUL(t, grad, rest2)
		f.FMUL(v, v, beta2)
		f.FMLA(v, t, grad)
		f.FSQRT(d, v)
		f.FMUL(t, m, rate)
		f.FDIV(t, t, f.fused(eps, d, r))
		f.FSUB(p, p, t)
		return x[:3]
	})

	f = k.begin("rmsProp", "is one step of RMSProp.", "(p, v, g []float32, rate, alpha, eps float32)")
	rate, eps = f.Scalar("rate"), f.Scalar("eps")
	alpha := f.Scalar("alpha")
	rest := f.oneMinus(alpha)
	f.elements([]string{"p", "v", "g"}, []string{"p", "v"}, 2, func(x []vec) []vec {
		p, v, grad := x[0], x[1], x[2]
		t, d := f.V(), f.V()
		f.FMUL(t, grad, rest)
		f.FMUL(v, v, alpha)
		f.FMLA(v, t, grad)
		f.FSQRT(d, v)
		f.FADD(d, d, eps)
		f.FMUL(t, grad, rate)
		f.FDIV(t, t, d)
		f.FSUB(p, p, t)
		return x[:2]
	})

	f = k.begin("sgd", "is one step of gradient descent with momentum.", "(p, m, g []float32, rate, momentum float32)")
	rate = f.Scalar("rate")
	momentum := f.Scalar("momentum")
	f.elements([]string{"p", "m", "g"}, []string{"p", "m"}, 2, func(x []vec) []vec {
		p, m, grad := x[0], x[1], x[2]
		f.FMLA(grad, m, momentum)
		f.FMLS(p, rate, grad)
		return []vec{p, grad}
	})
}

// oneMinus returns 1−x.
func (k kernel) oneMinus(x vec) vec {
	v := k.Num(1)
	k.FSUB(v, v, x)
	return v
}
