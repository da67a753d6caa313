package metrics

import "math"

const (
	// SharpnessWeight is what Sharpness is multiplied by beside PictureFeatures. Their variances
	// add up to 10 to 27 for pictures of all kinds: a picture that is blurred by a pixel leaves the
	// neighbourhood of its like, and real ones hardly move apart.
	SharpnessWeight = 2.2
	// faint is the square of a hundredth of the range of values: smaller differences say little of
	// sharpness.
	faint = 4e-4
	// usual is how many times as large as first differences, squared, third differences are in
	// pictures of all kinds, in about.
	usual = 3
)

// Sharpness returns for each of n pictures (n, h, w, c) with values in [−1, 1] the logarithm of how
// many times as large its third differences of neighbouring pixels, along rows and columns, are as
// its first ones, both squared and added up. Contrast and content hardly matter. It is between 1
// and 2 where edges are sharp, and a blur by a Gaussian of a standard deviation of one pixel takes
// about 2 from it, whatever the size of the pictures. It is the logarithm of 3 where there is no
// detail.
func Sharpness(pictures []float32, n, h, w, c int) []float64 {
	out := make([]float64, n)
	for i := range out {
		x := pictures[i*h*w*c : (i+1)*h*w*c]
		var s differences
		for y := range h {
			row := x[y*w*c : (y+1)*w*c]
			if w > 3 {
				s.add(row[:(w-3)*c], row[c:], row[2*c:], row[3*c:])
			}
			if y+3 < h {
				s.add(row, x[(y+1)*w*c:], x[(y+2)*w*c:], x[(y+3)*w*c:])
			}
		}
		m := max(1, float64(s.n))
		out[i] = math.Log((s.third/m + usual*faint) / (s.first/m + faint))
	}
	return out
}

// differences adds up squares.
type differences struct {
	first, third float64
	n            int
}

// add takes in what stands at the same places of a, b, c and d, which are a pixel apart from each
// other.
func (s *differences) add(a, b, c, d []float32) {
	var first, third float32
	for k, v := range a {
		step := c[k] - b[k]
		bend := d[k] - v - 3*step
		first += step * step
		third += bend * bend
	}
	s.first, s.third, s.n = s.first+float64(first), s.third+float64(third), s.n+len(a)
}

// WithSharpness returns features with one more: the sharpness of their pictures, times a weight.
func WithSharpness(f Features, sharpness []float64, weight float64) Features {
	out := NewFeatures(f.N, f.D+1)
	out.Told = f.Told
	for i := range f.N {
		row := out.Row(i)
		copy(row, f.Row(i))
		row[f.D] = weight * sharpness[i]
	}
	return out
}
