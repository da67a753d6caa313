// Make makes the small pictures of presets from their galleries in docs: a part of a sheet, or all
// of a plot of points without its axes and its white ground. Each has at most 8 KiB.
//
//	make DOCS FOLDER
package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"log"
	"os"
	"path/filepath"

	"golang.org/x/image/draw"

	"ganvas/engine/recipe"
)

// mostBytes is how large the file of a picture may be.
const mostBytes = 8 << 10

// width and height are those of a picture of pictures, in pixels; one of points is a square.
const width, height = 192, 96

func main() {
	log.SetFlags(0)
	log.SetPrefix("make: ")
	if len(os.Args) != 3 {
		log.Fatal("usage: make DOCS FOLDER")
	}
	for _, p := range recipe.Presets() {
		if err := thumb(os.Args[1], os.Args[2], p); err != nil {
			log.Fatal(err)
		}
	}
}

// thumb writes the picture of a preset.
func thumb(docs, folder string, p recipe.Preset) error {
	sheet, err := gallery(docs, p.Name)
	if errors.Is(err, os.ErrNotExist) {
		return nil // nothing of it is shown
	}
	if err != nil {
		return err
	}
	var content []byte
	name := p.Name + ".jpg"
	if shape, _ := p.Recipe.DataShape(); !shape.Picture() {
		name = p.Name + ".png"
		content, err = points(sheet)
	} else {
		content, err = pictures(sheet, p.Recipe.ImageSize)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	if len(content) > mostBytes {
		return fmt.Errorf("%s has %d bytes, more than %d", name, len(content), mostBytes)
	}
	return os.WriteFile(filepath.Join(folder, name), content, 0o644)
}

// gallery reads the gallery of a preset.
func gallery(docs, name string) (image.Image, error) {
	f, err := os.Open(filepath.Join(docs, "presets", name+".png"))
	if errors.Is(err, os.ErrNotExist) {
		f, err = os.Open(filepath.Join(docs, name+".png"))
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

// plot is the part of a plot of points that is inside of its axes, of its sides.
var plot = struct{ left, top, right, bottom float64 }{0.075, 0.03, 1, 0.915}

// dot is the colour of points, which stands out on light and dark.
var dot = color.NRGBA{R: 0x4a, G: 0x90, B: 0xe2}

// A point spreads over a square of the plot of 2·spread+1 pixels a side, and of that the share
// counts solid times over: where many are they are seen in the small picture, a stray one is pale.
const spread, solid = 4, 2.2

// points shrinks a plot of points and takes its white ground away, so that it fits light and dark.
func points(img image.Image) ([]byte, error) {
	b := img.Bounds()
	at := func(share float64, size int) int { return int(share * float64(size)) }
	part := image.Rect(at(plot.left, b.Dx()), at(plot.top, b.Dy()), at(plot.right, b.Dx()), at(plot.bottom, b.Dy())).Add(b.Min)
	count := make(map[image.Point]float64)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			if r, _, blue, _ := img.At(x, y).RGBA(); blue <= r+0x4000 {
				continue
			}
			for dy := -spread; dy <= spread; dy++ {
				for dx := -spread; dx <= spread; dx++ {
					count[image.Pt(x+dx, y+dy)]++
				}
			}
		}
	}
	ink := image.NewAlpha(part)
	for at, n := range count {
		ink.SetAlpha(at.X, at.Y, color.Alpha{uint8(min(255, 255*solid*n/((2*spread+1)*(2*spread+1))))})
	}
	small := image.NewAlpha(image.Rect(0, 0, height, height))
	draw.CatmullRom.Scale(small, small.Rect, ink, part, draw.Src, nil)
	picture := image.NewNRGBA(small.Rect)
	for i, opaque := range small.Pix {
		picture.SetNRGBA(i%height, i/height, color.NRGBA{dot.R, dot.G, dot.B, opaque})
	}
	var out bytes.Buffer
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture)
	return out.Bytes(), err
}

// pictures cuts so many whole pictures of a side out of a sheet as fill the small one, three rows of
// them, or two of large ones.
func pictures(img image.Image, side int) ([]byte, error) {
	rows := 3
	if side >= 64 {
		rows = 2
	}
	scale := 1 // of the sheet, which has as many pixels between its pictures
	for ; (img.Bounds().Dx()-scale)%(scale*(side+1)) != 0; scale++ {
	}
	cut := image.Rect(scale, scale, scale*rows*2*(side+1), scale*rows*(side+1)).Add(img.Bounds().Min)
	small := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(small, small.Rect, img, cut, draw.Src, nil)
	for quality := 90; ; quality -= 5 {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, small, &jpeg.Options{Quality: quality}); err != nil || out.Len() <= mostBytes || quality < 40 {
			return out.Bytes(), err
		}
	}
}
