package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestTabs chooses parts with the keyboard and with the mouse.
func TestTabs(t *testing.T) {
	a, b, c := widget.NewButton("a", nil), widget.NewButton("b", nil), widget.NewButton("c", nil)
	tabs := NewTabs(Tab{"A", a}, Tab{"Second", b}, Tab{"C", c})
	told := -1
	tabs.OnSelected = func(i int) { told = i }
	w := inWindow(t, tabs, 300, 200)
	check := func(how string, want int) {
		t.Helper()
		for i, o := range []fyne.CanvasObject{a, b, c} {
			if o.Visible() != (i == want) {
				t.Errorf("%s: part %d shows: %v, want %d alone", how, i, o.Visible(), want)
			}
		}
		if tabs.Selected() != want {
			t.Errorf("%s: %d is selected, want %d", how, tabs.Selected(), want)
		}
	}
	check("at first", 0)
	w.Canvas().FocusNext()
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != fyne.Focusable(tabs.heads[1]) {
		t.Fatalf("Tab leads to %v, want the second title", w.Canvas().Focused())
	}
	press := func(key fyne.KeyName) { w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key}) }
	press(fyne.KeyReturn)
	check("Enter", 1)
	press(fyne.KeyRight)
	check("Right", 2)
	press(fyne.KeyRight)
	check("Right at the end", 2)
	press(fyne.KeyLeft)
	check("Left", 1)
	if w.Canvas().Focused() != fyne.Focusable(tabs.heads[1]) || told != 1 {
		t.Errorf("the keyboard is on %v, told of %d", w.Canvas().Focused(), told)
	}
	test.Tap(tabs.heads[0])
	check("a click", 0)
	w.Canvas().Focus(tabs.heads[0])
	tabs.SetShown(1, false)
	press(fyne.KeyRight)
	check("Right over a hidden title", 2)
	tabs.SetShown(2, false)
	check("the part that shows is hidden", 0)
	tabs.SetShown(2, true)
	tabs.Select(2)
	check("shown again", 2)
}
