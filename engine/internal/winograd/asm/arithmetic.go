package main

// Add returns a+b.
func (g *gen) Add(a, b vec) vec {
	v := g.YMM()
	g.VADDPS(b, a, v)
	return v
}

// Sub returns a−b.
func (g *gen) Sub(a, b vec) vec {
	v := g.YMM()
	g.VSUBPS(b, a, v)
	return v
}

// Halved returns a/2.
func (g *gen) Halved(a vec) vec {
	v := g.YMM()
	g.VMULPS(g.half, a, v)
	return v
}
