package widgets

import (
	"image"
	"image/color"
	"image/draw"
)

// A keyEntry says what one kind of mark in the plane means.
type keyEntry struct {
	sprite *image.RGBA
	text   string
	room   string // the longest text that may stand there: entries do not jump when it changes
}

// keyOf lists what is shown in the plane, and how much of it; with all also what might be.
func keyOf(c densityContent, v view, colors densityColors, all bool) []keyEntry {
	var key []keyEntry
	if c.ShowReal || all {
		key = append(key, keyEntry{sprite: newSprite(false, v.scale, colors.real, color.NRGBA{}), text: formatCount(int64(len(c.data.Real))) + " real"})
	}
	if c.ShowFake || all {
		key = append(key, keyEntry{sprite: newSprite(true, v.scale, colors.fake, color.NRGBA{}), text: formatCount(int64(len(c.data.Fake))) + " generated"})
	}
	if here := c.data.Here; here != nil {
		const inside, outside = "this latent", "this latent lies outside"
		text := outside
		if x, y := float64(here[0]), float64(here[1]); x >= c.data.XMin && x <= c.data.XMax && y >= c.data.YMin && y <= c.data.YMax {
			text = inside
		}
		key = append(key, keyEntry{newTarget(v.scale*0.7, v.style.foreground, color.NRGBA{}), text, outside})
	}
	return append(key, keyOfLayers(c, v, colors, all)...)
}

// flowKey returns where each entry goes in a width, from the top left of the key on, and how many
// lines they take.
func flowKey(key []keyEntry, pen *pen, v view, width int) (at []image.Point, lines int) {
	x := 0
	for _, e := range key {
		w := e.sprite.Rect.Dx() + int(3*v.scale) + max(pen.width(e.text), pen.width(e.room))
		if x > 0 && x+w > width {
			x = 0
			lines++
		}
		at = append(at, image.Pt(x, lines*keyLine(pen, v)))
		x += w + int(14*v.scale)
	}
	return at, lines + 1
}

func keyLine(pen *pen, v view) int { return pen.height() + int(3*v.scale) }

// planeAbove returns the plane of a view above its key. It stays where it is when a layer goes.
func planeAbove(c densityContent, pen *pen, v view) (plane, bool) {
	_, lines := flowKey(keyOf(c, v, densityColors{}, true), pen, v, v.w)
	bounds := image.Rectangle{Max: image.Pt(v.w, v.h-lines*keyLine(pen, v)-int(5*v.scale))}
	return planeOf(c.data, bounds)
}

// drawKey writes below the plane what is shown in it, from its left edge on where that leaves room.
func drawKey(dst *image.RGBA, pen *pen, key []keyEntry, v view, area image.Rectangle) {
	_, fewest := flowKey(key, pen, v, v.w)
	left := area.Min.X
	at, lines := flowKey(key, pen, v, v.w-left)
	if lines > fewest {
		left = 0
		at, _ = flowKey(key, pen, v, v.w)
	}
	for i, e := range key {
		p := at[i].Add(image.Pt(left, area.Max.Y+int(5*v.scale)))
		draw.Draw(dst, e.sprite.Rect.Add(image.Pt(p.X, p.Y+(pen.height()-e.sprite.Rect.Dy())/2)), e.sprite, image.Point{}, draw.Over)
		pen.write(dst, p.X+e.sprite.Rect.Dx()+int(3*v.scale), p.Y, e.text, v.style.foreground)
	}
}
