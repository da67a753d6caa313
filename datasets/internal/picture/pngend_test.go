package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/prepare"
	"ganvas/datasets/internal/wording"
)

// Where no end is marked, a PNG is read if all of its data are there.
func TestPNGWithoutEnd(t *testing.T) {
	whole := datatest.Read(t, "pictures", "rgb.png")
	want, err := DecodePicture(whole, dataset.StandardLimits)
	datatest.Must(t, err)
	idat := bytes.Index(whole, []byte("IDAT")) + 4
	dataEnd := idat + int(binary.BigEndian.Uint32(whole[idat-8:]))
	for cut := range whole[dataEnd:] {
		got, err := DecodePicture(whole[:dataEnd+cut], dataset.StandardLimits)
		if err != nil || !slices.Equal(pixelsOf(got), pixelsOf(want)) {
			t.Errorf("%d bytes behind the data: %v, want the picture", cut, err)
		}
	}
	if _, err := DecodePicture(whole[:dataEnd-1], dataset.StandardLimits); err == nil || wording.Reason(err) != "truncated: the file ends before the picture does" {
		t.Errorf("without the last byte of the data: %v, want that it is truncated", err)
	}
}

func pixelsOf(img image.Image) []uint8 {
	p := prepare.NewPreparer(16, 4, dataset.Options{Fit: "stretch"})
	p.Resize(img, img.Bounds(), img.Bounds().Size())
	return slices.Clone(p.Scaled.Pix)
}
