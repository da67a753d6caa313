package widgets

import (
	"image/color"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A TypedEntry takes what is typed with Enter, or when the keyboard goes elsewhere. What is not
// possible stays, marked, with the reason at the entry, until it is mended or given up with Escape.
type TypedEntry struct {
	widget.Entry
	Check func(text string) error // returns why a text is not possible, nil where it is
	Taken func(text string)       // is called with a text that is possible and new
	// Wrong, where it is not nil, shows the reason also while one types; nil is for when it is
	// mended. Otherwise a bubble shows it at the entry once the text is to be taken.
	Wrong func(err error)
	// OnRefused, where it is not nil, is told the reason too, nil once it is mended.
	OnRefused func(err error)

	whole   fyne.Widget // which this is a part of
	help    string      // shows under the mouse while nothing is wrong
	value   string      // as last shown or taken
	err     error       // why the text was refused
	focused bool
	pressed bool // the mouse, not a key, brings the keyboard
	quiet   bool // the program, not the user, changes the text
	tip     tipTimer
}

// NewTypedEntry returns an empty entry.
func NewTypedEntry(check func(text string) error, taken func(text string)) *TypedEntry {
	e := &TypedEntry{}
	e.setUp(e, check, taken)
	return e
}

// setUp makes e ready as the widget impl, which is e or holds it.
func (e *TypedEntry) setUp(impl fyne.Widget, check func(text string) error, taken func(text string)) {
	e.Check, e.Taken = check, taken
	e.OnChanged = func(string) {
		if !e.quiet && (e.err != nil || e.Wrong != nil) {
			e.judge(e.Check(strings.TrimSpace(e.Text)))
		}
	}
	e.OnSubmitted = func(string) { e.take() }
	e.whole = impl
	e.ExtendBaseWidget(impl)
}

// SetTip sets the sentence that shows when the mouse rests on the entry while nothing is wrong. A
// Tip around the entry would cover the reason.
func (e *TypedEntry) SetTip(text string) {
	e.help = text
	if e.err == nil {
		e.tip.text = text
	}
}

// SetOptions adds a menu of texts that are taken when they are chosen. It is called before the
// entry is shown.
func (e *TypedEntry) SetOptions(options []string) {
	items := make([]*fyne.MenuItem, len(options))
	for i, option := range options {
		items[i] = fyne.NewMenuItem(option, func() {
			e.SetText(option)
			e.take()
		})
	}
	button := TipButton(theme.MenuDropDownIcon(), "", "", func() {
		driver := fyne.CurrentApp().Driver()
		c := driver.CanvasForObject(e)
		if c == nil {
			return
		}
		menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
		menu.ShowAtPosition(driver.AbsolutePositionForObject(e).AddXY(0, e.Size().Height))
		menu.Resize(fyne.NewSize(e.Size().Width, menu.MinSize().Height))
	})
	button.Importance = widget.LowImportance
	e.ActionItem = button
}

// SetValue shows a value. What is being typed, or was refused, stays while the value is the same.
func (e *TypedEntry) SetValue(value string) {
	if e.Typing() && (e.focused || e.value == value) {
		e.value = value
		return
	}
	e.value = value
	e.Revert()
}

// Typing tells whether the text is another than the value.
func (e *TypedEntry) Typing() bool { return e.Text != e.value }

// Revert gives up what is being typed, or was refused, and shows the value again.
func (e *TypedEntry) Revert() {
	if e.Typing() {
		e.quiet = true
		e.SetText(e.value)
		e.quiet = false
	}
	e.judge(nil)
}

// take hands over what was typed, or marks it.
func (e *TypedEntry) take() {
	text := strings.TrimSpace(e.Text)
	if text == e.value {
		e.Revert()
		return
	}
	err := e.Check(text)
	e.judge(err)
	switch {
	case err == nil:
		e.value = e.Text // which the owner shows as it writes values
		e.Taken(text)
	case e.Wrong == nil:
		e.say()
	}
}

// judge marks the text as refused, or takes the mark back.
func (e *TypedEntry) judge(err error) {
	if err == nil && e.err == nil {
		return
	}
	e.err = err
	e.tip.text = e.help
	if err != nil {
		e.tip.text = sentence(err.Error())
	}
	if err == nil || e.tip.layer != nil {
		e.tip.leave()
	}
	if e.Wrong != nil {
		e.Wrong(err)
	}
	if e.OnRefused != nil {
		e.OnRefused(err)
	}
	e.Refresh()
}

// say shows the reason below the entry without waiting for the mouse.
func (e *TypedEntry) say() {
	driver := fyne.CurrentApp().Driver()
	e.tip.at = driver.AbsolutePositionForObject(e).AddXY(0, e.Size().Height-14) // a tip hangs 18 below its place
	e.tip.showNow(e)
}

// FocusGained selects the text where a key brought the keyboard, so that what is typed replaces
// it. The mouse puts the cursor where it is.
func (e *TypedEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	if e.pressed {
		return
	}
	Reveal(e.whole)
	if !e.Typing() {
		e.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
}

// SetText replaces the text. Nothing of it is selected afterwards: Fyne's entry would go on to
// select what was there before.
func (e *TypedEntry) SetText(text string) {
	if e.SelectedText() != "" {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	e.Entry.SetText(text)
}

// MouseDown is part of desktop.Mouseable.
func (e *TypedEntry) MouseDown(m *desktop.MouseEvent) {
	e.pressed = true
	e.Entry.MouseDown(m)
	e.pressed = false
}

// FocusLost takes over what was typed.
func (e *TypedEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.take()
}

// TypedKey gives up what was typed on Escape.
func (e *TypedEntry) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		e.Revert()
		return
	}
	e.Entry.TypedKey(key)
}

// MouseIn is part of desktop.Hoverable.
func (e *TypedEntry) MouseIn(m *desktop.MouseEvent) { e.tip.enter(e, m) }

// MouseMoved is part of desktop.Hoverable.
func (e *TypedEntry) MouseMoved(m *desktop.MouseEvent) { e.tip.move(e, m) }

// MouseOut is part of desktop.Hoverable.
func (e *TypedEntry) MouseOut() { e.tip.leave() }

// CreateRenderer is part of fyne.Widget.
func (e *TypedEntry) CreateRenderer() fyne.WidgetRenderer {
	r := &typedRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, ring: canvas.NewRectangle(color.Transparent)}
	r.ring.Hide()
	r.wheel = newWheelPass(e.whole, r.inner)
	return r
}

// A typedRenderer draws a ring around an entry whose text was refused. The entry's own mark takes
// room from the text.
type typedRenderer struct {
	fyne.WidgetRenderer
	entry *TypedEntry
	ring  *canvas.Rectangle
	wheel *wheelPass
}

// inner returns what scrolls the entry's own text, where that may be longer than the entry.
func (r *typedRenderer) inner() fyne.Scrollable {
	for _, o := range r.WidgetRenderer.Objects() {
		if s, ok := o.(fyne.Scrollable); ok {
			return s
		}
	}
	return nil
}

func (r *typedRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clone(r.WidgetRenderer.Objects()), r.ring, r.wheel)
}

func (r *typedRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
	r.wheel.Resize(size)
}

func (r *typedRenderer) Refresh() {
	r.WidgetRenderer.Refresh()
	r.ring.Hidden = r.entry.err == nil
	r.ring.StrokeColor, r.ring.StrokeWidth = theme.ColorForWidget(theme.ColorNameError, r.entry), 2
	r.ring.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, r.entry)
	r.ring.Refresh()
}

// sentence makes a sentence of an error's text.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
