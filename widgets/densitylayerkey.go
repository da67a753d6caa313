package widgets

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
)

// keyOfLayers lists the layers around the points that are shown; with all also the heat-map if it
// might be.
func keyOfLayers(c densityContent, v view, colors densityColors, all bool) []keyEntry {
	var key []keyEntry
	d := c.data
	heat, best := (c.ShowHeat || all) && len(d.Heat) > 0, c.ShowOptimal && len(d.Optimal) > 0
	if heat || best {
		text := "D: generated to real"
		switch {
		case c.ShowHeat && best:
			text = "D, in stripes the best D: generated to real"
		case best:
			text = "best D: generated to real"
		}
		key = append(key, keyEntry{sprite: newScale(v.scale, func(t float64) color.Color { return heatColor(t, colors) }), text: text})
	}
	sampled := ""
	if d.Sampled > 0 {
		sampled = " of " + formatCount(int64(d.Sampled)) + " samples"
	}
	if c.ShowManifold && len(d.Cells) > 0 {
		text := "manifold: thin to dense"
		if sampled != "" {
			text = "cloud" + sampled + ": thin to dense"
		}
		key = append(key, keyEntry{sprite: newScale(v.scale, func(t float64) color.Color { return mix(colors.even, colors.g, 0.85*t) }), text: text})
	}
	if c.ShowDensity && len(d.Density) > 0 {
		key = append(key, keyEntry{sprite: newScale(v.scale, func(t float64) color.Color { return mix(colors.even, colors.density, 0.45*t) }), text: "density" + sampled + ": thin to dense"})
	}
	if c.ShowArrows && len(d.Arrows) > 0 {
		const widest = "pushed by 0.0000 at most"
		key = append(key, keyEntry{newArrow(v.scale, colors.d), "pushed by " + formatPush(longestArrow(d.Arrows)) + " at most", widest})
	}
	return key
}

// newScale draws a scale of colours from 0 to 1.
func newScale(scale float32, at func(t float64) color.Color) *image.RGBA {
	dst := image.NewRGBA(image.Rect(0, 0, int(60*scale), int(9*scale)))
	for px := range dst.Rect.Dx() {
		column := image.Rect(px, 0, px+1, dst.Rect.Dy())
		draw.Draw(dst, column, image.NewUniform(at(float64(px)/float64(dst.Rect.Dx()-1))), image.Point{}, draw.Src)
	}
	return dst
}

// formatPush writes the size of a gradient.
func formatPush(x float64) string {
	if x < 0.001 && x > 0 {
		return fmt.Sprintf("%.0e", x)
	}
	return fmt.Sprintf("%.2g", x)
}
