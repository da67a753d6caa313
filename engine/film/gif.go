package film

import (
	"context"
	"image"
	"image/color"
	"image/gif"
	"io"
	"slices"
)

// GIF writes the film as a GIF that repeats for ever. All frames share one palette of up to 256
// colours, chosen over all of them by median cut (Heckbert, "Color Image Quantization for Frame
// Buffer Display", SIGGRAPH 1982), so that nothing flickers; each pixel has the nearest of them.
func (f *Film) GIF(ctx context.Context, w io.Writer) error {
	if err := f.Check(); err != nil {
		return err
	}
	counts := make([]int, 1<<(3*depth))
	for i := range f.Frames {
		img, err := f.frame(ctx, i, 0, 2)
		if err != nil {
			return err
		}
		for k := 0; k+3 < len(img.Pix); k += 4 {
			counts[cell(img.Pix[k], img.Pix[k+1], img.Pix[k+2])]++
		}
	}
	palette := medianCut(counts, 256)
	nearest := nearestOf(palette)
	out := gif.GIF{Config: image.Config{ColorModel: palette, Width: f.W, Height: f.H}}
	for i := range f.Frames {
		img, err := f.frame(ctx, i, 1, 2)
		if err != nil {
			return err
		}
		p := image.NewPaletted(image.Rect(0, 0, f.W, f.H), palette)
		for k := range p.Pix {
			p.Pix[k] = nearest(img.Pix[4*k], img.Pix[4*k+1], img.Pix[4*k+2])
		}
		out.Image, out.Delay = append(out.Image, p), append(out.Delay, f.delay(i, 100))
	}
	return gif.EncodeAll(w, &out)
}

// depth is how many bits of a channel tell colours apart.
const depth = 6

// cell returns the number of a colour's cell.
func cell(r, g, b uint8) int {
	return int(r>>(8-depth))<<(2*depth) | int(g>>(8-depth))<<depth | int(b>>(8-depth))
}

// channel returns channel k of a cell, from red to blue.
func channel(cell, k int) int { return cell >> ((2 - k) * depth) & (1<<depth - 1) }

// medianCut returns at most most colours for how often each cell was seen: the box with the largest
// spread of colours, weighted by how often they occur, is cut at its median until there are enough.
func medianCut(counts []int, most int) color.Palette {
	var all []int
	for c, n := range counts {
		if n > 0 {
			all = append(all, c)
		}
	}
	boxes := [][]int{all}
	for len(boxes) < most {
		widest, axis, spread := -1, 0, 0.0
		for i, box := range boxes {
			if k, s := widestChannel(box, counts); s > spread {
				widest, axis, spread = i, k, s
			}
		}
		if widest < 0 {
			break // every box is one colour
		}
		a, b := cutBox(boxes[widest], counts, axis)
		boxes[widest] = a
		boxes = append(boxes, b)
	}
	palette := make(color.Palette, len(boxes))
	for i, box := range boxes {
		palette[i] = meanOf(box, counts)
	}
	return palette
}

// widestChannel returns the channel in which the colours of a box vary most, and the sum of their
// squared differences from the mean.
func widestChannel(box, counts []int) (axis int, spread float64) {
	for k := range 3 {
		var n, sum, squares float64
		for _, c := range box {
			v, w := float64(channel(c, k)), float64(counts[c])
			n, sum, squares = n+w, sum+w*v, squares+w*v*v
		}
		if s := squares - sum*sum/n; s > spread+1e-6 {
			axis, spread = k, s
		}
	}
	return axis, spread
}

// cutBox cuts a box of several colours into two with about as many pixels each.
func cutBox(box, counts []int, axis int) (a, b []int) {
	slices.SortFunc(box, func(x, y int) int {
		if d := channel(x, axis) - channel(y, axis); d != 0 {
			return d
		}
		return x - y
	})
	total := 0
	for _, c := range box {
		total += counts[c]
	}
	half, at := 0, 0
	for at < len(box)-1 && (at == 0 || 2*half < total) {
		half += counts[box[at]]
		at++
	}
	return box[:at:at], box[at:]
}

// meanOf returns the mean colour of a box.
func meanOf(box, counts []int) color.Color {
	var sums [3]float64
	n := 0.0
	for _, c := range box {
		w := float64(counts[c])
		n += w
		for k := range sums {
			sums[k] += w * float64(channel(c, k))
		}
	}
	const full = 1<<depth - 1
	at := func(k int) uint8 { return uint8(sums[k]/n*255/full + 0.5) }
	return color.RGBA{at(0), at(1), at(2), 255}
}

// nearestOf returns what finds the nearest colour of a palette.
func nearestOf(palette color.Palette) func(r, g, b uint8) uint8 {
	known := make([]int16, 1<<(3*depth))
	for i := range known {
		known[i] = -1
	}
	return func(r, g, b uint8) uint8 {
		c := cell(r, g, b)
		if known[c] < 0 {
			best := 1 << 30
			for i, p := range palette {
				q := p.(color.RGBA)
				dr, dg, db := int(q.R)-int(r), int(q.G)-int(g), int(q.B)-int(b)
				if d := dr*dr + dg*dg + db*db; d < best {
					best, known[c] = d, int16(i)
				}
			}
		}
		return uint8(known[c])
	}
}
