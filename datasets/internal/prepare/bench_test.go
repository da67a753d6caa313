package prepare

import (
	"image"
	"testing"

	"ganvas/datasets/internal/dataset"
)

// BenchmarkPrepare shrinks a picture as JPEG decoders deliver it, 256×256, to 64×64.
func BenchmarkPrepare(b *testing.B) {
	src := image.NewYCbCr(image.Rect(0, 0, 256, 256), image.YCbCrSubsampleRatio420)
	for i := range src.Y {
		src.Y[i] = uint8(i * 7)
	}
	p := NewPreparer(64, 3, dataset.Options{Fit: "crop"})
	dst := make([]uint8, 64*64*3)
	b.ReportAllocs()
	for b.Loop() {
		p.Do(dst, src)
	}
}
