// Package toy makes sets that need no files: points and shapes that follow from a seed, item by
// item, and points that somebody drew by hand.
package toy

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
	"ganvas/engine/splitmix"
)

// drawn is the number of items of the sets that are drawn rather than read.
const drawn = 50_000

// mixture is a set of points drawn from Gaussians.
type mixture struct {
	known
	centres [][2]float64
	sigma   float64
}

// Modes returns the centres of the Gaussians and their standard deviation.
func (m *mixture) Modes() (centres [][2]float64, sigma float64) {
	return append([][2]float64(nil), m.centres...), m.sigma
}

// itemStream is where the random numbers of one item come from: a stream of its own, so that item i
// is a function of the seed and i alone, in whichever order items are drawn.
type itemStream struct {
	pcg  rand.PCG
	base uint64
}

// newItemStream returns the numbers of one set drawn from one seed; item chooses the item.
func newItemStream(seed uint64, set string) itemStream {
	sum := sha256.Sum256([]byte(set))
	return itemStream{base: seed ^ binary.LittleEndian.Uint64(sum[:])}
}

// item goes to the beginning of item i's numbers.
func (s *itemStream) item(i int) { s.pcg.Seed(s.base, splitmix.At(uint64(i), 0)) }

// uniform returns a number in [0,1).
func (s *itemStream) uniform() float64 { return float64(s.pcg.Uint64()>>11) / (1 << 53) }

// below returns a whole number in [0,n).
func (s *itemStream) below(n int) int { return int(s.uniform() * float64(n)) }

// normal returns two independent standard normal numbers (Box and Muller, 1958).
func (s *itemStream) normal() (x, y float64) {
	r := math.Sqrt(-2 * math.Log(1-s.uniform()))
	sin, cos := math.Sincos(2 * math.Pi * s.uniform())
	return r * cos, r * sin
}

// A curve is a set of points that lie evenly along the parts of a shape, with a little noise.
type curve struct {
	noise  float64
	labels []string
	parts  int                                   // as likely as each other, and told apart; 0: one
	at     func(k int, u float64) (x, y float64) // the place of u in [0,1) on part k, for u drawn evenly
}

// draw returns a place on the curve and the number of its part, -1 where there is only one.
func (c curve) draw(s *itemStream) (x, y float64, label int) {
	label = -1
	if c.parts > 0 {
		label = s.below(c.parts)
	}
	x, y = c.at(max(0, label), s.uniform())
	return x, y, label
}

// checkerboard names the set of points that fill eight squares of a board of four by four, as in
// Grathwohl et al., "FFJORD", ICLR 2019.
const checkerboard = "checkerboard"

func drawCheckerboard(s *itemStream) (x, y float64) {
	column := s.below(4)
	row := 2*s.below(2) + column%2
	return float64(column) + s.uniform() - 2, float64(row) + s.uniform() - 2
}

// curves are the point sets that lie along a line, brought to about [-2,2].
var curves = map[string]curve{
	// Two interleaved half circles, as make_moons of Pedregosa et al., "Scikit-learn", JMLR 2011.
	"moons": {0.08, []string{"upper", "lower"}, 2, func(k int, u float64) (float64, float64) {
		sin, cos := math.Sincos(math.Pi * u)
		if k == 1 {
			cos, sin = 1-cos, 0.5-sin
		}
		return (cos - 0.5) * 4 / 3, (sin - 0.25) * 4 / 3
	}},
	// Two circles around one centre, as scikit-learn's make_circles with a factor of a half.
	"circles": {0.06, []string{"outer", "inner"}, 2, func(k int, u float64) (float64, float64) {
		sin, cos := math.Sincos(2 * math.Pi * u)
		r := 2 / float64(1+k)
		return r * cos, r * sin
	}},
	// Two spirals, a test for neural networks since Lang and Witbrock, "Learning to tell two
	// spirals apart", 1988. The square root spreads the points evenly along the arms.
	"spiral": {0.04, []string{"one arm", "other arm"}, 2, func(k int, u float64) (float64, float64) {
		t := math.Sqrt(u)
		sin, cos := math.Sincos(3*math.Pi*t + math.Pi*float64(k))
		return 2 * t * cos, 2 * t * sin
	}},
	// The Swiss roll of Tenenbaum, de Silva, Langford, "A global geometric framework for nonlinear
	// dimensionality reduction", Science 2000, seen along its axis.
	"swissroll": {0.05, nil, 0, func(_ int, u float64) (float64, float64) {
		t := 1.5 * math.Pi * (1 + 2*u)
		sin, cos := math.Sincos(t)
		const scale = 2 / (4.5 * math.Pi)
		return scale * t * cos, scale * t * sin
	}},
	// A line, the first set of Kahng et al., "GAN Lab", IEEE VIS 2018.
	"line": {0.03, nil, 0, func(_ int, u float64) (float64, float64) {
		t := 4*u - 2
		return t, t / 2
	}},
}

// mixtureOf returns the modes of a built-in mixture and how points are told apart, or no modes.
func mixtureOf(name string) (centres [][2]float64, sigma float64) {
	switch name {
	case "two-gaussians":
		return [][2]float64{{-1.2, 0}, {1.2, 0}}, 0.25
	case "ring":
		// Metz et al., "Unrolled generative adversarial networks", ICLR 2017, section 3.1.
		for k := range 8 {
			sin, cos := math.Sincos(2 * math.Pi * float64(k) / 8)
			centres = append(centres, [2]float64{2 * cos, 2 * sin})
		}
		return centres, 0.02
	case "grid":
		// Srivastava et al., "VEEGAN", NeurIPS 2017; Lin et al., "PacGAN", NeurIPS 2018: -4 to 4
		// with sigma 0.05, halved.
		for y := -2; y <= 2; y++ {
			for x := -2; x <= 2; x++ {
				centres = append(centres, [2]float64{float64(x), float64(y)})
			}
		}
		return centres, 0.025
	}
	return nil, 0
}

// OpenPoints draws a built-in set of points.
func OpenPoints(name, title string, o dataset.Options) dataset.Set {
	p := dataset.PointSet{
		About: dataset.Info{
			Name: title, Kind: dataset.Points, Count: drawn, Shape: []int{2},
			Fingerprint: drawnFingerprint(name, o.Seed),
			Notes:       []string{wording.Thousands(drawn) + " points, drawn from the seed"},
		},
		XY:     make([]float32, 2*drawn),
		Labels: make([]int32, drawn),
	}
	centres, sigma := mixtureOf(name)
	shape := curves[name]
	s := newItemStream(o.Seed, name)
	for i := range drawn {
		s.item(i)
		var x, y, noise float64
		var label int
		switch {
		case centres != nil:
			label = s.below(len(centres))
			x, y, noise = centres[label][0], centres[label][1], sigma
		case name == checkerboard:
			x, y = drawCheckerboard(&s)
			label = -1
		default:
			x, y, label = shape.draw(&s)
			noise = shape.noise
		}
		nx, ny := s.normal()
		p.XY[2*i], p.XY[2*i+1] = float32(x+noise*nx), float32(y+noise*ny)
		p.Labels[i] = int32(label)
	}
	switch {
	case o.Labels == "none":
	case centres != nil:
		for k := range centres {
			p.About.Labels = append(p.About.Labels, strconv.Itoa(k+1))
		}
	default:
		p.About.Labels = shape.labels
	}
	if p.About.Labels == nil {
		p.Labels = nil
	}
	if centres != nil {
		p.About.Notes = append(p.About.Notes, fmt.Sprintf("%d equal Gaussians with a standard deviation of %g", len(centres), sigma))
		return &mixture{known{p, centresDensity(centres, sigma)}, centres, sigma}
	}
	if name == checkerboard {
		return &known{p, checkerboardMasses}
	}
	return &known{p, shape.density()}
}

// drawnFingerprint is that of a set which a seed decides; the number stands for the way of drawing
// and changes with it.
func drawnFingerprint(name string, seed uint64) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "ganvas drawn 1 %s %d", name, seed))
	return hex.EncodeToString(sum[:])
}
