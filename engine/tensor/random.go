package tensor

import (
	"math"

	"ganvas/engine/splitmix"
)

// Gaussian fills dst with values of N(0, 1), each of which follows from key and its place alone, so
// that it does not matter which processor draws which: SplitMix64 of a counter (Steele et al.
// 2014), and the ziggurat (Marsaglia and Tsang 2000; the layer and the place in it from different
// bits, as Doornik 2005 has it), whose 1,024 layers leave one number in 250 to be tried further.
// Keys should be random.
func Gaussian(dst []float32, key uint64) {
	t := newCall()
	t.dst, t.key = dst, key
	t.parallel(len(dst), randomGrain, (*call).gaussianElements)
	t.done()
}

// DropoutMask sets each element of dst to 0 with probability p, else to value. Element i depends
// only on key and i.
func DropoutMask(dst []float32, value float32, p float64, key uint64) {
	t := newCall()
	t.dst, t.key, t.p, t.q = dst, key, value, float32(p)
	t.parallel(len(dst), randomGrain, (*call).dropoutElements)
	t.done()
}

// randomGrain is how many numbers are worth a processor's while.
const randomGrain = 4096

func (c *call) dropoutElements(lo, hi int) {
	// Of 2^24 equally likely numbers.
	die := uint64(math.Round(float64(c.q) * (1 << 24)))
	for i := lo; i < hi; i++ {
		c.dst[i] = c.p
		if splitmix.At(c.key, uint64(i))>>40 < die {
			c.dst[i] = 0
		}
	}
}

func (c *call) gaussianElements(lo, hi int) {
	for i := lo; i < hi; i++ {
		bits := splitmix.At(c.key, uint64(i))
		layer := bits & (zigguratLayers - 1)
		u := float32(int32(bits>>32)) * (1.0 / (1 << 31))
		if inside := ziggurat.inside[layer]; u < inside && u > -inside {
			c.dst[i] = u * ziggurat.width[layer]
			continue
		}
		c.dst[i] = zigguratRest(bits, layer, float64(u))
	}
}

const zigguratLayers = 1024

// zigguratEdge is where the tail begins, and zigguratArea is that of each layer.
const (
	zigguratEdge = 4.038849846109505
	zigguratArea = 1.2263246463530852e-3
)

// ziggurat has the layers of the density exp(−x²/2), from the widest on, which with the tail has as
// much area as each of the others.
var ziggurat = newZiggurat()

type layers struct {
	width, inside [zigguratLayers]float32     // how far a layer goes, and the share of it that lies under the density for sure
	x, density    [zigguratLayers + 1]float64 // as far as each goes, the first one as if it had no tail, and the density there
}

func newZiggurat() (z layers) {
	density := func(x float64) float64 { return math.Exp(-x * x / 2) }
	z.x[0], z.x[1] = zigguratArea/density(zigguratEdge), zigguratEdge
	for i := 2; i < zigguratLayers; i++ {
		z.x[i] = math.Sqrt(-2 * math.Log(zigguratArea/z.x[i-1]+density(z.x[i-1])))
	}
	for i, x := range z.x {
		z.density[i] = density(x)
	}
	for i := range zigguratLayers {
		z.width[i], z.inside[i] = float32(z.x[i]), float32(z.x[i+1]/z.x[i])
	}
	return z
}

// zigguratRest goes on where a number did not fall into the sure part of its layer, at u of its
// width.
func zigguratRest(bits, layer uint64, u float64) float32 {
	key, i := bits, uint64(0)
	uniform := func() float64 { // in (0, 1)
		i++
		return (float64(splitmix.At(key, i)>>12) + 0.5) / (1 << 52)
	}
	for {
		if layer == 0 {
			for {
				x, y := -math.Log(uniform())/zigguratEdge, -math.Log(uniform())
				if 2*y > x*x {
					return float32(math.Copysign(zigguratEdge+x, u))
				}
			}
		}
		x := u * ziggurat.x[layer]
		low, high := ziggurat.density[layer], ziggurat.density[layer+1]
		if low+uniform()*(high-low) < math.Exp(-x*x/2) {
			return float32(x)
		}
		i++
		bits = splitmix.At(key, i)
		layer, u = bits&(zigguratLayers-1), 2*uniform()-1
		if math.Abs(u) < float64(ziggurat.inside[layer]) {
			return float32(u * ziggurat.x[layer])
		}
	}
}
