// Package lines tells how the transforms of package winograd go, for the generators of assembly: in
// which order which vectors are added. It knows no instructions.
package lines

import "fmt"

// Arithmetic is what a line does with vectors. Its results are new ones.
type Arithmetic[V any] interface {
	Add(a, b V) V
	Sub(a, b V) V // a−b
	Halved(a V) V
}

// A Line is a transform in one dimension, of In vectors to Out. Apply does not change its
// arguments.
type Line[V any] struct {
	In, Out int
	Apply   func(x []V) []V
}

// A Plane transforms a tile by Rows down its columns and then by Cols along its rows; with Add,
// what it makes is added.
type Plane[V any] struct {
	Name       string
	Rows, Cols Line[V]
	Add        bool
}

// Planes returns the transforms of a Set in the arithmetic of g.
func Planes[V any](g Arithmetic[V]) (list []Plane[V]) {
	for r := range 2 {
		for c := range 2 {
			for _, p := range []struct {
				name  string
				lines [2]Line[V]
				add   bool
			}{
				{"data", data(g), false},
				{"dataAdjoint", dataAdjoint(g), true},
				{"out", outputs(g), false},
				{"outAdjoint", outputsAdjoint(g), false},
			} {
				list = append(list, Plane[V]{fmt.Sprintf("%s%d%d", p.name, r+2, c+2), p.lines[r], p.lines[c], p.add})
			}
		}
		l, adjoint := taps(g)[r], tapsAdjoint(g)[r]
		list = append(list, Plane[V]{fmt.Sprintf("taps%d", r+3), l, l, false},
			Plane[V]{fmt.Sprintf("tapsAdjoint%d", r+3), adjoint, adjoint, false})
	}
	return list
}

// data returns Bᵀ for segments of two and of three outputs.
func data[V any](g Arithmetic[V]) [2]Line[V] {
	return [2]Line[V]{
		{3, 3, func(d []V) []V { return []V{g.Sub(d[0], d[1]), d[1], g.Sub(d[2], d[1])} }},
		{4, 4, func(d []V) []V {
			return []V{g.Sub(d[0], d[2]), g.Halved(g.Add(d[1], d[2])), g.Halved(g.Sub(d[2], d[1])), g.Sub(d[3], d[1])}
		}},
	}
}

// dataAdjoint returns B.
func dataAdjoint[V any](g Arithmetic[V]) [2]Line[V] {
	return [2]Line[V]{
		{3, 3, func(v []V) []V { return []V{v[0], g.Sub(g.Sub(v[1], v[0]), v[2]), v[2]} }},
		{4, 4, func(v []V) []V {
			s, t := g.Halved(v[1]), g.Halved(v[2])
			return []V{v[0], g.Sub(g.Sub(s, t), v[3]), g.Sub(g.Add(s, t), v[0]), v[3]}
		}},
	}
}

// outputs returns Aᵀ.
func outputs[V any](g Arithmetic[V]) [2]Line[V] {
	return [2]Line[V]{
		{3, 2, func(p []V) []V { return []V{g.Add(p[0], p[1]), g.Add(p[1], p[2])} }},
		{4, 3, func(p []V) []V {
			s := g.Add(p[1], p[2])
			return []V{g.Add(p[0], s), g.Sub(p[1], p[2]), g.Add(s, p[3])}
		}},
	}
}

// outputsAdjoint returns A.
func outputsAdjoint[V any](g Arithmetic[V]) [2]Line[V] {
	return [2]Line[V]{
		{2, 3, func(y []V) []V { return []V{y[0], g.Add(y[0], y[1]), y[1]} }},
		{3, 4, func(y []V) []V {
			s := g.Add(y[0], y[2])
			return []V{y[0], g.Add(s, y[1]), g.Sub(s, y[1]), y[2]}
		}},
	}
}

// taps returns G for three and for four kinds of points.
func taps[V any](g Arithmetic[V]) [2]Line[V] {
	return [2]Line[V]{
		{2, 3, func(x []V) []V { return []V{x[0], g.Add(x[0], x[1]), x[1]} }},
		{2, 4, func(x []V) []V { return []V{x[0], g.Add(x[0], x[1]), x[1], g.Sub(x[0], x[1])} }},
	}
}

// tapsAdjoint returns Gᵀ.
func tapsAdjoint[V any](g Arithmetic[V]) [2]Line[V] {
	return [2]Line[V]{
		{3, 2, func(k []V) []V { return []V{g.Add(k[0], k[1]), g.Add(k[1], k[2])} }},
		{4, 2, func(k []V) []V {
			return []V{g.Add(g.Add(k[0], k[1]), k[3]), g.Sub(g.Add(k[1], k[2]), k[3])}
		}},
	}
}
