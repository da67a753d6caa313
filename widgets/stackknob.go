package widgets

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// knobKind says which control a knob has.
type knobKind int

const (
	typedKnob knobKind = iota
	chosenKnob
	checkedKnob
)

func knobKindOf(k CardKnob) knobKind {
	switch {
	case len(k.Choices) == 0:
		return typedKnob
	case truth(k.Choices) != nil:
		return checkedKnob
	}
	return chosenKnob
}

// truth returns the two choices for unchecked and checked, or nil where they are no such pair.
func truth(choices []string) []string {
	for _, pair := range [][]string{{"off", "on"}, {"no", "yes"}, {"false", "true"}} {
		if len(choices) == 2 && slices.Contains(choices, pair[0]) && slices.Contains(choices, pair[1]) {
			return pair
		}
	}
	return nil
}

// A cardKnob is the control of one knob with its name before it.
type cardKnob struct {
	changed func(value string)
	judged  func() // is called when trouble may have changed
	knob    CardKnob
	name    *line
	object  fyne.CanvasObject // name and control
	entry   *cardEntry
	choice  *Select
	check   *Check
	quiet   bool // the program, not the user, changes the control
}

func newCardKnob(k CardKnob, changed func(value string), judged func()) *cardKnob {
	c := &cardKnob{changed: changed, judged: judged, knob: k}
	c.name = newLine(k.Name, theme.SizeNameCaptionText, theme.ColorNamePlaceHolder)
	var control fyne.CanvasObject
	switch knobKindOf(k) {
	case checkedKnob:
		c.check = NewCheck("", func(on bool) {
			value := truth(c.knob.Choices)[0]
			if on {
				value = truth(c.knob.Choices)[1]
			}
			c.user(value)
		})
		control = c.check
	case chosenKnob:
		c.choice = NewSelect(k.Choices, c.user)
		control = c.choice
	default:
		c.entry = newCardEntry(c)
		control = c.entry
	}
	c.object = container.New(knobPairLayout{}, c.name, control)
	if k.Tooltip != "" {
		c.object = container.New(knobPairLayout{}, Tip(c.name, k.Tooltip), control)
	}
	c.set(k)
	return c
}

func (c *cardKnob) user(value string) {
	if c.quiet || value == c.knob.Value || c.changed == nil {
		return
	}
	c.changed(value)
}

// wrong returns what is wrong with a typed value.
func (c *cardKnob) wrong(text string) error {
	if c.knob.Check == nil {
		return nil
	}
	return c.knob.Check(text)
}

// complain marks the name of a value that is wrong, or takes the mark back.
func (c *cardKnob) complain(err error) {
	color := theme.ColorNamePlaceHolder
	if err != nil {
		color = theme.ColorNameError
	}
	c.name.setColor(color)
	c.judged()
}

// trouble says what is wrong with what is being typed; "": nothing.
func (c *cardKnob) trouble() string {
	if c.entry == nil || c.entry.err == nil {
		return ""
	}
	return c.knob.Name + ": " + c.entry.err.Error()
}

// set shows k, which has the same kind of control; it says whether the control's size may have
// changed.
func (c *cardKnob) set(k CardKnob) bool {
	resized := c.knob.Value != k.Value && c.entry != nil || !slices.Equal(c.knob.Choices, k.Choices)
	c.knob = k
	c.quiet = true
	defer func() { c.quiet = false }()
	switch {
	case c.check != nil:
		c.check.SetChecked(k.Value == truth(k.Choices)[1])
	case c.choice != nil:
		if !slices.Equal(c.choice.Options, k.Choices) {
			c.choice.SetOptions(k.Choices)
		}
		if c.choice.Selected != k.Value {
			c.choice.SetSelected(k.Value)
		}
	default:
		c.entry.SetValue(k.Value)
	}
	return resized
}

// knobPairLayout puts a name before its control, both in the middle of the line.
type knobPairLayout struct{}

const knobPairGap = 4

// Layout is part of fyne.Layout.
func (knobPairLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		m := o.MinSize()
		w := m.Width
		if i == len(objects)-1 {
			w = size.Width - x
		}
		o.Resize(fyne.NewSize(w, m.Height))
		o.Move(fyne.NewPos(x, (size.Height-m.Height)/2))
		x += w + knobPairGap
	}
}

// MinSize is part of fyne.Layout.
func (knobPairLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(-knobPairGap, 0)
	for _, o := range objects {
		m := o.MinSize()
		size.Width += m.Width + knobPairGap
		size.Height = max(size.Height, m.Height)
	}
	return size
}

// A cardEntry is the entry of a typed knob, whose card says what is wrong. The arrow keys count
// whole numbers up and down.
type cardEntry struct {
	TypedEntry
	knob *cardKnob
}

func newCardEntry(c *cardKnob) *cardEntry {
	e := &cardEntry{knob: c}
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollNone
	e.Wrong = c.complain
	e.setUp(e, c.wrong, c.user)
	return e
}

// TypedKey is part of fyne.Focusable.
func (e *cardEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyUp:
		e.count(1)
	case fyne.KeyDown:
		e.count(-1)
	default:
		e.TypedEntry.TypedKey(key)
	}
}

func (e *cardEntry) count(by int) {
	n, err := strconv.Atoi(e.Text)
	if err != nil {
		return
	}
	text := strconv.Itoa(n + by)
	if e.knob.wrong(text) == nil {
		e.SetText(text)
		e.take()
	}
}

// MinSize is as wide as the value, within limits.
func (e *cardEntry) MinSize() fyne.Size {
	e.ExtendBaseWidget(e)
	height := e.Entry.MinSize().Height
	text := fyne.MeasureText(e.knob.knob.Value, theme.SizeForWidget(theme.SizeNameText, e), fyne.TextStyle{}).Width
	pad := 2 * (theme.SizeForWidget(theme.SizeNameInnerPadding, e) + theme.SizeForWidget(theme.SizeNameInputBorder, e))
	return fyne.NewSize(max(44, min(140, text+pad+8)), height)
}

// flowLayout puts objects beside each other and begins a new line where the width ends.
type flowLayout struct{ gapX, gapY, width float32 }

// place calls put with every object's place, in the middle of its line, and returns the height of
// all lines.
func (l *flowLayout) place(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, pos fyne.Position, size fyne.Size)) float32 {
	var x, y, height float32
	var line []fyne.CanvasObject
	endLine := func() {
		var x float32
		for _, o := range line {
			m := o.MinSize()
			m.Width = min(m.Width, width)
			put(o, fyne.NewPos(x, y+(height-m.Height)/2), m)
			x += m.Width + l.gapX
		}
		line = line[:0]
	}
	for _, o := range objects {
		m := o.MinSize()
		m.Width = min(m.Width, width)
		if !o.Visible() || m.Width == 0 {
			continue
		}
		if x > 0 && x+m.Width > width {
			endLine()
			x, y, height = 0, y+height+l.gapY, 0
		}
		line = append(line, o)
		x += m.Width + l.gapX
		height = max(height, m.Height)
	}
	endLine()
	return y + height
}

// Layout is part of fyne.Layout.
func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, pos fyne.Position, s fyne.Size) {
		o.Move(pos)
		o.Resize(s)
	})
}

// MinSize is part of fyne.Layout.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.width <= 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(0, l.place(objects, l.width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}
