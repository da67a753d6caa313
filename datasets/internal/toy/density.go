package toy

import (
	"math"
	"sort"

	"ganvas/datasets/internal/dataset"
)

// A known is a set of points drawn from a density that can be written down.
type known struct {
	dataset.PointSet
	masses func(x, y []float64) []float64
}

// Masses is part of dataset.Dense.
func (k *known) Masses(x, y []float64) []float64 { return k.masses(x, y) }

// centresDensity is that of equal round Gaussians that are as likely as each other.
func centresDensity(centres [][2]float64, sigma float64) func(x, y []float64) []float64 {
	return func(x, y []float64) []float64 {
		out := make([]float64, (len(x)-1)*(len(y)-1))
		for _, c := range centres {
			addGaussian(out, x, y, c, sigma, 1/float64(len(centres)))
		}
		return out
	}
}

// dotsOnPart is how many places stand for a part of a curve when its density is integrated: they
// lie closer together than the noise is wide.
const dotsOnPart = 2000

// density is that of round noise along the curve. The integral over the curve is a sum over places
// in the middle of equal steps of u.
func (c curve) density() func(x, y []float64) []float64 {
	return func(x, y []float64) []float64 {
		parts := max(1, c.parts)
		out := make([]float64, (len(x)-1)*(len(y)-1))
		for k := range parts {
			for i := range dotsOnPart {
				px, py := c.at(k, (float64(i)+0.5)/dotsOnPart)
				addGaussian(out, x, y, [2]float64{px, py}, c.noise, 1/float64(parts*dotsOnPart))
			}
		}
		return out
	}
}

// reach is how many standard deviations from its middle a Gaussian is still counted.
const reach = 8

// addGaussian adds the masses of a round Gaussian of a weight to those of rectangles.
func addGaussian(out, x, y []float64, centre [2]float64, sigma, weight float64) {
	x0, columns := slabs(x, centre[0], sigma)
	y0, rows := slabs(y, centre[1], sigma)
	for j, row := range rows {
		at := out[(y0+j)*(len(x)-1)+x0:]
		for i, column := range columns {
			at[i] += weight * row * column
		}
	}
}

// slabs returns the masses of a Gaussian between those neighbouring edges that it reaches, and the
// number of the first of them.
func slabs(edges []float64, centre, sigma float64) (first int, masses []float64) {
	lo := max(0, sort.SearchFloat64s(edges, centre-reach*sigma)-1)
	hi := min(len(edges)-1, sort.SearchFloat64s(edges, centre+reach*sigma))
	for i := lo; i < hi; i++ {
		a, b := (edges[i]-centre)/(sigma*math.Sqrt2), (edges[i+1]-centre)/(sigma*math.Sqrt2)
		if a > 0 { // where erf is near 1 its complement is exact
			masses = append(masses, (math.Erfc(a)-math.Erfc(b))/2)
			continue
		}
		masses = append(masses, (math.Erfc(-b)-math.Erfc(-a))/2)
	}
	return lo, masses
}

// checkerboardMasses are those of the eight squares of the checkerboard, 1/8 each.
func checkerboardMasses(x, y []float64) []float64 {
	out := make([]float64, (len(x)-1)*(len(y)-1))
	overlap := func(edges []float64, i int, from float64) float64 {
		return max(0, min(edges[i+1], from+1)-max(edges[i], from))
	}
	for column := range 4 {
		for row := column % 2; row < 4; row += 2 {
			left, low := float64(column)-2, float64(row)-2
			for j := range len(y) - 1 {
				high := overlap(y, j, low)
				for i := range len(x) - 1 {
					out[j*(len(x)-1)+i] += overlap(x, i, left) * high / 8
				}
			}
		}
	}
	return out
}
