package widgets

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const (
	// edgeNear is how little the red, green and blue of what blends in differ from the page's.
	edgeNear = 24
	// edgeShare is the part of a picture's edge that blends in before the picture gets a border.
	edgeShare = 0.25
)

// blendsIn says whether one cannot see where the pictures end that lie in img at the given places,
// such as white ones on a light page.
func blendsIn(img *image.RGBA, places []image.Rectangle, page color.NRGBA) bool {
	near := func(a, b uint8) bool { return max(a, b)-min(a, b) <= edgeNear }
	all, blended := 0, 0
	look := func(x, y int) {
		p := img.Pix[img.PixOffset(x, y):]
		all++
		if p[3] == 0xff && near(p[0], page.R) && near(p[1], page.G) && near(p[2], page.B) {
			blended++
		}
	}
	for _, r := range places {
		r = r.Intersect(img.Rect)
		if r.Empty() {
			continue
		}
		for x := r.Min.X; x < r.Max.X; x++ {
			look(x, r.Min.Y)
			look(x, r.Max.Y-1)
		}
		for y := r.Min.Y; y < r.Max.Y; y++ {
			look(r.Min.X, y)
			look(r.Max.X-1, y)
		}
	}
	return float64(blended) > edgeShare*float64(all)
}

// border is the colour of what parts a picture from a page that it blends into.
func (s style) border() color.NRGBA { return mix(s.background, s.foreground, 0.4) }

// An edge is a border around a picture that would blend in, one pixel outside of it.
type edge struct {
	*canvas.Rectangle
	picture *picture
}

func newEdge(p *picture) *edge {
	e := &edge{Rectangle: canvas.NewRectangle(color.Transparent), picture: p}
	e.Hide()
	return e
}

// update brings the edge to the picture's place and content, on a page of w in a colour.
func (e *edge) update(w fyne.Widget, page fyne.ThemeColorName) {
	img := e.picture.image.Load()
	ground := color.NRGBAModel.Convert(theme.ColorForWidget(page, w)).(color.NRGBA)
	e.Hidden = img == nil || !blendsIn(img, []image.Rectangle{img.Rect}, ground)
	if e.Hidden {
		return
	}
	pixel := 1 / pixelScale(w)
	e.StrokeColor, e.StrokeWidth = currentStyle(w).border(), pixel
	e.Move(e.picture.Position().SubtractXY(pixel, pixel))
	e.Resize(e.picture.Size().AddWidthHeight(2*pixel, 2*pixel))
	e.Refresh()
}

// drawEdge draws a border around r, one pixel outside of it.
func drawEdge(dst *image.RGBA, r image.Rectangle, c color.Color) {
	outer, ink := r.Inset(-1), image.NewUniform(c)
	for _, side := range []image.Rectangle{
		{outer.Min, image.Pt(outer.Max.X, r.Min.Y)},
		{image.Pt(outer.Min.X, r.Max.Y), outer.Max},
		{outer.Min, image.Pt(r.Min.X, outer.Max.Y)},
		{image.Pt(r.Max.X, outer.Min.Y), outer.Max},
	} {
		draw.Draw(dst, side, ink, image.Point{}, draw.Src)
	}
}
