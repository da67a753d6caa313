// Package splitmix is SplitMix64: a function of a counter whose results look random.
// It keeps no state, so number i needs none of those before it. It is not for secrets.
// Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package splitmix

// gamma is the distance of successive states: 2⁶⁴ divided by the golden ratio, and odd.
const gamma = 0x9e3779b97f4a7c15

// Mix spreads z over all 64 bits: the finaliser of the generator. It maps 0 to 0.
func Mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// At returns number i, from 0, of the generator that begins at key.
func At(key, i uint64) uint64 { return Mix(key + (i+1)*gamma) }
