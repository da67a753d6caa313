package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Span is a piece of text; one with a tip is underlined and explains itself when the mouse rests
// on it.
type Span struct{ Text, Tip string }

// A TermText is text whose words of the field explain themselves. It has room for a number of lines,
// so that what stands around it does not move when the text changes.
type TermText struct {
	widget.BaseWidget
	lines int
	spans []Span
	tip   tipTimer
	under int // span below the mouse; −1: none
}

// NewTermText returns an empty text with room for so many lines.
func NewTermText(lines int) *TermText {
	t := &TermText{lines: lines, under: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows the spans one after the other.
func (t *TermText) Set(spans []Span) {
	t.spans = spans
	if t.under >= 0 {
		t.MouseOut() // what is below the mouse is another word now
	}
	t.Refresh()
}

// Text returns what is shown, without what explains it.
func (t *TermText) Text() string {
	var b strings.Builder
	for _, s := range t.spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Spans returns what is shown.
func (t *TermText) Spans() []Span { return t.spans }

// setTip is part of selfTipped: each span has its own.
func (t *TermText) setTip(string) {}

// timer is part of selfTipped.
func (t *TermText) timer() *tipTimer { return &t.tip }

// A placedWord is a word of a span on a line.
type placedWord struct {
	text string
	span int
	x, y float32
	size fyne.Size
}

// place breaks the text into lines of a width.
func (t *TermText) place(width float32) []placedWord {
	size := theme.SizeForWidget(theme.SizeNameText, t)
	measure := func(s string) fyne.Size { return fyne.MeasureText(s, size, fyne.TextStyle{}) }
	blank := measure("n n").Width - measure("nn").Width
	var words []placedWord
	x, y := float32(0), float32(0)
	apart := false // a blank comes before the next word
	for i, span := range t.spans {
		for rest := span.Text; rest != ""; {
			trimmed := strings.TrimLeft(rest, " ")
			apart = apart || trimmed != rest
			word, after, more := strings.Cut(trimmed, " ")
			rest = after
			if more {
				rest = " " + after
			}
			if word == "" {
				continue
			}
			m := measure(word)
			at := x
			if apart && x > 0 {
				at += blank
			}
			if apart && x > 0 && at+m.Width > width {
				at, y = 0, y+m.Height
			}
			words = append(words, placedWord{word, i, at, y, m})
			x, apart = at+m.Width, false
		}
	}
	return words
}

// spanAt returns the span at a position; −1: none.
func (t *TermText) spanAt(p fyne.Position) int {
	for _, w := range t.place(t.Size().Width) {
		if p.X >= w.x && p.X < w.x+w.size.Width && p.Y >= w.y && p.Y < w.y+w.size.Height {
			return w.span
		}
	}
	return -1
}

// MouseIn is part of desktop.Hoverable.
func (t *TermText) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved is part of desktop.Hoverable.
func (t *TermText) MouseMoved(e *desktop.MouseEvent) {
	span := t.spanAt(e.Position)
	if span == t.under {
		t.tip.move(t, e)
		return
	}
	t.tip.leave()
	if t.under = span; span >= 0 {
		t.tip.text = t.spans[span].Tip
		t.tip.enter(t, e)
	}
}

// MouseOut is part of desktop.Hoverable.
func (t *TermText) MouseOut() {
	t.under = -1
	t.tip.leave()
}

// CreateRenderer is part of fyne.Widget.
func (t *TermText) CreateRenderer() fyne.WidgetRenderer {
	r := &termRenderer{text: t}
	r.Layout(t.Size())
	return r
}

type termRenderer struct {
	text    *TermText
	objects []fyne.CanvasObject
}

func (r *termRenderer) Layout(size fyne.Size) {
	t := r.text
	r.objects = nil
	for _, w := range t.place(size.Width) {
		word := canvas.NewText(w.text, theme.ColorForWidget(theme.ColorNameForeground, t))
		word.TextSize = theme.SizeForWidget(theme.SizeNameText, t)
		word.Move(fyne.NewPos(w.x, w.y))
		word.Resize(w.size)
		r.objects = append(r.objects, word)
		if t.spans[w.span].Tip != "" {
			rule := canvas.NewRectangle(theme.ColorForWidget(theme.ColorNamePrimary, t))
			rule.Move(fyne.NewPos(w.x, w.y+w.size.Height-2))
			rule.Resize(fyne.NewSize(w.size.Width, 1))
			r.objects = append(r.objects, rule)
		}
	}
}

func (r *termRenderer) Refresh() {
	r.Layout(r.text.Size())
	canvas.Refresh(r.text)
}

func (r *termRenderer) MinSize() fyne.Size {
	line := fyne.MeasureText("M", theme.SizeForWidget(theme.SizeNameText, r.text), fyne.TextStyle{}).Height
	return fyne.NewSize(120, float32(r.text.lines)*line)
}

func (r *termRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *termRenderer) Destroy()                     {}
