package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// inWindow shows o in a window of the test driver without a margin, so that positions are those
// within o.
func inWindow(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	test.NewTempApp(t)
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// settled captures the window, waits in virtual time until everything drawn off the UI goroutine is
// finished, and captures it again. It belongs into a synctest bubble.
func settled(w fyne.Window) image.Image {
	w.Canvas().Capture()
	time.Sleep(time.Minute) // virtual: longer than any drawer rests
	synctest.Wait()
	return w.Canvas().Capture()
}

// plain returns a picture of one colour.
func plain(w, h int, c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, c)
	}
	return img
}

// sameColor says whether two colours are equal once they are 8 bits deep.
func sameColor(a, b color.Color) bool {
	return color.RGBAModel.Convert(a) == color.RGBAModel.Convert(b)
}

// count returns how many pixels of img are nearly of a colour.
func count(img image.Image, c color.Color) int {
	want := color.NRGBAModel.Convert(c).(color.NRGBA)
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) < 8 }
	captured, ok := img.(*image.NRGBA)
	if !ok {
		captured = image.NewNRGBA(img.Bounds())
		draw.Draw(captured, captured.Rect, img, img.Bounds().Min, draw.Src)
	}
	n := 0
	for i := 0; i < len(captured.Pix); i += 4 {
		if p := captured.Pix[i:]; near(p[0], want.R) && near(p[1], want.G) && near(p[2], want.B) {
			n++
		}
	}
	return n
}
