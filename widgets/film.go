package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// A Film is a picture that is drawn anew again and again, by whoever has it, for exactly the pixels
// that it covers.
type Film struct {
	widget.BaseWidget
	picture *picture
	height  float32
}

// NewFilm returns an empty film of a height. wanted is told how many pixels of the screen it covers
// whenever it is painted, on the UI goroutine.
func NewFilm(height float32, wanted func(w, h int)) *Film {
	f := &Film{picture: newPicture(canvas.ImageScaleFastest), height: height}
	f.picture.wanted = wanted
	f.ExtendBaseWidget(f)
	return f
}

// SetPicture shows a picture, which the caller does not write again.
func (f *Film) SetPicture(img *image.RGBA) {
	f.picture.image.Store(img)
	f.picture.Raster.Refresh()
}

// Picture returns the picture that shows; nil: none yet.
func (f *Film) Picture() *image.RGBA { return f.picture.image.Load() }

// MinSize is part of fyne.CanvasObject.
func (f *Film) MinSize() fyne.Size { return fyne.NewSize(40, f.height) }

// CreateRenderer is part of fyne.Widget.
func (f *Film) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(f.picture.Raster)
}

// A Still is a finished picture, as large as fits into the middle of the room that it has.
type Still struct {
	widget.BaseWidget
	picture *picture
}

// NewStill returns a still of a picture that the caller does not write again; nil shows nothing.
func NewStill(img image.Image) *Still {
	s := &Still{picture: newPicture(canvas.ImageScaleFastest)}
	s.ExtendBaseWidget(s)
	s.set(img)
	return s
}

// Shown says whether there is a picture.
func (s *Still) Shown() bool { return s.picture.image.Load() != nil }

// Set shows another picture; nil shows nothing.
func (s *Still) Set(img image.Image) {
	s.set(img)
	s.Refresh()
}

func (s *Still) set(img image.Image) {
	s.picture.image.Store(nil)
	if img != nil {
		s.picture.image.Store(toRGBA(img))
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *Still) CreateRenderer() fyne.WidgetRenderer {
	return &stillRenderer{widget.NewSimpleRenderer(s.picture.Raster), s}
}

type stillRenderer struct {
	fyne.WidgetRenderer
	still *Still
}

func (r *stillRenderer) Layout(size fyne.Size) {
	p := r.still.picture
	img := p.image.Load()
	if img == nil {
		p.Resize(fyne.Size{})
		return
	}
	w, h := float32(img.Rect.Dx()), float32(img.Rect.Dy())
	factor := min(size.Width/w, size.Height/h)
	fitted := fyne.NewSize(w*factor, h*factor)
	p.Resize(fitted)
	p.Move(fyne.NewPos((size.Width-fitted.Width)/2, (size.Height-fitted.Height)/2))
}

func (r *stillRenderer) MinSize() fyne.Size { return fyne.NewSize(20, 20) }

func (r *stillRenderer) Refresh() {
	r.Layout(r.still.Size())
	r.WidgetRenderer.Refresh()
}
