package studio

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"math"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/recipe"
)

// A Glance is what can be seen of a project without opening it.
type Glance struct {
	Recipe string      // its name
	Data   string      // that the recipe names
	Step   int64       // that was saved last
	Some   image.Image // a few pictures that it made; nil: it keeps none
}

// Text says what the project is: "digits, step 6,000".
func (g Glance) Text() string {
	return fmt.Sprintf("%s, step %s", ShortName(g.Data), words.Thousands(g.Step))
}

// glanced is the part of a contact sheet's sides that a glance shows: three of eight pictures.
const glanced = 3. / 8

// GlanceAt looks at a project, which it leaves as it is. Not on the goroutine of Options.Do.
func GlanceAt(path string) (g Glance, err error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return g, err
	}
	defer f.Close()
	run, err := f.RunByID(0)
	if err != nil {
		return g, err
	}
	g.Step = run.Step
	if r, err := recipe.Parse([]byte(run.Recipe), path); err == nil {
		g.Recipe, g.Data = r.Name, r.Data
	}
	sheet, err := f.SheetAt(run.ID, math.MaxInt64)
	if err != nil {
		return g, nil // it has none
	}
	img, err := png.Decode(bytes.NewReader(sheet.PNG))
	if err != nil {
		return g, fmt.Errorf("read the pictures of %s: %w", path, err)
	}
	b := img.Bounds()
	part := image.NewRGBA(image.Rect(0, 0, int(float64(b.Dx())*glanced), int(float64(b.Dy())*glanced)))
	draw.Draw(part, part.Rect, img, b.Min, draw.Src)
	g.Some = part
	return g, nil
}
