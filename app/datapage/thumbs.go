package datapage

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"

	"ganvas/app/ui"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/widgets"
)

// loadThumbnails draws the built-in sets' pictures in the background, once.
func (p *Page) loadThumbnails() {
	if p.thumbsBegun {
		return
	}
	p.thumbsBegun = true
	p.s.Jobs.Start(func(ctx context.Context) error {
		for _, b := range datasets.Builtins() {
			o := datasets.Options{Size: b.Size, Channels: min(b.Channels, 3)}
			if b.Name == "emoji" {
				o.Size = studio.FirstSide
			}
			set, err := datasets.Open(ctx, b.Name, o, nil)
			if err != nil {
				return err
			}
			thumb := thumbnail(set)
			p.s.Do(func() { p.cards[b.Name].SetThumbnail(thumb) })
		}
		return nil
	}, nil)
}

// drawnThumbnail is a stroke of a brush.
func drawnThumbnail() image.Image {
	const size, dot = 112, 4
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 260 {
		t := float64(i) / 260 * 2 * math.Pi
		x := int(size * (0.5 + 0.33*math.Sin(t) + 0.03*random.NormFloat64()))
		y := int(size * (0.5 + 0.3*math.Sin(2*t) + 0.03*random.NormFloat64()))
		draw.Draw(out, image.Rect(x, y, x+dot, y+dot), image.NewUniform(widgets.Real.ColorOnAny()), image.Point{}, draw.Src)
	}
	return out
}

// tableThumbnail is a table: a head, and rows of cells.
func tableThumbnail() image.Image {
	const size, margin, row, columns = 112, 14, 17, 3
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	width := (size - 2*margin) / columns
	for y := margin; y+row <= size-margin; y += row {
		for x := range columns {
			cell := image.Rect(margin+x*width, y, margin+(x+1)*width-4, y+row-5)
			if y > margin { // of text that is not as high as the head
				cell = image.Rect(cell.Min.X, cell.Min.Y+3, cell.Max.X-4*((x+y/row)%3), cell.Max.Y-3)
			}
			draw.Draw(out, cell, image.NewUniform(widgets.Real.ColorOnAny()), image.Point{}, draw.Src)
		}
	}
	return out
}

// thumbnail draws a few items of a set: a block of pictures, or a cloud of points. For a table it
// is the sign of one.
func thumbnail(set datasets.Set) image.Image {
	if set.Info().Kind == datasets.Table {
		return tableThumbnail()
	}
	if set.Info().Kind == datasets.Pictures {
		const side = 2
		var items []image.Image
		for i := range side * side {
			items = append(items, datasets.Picture(set, i*set.Len()/(side*side)))
		}
		return widgets.Compose(items, side, 1, color.Transparent)
	}
	points := studio.SamplePoints(set, 600)
	return ui.PointsPicture(points, nil, points)
}
