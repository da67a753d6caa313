package ui

import (
	"image"

	"golang.org/x/image/draw"

	"ganvas/app/studio"
	"ganvas/widgets"
)

// PointsPicture draws real points, and some of them large, in the part of the plane that others
// take.
func PointsPicture(points, large, around [][2]float32) image.Image {
	return drawPoints(points, large, around, widgets.Real)
}

// GeneratedPicture draws points that a generator made as PointsPicture does real ones.
func GeneratedPicture(points, large, around [][2]float32) image.Image {
	return drawPoints(points, large, around, widgets.Generated)
}

func drawPoints(points, large, around [][2]float32, role widgets.Role) image.Image {
	const size = 112
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	xMin, xMax, yMin, yMax := studio.Bounds(around)
	ink := image.NewUniform(role.ColorOnAny())
	stamp := func(points [][2]float32, half int) {
		for _, q := range points {
			x := int((float64(q[0]) - xMin) / (xMax - xMin) * size)
			y := int((yMax - float64(q[1])) / (yMax - yMin) * size)
			draw.Draw(out, image.Rect(x-half, y-half, x+half, y+half), ink, image.Point{}, draw.Src)
		}
	}
	stamp(points, 1)
	stamp(large, 5)
	return out
}

// Shrunken returns a picture whose longer side is at most side, smaller ones as they are.
func Shrunken(img image.Image, side int) image.Image {
	b := img.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()*side/longer), max(1, b.Dy()*side/longer)))
	draw.BiLinear.Scale(out, out.Rect, img, b, draw.Src, nil)
	return out
}

// Enlarged returns a picture whose longer side is at least side, each of its pixels as a square;
// larger ones as they are.
func Enlarged(img image.Image, side int) image.Image {
	b := img.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer == 0 || longer >= side {
		return img
	}
	n := (side + longer - 1) / longer
	out := image.NewRGBA(image.Rect(0, 0, n*b.Dx(), n*b.Dy()))
	draw.NearestNeighbor.Scale(out, out.Rect, img, b, draw.Src, nil)
	return out
}
