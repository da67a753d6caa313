package latent

import "math"

// A Path leads through latents, its pins, and back to the first if it is closed. For Gaussian latents
// it runs on a sphere, with lengths in between, smoothly through each pin: Shoemake's spline of
// quadrangles ("Animating Rotation with Quaternion Curves", SIGGRAPH 1985, section 4.2) in as many
// dimensions as there are; for uniform latents it is a Catmull–Rom spline within −1 and 1.
type Path struct {
	Pins    [][]float32 // two or more, of the same length
	Uniform bool
	Closed  bool
	// Ease is how much it rests at each pin: 0, it goes on evenly; 1, it stops there for a moment.
	Ease float64
}

// Segments returns how many ways between two pins the path has.
func (p *Path) Segments() int {
	if p.Closed {
		return len(p.Pins)
	}
	return len(p.Pins) - 1
}

// At returns the latent at a share from 0 to 1 of the path, and the pins that it lies between with
// how far it is from the first of them to the second.
func (p *Path) At(share float64) (z []float32, from, to int, t float64) {
	n := p.Segments()
	at := max(0, min(1, share)) * float64(n)
	i := min(n-1, int(at))
	t = at - float64(i)
	t += p.Ease * (t*t*(3-2*t) - t)
	from, to = p.index(i), p.index(i+1)
	if p.Uniform {
		return p.straight(i, t), from, to, t
	}
	return p.around(i, t), from, to, t
}

// index returns the number of pin i, which may lie before the first or after the last.
func (p *Path) index(i int) int {
	n := len(p.Pins)
	if p.Closed {
		return (i%n + n) % n
	}
	return max(0, min(n-1, i))
}

func (p *Path) pin(i int) []float32 { return p.Pins[p.index(i)] }

// straight is At in segment i for uniform latents.
func (p *Path) straight(i int, t float64) []float32 {
	a, b, c, d := p.pin(i-1), p.pin(i), p.pin(i+1), p.pin(i+2)
	out := make([]float32, len(b))
	for k := range out {
		slopeB, slopeC := float64(c[k]-a[k])/2, float64(d[k]-b[k])/2
		v := hermite(float64(b[k]), float64(c[k]), slopeB, slopeC, t)
		out[k] = float32(max(-1, min(1, v)))
	}
	return out
}

// hermite returns the cubic from a to b that has slopes there.
func hermite(a, b, slopeA, slopeB, t float64) float64 {
	t2, t3 := t*t, t*t*t
	return (2*t3-3*t2+1)*a + (t3-2*t2+t)*slopeA + (3*t2-2*t3)*b + (t3-t2)*slopeB
}

// around is At in segment i for Gaussian latents.
func (p *Path) around(i int, t float64) []float32 {
	b, c := unit(p.pin(i)), unit(p.pin(i+1))
	inner := func(i int) []float64 { return inner(unit(p.pin(i-1)), unit(p.pin(i)), unit(p.pin(i+1))) }
	direction := arc(arc(b, c, t), arc(inner(i), inner(i+1), t), 2*t*(1-t))
	length := hermite(size(p.pin(i)), size(p.pin(i+1)),
		(size(p.pin(i+1))-size(p.pin(i-1)))/2, (size(p.pin(i+2))-size(p.pin(i)))/2, t)
	out := make([]float32, len(direction))
	for k, v := range direction {
		out[k] = float32(v * length)
	}
	return out
}

// inner returns the point of the inner quadrangle at b, between a and c on the unit sphere.
func inner(a, b, c []float64) []float64 {
	toA, toC := tangent(b, a), tangent(b, c)
	v := make([]float64, len(b))
	for k := range v {
		v[k] = -(toA[k] + toC[k]) / 4
	}
	return along(b, v)
}

// tangent returns the direction and distance from a to b on the unit sphere, as a vector at a: the
// logarithm. Of opposite points no way is shorter than others; it returns none.
func tangent(a, b []float64) []float64 {
	cos := max(-1, min(1, dot(a, b)))
	angle := math.Acos(cos)
	out := make([]float64, len(a))
	sin := math.Sin(angle)
	if sin < 1e-9 {
		return out
	}
	for k := range out {
		out[k] = angle / sin * (b[k] - cos*a[k])
	}
	return out
}

// along goes from a along v on the unit sphere: the exponential.
func along(a, v []float64) []float64 {
	angle := math.Sqrt(dot(v, v))
	out := make([]float64, len(a))
	if angle < 1e-12 {
		copy(out, a)
		return out
	}
	for k := range out {
		out[k] = math.Cos(angle)*a[k] + math.Sin(angle)/angle*v[k]
	}
	return out
}

// arc goes from a to b on the unit sphere.
func arc(a, b []float64, t float64) []float64 {
	v := tangent(a, b)
	for k := range v {
		v[k] *= t
	}
	return along(a, v)
}

func dot(a, b []float64) (sum float64) {
	for k, v := range a {
		sum += v * b[k]
	}
	return sum
}

// size returns the length of a latent.
func size(z []float32) float64 {
	sum := 0.0
	for _, v := range z {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum)
}

// unit returns a latent's direction; of the origin the first axis.
func unit(z []float32) []float64 {
	out := make([]float64, len(z))
	length := size(z)
	if length == 0 {
		out[0] = 1
		return out
	}
	for k, v := range z {
		out[k] = float64(v) / length
	}
	return out
}
