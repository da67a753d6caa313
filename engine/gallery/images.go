package gallery

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"strconv"

	"golang.org/x/image/draw"

	"ganvas/engine/memory"
	"ganvas/engine/nn"
)

// Images draws pictures that were made before as a grid in reading order, each into a cell for
// items of a shape.
func Images(pictures []image.Image, item nn.Shape, o Options) (*image.RGBA, error) {
	if err := o.Validate(item); err != nil {
		return nil, err
	}
	w, h := o.size(item)
	if err := memory.CheckFree(fmt.Sprintf("gallery of %d×%d pixels", w, h), o.Bytes(item), "take fewer items, or a smaller scale"); err != nil {
		return nil, err
	}
	img := o.blank(item)
	cw, ch := o.cell(item)
	gap := o.Spacing * o.scale()
	for i, p := range pictures[:min(len(pictures), o.Rows*o.Columns)] {
		x, y := gap+i%o.Columns*(cw+gap), gap+i/o.Columns*(ch+gap)
		to := image.Rect(x, y, x+item[1]*o.scale(), y+item[0]*o.scale())
		draw.NearestNeighbor.Scale(img, to, p, p.Bounds(), draw.Over, nil)
		if o.Labels {
			label(img, x, y+ch-3, strconv.Itoa(i+1))
		}
	}
	return img, nil
}

// Enlarged draws a picture on white at another size: smooth, with bicubic interpolation, or as
// squares of one colour. drawn is told how many rows are drawn.
func Enlarged(ctx context.Context, p image.Image, w, h int, smooth bool, drawn func(rows int)) (*image.RGBA, error) {
	if w < 1 || h < 1 || w > mostPixels/h {
		return nil, fmt.Errorf("picture of %d×%d pixels: want at least 1 of each and at most 400 megapixels", w, h)
	}
	// Smoothing has four numbers of 8 bytes for each of w columns of the picture besides.
	needs := 4*float64(w)*float64(h) + 32*float64(w)*float64(p.Bounds().Dy())
	if err := memory.CheckFree(fmt.Sprintf("picture of %d×%d pixels", w, h), needs, "take a smaller size"); err != nil {
		return nil, err
	}
	var scaler draw.Scaler = draw.NearestNeighbor
	if smooth {
		scaler = draw.CatmullRom
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	const atOnce = 256 // rows
	for y := 0; y < h; y += atOnce {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		part := img.SubImage(image.Rect(0, y, w, min(h, y+atOnce))).(draw.Image)
		scaler.Scale(part, img.Rect, p, p.Bounds(), draw.Over, nil)
		drawn(min(h, y+atOnce))
	}
	return img, nil
}
