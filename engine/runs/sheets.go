package runs

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"
	"slices"

	"ganvas/engine/ckpt"
	"ganvas/engine/export"
	"ganvas/engine/gallery"
	"ganvas/engine/gan"
	"ganvas/engine/memory"
)

// A Sheet is what a run makes: a picture of pictures, or points.
type Sheet struct {
	Run    int64
	Step   int64
	Image  *image.RGBA  // nil for points
	Points [][2]float32 // nil for pictures
	// Same tells that it is drawn from the latents that the others are drawn from.
	Same bool
	Err  error // why there is none
}

const (
	side  = 6   // rows and columns of a sheet
	cloud = 600 // points of one
	seed  = 1   // of the latents
)

// Sheets draws what runs make at their newest checkpoints, with the averaged generator where there
// is one, from the same latents where all of them take the same. Otherwise pictures are those that
// the project keeps.
func Sheets(ctx context.Context, f *ckpt.File, runs []int64) ([]Sheet, error) {
	sheets := make([]Sheet, len(runs))
	generators := make([]*gan.Generator, len(runs))
	for i, id := range runs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		sheets[i].Run = id
		generators[i], sheets[i].Step, sheets[i].Err = generatorOf(f, id)
	}
	same := alike(generators)
	for i, g := range generators {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		switch {
		case g == nil:
		case same || !g.Out().Picture():
			sheets[i].draw(g)
			sheets[i].Same = same
		default:
			sheets[i].Image, sheets[i].Err = kept(f, runs[i])
		}
	}
	return sheets, nil
}

// copies is how often the weights of a checkpoint are in memory while its generator is built.
const copies = 3

// generatorOf returns the generator of the newest checkpoint of a run.
func generatorOf(f *ckpt.File, run int64) (*gan.Generator, int64, error) {
	list, err := f.Checkpoints(run)
	if err != nil {
		return nil, 0, err
	}
	if len(list) > 0 {
		if err := memory.CheckFree(fmt.Sprintf("draw run %d", run), copies*float64(list[len(list)-1].Bytes), ""); err != nil {
			return nil, 0, err
		}
	}
	of, err := export.At(f, run, -1)
	if err != nil {
		return nil, 0, err
	}
	n, err := of.Network(export.Generator, false)
	if err != nil {
		return nil, 0, err
	}
	return gan.NewGenerator(n, of.Recipe.LatentKind).LowMemory(), of.Step, nil
}

// alike tells whether all generators take the same latents and make items of one kind. Those that
// are missing do not count.
func alike(generators []*gan.Generator) bool {
	var first *gan.Generator
	for _, g := range generators {
		switch {
		case g == nil:
		case first == nil:
			first = g
		case g.Latent() != first.Latent() || g.Kind() != first.Kind() || g.Out().Picture() != first.Out().Picture(),
			g.Rows() != first.Rows() || g.Classes() != first.Classes():
			return false
		}
	}
	return true
}

// draw draws from the latents that every generator of the kind is given.
func (s *Sheet) draw(g *gan.Generator) {
	if !g.Out().Picture() {
		values := g.Render(g.Noise(seed, cloud), cloud)
		for i := 0; i+1 < len(values); i += 2 {
			s.Points = append(s.Points, [2]float32{values[i], values[i+1]})
		}
		return
	}
	rows := side
	var items []float32
	if n := g.Rows(); n > 0 { // a row for each class
		rows = min(n, 2*side)
		items = g.RenderRows(slices.Repeat(g.Noise(seed, side), rows), rows, side)
	} else {
		items = g.Render(g.Noise(seed, side*side), side*side)
	}
	s.Image = gallery.Compose(items, g.Out(), gallery.Options{Rows: rows, Columns: side, Spacing: 1, Clear: true})
}

// kept returns the newest contact sheet that the project keeps of a run.
func kept(f *ckpt.File, run int64) (*image.RGBA, error) {
	sheet, err := f.SheetAt(run, math.MaxInt64)
	if err != nil {
		return nil, err
	}
	return decode(sheet.PNG)
}

// mostPixels is more than any contact sheet has.
const mostPixels = 1 << 26

// decode reads a contact sheet, whose size may be any that a file claims.
func decode(content []byte) (*image.RGBA, error) {
	c, err := png.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("read a contact sheet: %w", err)
	}
	if c.Width <= 0 || c.Height <= 0 || c.Width > mostPixels/c.Height {
		return nil, fmt.Errorf("read a contact sheet: %d × %d pixels are more than any has", c.Width, c.Height)
	}
	p, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		return nil, fmt.Errorf("read a contact sheet: %w", err)
	}
	out := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
	draw.Draw(out, out.Bounds(), p, p.Bounds().Min, draw.Src)
	return out, nil
}

// Thumb returns a small picture of what a run makes: a corner of its newest contact sheet, or
// points. Neither is an error: a run that was not trained yet may have none.
func Thumb(f *ckpt.File, run int64) Sheet {
	s := Sheet{Run: run}
	if whole, err := kept(f, run); err == nil {
		cells := whole.Bounds().Dx() * 3 / 8 // three of a row of eight
		crop := image.Rect(0, 0, cells, min(cells, whole.Bounds().Dy()))
		s.Image = image.NewRGBA(crop)
		draw.Draw(s.Image, crop, whole, image.Point{}, draw.Src)
		return s
	}
	g, step, err := generatorOf(f, run)
	if err != nil {
		s.Err = err
		return s
	}
	s.Step = step
	s.draw(g)
	return s
}
