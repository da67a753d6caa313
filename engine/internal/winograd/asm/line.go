package main

// A line is a transform in one dimension; those of package winograd, in vectors. apply must not change its arguments.
type line struct {
	in, out int
	apply   func(g *gen, x []vec) []vec
}

// data are Bᵀ for segments of two and of three outputs.
var data = [2]line{
	{3, 3, func(g *gen, d []vec) []vec { return []vec{g.sub(d[0], d[1]), d[1], g.sub(d[2], d[1])} }},
	{4, 4, func(g *gen, d []vec) []vec {
		return []vec{g.sub(d[0], d[2]), g.halved(g.add(d[1], d[2])), g.halved(g.sub(d[2], d[1])), g.sub(d[3], d[1])}
	}},
}

// dataAdjoint are B.
var dataAdjoint = [2]line{
	{3, 3, func(g *gen, v []vec) []vec { return []vec{v[0], g.sub(g.sub(v[1], v[0]), v[2]), v[2]} }},
	{4, 4, func(g *gen, v []vec) []vec {
		s, t := g.halved(v[1]), g.halved(v[2])
		return []vec{v[0], g.sub(g.sub(s, t), v[3]), g.sub(g.add(s, t), v[0]), v[3]}
	}},
}

// outputs are Aᵀ.
var outputs = [2]line{
	{3, 2, func(g *gen, p []vec) []vec { return []vec{g.add(p[0], p[1]), g.add(p[1], p[2])} }},
	{4, 3, func(g *gen, p []vec) []vec {
		s := g.add(p[1], p[2])
		return []vec{g.add(p[0], s), g.sub(p[1], p[2]), g.add(s, p[3])}
	}},
}

// outputsAdjoint are A.
var outputsAdjoint = [2]line{
	{2, 3, func(g *gen, y []vec) []vec { return []vec{y[0], g.add(y[0], y[1]), y[1]} }},
	{3, 4, func(g *gen, y []vec) []vec {
		s := g.add(y[0], y[2])
		return []vec{y[0], g.add(s, y[1]), g.sub(s, y[1]), y[2]}
	}},
}

// taps are G for three and for four kinds of points.
var taps = [2]line{
	{2, 3, func(g *gen, x []vec) []vec { return []vec{x[0], g.add(x[0], x[1]), x[1]} }},
	{2, 4, func(g *gen, x []vec) []vec { return []vec{x[0], g.add(x[0], x[1]), x[1], g.sub(x[0], x[1])} }},
}

// tapsAdjoint are Gᵀ.
var tapsAdjoint = [2]line{
	{3, 2, func(g *gen, k []vec) []vec { return []vec{g.add(k[0], k[1]), g.add(k[1], k[2])} }},
	{4, 2, func(g *gen, k []vec) []vec {
		return []vec{g.add(g.add(k[0], k[1]), k[3]), g.sub(g.add(k[1], k[2]), k[3])}
	}},
}

func (g *gen) add(a, b vec) vec {
	v := g.YMM()
	g.VADDPS(b, a, v)
	return v
}

// sub returns a−b.
func (g *gen) sub(a, b vec) vec {
	v := g.YMM()
	g.VSUBPS(b, a, v)
	return v
}

func (g *gen) halved(a vec) vec {
	v := g.YMM()
	g.VMULPS(g.half, a, v)
	return v
}
