package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2/test"
)

// pictured returns a plane with a real picture at the left, and two generated ones on one spot at the
// right.
func pictured() DensityData {
	picture := func(v uint8) image.Image {
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		for i := range img.Pix {
			img.Pix[i] = v
		}
		return img
	}
	return DensityData{
		XMin: -1, XMax: 1, YMin: -1, YMax: 1,
		Real: [][2]float32{{-0.5, 0}}, RealPictures: []image.Image{picture(250)},
		Fake: [][2]float32{{0.5, 0}, {0.5, 0.01}}, FakePictures: []image.Image{picture(120), picture(30)},
	}
}

// TestPicturePlane shows pictures at their places, one where two lie on each other, and the one
// next to the mouse large beside its place.
func TestPicturePlane(t *testing.T) {
	test.NewTempApp(t)
	layers := DensityLayers{ShowReal: true, ShowFake: true, ShowPictures: true}
	img, p := drawn(t, pictured(), layers)
	at := func(img *image.RGBA, v [2]float32, right int) color.RGBA {
		x, y := p.at(v)
		return img.RGBAAt(int(x)+right, int(y))
	}
	if got := at(img, [2]float32{-0.5, 0}, 0); got.R != 250 || got.G != 250 {
		t.Errorf("in the middle of the real picture is %v", got)
	}
	if got := at(img, [2]float32{0.5, 0}, 0); got.R != 120 {
		t.Errorf("of two pictures on one spot %v is seen, want the first", got)
	}
	if got, frame := at(img, [2]float32{-0.5, 0}, -planeThumbSide/2), currentStyle(NewDensityView()).role(Real); got != color.RGBAModel.Convert(frame) {
		t.Errorf("the frame of a real picture is %v, want %v", got, frame)
	}
	c := densityContent{data: pictured(), DensityLayers: layers}
	x, y := p.at([2]float32{-0.5, 0})
	c.under = nearest(c, p, x+5, y, grasp)
	if c.under == nil || !c.under.real {
		t.Fatalf("next to the real picture lies %+v", c.under)
	}
	large := drawDensity(c, view{w: 300, h: 340, scale: 1, style: currentStyle(NewDensityView())})
	if got := at(large, [2]float32{-0.5, 0}, 10+largeSide/2); got.R != 250 {
		t.Errorf("beside the place is %v, want the picture", got)
	}
	if got := nearest(c, p, x+grasp+9, y, grasp); got != nil {
		t.Errorf("far from all pictures lies %+v", got)
	}
	c.ShowReal = false
	if got := nearest(c, p, x, y, grasp); got != nil {
		t.Errorf("a picture that is not shown is found: %+v", got)
	}
}
