// Package latent finds ways through a generator's latent space: directions that change most, and
// paths between points. It draws no pictures.
package latent

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"ganvas/engine/gan"
)

// Direction is a unit vector of the latent space.
type Direction struct {
	Name     string
	V        []float32
	Strength float64 // singular value, relative to the first
}

// Directions returns the k directions in which the generator's first layer changes most: the right
// singular vectors of its weights, strongest first (Shen and Zhou, "Closed-Form Factorization of
// Latent Semantics in GANs", CVPR 2021). There are at most as many as a latent has numbers. Each
// has its largest element positive, so that it is the same in every run.
func Directions(g *gan.Generator, k int) []Direction {
	w := firstWeights(g)
	_, n := w.Dims()
	// The right singular vectors are the eigenvectors of WᵀW, which is as small as a latent.
	var gram mat.SymDense
	gram.SymOuterK(1, w.T())
	var eig mat.EigenSym
	if !eig.Factorize(&gram, true) {
		return nil
	}
	values := eig.Values(nil)
	var vectors mat.Dense
	eig.VectorsTo(&vectors)
	var out []Direction
	for i := range min(k, n) {
		c := n - 1 - i // ascending values
		v := make([]float32, n)
		largest := 0.0
		for r := range v {
			x := vectors.At(r, c)
			v[r] = float32(x)
			if math.Abs(x) > math.Abs(largest) {
				largest = x
			}
		}
		if largest < 0 {
			for r := range v {
				v[r] = -v[r]
			}
		}
		strength := math.Sqrt(max(0, values[c]) / max(values[n-1], 1e-300))
		out = append(out, Direction{Name: fmt.Sprintf("direction %d", i+1), V: v, Strength: strength})
	}
	return out
}

// firstWeights returns the weights of the first layer that has any, as a matrix from latents:
// (outputs, latent).
func firstWeights(g *gan.Generator) *mat.Dense {
	n := g.Net().Part(0)
	latent := g.Latent()
	width := n.Role().Input(n.In).Channels() // of a latent with what is joined to it
	numbers := func(m mat.Matrix) *mat.Dense {
		rows, _ := m.Dims()
		return mat.DenseCopyOf(mat.DenseCopyOf(m).Slice(0, rows, 0, latent))
	}
	for _, p := range n.Params {
		s := p.Value.Shape
		switch {
		case len(s) == 2 && s[1] == width: // linear: (out, in)
			return numbers(mat.NewDense(s[0], width, doubles(p.Value.Data)))
		case len(s) == 4 && s[0] == width: // transposed convolution of 1×1 pixels: (in, K, K, out)
			return numbers(mat.NewDense(width, len(p.Value.Data)/width, doubles(p.Value.Data)).T())
		case len(s) == 4 && s[3] == width: // convolution of 1×1 pixels: (out, K, K, in)
			return numbers(mat.NewDense(len(p.Value.Data)/width, width, doubles(p.Value.Data)))
		}
		if len(s) > 1 {
			break
		}
	}
	// No layer mixes the latent's numbers as a whole: they are directions themselves.
	eye := mat.NewDense(g.Latent(), g.Latent(), nil)
	for i := range g.Latent() {
		eye.Set(i, i, 1)
	}
	return eye
}

func doubles(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

// Between returns the latent at a share t of the way from a to b: along the sphere for Gaussian
// latents, whose length hardly varies, straight for uniform ones.
func Between(a, b []float32, t float64, uniform bool) []float32 {
	if !uniform {
		return Slerp(a, b, t)
	}
	out := make([]float32, len(a))
	for i := range out {
		out[i] = a[i] + float32(t)*(b[i]-a[i])
	}
	return out
}

// Slerp goes from a to b, t from 0 to 1, on the arc around the origin, with lengths in between: the
// straight line would pass through latents that are shorter than any that the generator has seen
// (White, "Sampling Generative Networks", 2016).
func Slerp(a, b []float32, t float64) []float32 {
	var ab, aa, bb float64
	for i, x := range a {
		y := float64(b[i])
		ab += float64(x) * y
		aa += float64(x) * float64(x)
		bb += y * y
	}
	out := make([]float32, len(a))
	na, nb := math.Sqrt(aa), math.Sqrt(bb)
	cos := 1.0
	if na > 0 && nb > 0 {
		cos = max(-1, min(1, ab/(na*nb)))
	}
	angle := math.Acos(cos)
	wa, wb := 1-t, t
	if s := math.Sin(angle); s > 1e-6 {
		length := na + t*(nb-na)
		wa, wb = math.Sin((1-t)*angle)/s*length/na, math.Sin(t*angle)/s*length/nb
	}
	for i := range out {
		out[i] = float32(wa*float64(a[i]) + wb*float64(b[i]))
	}
	return out
}
