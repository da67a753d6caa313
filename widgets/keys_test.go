package widgets

import (
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// TestKeysPassToWindow tells apart which keys a focused widget uses and which go to the window as
// if nothing had the keyboard.
func TestKeysPassToWindow(t *testing.T) {
	sheet := NewContactSheet()
	sheet.Set(plain(4, 4, red), 2, 2)
	chosen := NewContactSheet()
	chosen.Set(plain(4, 4, red), 2, 2)
	chosen.OnTapped = func(int) {}
	grid := NewPictureGrid(3, func(int) image.Image { return plain(2, 2, red) }, nil)
	defer grid.Close()
	knob := NewKnobSlider("knob", 0, 1, 0.5)
	list := NewKnobList(func() int { return 2 }, func() fyne.CanvasObject { return NewKnobSlider("", 0, 1, 0) }, func(int, fyne.CanvasObject) {})
	pad := NewLatentPad()
	stack := NewLayerStack("Stack", nil)
	stack.Set("in", []Card{{Title: "ReLU"}}, "out")
	keys := []fyne.KeyName{fyne.KeySpace, fyne.KeyRight, fyne.KeyDown, fyne.KeyHome}
	for _, c := range []struct {
		name    string
		root    fyne.CanvasObject
		focused func() fyne.Focusable
		want    []fyne.KeyName
	}{
		{"pad", pad, func() fyne.Focusable { return pad }, []fyne.KeyName{fyne.KeySpace, fyne.KeyHome}},
		{"slider", knob, func() fyne.Focusable { return knob.slider }, []fyne.KeyName{fyne.KeySpace, fyne.KeyDown, fyne.KeyHome}},
		{"list", list, func() fyne.Focusable { return list }, []fyne.KeyName{fyne.KeySpace, fyne.KeyRight, fyne.KeyHome}},
		{"sheet", sheet, func() fyne.Focusable { return sheet }, []fyne.KeyName{fyne.KeySpace}},
		{"sheet that can be tapped", chosen, func() fyne.Focusable { return chosen }, nil},
		{"grid", grid, func() fyne.Focusable { return grid.body }, []fyne.KeyName{fyne.KeySpace}},
		{"grip", stack, func() fyne.Focusable { return stack.cards[0].grip }, []fyne.KeyName{fyne.KeySpace, fyne.KeyRight, fyne.KeyHome}},
		{"entry", knob, func() fyne.Focusable { return knob.entry }, nil},
	} {
		w := inWindow(t, c.root, 300, 200)
		var got []fyne.KeyName
		w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, e.Name) })
		w.Canvas().Focus(c.focused())
		for _, k := range keys {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: the window gets %v, want %v", c.name, got, c.want)
		}
	}
}

// TestEscapePassesToWindow: Escape closes a dialog also while a choice or a box to tick in it has
// the keyboard.
func TestEscapePassesToWindow(t *testing.T) {
	for _, o := range []interface {
		fyne.CanvasObject
		fyne.Focusable
	}{NewSelect([]string{"a", "b"}, nil), NewCheck("c", nil)} {
		w := inWindow(t, o, 300, 200)
		escapes := 0
		w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) {
			if e.Name == fyne.KeyEscape {
				escapes++
			}
		})
		w.Canvas().Focus(o)
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if escapes != 1 {
			t.Errorf("%T: the window gets Escape %d times, want once", o, escapes)
		}
	}
}
