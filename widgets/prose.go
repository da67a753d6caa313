package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A ProseSpan is text that looks alike and does the same.
type ProseSpan struct {
	Text       string
	Bold, Code bool
	Tip        string // shows under the mouse, and with a click or Enter; "": none
	OnTapped   func() // of an address; nil: none
}

// active tells whether the span is more than text.
func (s *ProseSpan) active() bool { return s.Tip != "" || s.OnTapped != nil }

// style is how the span is written.
func (s *ProseSpan) style() fyne.TextStyle { return fyne.TextStyle{Bold: s.Bold, Italic: s.Code} }

// Prose is text in several looks, broken into lines between its words. Words with a tip have a line
// below them. Its methods belong to the UI goroutine.
type Prose struct {
	widget.BaseWidget
	spans []ProseSpan
	size  fyne.ThemeSizeName

	links  []*proseLink // of the spans, nil for plain ones
	pieces []prosePiece // as they were last broken
	height float32
	at     proseMeasure // that they were broken for
}

// proseMeasure is all that where lines break depends on.
type proseMeasure struct{ width, size float32 }

// A prosePiece is what of a span is on one line.
type prosePiece struct {
	span       int
	text       string
	x, y, wide float32
}

// NewProse returns text in a size of the theme.
func NewProse(size fyne.ThemeSizeName, spans ...ProseSpan) *Prose {
	p := &Prose{spans: spans, size: size, links: make([]*proseLink, len(spans))}
	for i := range spans {
		if s := &spans[i]; s.active() {
			p.links[i] = newProseLink(s)
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// Text returns all of the text.
func (p *Prose) Text() string {
	var all strings.Builder
	for _, s := range p.spans {
		all.WriteString(s.Text)
	}
	return all.String()
}

// HeightAt returns the height of the text at a width.
func (p *Prose) HeightAt(width float32) float32 {
	p.breakAt(width)
	return p.height
}

// lineHeight leaves some air between lines.
func (p *Prose) lineHeight() float32 {
	return fyne.MeasureText("Mg", theme.SizeForWidget(p.size, p), fyne.TextStyle{}).Height * 1.12
}

// breakAt breaks the text into lines of a width. A word that is wider stands alone.
func (p *Prose) breakAt(width float32) {
	size := theme.SizeForWidget(p.size, p)
	if p.at == (proseMeasure{width, size}) {
		return
	}
	p.at, p.pieces = proseMeasure{width, size}, nil
	b := proseBreaker{prose: p, size: size, width: width, line: p.lineHeight()}
	for i := range p.spans {
		b.span(i)
	}
	p.height = b.y + b.line
}

// A proseBreaker puts words one behind the other.
type proseBreaker struct {
	prose             *Prose
	size, width, line float32
	x, y              float32
	word              []prosePiece // that is not put yet, as it may go on in the next span
	wide              float32      // of word
	space             float32      // before word; 0: none
}

// span adds the words of a span. Words of two spans without a space between them stay together.
func (b *proseBreaker) span(i int) {
	s := &b.prose.spans[i]
	measure := func(text string) float32 { return fyne.MeasureText(text, b.size, s.style()).Width }
	for k, line := range strings.Split(s.Text, "\n") {
		if k > 0 {
			b.put()
			b.x, b.y, b.space = 0, b.y+b.line, 0
		}
		for n, word := range strings.Split(line, " ") {
			if n > 0 {
				b.put()
				b.space = fyne.MeasureText(" ", b.size, fyne.TextStyle{}).Width
			}
			if word != "" {
				wide := measure(word)
				b.word = append(b.word, prosePiece{span: i, text: word, wide: wide})
				b.wide += wide
			}
		}
	}
	if i == len(b.prose.spans)-1 {
		b.put()
	}
}

// put puts the word on the line, or on the next.
func (b *proseBreaker) put() {
	if len(b.word) == 0 {
		return
	}
	if b.x > 0 && b.x+b.space+b.wide > b.width {
		b.x, b.y, b.space = 0, b.y+b.line, 0
	}
	if b.x == 0 {
		b.space = 0
	}
	b.x += b.space
	pieces := b.prose.pieces
	for k, w := range b.word {
		last := len(pieces) - 1
		if k == 0 && last >= 0 && b.space > 0 && pieces[last].span == w.span && pieces[last].y == b.y {
			pieces[last].text += " " + w.text
			pieces[last].wide += b.space + w.wide
		} else {
			w.x, w.y = b.x, b.y
			pieces = append(pieces, w)
		}
		b.x += w.wide
	}
	b.prose.pieces = pieces
	b.word, b.wide, b.space = nil, 0, 0
}

// held is part of holder.
func (p *Prose) held() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for _, l := range p.links {
		if l != nil {
			all = append(all, l)
		}
	}
	return all
}

// CreateRenderer is part of fyne.Widget.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{prose: p}
	r.Layout(p.Size())
	return r
}

type proseRenderer struct {
	prose   *Prose
	objects []fyne.CanvasObject
}

func (r *proseRenderer) Layout(size fyne.Size) {
	p := r.prose
	p.breakAt(size.Width)
	r.objects = nil
	line := p.lineHeight()
	area := make(map[*proseLink]fyne.Position) // ends of links, at their right and below
	for _, piece := range p.pieces {
		s := &p.spans[piece.span]
		name := theme.ColorNameForeground
		if s.OnTapped != nil {
			name = theme.ColorNameHyperlink
		}
		t := canvas.NewText(piece.text, theme.ColorForWidget(name, p))
		t.TextSize, t.TextStyle = theme.SizeForWidget(p.size, p), s.style()
		t.Move(fyne.NewPos(piece.x, piece.y))
		t.Resize(fyne.NewSize(piece.wide, line))
		r.objects = append(r.objects, t)
		l := p.links[piece.span]
		if l == nil {
			continue
		}
		under := canvas.NewLine(theme.ColorForWidget(theme.ColorNamePrimary, p))
		under.StrokeWidth = 1
		under.Position1, under.Position2 = fyne.NewPos(piece.x, piece.y+line-2), fyne.NewPos(piece.x+piece.wide, piece.y+line-2)
		r.objects = append(r.objects, under)
		end, seen := area[l]
		if !seen {
			l.Move(fyne.NewPos(piece.x, piece.y))
		}
		start := l.Position()
		if piece.x < start.X {
			l.Move(fyne.NewPos(piece.x, start.Y))
		}
		area[l] = fyne.NewPos(max(end.X, piece.x+piece.wide), piece.y+line)
	}
	for _, l := range p.links {
		if end, seen := area[l]; seen {
			l.Resize(fyne.NewSize(end.X-l.Position().X, end.Y-l.Position().Y))
			r.objects = append(r.objects, l)
		}
	}
}

func (r *proseRenderer) Refresh() {
	r.Layout(r.prose.Size())
	canvas.Refresh(r.prose)
}

func (r *proseRenderer) MinSize() fyne.Size {
	return fyne.NewSize(40, r.prose.HeightAt(max(40, r.prose.Size().Width)))
}
func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *proseRenderer) Destroy()                     {}
