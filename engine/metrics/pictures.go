package metrics

import (
	"math"
	"math/rand/v2"
	"sync"

	"ganvas/engine/tensor"
)

// The fixed feature map for pictures: three convolutions of 4×4 in strides of 2 with 32, 64 and 64
// random filters, drawn once and for all from normal distributions of variance 2 over the number of
// inputs (K. He et al., ICCV 2015), each followed by leaky ReLU of slope 0.2. The features are the
// means of the last layer's channels over each quarter of the picture. Random filters keep what
// pictures look like well enough to tell distributions apart, and favour no data (E. Betzalel et
// al., "A Study on the Evaluation of Generative Models", 2022); distances in them compare with
// nothing but distances in them.
const (
	featureChannels = 64
	// PictureFeatureCount is how many numbers PictureFeatures makes of a picture.
	PictureFeatureCount = 4 * featureChannels
	featureSlope        = 0.2
)

var featureWidths = [3]int{32, 64, featureChannels}

var featureWeights struct {
	mu   sync.Mutex
	sets map[int][3][]float32 // by channels of the pictures
}

// weightsFor returns the filters for pictures of c channels.
func weightsFor(c int) [3][]float32 {
	f := &featureWeights
	f.mu.Lock()
	defer f.mu.Unlock()
	if w, ok := f.sets[c]; ok {
		return w
	}
	random := rand.New(rand.NewPCG(1, uint64(c)))
	var w [3][]float32
	in := c
	for i, out := range featureWidths {
		w[i] = make([]float32, out*16*in)
		scale := math.Sqrt(2 / float64(16*in))
		for k := range w[i] {
			w[i][k] = float32(scale * random.NormFloat64())
		}
		in = out
	}
	if f.sets == nil {
		f.sets = make(map[int][3][]float32)
	}
	f.sets[c] = w
	return w
}

// PictureFeatures returns the fixed features of n pictures (n, h, w, c) with values in [−1, 1].
func PictureFeatures(pictures []float32, n, h, w, c int) Features {
	weights := weightsFor(c)
	out := NewFeatures(n, PictureFeatureCount)
	most := picturesAtOnce(h, w)
	for lo := 0; lo < n; lo += most {
		hi := min(n, lo+most)
		x, oh, ow, channels := pictures[lo*h*w*c:hi*h*w*c], h, w, c
		for i, width := range featureWidths {
			if min(oh, ow) < 2 && i > 0 {
				break // nothing is left to divide
			}
			s := tensor.ConvShape{N: hi - lo, H: oh, W: ow, C: channels, OutC: width, K: 4, Stride: 2, Pad: 1}
			oh, ow = s.Out()
			y := make([]float32, s.N*oh*ow*width)
			tensor.Conv(y, x, weights[i], s)
			tensor.Leaky(y, y, featureSlope)
			x, channels = y, width
		}
		for i := lo; i < hi; i++ {
			quarters(out.Row(i), x[(i-lo)*oh*ow*channels:(i-lo+1)*oh*ow*channels], oh, ow, channels)
		}
	}
	return out
}

// featureValues bounds what the first layer makes of the pictures that are looked at at once: 64
// MB.
const featureValues = 16 << 20

// picturesAtOnce returns how many pictures are looked at at once, to bound memory.
func picturesAtOnce(h, w int) int {
	return min(128, max(1, featureValues/(featureWidths[0]*((h+1)/2)*((w+1)/2))))
}

// PictureBytes returns the bytes that PictureFeatures takes while it looks at pictures of a size,
// those of its result not counted.
func PictureBytes(h, w int) float64 {
	first := float64(picturesAtOnce(h, w)) * float64(featureWidths[0]) * float64((h+1)/2) * float64((w+1)/2)
	return 4 * first * 2 // later layers have a half and a quarter of that, and so have the kernels
}

// quarters sets dst to the means of channels over the four quarters of a picture (h, w, c); a line
// in the middle belongs to both sides.
func quarters(dst []float64, x []float32, h, w, c int) {
	for q := range 4 {
		y0, y1 := half(h, q/2)
		x0, x1 := half(w, q%2)
		sum := dst[q*featureChannels : q*featureChannels+c]
		for y := y0; y < y1; y++ {
			for p := x0; p < x1; p++ {
				for k, v := range x[(y*w+p)*c : (y*w+p+1)*c] {
					sum[k] += float64(v)
				}
			}
		}
		for k := range sum {
			sum[k] /= float64((y1 - y0) * (x1 - x0))
		}
	}
}

// half returns the range of the first or second half of n.
func half(n, which int) (lo, hi int) {
	if which == 0 {
		return 0, (n + 1) / 2
	}
	return n / 2, n
}
