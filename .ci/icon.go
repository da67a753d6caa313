//go:build ignore

// Icon draws icon.png: a canvas on which noise turns into a picture, between the two networks that
// play.
//
//	go run .ci/icon.go icon.png
package main

import (
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"math/rand/v2"
	"os"
)

const (
	size  = 512
	super = 4 // samples a pixel in each direction
	left  = 156.0
	right = 356.0
	top   = 126.0
	low   = 386.0
	cell  = 20.0 // one blot of noise
)

type rgb struct{ r, g, b float64 }

func hex(v uint32) rgb {
	return rgb{float64(v>>16) / 255, float64(v>>8&255) / 255, float64(v&255) / 255}
}

func mix(a, b rgb, t float64) rgb {
	t = min(1, max(0, t))
	return rgb{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t}
}

var (
	orange, blue = hex(0xffa03c), hex(0x4cc2ff)
	generator    = [][][2]float64{{{58, 150}, {58, 256}, {58, 362}}, {{112, 203}, {112, 309}}}
	critic       = [][][2]float64{{{400, 203}, {400, 309}}, {{454, 150}, {454, 256}, {454, 362}}}
	noise        [13][10]rgb
)

// box is the signed distance to a rounded rectangle.
func box(x, y, x0, y0, x1, y1, radius float64) float64 {
	dx := math.Abs(x-(x0+x1)/2) - (x1-x0)/2 + radius
	dy := math.Abs(y-(y0+y1)/2) - (y1-y0)/2 + radius
	return math.Hypot(max(dx, 0), max(dy, 0)) + min(max(dx, dy), 0) - radius
}

// line is the distance to the segment from a to b.
func line(x, y float64, a, b [2]float64) float64 {
	px, py, dx, dy := x-a[0], y-a[1], b[0]-a[0], b[1]-a[1]
	t := min(1, max(0, (px*dx+py*dy)/(dx*dx+dy*dy)))
	return math.Hypot(px-dx*t, py-dy*t)
}

// scene is the picture that the canvas shows: a low sun between hills.
func scene(x, y float64) rgb {
	u, v := (x-left)/(right-left), (y-top)/(low-top)
	c := mix(hex(0x2b3a8f), hex(0xffb36b), v*1.35)
	d := math.Hypot(x-288, y-250)
	c = mix(c, hex(0xffe9b0), 0.5*math.Exp(-max(0, d-34)/30))
	if d < 34 {
		c = hex(0xfff4cf)
	}
	if v > 0.66-0.12*math.Sin(u*5.2+0.4) {
		c = mix(hex(0x7a3f86), hex(0x5a2f7a), (v-0.5)*3)
	}
	if v > 0.8+0.09*math.Sin(u*6.4+2.6) {
		c = mix(hex(0x34215e), hex(0x22164a), (v-0.7)*3)
	}
	return c
}

func canvas(x, y float64) rgb {
	i, j := int((x-left)/cell), int((y-top)/cell)
	cx, cy := left+(float64(i)+0.5)*cell, top+(float64(j)+0.5)*cell
	t := (cx - left) / (right - left) * 1.9
	if t < 0.95 { // still blots: part noise, part the picture's colour
		return mix(noise[j][i], scene(cx, cy), t)
	}
	return scene(x, y)
}

func network(c rgb, x, y float64, layers [][][2]float64, goal [2]float64, tint rgb) rgb {
	edge := func(a, b [2]float64) {
		if line(x, y, a, b) < 2.6 {
			c = mix(c, tint, 0.55)
		}
	}
	for _, a := range layers[0] {
		for _, b := range layers[1] {
			edge(a, b)
		}
	}
	near := layers[1]
	if goal[0] > 256 {
		near = layers[0]
	}
	for _, a := range near {
		edge(a, goal)
	}
	for _, layer := range layers {
		for _, p := range layer {
			d := math.Hypot(x-p[0], y-p[1])
			if d < 23 {
				c = mix(c, hex(0x15132e), 0.85)
			}
			if d < 18.5 {
				c = mix(mix(tint, hex(0xffffff), 0.45), tint, math.Hypot(x-p[0]+6, y-p[1]+7)/20)
			}
		}
	}
	return c
}

// at returns the colour and the opacity of one point.
func at(x, y float64) (rgb, float64) {
	if box(x, y, 10, 10, 502, 502, 108) > 0 {
		return rgb{}, 0
	}
	c := mix(hex(0x35307a), hex(0x15132e), (y-10)/492)
	c = mix(c, hex(0x6d4bc2), 0.45*math.Exp(-math.Hypot(x-256, y-256)/150))
	c = network(c, x, y, generator, [2]float64{left - 10, 256}, orange)
	c = network(c, x, y, critic, [2]float64{right + 10, 256}, blue)
	if d := box(x, y, left-12, top-6, right+12, low+22, 18); d > 0 || y > low+13 {
		c = mix(c, rgb{}, 0.5*math.Exp(-max(0, d+8)/12)) // the shadow under the frame
	}
	if box(x, y, left-14, top-14, right+14, low+14, 16) < 0 {
		c = mix(hex(0xffffff), hex(0xd9d6ea), (y-top)/(low-top))
	}
	if box(x, y, left, top, right, low, 5) < 0 {
		c = canvas(min(right-0.01, max(left, x)), min(low-0.01, max(top, y)))
	}
	return c, 1
}

func main() {
	random := rand.New(rand.NewPCG(1, 9))
	for j := range noise {
		for i := range noise[j] {
			noise[j][i] = mix(rgb{random.Float64(), random.Float64(), random.Float64()}, hex(0xb8b4d8), 0.25)
		}
	}
	m := image.NewNRGBA(image.Rect(0, 0, size, size))
	for py := range size {
		for px := range size {
			var sum rgb
			var alpha float64
			for k := range super * super {
				c, a := at(float64(px)+(float64(k%super)+0.5)/super, float64(py)+(float64(k/super)+0.5)/super)
				sum = rgb{sum.r + c.r*a, sum.g + c.g*a, sum.b + c.b*a}
				alpha += a
			}
			if alpha > 0 {
				level := func(v float64) uint8 { return uint8(v/alpha*255 + 0.5) }
				m.SetNRGBA(px, py, color.NRGBA{level(sum.r), level(sum.g), level(sum.b), uint8(alpha/super/super*255 + 0.5)})
			}
		}
	}
	f, err := os.Create(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, m); err != nil {
		log.Fatal(err)
	}
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}
