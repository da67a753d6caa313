package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A CardKnob is one setting of a layer card.
type CardKnob struct {
	Name, Tooltip string
	Value         string
	Choices       []string           // empty: the value is typed
	Check         func(string) error // what is wrong with a typed value; nil: nothing ever
}

// A Card is what a LayerStack shows of one layer.
type Card struct {
	Title  string
	Kind   string
	Knobs  []CardKnob
	Shape  string   // what leaves the layer: "7×7×128"
	Params string   // how many numbers it learns, with its unit: "204,800 parameters"
	Error  string   // why the layer does not fit; empty: it does
	Fixes  []string // titles of the buttons that would mend that
}

// A KindItem is one kind of layer that can be added.
type KindItem struct {
	Name, Title, Tooltip string
}

// A LayerStack is a column of layer cards, from what comes in at the top to what goes out at the bottom.
type LayerStack struct {
	widget.BaseWidget
	OnAdd       func(at int, kind string) // insert before card at; at = number of cards: append
	OnRemove    func(i int)
	OnMove      func(from, to int) // to is the index the card has afterwards
	OnDuplicate func(i int)
	OnKnob      func(i, knob int, value string) // only values that Check allows
	OnFix       func(i, fix int)
}

// NewLayerStack returns a stack without cards that offers kinds in its menus.
func NewLayerStack(title string, kinds []KindItem) *LayerStack {
	s := &LayerStack{}
	s.ExtendBaseWidget(s)
	return s
}

// Set shows cards between the lines input and footer, in place: what is being typed, the keyboard's focus and the
// scroll position stay. It belongs to the UI goroutine.
func (s *LayerStack) Set(input string, cards []Card, footer string) {}

// SetTitle replaces the heading.
func (s *LayerStack) SetTitle(title string) {}

// CreateRenderer is part of fyne.Widget.
func (s *LayerStack) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack())
}
