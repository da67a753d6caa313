package widgets

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A KnobSlider is one number with its name: a slider, an entry for the exact value, and a small
// button that goes back to the value it began with. Its methods belong to the UI goroutine.
type KnobSlider struct {
	widget.BaseWidget
	OnChanged     func(float64)        // every change by the user, continuously while dragging
	OnChangeEnded func(float64)        // the user let go, pressed Enter or reset
	OnRefused     func(error)          // why what was typed is not possible, nil once it is mended
	Step          float64              // the user's changes are rounded to multiples of it; 0: none
	Format        func(float64) string // how the entry shows a value; nil: three significant digits
	LabelWidth    float32              // so that several knobs below each other line up; 0: as wide as the text

	min, max, value, initial float64
	log                      bool
	label                    *knobLabel
	slider                   *slider
	entry                    *TypedEntry
	reset                    *TippedButton
	row                      *fyne.Container
	quiet                    bool // the program, not the user, moves the slider
}

// knobSteps is how finely the slider divides its range.
const knobSteps = 1000

// NewKnobSlider returns a knob between min and max that begins at value, and that the reset button
// brings back there.
func NewKnobSlider(label string, min, max, value float64) *KnobSlider {
	k := &KnobSlider{min: min, max: max, value: value, initial: value}
	k.label = &knobLabel{knob: k}
	k.label.Text = label
	k.label.Truncation = fyne.TextTruncateEllipsis
	k.label.ExtendBaseWidget(k.label)
	k.slider = newSlider(0, 1, 1.0/knobSteps)
	k.slider.OnChanged = func(ratio float64) {
		if !k.quiet {
			k.moved(k.rounded(k.scale().value(ratio)))
		}
	}
	k.slider.step = k.stepTo
	k.slider.OnChangeEnded = func(float64) {
		if !k.quiet {
			k.ended()
		}
	}
	k.entry = NewTypedEntry(k.check, k.typed)
	k.entry.OnRefused = func(err error) {
		if k.OnRefused != nil {
			k.OnRefused(err)
		}
	}
	k.reset = TipButton(theme.ContentUndoIcon(), "", "", k.Reset)
	k.reset.Importance = widget.LowImportance
	k.row = container.New(knobLayout{k}, k.label, newThemed(k.slider, trackScope), k.entry, k.reset)
	k.ExtendBaseWidget(k)
	k.show()
	return k
}

// Value returns the current value.
func (k *KnobSlider) Value() float64 { return k.value }

// Set shows v, held within the range, without calling back.
func (k *KnobSlider) Set(v float64) {
	k.value = k.clamp(v)
	k.show()
}

// Revert gives up what is being typed, or was refused.
func (k *KnobSlider) Revert() { k.entry.Revert() }

// SetInitial changes the value that reset goes back to.
func (k *KnobSlider) SetInitial(v float64) {
	k.initial = k.clamp(v)
	k.show()
}

// SetRange changes the ends of the slider and holds the value within them, without calling back.
func (k *KnobSlider) SetRange(min, max float64) {
	k.min, k.max = min, max
	k.initial = k.clamp(k.initial)
	k.Set(k.value)
}

// SetLog makes the slider's way proportional to the logarithm of the value. A range that begins at
// 0 has it at its left end and four decades behind it. It panics if the range begins below 0.
func (k *KnobSlider) SetLog(on bool) {
	if on && k.min < 0 {
		panic("widgets: logarithmic knob " + strconv.Quote(k.label.Text) + " over negative values")
	}
	k.log = on
	k.show()
}

// SetLabel changes the name.
func (k *KnobSlider) SetLabel(text string) { k.label.SetText(text) }

// SetTip sets the sentence that shows when the mouse rests on the name.
func (k *KnobSlider) SetTip(text string) { k.label.help = text }

// Reset goes back to the initial value as if the user had moved the slider there.
func (k *KnobSlider) Reset() {
	if k.value == k.initial {
		return
	}
	k.change(k.initial)
	k.ended()
}

// Disable greys the knob out.
func (k *KnobSlider) Disable() {
	k.slider.Disable()
	k.entry.Disable()
	k.reset.Disable()
}

// Enable makes the knob usable again.
func (k *KnobSlider) Enable() {
	k.slider.Enable()
	k.entry.Enable()
	k.show()
}

// Disabled tells whether the knob is greyed out.
func (k *KnobSlider) Disabled() bool { return k.slider.Disabled() }

// held is part of holder.
func (k *KnobSlider) held() []fyne.CanvasObject { return []fyne.CanvasObject{k.row} }

// CreateRenderer is part of fyne.Widget.
func (k *KnobSlider) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(k.row) }

func (k *KnobSlider) clamp(v float64) float64 { return math.Max(k.min, math.Min(k.max, v)) }

// rounded returns v as a multiple of Step within the range.
func (k *KnobSlider) rounded(v float64) float64 {
	if k.Step > 0 {
		v = math.Round(v/k.Step) * k.Step
	}
	return k.clamp(v)
}

func (k *KnobSlider) scale() knobScale {
	return knobScale{min: k.min, max: k.max, step: k.Step, log: k.log}
}

// stepTo is one press of an arrow key on the slider.
func (k *KnobSlider) stepTo(up bool) {
	v := k.clamp(k.scale().next(k.value, up))
	if v != k.value {
		k.change(v)
		k.ended()
	}
}

// moved takes over what the slider says, unless rounding leaves it where it was.
func (k *KnobSlider) moved(v float64) {
	if v == k.value {
		k.show()
		return
	}
	k.change(v)
}

func (k *KnobSlider) change(v float64) {
	k.value = v
	k.show()
	if k.OnChanged != nil {
		k.OnChanged(v)
	}
}

func (k *KnobSlider) ended() {
	if k.OnChangeEnded != nil {
		k.OnChangeEnded(k.value)
	}
}

// leave takes the keyboard away from the knob before it stands for another number. What is being
// typed still goes to those who were told of changes until now, once whoever asks is done.
func (k *KnobSlider) leave() {
	c := fyne.CurrentApp().Driver().CanvasForObject(k)
	if c == nil {
		return
	}
	switch c.Focused() {
	case fyne.Focusable(k.entry), fyne.Focusable(k.slider), fyne.Focusable(k.reset):
	default:
		return
	}
	text := strings.TrimSpace(k.entry.Text)
	typed := k.entry.Typing() && k.check(text) == nil
	k.entry.Revert()
	c.Unfocus()
	v, err := ParseNumber(text)
	if v = k.rounded(v); !typed || err != nil || v == k.value {
		return
	}
	changed, ended := k.OnChanged, k.OnChangeEnded
	onUI(func() {
		if changed != nil {
			changed(v)
		}
		if ended != nil {
			ended(v)
		}
	})
}

// check returns why a typed text cannot be the value.
func (k *KnobSlider) check(text string) error {
	v, err := ParseNumber(text)
	switch {
	case err != nil:
		return err
	case k.Step == 1 && v != math.Round(v):
		return errors.New("type a whole number")
	case v < k.min || v > k.max:
		return fmt.Errorf("type a number from %s to %s", k.format(k.min), k.format(k.max))
	}
	return nil
}

// typed takes over what was typed in the entry.
func (k *KnobSlider) typed(text string) {
	v, err := ParseNumber(text)
	if v = k.rounded(v); err != nil || v == k.value || text == k.format(k.value) {
		k.show()
		return
	}
	k.change(v)
	k.ended()
}

func (k *KnobSlider) format(v float64) string {
	if k.Format != nil {
		return k.Format(v)
	}
	return formatNumber(v)
}

// show brings slider, entry and reset button to the value; an entry that is being typed in is left
// alone.
func (k *KnobSlider) show() {
	k.quiet = true
	k.slider.SetValue(k.scale().ratio(k.value))
	k.entry.SetValue(k.format(k.value))
	k.quiet = false
	k.reset.SetTip("Back to " + k.format(k.initial))
	if k.value == k.initial || k.slider.Disabled() {
		k.reset.Disable()
	} else {
		k.reset.Enable()
	}
}

// A knobLabel is a name with a tip, which begins with the whole name where that is cut. A double
// tap on it resets the knob.
type knobLabel struct {
	widget.Label
	knob *KnobSlider
	help string
	tip  tipTimer
}

// MouseIn is part of desktop.Hoverable.
func (l *knobLabel) MouseIn(e *desktop.MouseEvent) {
	l.tip.text = l.help
	th := l.Theme()
	room := l.Size().Width - 2*th.Size(theme.SizeNameInnerPadding)
	if fyne.MeasureText(l.Text, th.Size(theme.SizeNameText), l.TextStyle).Width > room+0.5 {
		l.tip.text = joined(l.Text, l.help)
	}
	l.tip.enter(l, e)
}

// MouseMoved is part of desktop.Hoverable.
func (l *knobLabel) MouseMoved(e *desktop.MouseEvent) { l.tip.move(l, e) }

// MouseOut is part of desktop.Hoverable.
func (l *knobLabel) MouseOut() { l.tip.leave() }

// DoubleTapped is part of fyne.DoubleTappable.
func (l *knobLabel) DoubleTapped(*fyne.PointEvent) {
	if !l.knob.slider.Disabled() {
		l.knob.Reset()
	}
}

// knobLayout puts label, slider, entry and reset button into one row; the slider takes what is
// left.
type knobLayout struct{ knob *KnobSlider }

// knobEntryWidth holds a number like −0.00123.
const knobEntryWidth = 72

func (l knobLayout) widths(objects []fyne.CanvasObject) (label, entry, reset float32) {
	label = l.knob.LabelWidth
	if label <= 0 {
		text, th := objects[0].(*knobLabel), l.knob.label.Theme()
		label = fyne.MeasureText(text.Text, th.Size(theme.SizeNameText), text.TextStyle).Width + 2*th.Size(theme.SizeNameInnerPadding) + 4 // or the label cuts its last letters
	}
	return label, knobEntryWidth, objects[3].MinSize().Height
}

func (l knobLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	label, entry, reset := l.widths(objects)
	widths := []float32{label, size.Width - label - entry - reset, entry, reset}
	x := float32(0)
	for i, o := range objects {
		height := min(size.Height, o.MinSize().Height)
		o.Resize(fyne.NewSize(widths[i], height))
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		x += widths[i]
	}
}

func (l knobLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	label, entry, reset := l.widths(objects)
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(label+80+entry+reset, height)
}
