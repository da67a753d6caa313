package widgets

import (
	"image"
	"image/draw"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// A picture is a raster that shows a finished image. The image can be replaced from any goroutine;
// only the repaint has to be asked for on the UI goroutine.
type picture struct {
	*canvas.Raster
	image  atomic.Pointer[image.RGBA]
	wanted func(w, h int) // told the size in device pixels whenever the picture is painted
}

var nothing = image.NewRGBA(image.Rect(0, 0, 1, 1))

func newPicture(scale canvas.ImageScale) *picture {
	p := &picture{}
	p.Raster = canvas.NewRaster(p.paint)
	p.ScaleMode = scale
	return p
}

func (p *picture) paint(w, h int) image.Image {
	if p.wanted != nil {
		p.wanted(w, h)
	}
	if img := p.image.Load(); img != nil {
		return img
	}
	return nothing
}

// toRGBA returns img itself where it can be shown as it is, otherwise a copy: a sub-image's rows
// lie too far apart for the screen.
func toRGBA(img image.Image) *image.RGBA {
	b := img.Bounds()
	if r, ok := img.(*image.RGBA); ok && b.Min == (image.Point{}) && r.Stride == 4*b.Dx() && len(r.Pix) == 4*b.Dx()*b.Dy() {
		return r
	}
	dst := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(dst, dst.Rect, img, b.Min, draw.Src)
	return dst
}

// pixelScale returns how many device pixels one unit of obj's canvas has.
func pixelScale(obj fyne.CanvasObject) float32 {
	if c := fyne.CurrentApp().Driver().CanvasForObject(obj); c != nil && c.Scale() > 0 {
		return c.Scale()
	}
	return 1
}

// fitPixels returns where a picture of w×h pixels goes, centred within area: as large as fits, and
// at a whole number of device pixels for each of its own from factor 2 on, so that all of them look
// equally large.
func fitPixels(w, h int, area fyne.Size, scale float32) (fyne.Position, fyne.Size) {
	if w <= 0 || h <= 0 || area.Width <= 0 || area.Height <= 0 {
		return fyne.Position{}, fyne.Size{}
	}
	factor := min(area.Width*scale/float32(w), area.Height*scale/float32(h))
	if factor >= 2 {
		factor = float32(int(factor))
	}
	size := fyne.NewSize(float32(w)*factor/scale, float32(h)*factor/scale)
	x := float32(int((area.Width-size.Width)/2*scale)) / scale
	y := float32(int((area.Height-size.Height)/2*scale)) / scale
	return fyne.NewPos(x, y), size
}
