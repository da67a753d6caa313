package toy

import (
	"fmt"
	"math"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

var shapeNames = []string{"circle", "square", "triangle", "star"}

// figure is one shape, in units of the picture's side.
type figure struct {
	kind   int // index into shapeNames
	x, y   float64
	radius float64 // of the circle around it
	angle  float64
	colour [3]float32 // 0…1
}

// shapes is a set of pictures that are painted whenever they are read.
type shapes struct {
	info       dataset.Info
	figures    []figure
	background [3]float32 // 0…1
	labelled   bool
}

// OpenShapes decides what the shapes of a size and channels are; item i is a function of the seed
// and i alone.
func OpenShapes(name, title string, o dataset.Options) dataset.Set {
	size, channels := o.Size, o.Channels
	set := &shapes{
		info: dataset.Info{
			Name: title, Kind: dataset.Pictures, Count: drawn, Shape: []int{size, size, channels},
			Fingerprint: drawnFingerprint(name, o.Seed),
			Notes:       []string{fmt.Sprintf("%s pictures of %d×%d, drawn from the seed: a shape, a size, a place, a turn and a colour each", wording.Thousands(drawn), size, size)},
		},
		figures:  make([]figure, drawn),
		labelled: o.Labels != "none",
	}
	if o.Mirror {
		set.info.Notes = append(set.info.Notes, dataset.MirrorNote)
	}
	if set.labelled {
		set.info.Labels = shapeNames
	}
	for c, v := range [3]uint8{o.Background.R, o.Background.G, o.Background.B} {
		set.background[c] = float32(v) / 255
	}
	s := newItemStream(o.Seed, name)
	for i := range set.figures {
		s.item(i)
		f := &set.figures[i]
		f.kind = s.below(len(shapeNames))
		f.radius = 0.2 + 0.25*s.uniform()
		f.x = f.radius + (1-2*f.radius)*s.uniform()
		f.y = f.radius + (1-2*f.radius)*s.uniform()
		f.angle = 2 * math.Pi * s.uniform()
		f.colour = fromHSV(s.uniform(), 0.65+0.35*s.uniform(), 0.55+0.4*s.uniform())
	}
	return set
}

// fromHSV returns the colour of a hue, saturation and value in [0,1] (Smith, "Color gamut transform
// pairs", SIGGRAPH 1978).
func fromHSV(h, s, v float64) (c [3]float32) {
	for i, n := range [3]float64{5, 3, 1} {
		k := math.Mod(n+6*h, 6)
		c[i] = float32(v - v*s*max(0, min(k, 4-k, 1)))
	}
	return c
}

// Info says what the set is.
func (s *shapes) Info() dataset.Info { return s.info }

// Len returns the number of pictures.
func (s *shapes) Len() int { return s.info.Count }

// Read paints picture i into dst as (H,W,C) values in [-1,1] and returns its label or -1.
func (s *shapes) Read(i int, dst []float32) int {
	size, channels := s.info.Shape[0], s.info.Shape[2]
	dataset.CheckRead(i, len(s.figures), len(dst), size*size*channels)
	f := s.figures[i]
	paper, ink := inChannels(s.background, channels, 0), inChannels(f.colour, channels, 1)
	for j := 0; j < len(dst); j += channels {
		copy(dst[j:j+channels], paper[:])
	}
	var room [10][2]float64
	corners := f.corners(room[:0], float64(size))
	x, y, r := f.x*float64(size), f.y*float64(size), f.radius*float64(size)
	// Within the circle inside a figure and beyond the one around it, the distance to the outline
	// need not be known.
	inner := r * [...]float64{1, math.Sqrt2 / 2, 0.5, 0.384}[f.kind]
	first := func(v float64) int { return max(0, int(v-1)) }
	last := func(v float64) int { return min(size-1, int(v+1)) }
	for py := first(y - r); py <= last(y+r); py++ {
		for px := first(x - r); px <= last(x+r); px++ {
			cx, cy := float64(px)+0.5, float64(py)+0.5
			distance := math.Hypot(cx-x, cy-y) - r // to the edge in pixels, negative inside
			switch {
			case distance >= 0.5:
				continue
			case f.kind == 0:
			case distance+r <= inner-0.5:
				distance = -0.5
			default:
				distance = toPolygon(cx, cy, corners)
			}
			paint(dst[(py*size+px)*channels:][:channels], paper, ink, float32(0.5-distance))
		}
	}
	if !s.labelled {
		return -1
	}
	return f.kind
}

// paint covers a pixel of paper with ink; cover is how much of it, clipped to 0…1.
func paint(pixel []float32, paper, ink [4]float32, cover float32) {
	switch {
	case cover <= 0:
	case cover >= 1:
		copy(pixel, ink[:])
	case len(pixel) == 4: // colours not multiplied by alpha
		pixel[0], pixel[1], pixel[2], pixel[3] = ink[0], ink[1], ink[2], 2*cover-1
	default:
		for c := range pixel {
			pixel[c] = paper[c] + cover*(ink[c]-paper[c])
		}
	}
}

// inChannels brings a colour in 0…1 to values in [-1,1] with 1, 3 or 4 channels.
func inChannels(rgb [3]float32, channels int, alpha float32) (v [4]float32) {
	if channels == 1 {
		v[0] = 2*(0.299*rgb[0]+0.587*rgb[1]+0.114*rgb[2]) - 1
		return v
	}
	for c := range 3 {
		v[c] = 2*rgb[c] - 1
	}
	v[3] = 2*alpha - 1
	return v
}

// corners appends those of a square, triangle or five-pointed star, in pixels, to out.
func (f figure) corners(out [][2]float64, size float64) [][2]float64 {
	n := [...]int{0, 4, 3, 10}[f.kind]
	for k := range n {
		r := f.radius * size
		if n == 10 && k%2 == 1 {
			r *= 0.45 // a little fatter than the pentagram's 0.38: its points survive few pixels
		}
		sin, cos := math.Sincos(f.angle + 2*math.Pi*float64(k)/float64(n))
		out = append(out, [2]float64{f.x*size + r*cos, f.y*size + r*sin})
	}
	return out
}

// toPolygon returns the distance of a point to a polygon's outline, negative inside (even-odd
// rule).
func toPolygon(x, y float64, corners [][2]float64) float64 {
	nearest := math.Inf(1)
	inside := false
	a := corners[len(corners)-1]
	for _, b := range corners {
		ex, ey := b[0]-a[0], b[1]-a[1]
		wx, wy := x-a[0], y-a[1]
		t := min(1, max(0, (wx*ex+wy*ey)/(ex*ex+ey*ey)))
		dx, dy := wx-t*ex, wy-t*ey
		nearest = min(nearest, dx*dx+dy*dy)
		if (a[1] > y) != (b[1] > y) && wx < ex*wy/ey {
			inside = !inside
		}
		a = b
	}
	if inside {
		return -math.Sqrt(nearest)
	}
	return math.Sqrt(nearest)
}

// Label is the class of item i, or -1.
func (s *shapes) Label(i int) int {
	if !s.labelled {
		return -1
	}
	return s.figures[i].kind
}
