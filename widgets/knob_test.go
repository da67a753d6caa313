package widgets

import (
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestKnobSliderDragFiresContinuously(t *testing.T) {
	k := NewKnobSlider("x", -3, 3, 0)
	var got []float64
	ended := 0
	k.OnChanged = func(v float64) { got = append(got, v) }
	k.OnChangeEnded = func(float64) { ended++ }
	inWindow(t, k, 400, 40)
	width := k.slider.Size().Width
	for _, x := range []float32{0.5, 0.6, 0.7, 1} {
		k.slider.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(width*x, 10)}})
	}
	k.slider.DragEnd()
	if len(got) < 3 || !slices.IsSorted(got) || got[len(got)-1] != 3 {
		t.Errorf("changes %v, want some that rise to 3", got)
	}
	if ended != 1 {
		t.Errorf("ended %d times, want once", ended)
	}
	if k.Value() != 3 || k.entry.Text != "3.00" {
		t.Errorf("value %g, entry %q", k.Value(), k.entry.Text)
	}
}

func TestKnobSliderSetIsSilent(t *testing.T) {
	k := NewKnobSlider("x", 0, 10, 5)
	k.OnChanged = func(float64) { t.Error("called back") }
	k.OnChangeEnded = func(float64) { t.Error("called back at the end") }
	inWindow(t, k, 400, 40)
	for _, c := range [][2]float64{{7.5, 7.5}, {-1, 0}, {11, 10}} {
		v, want := c[0], c[1]
		k.Set(v)
		if k.Value() != want {
			t.Errorf("Set(%g) gives %g, want %g", v, k.Value(), want)
		}
		if got := k.slider.Value; math.Abs(got-want/10) > 1e-3 {
			t.Errorf("slider at %g, want %g", got, want/10)
		}
	}
	k.SetRange(0, 2)
	if k.Value() != 2 {
		t.Errorf("value %g outside the new range", k.Value())
	}
}

func TestKnobSliderEntry(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		call bool
	}{{"2.5", 2.5, true}, {"2,5", 2.5, true}, {" 1e-1 ", 0.1, true}, {"−2", -2, true}, {"1.00", 1, false}, {"1,0", 1, false}} {
		k := NewKnobSlider("x", -3, 3, 1)
		w := inWindow(t, k, 400, 40)
		var got []float64
		k.OnChanged = func(v float64) { got = append(got, v) }
		w.Canvas().Focus(k.entry)
		k.entry.SetText("")
		test.Type(k.entry, c.text)
		k.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if k.Value() != c.want || (len(got) == 1) != c.call {
			t.Errorf("%q: value %g with calls %v, want %g", c.text, k.Value(), got, c.want)
		}
		if k.entry.Text != k.format(c.want) {
			t.Errorf("%q: entry shows %q afterwards", c.text, k.entry.Text)
		}
	}
}

func TestKnobSliderEntryIsLeftAloneWhileTyping(t *testing.T) {
	k := NewKnobSlider("x", -3, 3, 1)
	w := inWindow(t, k, 400, 40)
	w.Canvas().Focus(k.entry)
	k.entry.SetText("")
	test.Type(k.entry, "2")
	k.Set(-1) // the program moves it meanwhile
	if k.entry.Text != "2" {
		t.Errorf("entry %q, want what was typed", k.entry.Text)
	}
	k.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if k.entry.Text != "-1.00" {
		t.Errorf("entry %q after Escape, want the value", k.entry.Text)
	}
}

// TestKnobSliderRefuses: what cannot be the value is marked with the reason, when the entry is left
// too, and changes nothing.
func TestKnobSliderRefuses(t *testing.T) {
	for _, c := range []struct{ text, reason string }{
		{"abc", `"abc" is not a number: type one such as 0.5`},
		{"", "type a number"},
		{"NaN", `"NaN" is not a number: type one such as 0.5`},
		{"99", "type a number from 1.00 to 5.00"},
		{"0,5", "type a whole number"},
	} {
		k := NewKnobSlider("x", 1, 5, 1)
		k.Step = 1
		w := inWindow(t, k, 400, 40)
		k.OnChanged = func(float64) { t.Errorf("%q: called back", c.text) }
		w.Canvas().Focus(k.entry)
		k.entry.SetText("")
		test.Type(k.entry, c.text)
		w.Canvas().Unfocus()
		if k.entry.Text != c.text || k.entry.err == nil || k.entry.err.Error() != c.reason || k.Value() != 1 {
			t.Errorf("%q: entry %q, reason %v, value %g; want %q", c.text, k.entry.Text, k.entry.err, k.Value(), c.reason)
		}
		k.Set(1)
		if k.entry.Text != c.text {
			t.Errorf("%q: the entry shows %q though the value is as it was", c.text, k.entry.Text)
		}
		k.Set(2)
		if k.entry.Text != "2.00" || k.entry.err != nil {
			t.Errorf("%q: entry %q, reason %v once there is another value", c.text, k.entry.Text, k.entry.err)
		}
	}
}

func TestKnobSliderReset(t *testing.T) {
	k := NewKnobSlider("x", 0, 10, 4)
	inWindow(t, k, 400, 40)
	var got, ended []float64
	k.OnChanged = func(v float64) { got = append(got, v) }
	k.OnChangeEnded = func(v float64) { ended = append(ended, v) }
	if !k.reset.Disabled() {
		t.Error("there is nothing to reset")
	}
	k.Set(9)
	test.Tap(k.reset)
	k.Set(8)
	test.DoubleTap(k.label)
	if want := []float64{4, 4}; !slices.Equal(got, want) || !slices.Equal(ended, want) {
		t.Errorf("changes %v that end with %v, want both %v", got, ended, want)
	}
	k.Set(7)
	k.Disable()
	test.DoubleTap(k.label)
	if k.Value() != 7 {
		t.Errorf("a double tap resets a disabled knob to %g", k.Value())
	}
}

func TestKnobSliderLogAndStep(t *testing.T) {
	k := NewKnobSlider("lr", 1e-6, 1e-2, 1e-4)
	k.SetLog(true)
	inWindow(t, k, 400, 40)
	if got := k.slider.Value; math.Abs(got-0.5) > 1e-3 {
		t.Errorf("slider at %g, want the middle", got)
	}
	k.slider.SetValue(0.75)
	if got := k.Value(); math.Abs(got-1e-3) > 1e-5 {
		t.Errorf("value %g at three quarters, want 0.001", got)
	}
	s := NewKnobSlider("k", 1, 5, 1)
	s.Step = 1
	var got []float64
	s.OnChanged = func(v float64) { got = append(got, v) }
	for i := range 101 {
		s.slider.SetValue(float64(i) / 100)
	}
	if want := []float64{2, 3, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("changes %v, want %v", got, want)
	}
}

func TestKnobSliderDisabled(t *testing.T) {
	k := NewKnobSlider("x", 0, 1, 0)
	inWindow(t, k, 400, 40)
	k.OnChanged = func(float64) { t.Error("called back") }
	k.Set(0.5)
	k.Disable()
	test.Tap(k.reset)
	k.slider.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(0, 0)}})
	k.Enable()
	if k.reset.Disabled() {
		t.Error("cannot be reset after Enable")
	}
}

// TestKnobScaleFromZero goes along a logarithmic scale that begins at 0.
func TestKnobScaleFromZero(t *testing.T) {
	s := knobScale{max: 10, log: true}
	for _, c := range []struct{ ratio, want float64 }{
		{0, 0}, {knobZero / 3, 0}, {knobZero, 0.001}, {knobZero + (1-knobZero)/2, 0.1}, {knobZero + (1-knobZero)*0.75, 1}, {1, 10},
	} {
		if got := s.value(c.ratio); got != c.want {
			t.Errorf("at %g: %g, want %g", c.ratio, got, c.want)
		}
		if c.want > 0 && math.Abs(s.ratio(c.want)-c.ratio) > 1e-9 {
			t.Errorf("%g lies at %g, want %g", c.want, s.ratio(c.want), c.ratio)
		}
	}
	if s.ratio(0) != 0 || s.ratio(1e-9) <= 0 {
		t.Errorf("0 lies at %g, a tiny value at %g", s.ratio(0), s.ratio(1e-9))
	}
}

// TestKnobArrowKeys presses the arrow keys on sliders of several scales.
func TestKnobArrowKeys(t *testing.T) {
	for _, c := range []struct {
		name     string
		min, max float64
		step     float64
		log      bool
		from     float64
		ups      []float64 // one press after the other
		downs    []float64 // and back
	}{
		{"penalty", 0, 10, 0, true, 0, []float64{0.001, 0.0015, 0.002, 0.003, 0.005, 0.007, 0.01}, []float64{0.007, 0.005, 0.003, 0.002, 0.0015, 0.001, 0, 0}},
		{"penalty between stops", 0, 10, 0, true, 0.0004, []float64{0.001}, []float64{0}},
		{"its end", 0, 10, 0, true, 6, []float64{7, 10, 10}, []float64{7}},
		{"rate", 1e-6, 0.1, 0, true, 2e-6, []float64{3e-6}, []float64{2e-6, 1.5e-6, 1e-6, 1e-6}},
		{"direction", -3, 3, 0, false, 0.04, []float64{0.1, 0.2}, []float64{0.1, 0, -0.1}},
		{"share", 0, 0.5, 0, false, 0.1, []float64{0.105}, []float64{0.1, 0.095}},
		{"whole numbers", 1, 10, 1, false, 9, []float64{10, 10}, []float64{9}},
	} {
		k := NewKnobSlider(c.name, c.min, c.max, c.from)
		k.Step = c.step
		k.SetLog(c.log)
		inWindow(t, k, 400, 40)
		ended := 0
		k.OnChangeEnded = func(float64) { ended++ }
		moves := 0
		for _, way := range []struct {
			key  fyne.KeyName
			want []float64
		}{{fyne.KeyRight, c.ups}, {fyne.KeyLeft, c.downs}} {
			for i, want := range way.want {
				before := k.Value()
				k.slider.TypedKey(&fyne.KeyEvent{Name: way.key})
				if k.Value() != before {
					moves++
				}
				if k.Value() != want {
					t.Fatalf("%s: press %d of %s leads to %g, want %g", c.name, i, way.key, k.Value(), want)
				}
			}
		}
		if ended != moves {
			t.Errorf("%s: %d moves end %d times", c.name, moves, ended)
		}
	}
}

// TestKnobSliderTypedExactly keeps a typed value that lies between the slider's places, or below
// its smallest.
func TestKnobSliderTypedExactly(t *testing.T) {
	k := NewKnobSlider("R1", 0, 10, 0)
	k.SetLog(true)
	w := inWindow(t, k, 400, 40)
	for _, c := range []struct {
		text string
		want float64
	}{{"0.02137", 0.02137}, {"0.00001", 0.00001}, {"0", 0}, {"10", 10}} {
		w.Canvas().Focus(k.entry)
		test.Type(k.entry, c.text)
		w.Canvas().Unfocus()
		if k.Value() != c.want {
			t.Errorf("%s becomes %g", c.text, k.Value())
		}
	}
}

// TestKnobTipTellsCutName begins the tip with the name only where that is cut.
func TestKnobTipTellsCutName(t *testing.T) {
	k := NewKnobSlider("Label smoothing", 0, 1, 0)
	k.SetTip("Real ones count for less")
	for _, c := range []struct {
		width float32
		want  string
	}{{60, "Label smoothing: Real ones count for less"}, {200, "Real ones count for less"}} {
		k.LabelWidth = c.width
		inWindow(t, k, 500, 40)
		k.label.MouseIn(&desktop.MouseEvent{})
		if k.label.tip.text != c.want {
			t.Errorf("%v wide: tip %q, want %q", c.width, k.label.tip.text, c.want)
		}
		k.label.MouseOut()
	}
}

// TestKnobListKeepsTypedApart scrolls a row away while its number is being typed: the number goes
// to that row, and not to the one that the same knob shows next.
func TestKnobListKeepsTypedApart(t *testing.T) {
	before := onUI
	t.Cleanup(func() { onUI = before })
	var later []func()
	onUI = func(f func()) { later = append(later, f) }
	const rows = 60
	got := map[int]float64{}
	ended := 0
	list := NewKnobList(func() int { return rows },
		func() fyne.CanvasObject { return NewKnobSlider("", 0, 10, 0) },
		func(i int, row fyne.CanvasObject) {
			k := row.(*KnobSlider)
			k.OnChanged, k.OnChangeEnded = nil, nil
			k.Set(0)
			k.OnChanged = func(v float64) { got[i] = v }
			k.OnChangeEnded = func(float64) { ended++ }
		})
	w := inWindow(t, list, 300, 200)
	row := list.rows[1].(*KnobSlider)
	entry := row.entry
	w.Canvas().Focus(entry)
	test.Type(entry, "5")
	list.UpdateItem(30, row) // as the list does with rows that went out of sight
	if w.Canvas().Focused() != nil {
		t.Errorf("%T keeps the keyboard", w.Canvas().Focused())
	}
	for _, f := range later {
		f()
	}
	if len(got) != 1 || got[1] != 5 || ended != 1 {
		t.Errorf("changes %v that end %d times, want 5 for row 1", got, ended)
	}
	for i, row := range list.rows {
		if text := row.(*KnobSlider).entry.Text; text != "0" {
			t.Errorf("row %d shows %q", i, text)
		}
	}
}
