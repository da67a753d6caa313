package widgets

import (
	"image"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

var parsedFonts struct {
	sync.Mutex
	byName map[string]*opentype.Font
}

// parseFont returns the outlines of a theme's font, or Go's own where they cannot be read.
func parseFont(from fyne.Resource) *opentype.Font {
	parsedFonts.Lock()
	defer parsedFonts.Unlock()
	if f := parsedFonts.byName[from.Name()]; f != nil {
		return f
	}
	f, err := opentype.Parse(from.Content())
	if err != nil {
		if f, err = opentype.Parse(goregular.TTF); err != nil {
			panic("widgets: parse Go's own font: " + err.Error())
		}
	}
	if parsedFonts.byName == nil {
		parsedFonts.byName = map[string]*opentype.Font{}
	}
	parsedFonts.byName[from.Name()] = f
	return f
}

// A pen writes text into pictures. It is not safe for use by several goroutines.
type pen struct {
	face            xfont.Face
	ascent, descent int // pixels above and below the base line
}

// newPen returns a pen for text of a height in device pixels.
func newPen(from fyne.Resource, size float64) (*pen, error) {
	face, err := opentype.NewFace(parseFont(from), &opentype.FaceOptions{Size: size, DPI: 72, Hinting: xfont.HintingNone})
	if err != nil {
		return nil, err
	}
	m := face.Metrics()
	return &pen{face: face, ascent: m.Ascent.Ceil(), descent: m.Descent.Ceil()}, nil
}

// width returns how many pixels text takes.
func (p *pen) width(text string) int { return xfont.MeasureString(p.face, text).Ceil() }

// height returns how many pixels a line takes.
func (p *pen) height() int { return p.ascent + p.descent }

// write puts text into dst so that it begins at x and hangs from top.
func (p *pen) write(dst *image.RGBA, x, top int, text string, c color.Color) {
	d := xfont.Drawer{Dst: dst, Src: image.NewUniform(c), Face: p.face, Dot: fixed.P(x, top+p.ascent)}
	d.DrawString(text)
}

// cut returns text, shortened so that it is at most width pixels wide.
func (p *pen) cut(text string, width int) string {
	if p.width(text) <= width {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		if s := string(runes[:n]) + "…"; p.width(s) <= width {
			return s
		}
	}
	return ""
}
