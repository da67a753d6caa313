package metrics

import (
	"fmt"
	"math"
)

// A window of the structural similarity: Gaussian weights of standard deviation 1.5, 11×11 pixels,
// or as many as fit into a small picture, and the constants for values in [−1, 1].
const (
	windowSigma = 1.5
	windowSide  = 11
	luminance   = (0.01 * 2) * (0.01 * 2)
	contrast    = (0.03 * 2) * (0.03 * 2)
)

// StructuralSimilarity returns how alike two pictures (h, w, c) with values in [−1, 1] are, at most
// 1: the mean over channels and over all places where the window fits (Z. Wang et al., "Image
// quality assessment", IEEE Transactions on Image Processing 13, 2004, section III).
func StructuralSimilarity(a, b []float32, h, w, c int) float64 {
	kernel := windowFor(min(h, w))
	sum := 0.0
	plane := make([]float64, h*w)
	smooth := func(value func(at int) float64) []float64 {
		for i := range plane {
			plane[i] = value(i)
		}
		return windowed(plane, h, w, kernel)
	}
	for k := range c {
		x := func(i int) float64 { return float64(a[i*c+k]) }
		y := func(i int) float64 { return float64(b[i*c+k]) }
		mx, my := smooth(x), smooth(y)
		xx := smooth(func(i int) float64 { return x(i) * x(i) })
		yy := smooth(func(i int) float64 { return y(i) * y(i) })
		xy := smooth(func(i int) float64 { return x(i) * y(i) })
		total := 0.0
		for i := range mx {
			vx, vy, cov := xx[i]-mx[i]*mx[i], yy[i]-my[i]*my[i], xy[i]-mx[i]*my[i]
			total += (2*mx[i]*my[i] + luminance) * (2*cov + contrast) /
				((mx[i]*mx[i] + my[i]*my[i] + luminance) * (vx + vy + contrast))
		}
		sum += total / float64(len(mx))
	}
	return sum / float64(c)
}

// windowFor returns the weights along one side, for pictures of a side.
func windowFor(side int) []float64 {
	n := min(windowSide, side-1+side%2) // odd
	kernel := make([]float64, n)
	sum := 0.0
	for i := range kernel {
		d := float64(i - n/2)
		kernel[i] = math.Exp(-d * d / (2 * windowSigma * windowSigma))
		sum += kernel[i]
	}
	for i := range kernel {
		kernel[i] /= sum
	}
	return kernel
}

// windowed returns the weighted means of a plane wherever the window fits.
func windowed(plane []float64, h, w int, kernel []float64) []float64 {
	n := len(kernel)
	oh, ow := h-n+1, w-n+1
	rows := make([]float64, h*ow)
	for y := range h {
		for x := range ow {
			for k, v := range kernel {
				rows[y*ow+x] += v * plane[y*w+x+k]
			}
		}
	}
	out := make([]float64, oh*ow)
	for y := range oh {
		for k, v := range kernel {
			for x := range ow {
				out[y*ow+x] += v * rows[(y+k)*ow+x]
			}
		}
	}
	return out
}

// Diversity returns the mean structural similarity of pairs of n pictures (h, w, c) of the same
// class, and its standard error: the higher, the less the pictures of a class differ, as A. Odena
// et al. measure it ("Conditional Image Synthesis with Auxiliary Classifier GANs", ICML 2017,
// section 4.2, there at several scales). Each picture is in one pair. Without classes any two are
// of one.
func Diversity(pictures []float32, n, h, w, c int, classes []int) (mean, stdErr float64, err error) {
	size := h * w * c
	waiting := make(map[int]int) // by class, the picture that has no partner yet
	var values []float64
	for i := range n {
		class := 0
		if classes != nil {
			class = classes[i]
		}
		j, ok := waiting[class]
		if !ok {
			waiting[class] = i
			continue
		}
		delete(waiting, class)
		values = append(values, StructuralSimilarity(pictures[j*size:(j+1)*size], pictures[i*size:(i+1)*size], h, w, c))
	}
	if len(values) < 2 {
		return 0, 0, fmt.Errorf("diversity: %d pairs of %d pictures: at least 2 are needed: draw more samples", len(values), n)
	}
	mean, stdErr = MeanAndError(values)
	return mean, stdErr, nil
}

// MeanAndError returns the mean of values and its standard error, which is NaN for a single one.
func MeanAndError(values []float64) (mean, stdErr float64) {
	mean = average(values)
	sum := 0.0
	for _, v := range values {
		sum += (v - mean) * (v - mean)
	}
	n := float64(len(values))
	return mean, math.Sqrt(sum / (n - 1) / n)
}
