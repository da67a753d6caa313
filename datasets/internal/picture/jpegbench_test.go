package picture

import (
	"bytes"
	"image"
	"image/jpeg"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/prepare"
)

// BenchmarkJPEG decodes a picture of 256×256, and does all that is done to a file of it.
func BenchmarkJPEG(b *testing.B) {
	src := image.NewRGBA(image.Rect(0, 0, 256, 256))
	for i := range src.Pix {
		src.Pix[i] = uint8(i*7 ^ i>>9)
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, src, &jpeg.Options{Quality: 90}); err != nil {
		b.Fatal(err)
	}
	b.Run("decode", func(b *testing.B) {
		for b.Loop() {
			if _, err := jpeg.Decode(bytes.NewReader(file.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("all", func(b *testing.B) {
		p := prepare.NewPreparer(64, 3, dataset.Options{Fit: "crop"})
		dst := make([]uint8, 64*64*3)
		for b.Loop() {
			img, err := DecodePicture(file.Bytes(), dataset.StandardLimits)
			if err != nil {
				b.Fatal(err)
			}
			p.Do(dst, img)
		}
	})
}
