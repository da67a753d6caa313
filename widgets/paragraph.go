package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A paragraph is text without the padding of a label, broken into lines between its words.
type paragraph struct {
	widget.BaseWidget
	text  string
	color fyne.ThemeColorName
	size  fyne.ThemeSizeName
	most  int // lines, the last of which is cut; 0: all

	lines            []string // as they were last broken
	broken, brokenAt float32  // size of the text, and width, that they were broken for
	brokenText       string   // and the text
}

func newParagraph(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName) *paragraph {
	p := &paragraph{text: text, size: size, color: color}
	p.ExtendBaseWidget(p)
	return p
}

func (p *paragraph) setColor(color fyne.ThemeColorName) {
	if p.color != color {
		p.color = color
		p.Refresh()
	}
}

// linesAt returns the lines of text at a width. A word that is wider stands alone.
func (p *paragraph) linesAt(width float32) []string {
	size := theme.SizeForWidget(p.size, p)
	if p.broken == size && p.brokenAt == width && p.brokenText == p.text {
		return p.lines
	}
	p.lines, p.broken, p.brokenAt, p.brokenText = nil, size, width, p.text
	for word := range strings.FieldsSeq(p.text) {
		if n := len(p.lines); n > 0 && fyne.MeasureText(p.lines[n-1]+" "+word, size, fyne.TextStyle{}).Width <= width {
			p.lines[n-1] += " " + word
			continue
		}
		p.lines = append(p.lines, word)
	}
	if p.most > 0 && len(p.lines) > p.most {
		p.lines[p.most-1] = ellipsis(strings.Join(p.lines[p.most-1:], " "), width, size, fyne.TextStyle{})
		p.lines = p.lines[:p.most]
	}
	return p.lines
}

// set changes the text where it differs.
func (p *paragraph) set(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// hidden returns the whole text where some of it is cut.
func (p *paragraph) hidden() string {
	if strings.Join(p.linesAt(p.Size().Width), " ") == strings.Join(strings.Fields(p.text), " ") {
		return ""
	}
	return p.text
}

// heightAt is part of flexible.
func (p *paragraph) heightAt(width float32) float32 {
	return float32(len(p.linesAt(width))) * p.lineHeight()
}

func (p *paragraph) lineHeight() float32 {
	return fyne.MeasureText("M", theme.SizeForWidget(p.size, p), fyne.TextStyle{}).Height
}

// CreateRenderer is part of fyne.Widget.
func (p *paragraph) CreateRenderer() fyne.WidgetRenderer {
	r := &paragraphRenderer{paragraph: p}
	r.Layout(p.Size())
	return r
}

type paragraphRenderer struct {
	paragraph *paragraph
	objects   []fyne.CanvasObject
}

func (r *paragraphRenderer) Layout(size fyne.Size) {
	p := r.paragraph
	r.objects = nil
	for i, line := range p.linesAt(size.Width) {
		t := canvas.NewText(line, theme.ColorForWidget(p.color, p))
		t.TextSize = theme.SizeForWidget(p.size, p)
		t.Move(fyne.NewPos(0, float32(i)*p.lineHeight()))
		t.Resize(fyne.NewSize(size.Width, p.lineHeight()))
		r.objects = append(r.objects, t)
	}
}

func (r *paragraphRenderer) Refresh() {
	r.Layout(r.paragraph.Size())
	canvas.Refresh(r.paragraph)
}

func (r *paragraphRenderer) MinSize() fyne.Size           { return fyne.NewSize(40, r.paragraph.lineHeight()) }
func (r *paragraphRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *paragraphRenderer) Destroy()                     {}
