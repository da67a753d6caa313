package widgets

import (
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// seen says whether o lies whole within the object that scrolls it.
func seen(o, in fyne.CanvasObject) bool {
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(o).Y - driver.AbsolutePositionForObject(in).Y
	return top >= 0 && top+o.Size().Height <= in.Size().Height
}

// TestFocusComesIntoSight goes with Tab through everything in a scrolled column and back: whatever
// has the keyboard is in sight.
func TestFocusComesIntoSight(t *testing.T) {
	column := container.NewVBox()
	for i := range 6 {
		column.Add(Tip(NewDataCard(fmt.Sprint("Card ", i), "about", nil, func() {}), "tip"))
		column.Add(Dense(NewKnobSlider("knob", 0, 1, 0.5)))
		column.Add(Dense(container.NewHBox(NewSelect([]string{"a", "b"}, nil), NewCheck("on", nil), TipButton(nil, "press", "", nil))))
		column.Add(NewTypedEntry(func(string) error { return nil }, func(string) {}))
	}
	scroll := container.NewVScroll(column)
	w := inWindow(t, WithTips(container.NewPadded(scroll)), 300, 150)
	c := w.Canvas()
	const stops = 6 * (1 + 2 + 3 + 1) // the reset button of a knob that was not moved is disabled
	for _, way := range []struct {
		name string
		step func()
	}{{"forwards", c.FocusNext}, {"backwards", c.FocusPrevious}} {
		c.Unfocus()
		scroll.ScrollToTop()
		for i := range stops {
			way.step()
			o, ok := c.Focused().(fyne.CanvasObject)
			if !ok || !seen(o, scroll) {
				t.Fatalf("%s: stop %d, %T, is out of sight", way.name, i, c.Focused())
			}
		}
	}
	if scroll.Offset.Y > 20 {
		t.Errorf("back at the first stop the column is scrolled by %v", scroll.Offset.Y)
	}
}

// TestFocusComesIntoSightInStack goes with Tab through the cards of a stack.
func TestFocusComesIntoSightInStack(t *testing.T) {
	s, w, _ := logged(t, testCards(12), 300)
	c := w.Canvas()
	kinds := map[string]bool{}
	for range 60 {
		c.FocusNext()
		o := c.Focused().(fyne.CanvasObject)
		kinds[fmt.Sprintf("%T", o)] = true
		if !seen(o, s.scroll) {
			t.Fatalf("%T is out of sight", o)
		}
	}
	if len(kinds) != 6 {
		t.Errorf("reached %v, want gaps, grips, buttons, entries, choices and checks", kinds)
	}
}

// TestFocusComesIntoSightInDialog goes with Tab through a scrolled column in a dialog.
func TestFocusComesIntoSightInDialog(t *testing.T) {
	w := inWindow(t, widget.NewLabel("below"), 400, 300)
	column := container.NewVBox()
	for i := range 20 {
		column.Add(NewCheck(fmt.Sprint(i), nil))
	}
	scroll := container.NewVScroll(column)
	dialog.ShowCustom("title", "Close", container.NewGridWrap(fyne.NewSize(200, 100), scroll), w)
	for i := range 20 {
		w.Canvas().FocusNext()
		if o, ok := w.Canvas().Focused().(*Check); !ok || !seen(o, scroll) {
			t.Fatalf("stop %d, %T, is out of sight", i, w.Canvas().Focused())
		}
	}
}

// TestKnobListByKeyboard reaches every row of a list of which only a part is in sight.
func TestKnobListByKeyboard(t *testing.T) {
	const rows = 24
	at := map[fyne.CanvasObject]int{}
	list := NewKnobList(func() int { return rows },
		func() fyne.CanvasObject { return NewKnobSlider("", 0, 1, 0) },
		func(i int, row fyne.CanvasObject) { at[row] = i })
	before, behind := widget.NewButton("before", nil), widget.NewButton("behind", nil)
	w := inWindow(t, Border(before, behind, nil, nil, container.NewStack(list)), 300, 220)
	test.ApplyTheme(t, airy{theme.DefaultTheme()})
	c := w.Canvas()
	pitch := NewKnobSlider("", 0, 1, 0).MinSize().Height + theme.Padding()
	bars := 220 - list.Size().Height
	for _, way := range []struct {
		name   string
		step   func()
		first  fyne.Focusable
		last   fyne.Focusable
		scroll func()
	}{{"forwards", c.FocusNext, before, behind, list.ScrollToTop}, {"backwards", c.FocusPrevious, behind, before, list.ScrollToBottom}} {
		for _, height := range []float32{4 * pitch, 4.5 * pitch, 5*pitch - theme.Padding(), 2 * pitch} { // whole rows in sight, and parts
			w.Resize(fyne.NewSize(300, height+bars))
			reached := map[int]bool{}
			c.Focus(way.first)
			way.scroll()
			for range 3 * rows {
				way.step()
				if c.Focused() == way.last {
					break
				}
				for row, i := range at {
					k := row.(*KnobSlider)
					if c.Focused() == fyne.Focusable(k.slider) || c.Focused() == fyne.Focusable(k.entry) {
						reached[i] = true
						if !seen(row, list) {
							t.Fatalf("%s, %v high: row %d has the keyboard out of sight", way.name, height, i)
						}
					}
				}
			}
			if len(reached) != rows || c.Focused() != way.last {
				t.Errorf("%s, %v high: %d of %d rows are reached, then %T", way.name, height, len(reached), rows, c.Focused())
			}
		}
		if c.Focus(list); !list.ring.Visible() {
			t.Errorf("%s: the list does not show that it has the keyboard", way.name)
		}
		if c.Focus(way.last); list.ring.Visible() {
			t.Errorf("%s: the list still shows that it has the keyboard", way.name)
		}
	}
}

// airy is a theme with more room between rows than Reveal leaves around what it shows.
type airy struct{ fyne.Theme }

func (a airy) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNamePadding {
		return 2 * sightMargin
	}
	return a.Theme.Size(name)
}

// TestBorderOrder lets Tab go through a border layout as one reads.
func TestBorderOrder(t *testing.T) {
	var buttons []fyne.CanvasObject
	for i := range 5 {
		buttons = append(buttons, widget.NewButton(fmt.Sprint(i), nil))
	}
	w := inWindow(t, Border(buttons[0], buttons[4], buttons[1], buttons[3], buttons[2]), 300, 200)
	for i, b := range buttons {
		w.Canvas().FocusNext()
		if w.Canvas().Focused() != b.(fyne.Focusable) {
			t.Errorf("stop %d is not object %d", i, i)
		}
	}
	if b := buttons[2]; b.Position().Y <= buttons[0].Position().Y || b.Position().X <= buttons[1].Position().X {
		t.Errorf("the centre is at %v", b.Position())
	}
}

// TestEntrySelectsForKeyboard replaces a value by typing where a key brought the keyboard, and
// writes into it where the mouse did.
func TestEntrySelectsForKeyboard(t *testing.T) {
	e := NewTypedEntry(func(string) error { return nil }, func(string) {})
	e.SetValue("32")
	w := inWindow(t, container.NewVBox(widget.NewButton("before", nil), e), 200, 100)
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	if e.SelectedText() != "32" {
		t.Errorf("%q is selected, want 32", e.SelectedText())
	}
	for _, button := range []desktop.MouseButton{desktop.MouseButtonPrimary, desktop.MouseButtonSecondary} {
		w.Canvas().Unfocus()
		e.MouseDown(&desktop.MouseEvent{Button: button})
		if w.Canvas().Focused() != fyne.Focusable(e) {
			t.Error("the mouse does not bring the keyboard")
		}
		if e.SelectedText() != "" {
			t.Errorf("%q is selected by button %d of the mouse", e.SelectedText(), button)
		}
	}
}

// TestWheelOverFields scrolls the column though the mouse is over a field of it.
func TestWheelOverFields(t *testing.T) {
	entry := NewTypedEntry(func(string) error { return nil }, func(string) {})
	knob := NewKnobSlider("knob", 0, 1, 0.5)
	choice, check := NewSelect([]string{"a"}, nil), NewCheck("on", nil)
	cards := []Card{{Title: "Dense", Knobs: []CardKnob{{Name: "units", Value: "10"}}}}
	for range 9 {
		cards = append(cards, cards[0])
	}
	stack := NewLayerStack("Stack", nil)
	stack.Set("", cards, "")
	room := container.NewGridWrap(fyne.NewSize(200, 400), widget.NewLabel("below"))
	scroll := container.NewVScroll(container.NewVBox(entry, Dense(knob), choice, check, room))
	list := NewKnobList(func() int { return 20 }, func() fyne.CanvasObject { return NewKnobSlider("", 0, 1, 0) }, func(int, fyne.CanvasObject) {})
	w := inWindow(t, container.NewGridWithColumns(3, scroll, list, stack), 1200, 200)
	w.Canvas().Capture()
	columns := map[string]func() float32{
		"column": func() float32 { return scroll.Offset.Y },
		"list":   list.GetScrollOffset,
		"stack":  func() float32 { return stack.scroll.Offset.Y },
	}
	for _, c := range []struct {
		name, column string
		over         fyne.CanvasObject
	}{
		{"entry", "column", entry},
		{"slider", "column", knob.slider},
		{"slider's entry", "column", knob.entry},
		{"choice", "column", choice},
		{"check", "column", check},
		{"entry in a list", "list", list.rows[2].(*KnobSlider).entry},
		{"entry of a card", "stack", stack.cards[0].knobs[0].entry},
	} {
		scroll.ScrollToTop()
		list.ScrollToTop()
		stack.scroll.ScrollToTop()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.over).AddXY(c.over.Size().Width/2, c.over.Size().Height/2)
		test.Scroll(w.Canvas(), at, 0, -30)
		if got := columns[c.column](); got != 30 {
			t.Errorf("over the %s: the %s is scrolled by %v, want 30", c.name, c.column, got)
		}
	}
}

// TestWheelOverLongText shows the rest of a text where nothing around the entry scrolls.
func TestWheelOverLongText(t *testing.T) {
	e := NewTypedEntry(func(string) error { return nil }, func(string) {})
	e.SetValue("a text that is much longer than the entry is wide")
	w := inWindow(t, e, 100, 36)
	before := w.Canvas().Capture()
	test.Scroll(w.Canvas(), fyne.NewPos(50, 18), -40, 0)
	if after := w.Canvas().Capture(); fmt.Sprint(before) == fmt.Sprint(after) {
		t.Error("the wheel does not move the text")
	}
}

// TestScrollWithin gives the wheel to a scroll in another one, and to that where the inner is at
// its end.
func TestScrollWithin(t *testing.T) {
	tall := func(height float32) *canvas.Rectangle {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(10, height))
		return r
	}
	inner := container.NewVScroll(tall(150))
	inner.SetMinSize(fyne.NewSize(10, 100))
	within := ScrollWithin(inner)
	outer := container.NewVScroll(container.NewVBox(within, tall(300)))
	inWindow(t, outer, 100, 200)
	wheel := within.Objects[1].(fyne.Scrollable)
	for i, c := range []struct {
		by           float32
		inner, outer bool // whether they are scrolled then
	}{{-50, true, false}, {-50, true, true}, {50, false, true}, {50, false, false}} {
		wheel.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, c.by)})
		if (inner.Offset.Y > 0) != c.inner || (outer.Offset.Y > 0) != c.outer {
			t.Errorf("turn %d: the inner is scrolled by %v, the outer by %v; want scrolled: %v, %v", i, inner.Offset.Y, outer.Offset.Y, c.inner, c.outer)
		}
	}
}

// TestWheelOverGrid scrolls the page around a grid of pictures that are all in sight, or whose end
// is reached.
func TestWheelOverGrid(t *testing.T) {
	grid := NewPictureGrid(40, func(int) image.Image { return plain(8, 8, red) }, nil)
	t.Cleanup(grid.Close)
	below := canvas.NewRectangle(nil)
	below.SetMinSize(fyne.NewSize(10, 300))
	page := container.NewVScroll(container.NewVBox(container.NewGridWrap(fyne.NewSize(200, 150), grid), below))
	w := inWindow(t, page, 200, 200)
	wheel := func(dy float32) { test.Scroll(w.Canvas(), fyne.NewPos(100, 50), 0, dy) }
	wheel(-50)
	if grid.scroll.Offset.Y <= 0 || page.Offset.Y != 0 {
		t.Errorf("the grid is scrolled by %v, the page by %v; want the grid alone", grid.scroll.Offset.Y, page.Offset.Y)
	}
	wheel(-10000)
	wheel(-50)
	if page.Offset.Y <= 0 {
		t.Error("the page stays where the grid is at its end")
	}
}
