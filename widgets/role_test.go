package widgets

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2/test"
)

// The pages that colours are to stand out from: window and panel, dark and light.
var (
	darkPages  = []color.NRGBA{{0x16, 0x18, 0x1d, 0xff}, {0x1c, 0x1f, 0x25, 0xff}}
	lightPages = []color.NRGBA{{0xf7, 0xf7, 0xf9, 0xff}, {0xff, 0xff, 0xff, 0xff}}
)

// linear returns red, green and blue in proportion to light.
func linear(c color.NRGBA) [3]float64 {
	var out [3]float64
	for i, v := range []uint8{c.R, c.G, c.B} {
		if f := float64(v) / 255; f <= 0.04045 {
			out[i] = f / 12.92
		} else {
			out[i] = math.Pow((f+0.055)/1.055, 2.4)
		}
	}
	return out
}

// contrast is that of the Web Content Accessibility Guidelines 2.1: from 1 to 21.
func contrast(a, b color.NRGBA) float64 {
	light := func(c color.NRGBA) float64 {
		l := linear(c)
		return 0.2126*l[0] + 0.7152*l[1] + 0.0722*l[2] + 0.05
	}
	return max(light(a), light(b)) / min(light(a), light(b))
}

// visions are the colour visions of people without one kind of cones. Machado, Oliveira and
// Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009.
var visions = map[string][3][3]float64{
	"full":         {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// lab returns CIE L*a*b* of a colour as it is seen with a vision.
func lab(c color.NRGBA, vision [3][3]float64) [3]float64 {
	l := linear(c)
	var seen [3]float64
	for i, row := range vision {
		seen[i] = max(0, min(1, row[0]*l[0]+row[1]*l[1]+row[2]*l[2]))
	}
	f := func(t float64) float64 {
		if t > 0.008856 {
			return math.Cbrt(t)
		}
		return 7.787*t + 16.0/116
	}
	x := f((0.4124*seen[0] + 0.3576*seen[1] + 0.1805*seen[2]) / 0.95047)
	y := f(0.2126*seen[0] + 0.7152*seen[1] + 0.0722*seen[2])
	z := f((0.0193*seen[0] + 0.1192*seen[1] + 0.9505*seen[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// TestRoleColors measures the colours of the roles: each stands out from the page with 3:1 at
// least, and any two are far apart with every kind of colour vision. A difference of 2.3 can just
// be seen, one of 25 is plain on thin lines.
func TestRoleColors(t *testing.T) {
	for _, c := range []struct {
		name    string
		colors  [roles]color.NRGBA
		pages   []color.NRGBA
		apartBy float64
	}{
		{"dark", rolesOnDark, darkPages, 25},
		{"light", rolesOnLight, lightPages, 25},
		{"any", rolesOnBoth, append(darkPages, lightPages...), 12}, // between two pages there is no room for shades
	} {
		for a := Real; a < roles; a++ {
			if c.name == "any" && a.ColorOnAny() != c.colors[a] {
				t.Errorf("role %d has the colour %v", a, a.ColorOnAny())
			}
			for _, page := range c.pages {
				if got := contrast(c.colors[a], page); got < 3 {
					t.Errorf("%s: role %d on %v: contrast %.2f, want 3", c.name, a, page, got)
				}
			}
			for b := a + 1; b < roles; b++ {
				for name, vision := range visions {
					p, q := lab(c.colors[a], vision), lab(c.colors[b], vision)
					if got := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); got < c.apartBy {
						t.Errorf("%s: roles %d and %d are %.0f apart with %s, want %g", c.name, a, b, got, name, c.apartBy)
					}
				}
			}
		}
	}
	for i, colors := range [][]color.NRGBA{linesOnDark, linesOnLight} {
		pages := [][]color.NRGBA{darkPages, lightPages}[i]
		for _, line := range colors {
			for _, page := range pages {
				if got := contrast(line, page); got < 3 {
					t.Errorf("line %v on %v: contrast %.2f, want 3", line, page, got)
				}
			}
		}
	}
}

// TestRoleColorsEverywhere finds the same colours in charts, planes and drawings.
func TestRoleColorsEverywhere(t *testing.T) {
	test.NewTempApp(t)
	s := currentStyle(NewChart("", "", ""))
	series := []Series{{Name: "other"}, {Name: "D(x)", Role: Real}, {Name: "D(G(z))", Role: Generated}, {Name: "D", Role: D}, {Name: "G", Role: G}, {Name: "another"}}
	for i, want := range []color.NRGBA{1: s.role(Real), 2: s.role(Generated), 3: s.role(D), 4: s.role(G)} {
		if got, _ := s.line(series, i); i > 0 && got != want {
			t.Errorf("%s: line %v, want %v", series[i].Name, got, want)
		}
	}
	first, _ := s.line(series, 0)
	second, _ := s.line(series, 5)
	for r := Real; r < roles; r++ {
		if first == s.role(r) || second == s.role(r) || first == second {
			t.Errorf("lines without a role: %v and %v", first, second)
		}
	}
	if c := s.density(); c.real != s.role(Real) || c.fake != s.role(Generated) {
		t.Errorf("the plane's points are %v and %v", c.real, c.fake)
	}
	if got := s.classColor(0); got != s.role(Real) {
		t.Errorf("a drawn point is %v", got)
	}
}
