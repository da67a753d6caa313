package doctor

import (
	"ganvas/engine/gan"
	"ganvas/engine/metrics"
	"ganvas/engine/nn"
)

// Bytes reckons the memory of an Examiner of items of a shape, in bytes: its generator, the weights
// before a step, items and what they are looked at with.
func Bytes(s *gan.Size, item nn.Shape) float64 {
	n, size := float64(pointsLooked), float64(item.Size())
	features := 0.0
	if item.Picture() {
		n = picturesLooked
		features = metrics.PictureBytes(item[0], item[1])
	}
	// Real items, others, and those made before and after a step in float32; up to three times as
	// many in float64.
	items := n * size * (5*4 + 3*8)
	return 2*s.G + s.D + items + features + s.Render(lookedAtOnce) + s.Judge(lookedAtOnce)
}
