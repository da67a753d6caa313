package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A CardKnob is one setting of a layer card.
type CardKnob struct {
	Name, Tooltip string
	Value         string
	Choices       []string           // empty: the value is typed; off and on, no and yes, false and true: a check
	Check         func(string) error // what is wrong with a typed value; nil: nothing ever
}

// A Card is what a LayerStack shows of one layer.
type Card struct {
	Title  string // shown; empty: Kind
	Short  string // shown where titles do not fit; empty: Title
	Kind   string
	Knobs  []CardKnob
	Shape  string   // what leaves the layer: "7×7×128"
	Params string   // how many numbers it learns, with its unit: "204,800 parameters"
	Error  string   // why the layer does not fit; empty: it does
	Fixes  []string // titles of the buttons that would mend that
}

// title returns the longer or the shorter title.
func (c Card) title(short bool) string {
	switch {
	case short && c.Short != "":
		return c.Short
	case c.Title != "":
		return c.Title
	}
	return c.Kind
}

// alike says whether two cards have the same controls, so that one can be shown where the other
// was.
func (c Card) alike(o Card) bool {
	if c.Kind != o.Kind || len(c.Knobs) != len(o.Knobs) {
		return false
	}
	for i, k := range c.Knobs {
		if k.Name != o.Knobs[i].Name || knobKindOf(k) != knobKindOf(o.Knobs[i]) {
			return false
		}
	}
	return true
}

// A KindItem is one kind of layer that can be added.
type KindItem struct {
	Name, Title, Tooltip string
	Group                string // of kinds that follow each other; its name stands over them
}

// A LayerStack is a column of layer cards, from what comes in at the top to what goes out at the
// bottom. Cards are moved by dragging their grips, or with the arrow keys while a grip has the
// keyboard. Callbacks may be nil; the stack shows a change only when it is given by Set.
type LayerStack struct {
	widget.BaseWidget
	OnAdd       func(at int, kind string) // insert before card at; at = number of cards: append
	OnRemove    func(i int)
	OnMove      func(from, to int) // to is the index the card has afterwards
	OnDuplicate func(i int)
	OnKnob      func(i, knob int, value string) // only values that Check allows
	OnFix       func(i, fix int)
	OnWrong     func(text string) // what is wrong with what is being typed; "": it is mended

	kinds                []KindItem
	title, input, footer *tipLine
	column               *fyne.Container
	scroll               *container.Scroll
	gaps                 []*stackGap // before every card, and one at the end
	cards                []*layerCard
	setting              bool   // Set is under way
	wrong                string // as OnWrong was told last
	short                bool   // one of the titles does not fit: all cards show their shorter ones
}

// NewLayerStack returns a stack without cards that offers kinds in its menus.
func NewLayerStack(title string, kinds []KindItem) *LayerStack {
	s := &LayerStack{kinds: kinds}
	s.title = newTipLine(title, theme.SizeNameText, theme.ColorNameForeground, 60)
	s.title.bold = true
	s.input = newTipLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder, 60)
	s.input.align = fyne.TextAlignTrailing
	s.footer = newTipLine("", theme.SizeNameCaptionText, theme.ColorNameForeground, 60)
	s.column = container.New(&columnLayout{left: 4, right: 8}) // frames, and the scroll bar at the right
	s.scroll = container.NewVScroll(s.column)
	s.ExtendBaseWidget(s)
	s.arrange()
	return s
}

// SetTitle replaces the heading.
func (s *LayerStack) SetTitle(title string) { s.title.set(title) }

// Set shows cards below the line input and above the line footer, in place: what is being typed,
// the keyboard's focus and the scroll position stay. It belongs to the UI goroutine.
func (s *LayerStack) Set(input string, cards []Card, footer string) {
	s.input.set(input)
	s.footer.set(footer)
	s.setting = true
	changed := s.match(cards)
	for i, c := range s.cards {
		c.index = i
		changed = c.set(cards[i]) || changed
	}
	if changed {
		s.arrange()
	}
	s.fitTitles()
	s.setting = false
	s.tellWrong()
}

// Revert gives up what is being typed on the cards, or was refused.
func (s *LayerStack) Revert() {
	for _, c := range s.cards {
		for _, k := range c.knobs {
			if k.entry != nil {
				k.entry.Revert()
			}
		}
	}
}

// tellWrong says what is wrong on the first card where something is, if that is new.
func (s *LayerStack) tellWrong() {
	if s.setting {
		return // who is told may call Set
	}
	wrong := ""
	for _, c := range s.cards {
		if wrong == "" && c.hint != "" {
			wrong = c.card.Title + ", " + c.hint
		}
	}
	if wrong != s.wrong {
		s.wrong = wrong
		if s.OnWrong != nil {
			s.OnWrong(wrong)
		}
	}
}

// fitTitles chooses the longer or the shorter titles for all cards alike.
func (s *LayerStack) fitTitles() {
	width := s.column.Layout.(*columnLayout).inner()
	short := width > 0 && slices.ContainsFunc(s.cards, func(c *layerCard) bool { return !c.fits(width) })
	if s.short == short {
		return
	}
	s.short = short
	for _, c := range s.cards {
		c.Refresh()
	}
}

// match makes one card widget for each card, and keeps as many as it can whose controls are the
// same, in their order.
func (s *LayerStack) match(cards []Card) (changed bool) {
	old := s.cards
	// longest[i][j] is the number of pairs among old[i:] and cards[j:]
	longest := make([][]int, len(old)+1)
	for i := range longest {
		longest[i] = make([]int, len(cards)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(cards) - 1; j >= 0; j-- {
			longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			if old[i].card.alike(cards[j]) {
				longest[i][j] = max(longest[i][j], 1+longest[i+1][j+1])
			}
		}
	}
	s.cards = make([]*layerCard, 0, len(cards))
	i := 0
	for j := 0; j < len(cards); {
		switch {
		case i < len(old) && old[i].card.alike(cards[j]) && longest[i][j] == 1+longest[i+1][j+1]:
			s.cards = append(s.cards, old[i])
			i, j = i+1, j+1
		case i < len(old) && longest[i+1][j] >= longest[i][j+1]:
			i = s.drop(old, i)
			changed = true
		default:
			s.cards = append(s.cards, newLayerCard(s, j, cards[j]))
			changed = true
			j++
		}
	}
	for i < len(old) {
		i = s.drop(old, i)
		changed = true
	}
	return changed
}

// drop lets a card's widget go and returns the index of the next one.
func (s *LayerStack) drop(old []*layerCard, i int) int {
	old[i].index = -1 // what its controls still say, such as on losing the keyboard, concerns nobody
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil && old[i].holds(c.Focused()) {
		c.Unfocus()
	}
	return i + 1
}

// arrange puts gaps and cards into the column.
func (s *LayerStack) arrange() {
	for len(s.gaps) < len(s.cards)+1 {
		s.gaps = append(s.gaps, newStackGap(s, len(s.gaps)))
	}
	s.gaps = s.gaps[:len(s.cards)+1]
	objects := make([]fyne.CanvasObject, 0, 2*len(s.cards)+1)
	for i, c := range s.cards {
		objects = append(objects, s.gaps[i], c)
	}
	for i, g := range s.gaps {
		g.last = i == len(s.cards)
		g.Refresh()
	}
	s.column.Objects = append(objects, s.gaps[len(s.cards)])
	s.relayout()
}

// relayout lets the cards take the height they need at the width they have.
func (s *LayerStack) relayout() {
	s.column.Refresh()
	s.scroll.Refresh()
}

// held is part of holder.
func (s *LayerStack) held() []fyne.CanvasObject { return []fyne.CanvasObject{s.scroll} }

// CreateRenderer is part of fyne.Widget.
func (s *LayerStack) CreateRenderer() fyne.WidgetRenderer {
	return &stackRenderer{stack: s, objects: []fyne.CanvasObject{s.title, s.input, s.scroll, s.footer}}
}

type stackRenderer struct {
	stack   *LayerStack
	objects []fyne.CanvasObject
}

func (r *stackRenderer) Layout(size fyne.Size) {
	s := r.stack
	const pad = 6
	top := s.title.MinSize().Height + 4
	left := s.title.MinSize().Width
	full := fyne.MeasureText(s.title.text, theme.SizeForWidget(s.title.size, s.title), fyne.TextStyle{Bold: true}).Width
	left = min(max(left, full), size.Width-2*pad)
	s.title.Move(fyne.NewPos(pad, 2))
	s.title.Resize(fyne.NewSize(left, top-4))
	height := s.input.MinSize().Height
	s.input.Move(fyne.NewPos(pad+left+8, 2+(top-4-height)/2))
	s.input.Resize(fyne.NewSize(max(0, size.Width-2*pad-left-8), height))
	bottom := s.footer.MinSize().Height + 6
	s.footer.Move(fyne.NewPos(pad, size.Height-bottom+3))
	s.footer.Resize(fyne.NewSize(size.Width-2*pad, bottom-6))
	s.column.Layout.(*columnLayout).width = size.Width
	s.fitTitles()
	s.scroll.Move(fyne.NewPos(0, top))
	s.scroll.Resize(fyne.NewSize(size.Width, max(0, size.Height-top-bottom)))
	s.scroll.Refresh()
}

func (r *stackRenderer) MinSize() fyne.Size           { return fyne.NewSize(300, 160) }
func (r *stackRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *stackRenderer) Destroy()                     {}

func (r *stackRenderer) Refresh() {
	for _, o := range r.objects {
		o.Refresh()
	}
	r.Layout(r.stack.Size())
}

// A flexible object needs the more height the narrower it is.
type flexible interface {
	heightAt(width float32) float32
}

// columnLayout puts objects below each other, each as high as it needs to be at the column's width.
type columnLayout struct {
	width       float32 // of the whole column
	left, right float32 // room beside the objects
}

func (l *columnLayout) inner() float32 { return max(0, l.width-l.left-l.right) }

func (l *columnLayout) height(o fyne.CanvasObject) float32 {
	if f, ok := o.(flexible); ok && l.width > 0 {
		return f.heightAt(l.inner())
	}
	return o.MinSize().Height
}

// Layout is part of fyne.Layout.
func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	var y float32
	for _, o := range objects {
		h := l.height(o)
		o.Move(fyne.NewPos(l.left, y))
		o.Resize(fyne.NewSize(l.inner(), h))
		y += h
	}
}

// MinSize is part of fyne.Layout.
func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size.Height += l.height(o)
	}
	return size
}

// move asks for a card to be moved and lets the keyboard follow it.
func (s *LayerStack) move(from, to int) {
	if s.OnMove == nil || to < 0 || to >= len(s.cards) || from == to {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(s)
	follow := c != nil && c.Focused() == fyne.Focusable(s.cards[from].grip)
	s.OnMove(from, to)
	if follow && to < len(s.cards) {
		c.Focus(s.cards[to].grip)
	}
}

// slotAt returns before which card something dropped at y, in the column, would come.
func (s *LayerStack) slotAt(y float32) int {
	for i, c := range s.cards {
		if y < c.Position().Y+c.Size().Height/2 {
			return i
		}
	}
	return len(s.cards)
}

// dragTo shows where card from would go if it were let go at y, in the column, and keeps that in
// sight.
func (s *LayerStack) dragTo(from int, y float32) (to int) {
	slot := s.slotAt(y)
	to = slot
	if slot > from {
		to = slot - 1
	}
	for i, g := range s.gaps {
		g.setTarget(i == slot && to != from)
	}
	const edge, step = 24, 10
	view := s.scroll.Size().Height
	switch at := y - s.scroll.Offset.Y; {
	case at < edge:
		s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, s.scroll.Offset.Y-step)))
	case at > view-edge:
		s.scroll.ScrollToOffset(fyne.NewPos(0, s.scroll.Offset.Y+step))
	}
	return to
}

func (s *LayerStack) endDrag() {
	for _, g := range s.gaps {
		g.setTarget(false)
	}
}
