// Package gallery puts generated items on one picture: contact sheets, galleries as PNG, scatter
// plots of points. It chooses no latents but by seed and trains nothing.
package gallery

import (
	"fmt"
	"image"
	"image/color"
	"io"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"

	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/provenance"
)

// Options say how a gallery looks.
type Options struct {
	Rows, Columns int
	Seed          uint64 // of the latents
	Scale         int    // pixels for each pixel of an item; 0: 1
	Spacing       int    // pixels between items, before scaling
	Labels        bool   // number of each item under it
	Clear         bool   // what is between the items is transparent instead of white
	Count         int    // items, where the last row is not full; 0: Rows·Columns

	// From is what a file says of the generator; nil: the file does not say how it was made.
	From *provenance.Source

	// Drawn is told how many items are drawn, after every few of them; an error from it ends the
	// drawing and is returned. It may be nil.
	Drawn func(n int) error
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
	if w, h := o.size(item); w*h > mostPixels {
		return fmt.Errorf("gallery of %d×%d pixels: larger than 400 megapixels: take fewer rows, columns or a smaller scale", w, h)
	}
	return nil
}

const mostPixels = 400_000_000

// Bytes reckons the memory that drawing takes, whatever the number of items.
func (o Options) Bytes(item nn.Shape) float64 {
	w, h := o.size(item)
	bytes := 4 * float64(w) * float64(h)
	if !item.Picture() {
		return 2*bytes + 64*float64(o.count()) // the plot has a picture of its own, and its points
	}
	return bytes
}

// count returns how many items there are.
func (o Options) count() int {
	if n := o.Rows * o.Columns; o.Count <= 0 || o.Count > n {
		return n
	}
	return o.Count
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
	if !item.Picture() {
		return plotSide * o.scale(), plotSide * o.scale()
	}
	cw, ch := o.cell(item)
	gap := o.Spacing * o.scale()
	return o.Columns*(cw+gap) + gap, o.Rows*(ch+gap) + gap
}

// Image draws a gallery of a generator: a grid of pictures, or a scatter plot of Rows·Columns
// points. Where there are classes, or several networks, each row of pictures is of one, in their
// order, unless the generator was told to choose. The pictures are made a few at a time, so that
// memory does not grow with them.
func Image(g *gan.Generator, o Options) (*image.RGBA, error) {
	item := g.Out()
	if err := o.Validate(item); err != nil {
		return nil, err
	}
	w, h := o.size(item)
	if err := memory.CheckFree(fmt.Sprintf("gallery of %d×%d pixels", w, h), o.Bytes(item), "take fewer items, or a smaller scale"); err != nil {
		return nil, err
	}
	if !item.Picture() {
		xy := make([]float32, 0, 2*o.count())
		err := o.each(g, false, func(_ int, items []float32) { xy = append(xy, items...) })
		if err != nil {
			return nil, err
		}
		return scatter(xy, o)
	}
	img := o.blank(item)
	err := o.each(g, o.byRow(g), func(first int, items []float32) { o.place(img, first, items, item) })
	if err != nil {
		return nil, err
	}
	return img, nil
}

// atOnce is how many items are made at once.
const atOnce = 64

// each makes the items and hands them to use, a few at a time; where rows is set, those of each row
// of the class or network that is its.
func (o Options) each(g *gan.Generator, rows bool, use func(first int, items []float32)) error {
	if rows {
		defer g.Choose(-1, -1)
	}
	draw := g.Draw(o.Seed)
	for first := 0; first < o.count(); {
		n := min(atOnce, o.count()-first)
		if rows {
			n = min(n, o.Columns-first%o.Columns)
			if g.Count() > 1 && g.Classes() > 0 {
				n = 1 // the networks share each class
			}
			g.InRow(first/o.Columns, first%o.Columns)
		}
		use(first, g.Render(draw(n), n))
		first += n
		if o.Drawn == nil {
			continue
		}
		if err := o.Drawn(first); err != nil {
			return err
		}
	}
	return nil
}

// Write writes Image as PNG.
func Write(w io.Writer, g *gan.Generator, o Options) error {
	img, err := Image(g, o)
	if err != nil {
		return err
	}
	var r *provenance.Record
	if o.From != nil {
		r = o.record(g)
	}
	return provenance.Encode(w, img, r, 0)
}

// record says how the items of Image were made.
func (o Options) record(g *gan.Generator) *provenance.Record {
	class, part := g.Choice()
	r := provenance.New(*o.From, g).OfSeed(class, part, o.Seed, 0, o.count(), func() []float32 { return g.Noise(o.Seed, o.count()) })
	if g.Out().Picture() {
		r.Columns, r.ByRow = o.Columns, o.byRow(g)
	}
	return r
}

// byRow tells whether each row of pictures is of one class or network.
func (o Options) byRow(g *gan.Generator) bool { return g.Rows() > 0 && !g.Chosen() }

// Compose draws pictures (H, W, C) in [−1, 1], one after the other in items, as a grid in reading
// order. It draws as many as there are, at most Rows·Columns.
func Compose(items []float32, item nn.Shape, o Options) *image.RGBA {
	img := o.blank(item)
	o.place(img, 0, items, item)
	return img
}

// blank returns a gallery without its items.
func (o Options) blank(item nn.Shape) *image.RGBA {
	w, h := o.size(item)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if !o.Clear {
		for i := range img.Pix {
			img.Pix[i] = 255
		}
	}
	return img
}

// place draws items into their cells, the first of them into cell first.
func (o Options) place(img *image.RGBA, first int, items []float32, item nn.Shape) {
	cw, ch := o.cell(item)
	gap := o.Spacing * o.scale()
	for k := range min(o.Rows*o.Columns-first, len(items)/item.Size()) {
		i := first + k
		x, y := gap+i%o.Columns*(cw+gap), gap+i/o.Columns*(ch+gap)
		paint(img, x, y, items[k*item.Size():(k+1)*item.Size()], item, o.scale())
		if o.Labels {
			label(img, x, y+ch-3, strconv.Itoa(i+1))
		}
	}
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
