// Package gallery puts generated items on one picture: contact sheets, galleries as PNG, scatter plots of points.
// It chooses no latents but by seed and trains nothing.
package gallery

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// Options say how a gallery looks.
type Options struct {
	Rows, Columns int
	Seed          uint64 // of the latents
	Scale         int    // pixels for each pixel of an item; 0: 1
	Spacing       int    // pixels between items, before scaling
	Labels        bool   // number of each item under it
	Clear         bool   // what is between the items is transparent instead of white
}

const labelHeight = 14

// Validate says what is impossible about the options for items of a shape.
func (o Options) Validate(item nn.Shape) error {
	switch {
	case o.Rows < 1 || o.Columns < 1 || o.Rows*o.Columns > 100_000:
		return fmt.Errorf("gallery of %d rows and %d columns: want at least 1 of each and at most 100,000 items", o.Rows, o.Columns)
	case o.Scale < 0 || o.Scale > 64:
		return fmt.Errorf("gallery scaled %d times: want 1 to 64", o.Scale)
	case o.Spacing < 0 || o.Spacing > 1000:
		return fmt.Errorf("gallery with %d pixels between items: want 0 to 1000", o.Spacing)
	}
	if item.Picture() {
		w, h := o.size(item)
		if w*h > 400_000_000 {
			return fmt.Errorf("gallery of %d×%d pixels: larger than 400 megapixels: take fewer rows, columns or a smaller scale", w, h)
		}
	}
	return nil
}

func (o Options) scale() int { return max(1, o.Scale) }

// cell returns the size of a cell without spacing.
func (o Options) cell(item nn.Shape) (w, h int) {
	w, h = item[1]*o.scale(), item[0]*o.scale()
	if o.Labels {
		h += labelHeight
	}
	return w, h
}

func (o Options) size(item nn.Shape) (w, h int) {
	cw, ch := o.cell(item)
	gap := o.Spacing * o.scale()
	return o.Columns*(cw+gap) + gap, o.Rows*(ch+gap) + gap
}

// Image draws a gallery of a generator: a grid of pictures, or a scatter plot of Rows·Columns points. Where there are classes, or
// several networks, each row of pictures is of one, in their order, unless the generator was told to choose.
func Image(g *gan.Generator, o Options) (*image.RGBA, error) {
	if err := o.Validate(g.Out()); err != nil {
		return nil, err
	}
	n := o.Rows * o.Columns
	z := g.Noise(o.Seed, n)
	if !g.Out().Picture() {
		return scatter(g.Render(z, n), o)
	}
	if g.Rows() > 0 && !g.Chosen() {
		return Compose(g.RenderRows(z, o.Rows, o.Columns), g.Out(), o), nil
	}
	return Compose(g.Render(z, n), g.Out(), o), nil
}

// Write writes Image as PNG.
func Write(w io.Writer, g *gan.Generator, o Options) error {
	img, err := Image(g, o)
	if err != nil {
		return err
	}
	return png.Encode(w, img)
}

// Compose draws pictures (H, W, C) in [−1, 1], one after the other in items, as a grid in reading order. It draws as
// many as there are, at most Rows·Columns.
func Compose(items []float32, item nn.Shape, o Options) *image.RGBA {
	w, h := o.size(item)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if !o.Clear {
		for i := range img.Pix {
			img.Pix[i] = 255
		}
	}
	cw, ch := o.cell(item)
	gap := o.Spacing * o.scale()
	for i := range min(o.Rows*o.Columns, len(items)/item.Size()) {
		x, y := gap+i%o.Columns*(cw+gap), gap+i/o.Columns*(ch+gap)
		paint(img, x, y, items[i*item.Size():(i+1)*item.Size()], item, o.scale())
		if o.Labels {
			label(img, x, y+ch-3, strconv.Itoa(i+1))
		}
	}
	return img
}

// paint draws one picture with its upper left corner at x, y.
func paint(img *image.RGBA, x, y int, values []float32, item nn.Shape, scale int) {
	for row := range item[0] {
		for col := range item[1] {
			c := pixel(values[(row*item[1]+col)*item[2]:], item[2])
			for dy := range scale {
				at := img.PixOffset(x+col*scale, y+row*scale+dy)
				for range scale {
					copy(img.Pix[at:at+4], c[:])
					at += 4
				}
			}
		}
	}
}

// pixel returns a pixel on white in RGBA.
func pixel(v []float32, channels int) [4]uint8 {
	switch channels {
	case 1:
		g := Byte(v[0])
		return [4]uint8{g, g, g, 255}
	case 4:
		a := int(Byte(v[3]))
		over := func(x float32) uint8 { return uint8((int(Byte(x))*a + 255*(255-a) + 127) / 255) }
		return [4]uint8{over(v[0]), over(v[1]), over(v[2]), 255}
	default:
		return [4]uint8{Byte(v[0]), Byte(v[1]), Byte(v[2]), 255}
	}
}

// Byte maps [−1, 1] to 0…255, rounded; what is beyond is cut off and NaN is 0.
func Byte(v float32) uint8 {
	x := (v + 1) * 127.5
	switch {
	case x >= 254.5:
		return 255
	case x > 0:
		return uint8(x + 0.5)
	default:
		return 0
	}
}

func label(img *image.RGBA, x, y int, text string) {
	d := font.Drawer{Dst: img, Src: image.NewUniform(color.Gray{80}), Face: basicfont.Face7x13, Dot: fixed.P(x, y)}
	d.DrawString(text)
}
