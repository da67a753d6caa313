package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A box is a rounded rectangle that looks its colours up in the theme whenever it is refreshed.
type box struct {
	widget.BaseWidget
	fill, stroke fyne.ThemeColorName // empty: none
	strokeWidth  float32
	radius       fyne.ThemeSizeName // empty: square corners
	smallest     fyne.Size
}

func newBox(fill fyne.ThemeColorName, radius fyne.ThemeSizeName) *box {
	b := &box{fill: fill, radius: radius}
	b.ExtendBaseWidget(b)
	return b
}

// set changes what is drawn and repaints if it differs.
func (b *box) set(fill, stroke fyne.ThemeColorName, width float32) {
	if b.fill == fill && b.stroke == stroke && b.strokeWidth == width {
		return
	}
	b.fill, b.stroke, b.strokeWidth = fill, stroke, width
	b.Refresh()
}

func (b *box) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{box: b, rect: canvas.NewRectangle(color.Transparent)}
	r.objects = []fyne.CanvasObject{r.rect}
	r.apply()
	return r
}

type boxRenderer struct {
	box     *box
	rect    *canvas.Rectangle
	objects []fyne.CanvasObject
}

func (r *boxRenderer) apply() {
	r.rect.FillColor, r.rect.StrokeColor, r.rect.StrokeWidth, r.rect.CornerRadius = color.Transparent, color.Transparent, 0, 0
	if r.box.fill != "" {
		r.rect.FillColor = theme.ColorForWidget(r.box.fill, r.box)
	}
	if r.box.stroke != "" {
		r.rect.StrokeColor = theme.ColorForWidget(r.box.stroke, r.box)
		r.rect.StrokeWidth = r.box.strokeWidth
	}
	if r.box.radius != "" {
		r.rect.CornerRadius = theme.SizeForWidget(r.box.radius, r.box)
	}
}

func (r *boxRenderer) Layout(size fyne.Size)        { r.rect.Resize(size) }
func (r *boxRenderer) MinSize() fyne.Size           { return r.box.smallest }
func (r *boxRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *boxRenderer) Destroy()                     {}

func (r *boxRenderer) Refresh() {
	r.apply()
	r.rect.Refresh()
}

// A line is one line of text without the padding of a label. Where it is cut it ends in an
// ellipsis.
type line struct {
	widget.BaseWidget
	text   string
	color  fyne.ThemeColorName
	size   fyne.ThemeSizeName
	align  fyne.TextAlign
	bold   bool
	narrow float32 // smallest width; negative: the whole text
}

func newLine(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName) *line {
	l := &line{text: text, size: size, color: color, narrow: -1}
	l.ExtendBaseWidget(l)
	return l
}

// cut lets the line become as narrow as width.
func (l *line) cut(width float32) *line {
	l.narrow = width
	return l
}

func (l *line) set(text string) {
	if l.text != text {
		l.text = text
		l.Refresh()
	}
}

func (l *line) setColor(color fyne.ThemeColorName) {
	if l.color != color {
		l.color = color
		l.Refresh()
	}
}

// hidden returns the whole text where some of it is cut.
func (l *line) hidden() string {
	size := theme.SizeForWidget(l.size, l)
	if l.narrow < 0 || fyne.MeasureText(l.text, size, fyne.TextStyle{Bold: l.bold}).Width <= l.Size().Width+0.5 {
		return ""
	}
	return l.text
}

func (l *line) CreateRenderer() fyne.WidgetRenderer {
	r := &lineRenderer{line: l, text: canvas.NewText("", nil)}
	r.objects = []fyne.CanvasObject{r.text}
	r.apply()
	return r
}

type lineRenderer struct {
	line    *line
	text    *canvas.Text
	objects []fyne.CanvasObject
}

func (r *lineRenderer) apply() {
	l := r.line
	r.text.Color = theme.ColorForWidget(l.color, l)
	r.text.TextSize = theme.SizeForWidget(l.size, l)
	r.text.TextStyle = fyne.TextStyle{Bold: l.bold}
	r.text.Alignment = l.align
	r.text.Text = l.text
	if l.narrow >= 0 {
		r.text.Text = ellipsis(l.text, l.Size().Width, r.text.TextSize, r.text.TextStyle)
	}
}

// ellipsis returns text, shortened so that it is at most width wide.
func ellipsis(text string, width, size float32, style fyne.TextStyle) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width+0.5 }
	if text == "" || fits(text) {
		return text
	}
	if !fits("…") {
		return ""
	}
	runes := []rune(text)
	low, high := 0, len(runes) // the longest beginning that fits has low ≤ n < high runes
	for high-low > 1 {
		if mid := (low + high) / 2; fits(string(runes[:mid]) + "…") {
			low = mid
		} else {
			high = mid
		}
	}
	return string(runes[:low]) + "…"
}

func (r *lineRenderer) Layout(size fyne.Size) {
	r.apply()
	r.text.Resize(size)
	r.text.Refresh()
}

func (r *lineRenderer) MinSize() fyne.Size {
	l := r.line
	full := fyne.MeasureText(l.text, theme.SizeForWidget(l.size, l), fyne.TextStyle{Bold: l.bold})
	if l.narrow >= 0 {
		full.Width = min(full.Width, l.narrow)
	}
	return full
}

func (r *lineRenderer) Refresh() {
	r.apply()
	r.text.Refresh()
}

func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *lineRenderer) Destroy()                     {}
