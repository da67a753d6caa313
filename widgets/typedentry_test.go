package widgets

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// short is a check that allows up to three letters.
func short(text string) error {
	if len(text) > 3 {
		return errors.New("at most three letters")
	}
	return nil
}

func TestTypedEntry(t *testing.T) {
	var taken []string
	e := NewTypedEntry(short, func(text string) { taken = append(taken, text) })
	told := 0 // that it was refused, and that it was mended
	e.OnRefused = func(err error) {
		if told++; (err == nil) != (told%2 == 0) {
			t.Errorf("told %v at the %d. time", err, told)
		}
	}
	resting = nil // of tests with a clock of their own
	w := inWindow(t, WithTips(e), 200, 120)
	layer := w.Content().(*tipLayer)
	ring := func() bool { return test.WidgetRenderer(e).(*typedRenderer).ring.Visible() }
	enter := func() { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	e.SetValue("one")
	w.Canvas().Focus(e)
	e.SetText("three")
	if ring() || !e.Typing() {
		t.Error("complains before it was asked to take the text")
	}
	enter()
	if !ring() || e.Text != "three" || len(taken) > 0 || !layer.bubble.Visible() || layer.text.Text != "At most three letters" {
		t.Errorf("refused: ring %v, text %q, taken %q, bubble %v %q", ring(), e.Text, taken, layer.bubble.Visible(), layer.text.Text)
	}
	e.SetText("thr")
	if ring() || layer.bubble.Visible() {
		t.Error("complains about what is mended")
	}
	enter()
	if len(taken) != 1 || taken[0] != "thr" || e.Typing() {
		t.Errorf("taken %q, typing %v", taken, e.Typing())
	}
	e.SetText("again")
	w.Canvas().Unfocus()
	if !ring() || e.Text != "again" {
		t.Errorf("left with nonsense: ring %v, text %q", ring(), e.Text)
	}
	e.SetValue("thr")
	if e.Text != "again" {
		t.Errorf("showing the same value replaces what was refused by %q", e.Text)
	}
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if ring() || e.Text != "thr" {
		t.Errorf("after Escape: ring %v, text %q", ring(), e.Text)
	}
	if told != 4 {
		t.Errorf("told %d times, want twice that it was refused and twice that it was mended", told)
	}
}

// TestTypedEntryTellsAnother: with a place of its own for the reason, the entry tells it while one
// types.
func TestTypedEntryTellsAnother(t *testing.T) {
	var told []bool
	e := NewTypedEntry(short, func(string) {})
	e.Wrong = func(err error) { told = append(told, err != nil) }
	inWindow(t, e, 200, 40)
	e.SetText("four")
	e.SetText("two")
	if len(told) != 2 || !told[0] || told[1] {
		t.Errorf("told %v, want wrong and then mended", told)
	}
}
