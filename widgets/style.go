package widgets

import (
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	xfont "golang.org/x/image/font"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// A style holds the theme's colours, sizes and fonts at the moment of drawing.
type style struct {
	background, foreground, muted color.NRGBA
	axis, grid                    color.NRGBA // towards the foreground, as the theme's separators vanish in the dark
	textSize, captionSize         float32
	regular, bold                 fyne.Resource
}

func (s style) equal(o style) bool {
	return s.background == o.background && s.foreground == o.foreground && s.muted == o.muted &&
		s.textSize == o.textSize && s.captionSize == o.captionSize &&
		s.regular.Name() == o.regular.Name() && s.bold.Name() == o.bold.Name()
}

// currentStyle asks the theme; it belongs to the UI goroutine.
func currentStyle(w fyne.Widget) style {
	get := func(name fyne.ThemeColorName) color.NRGBA {
		return color.NRGBAModel.Convert(theme.ColorForWidget(name, w)).(color.NRGBA)
	}
	th := theme.CurrentForWidget(w)
	background, foreground := get(theme.ColorNameBackground), get(theme.ColorNameForeground)
	return style{
		background: background, foreground: foreground, muted: get(theme.ColorNamePlaceHolder),
		axis: mix(background, foreground, 0.35), grid: mix(background, foreground, 0.12),
		textSize: th.Size(theme.SizeNameText), captionSize: th.Size(theme.SizeNameCaptionText),
		regular: th.Font(fyne.TextStyle{}), bold: th.Font(fyne.TextStyle{Bold: true}),
	}
}

// dark says whether light lines are to be drawn on a dark ground.
func (s style) dark() bool {
	b := s.background
	return 299*int(b.R)+587*int(b.G)+114*int(b.B) < 128*1000
}

// The colours of lines that stand for none of the roles, and how all lines are dashed.
var (
	linesOnDark  = []color.NRGBA{{0xd6, 0xda, 0xe2, 0xff}, {0xf0, 0xe4, 0x42, 0xff}, {0x93, 0x9a, 0xa8, 0xff}}
	linesOnLight = []color.NRGBA{{0x3a, 0x3d, 0x47, 0xff}, {0x85, 0x74, 0x00, 0xff}, {0x84, 0x88, 0x95, 0xff}}
	lineDashes   = [][]vg.Length{nil, {7, 3}, {2, 2}, {9, 3, 2, 3}, {4, 2}}
)

// line returns how series i of a chart is drawn. Series without a role take the other colours in
// turn.
func (s style) line(series []Series, i int) (color.NRGBA, []vg.Length) {
	dashes := lineDashes[i%len(lineDashes)]
	if series[i].Thin {
		dashes = nil // which would be taken for points
	}
	if role := series[i].Role; role != NoRole {
		return s.role(role), dashes
	}
	colors := linesOnLight
	if s.dark() {
		colors = linesOnDark
	}
	n := 0
	for _, before := range series[:i] {
		if before.Role == NoRole {
			n++
		}
	}
	return colors[n%len(colors)], dashes
}

// themeFace is the name under which the theme's font is known to the plot.
const themeFace = "Theme"

var plotFonts struct {
	sync.Mutex
	names [2]string
	plain text.Handler
}

// handler returns a text handler that writes with the theme's own fonts.
func (s style) handler() text.Handler {
	plotFonts.Lock()
	defer plotFonts.Unlock()
	names := [2]string{s.regular.Name(), s.bold.Name()}
	if plotFonts.plain == nil || plotFonts.names != names {
		plotFonts.names = names
		plotFonts.plain = text.Plain{Fonts: font.NewCache(font.Collection{
			{Font: font.Font{Typeface: themeFace, Weight: xfont.WeightNormal}, Face: parseFont(s.regular)},
			{Font: font.Font{Typeface: themeFace, Weight: xfont.WeightBold}, Face: parseFont(s.bold)},
		})}
	}
	return plotFonts.plain
}

// font returns a font of the theme at a size in Fyne's units.
func (s style) font(size float32, bold bool) font.Font {
	f := font.Font{Typeface: themeFace, Size: vg.Length(size)}
	if bold {
		f.Weight = xfont.WeightBold
	}
	return f
}

// mix returns the colour on the way t from a to b.
func mix(a, b color.NRGBA, t float64) color.NRGBA {
	part := func(a, b uint8) uint8 { return uint8(float64(a) + t*(float64(b)-float64(a)) + 0.5) }
	return color.NRGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), part(a.A, b.A)}
}
