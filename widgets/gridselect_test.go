package widgets

import (
	"image"
	"image/color"
	"slices"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// With Shift a click chooses a range, with Ctrl one more or less, and one alone ends it; the
// keyboard does the same.
func TestPictureGridChooses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewPictureGrid(40, func(int) image.Image { return plain(8, 8, color.Gray{100}) }, nil)
		tapped, told := -1, []int(nil)
		g.OnTapped = func(i int) { tapped = i }
		g.OnSelect = func(items []int) { told = items }
		w := inWindow(t, g, 288, 200) // 4 columns
		settled(w)
		click := func(i int, held fyne.KeyModifier) {
			at := g.layout().at(i).AddXY(5, 5)
			g.body.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Modifier: held})
			g.body.Tapped(&fyne.PointEvent{Position: at})
		}
		press := func(key fyne.KeyName) { g.body.TypedKey(&fyne.KeyEvent{Name: key}) }
		for _, step := range []struct {
			what string
			do   func()
			want []int
		}{
			{"a click", func() { click(2, 0) }, nil},
			{"Shift and a click", func() { click(5, fyne.KeyModifierShift) }, []int{2, 3, 4, 5}},
			{"Shift and a click before", func() { click(1, fyne.KeyModifierShift) }, []int{1, 2}},
			{"Ctrl and a click", func() { click(7, fyne.KeyModifierShortcutDefault) }, []int{1, 2, 7}},
			{"Ctrl and a click again", func() { click(2, fyne.KeyModifierShortcutDefault) }, []int{1, 7}},
			{"Escape", func() { press(fyne.KeyEscape) }, nil},
			{"an arrow", func() {
				g.body.goTo(4)
				g.body.MouseDown(&desktop.MouseEvent{})
				g.body.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
				g.body.selection.anchor = -1
				press(fyne.KeyRight)
			}, []int{4, 5}},
			{"another arrow", func() { press(fyne.KeyDown) }, []int{4, 5, 6, 7, 8, 9}},
			{"an arrow without Shift", func() { g.body.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft}); press(fyne.KeyRight) }, []int{4, 5, 6, 7, 8, 9}},
			{"Enter", func() { press(fyne.KeyReturn) }, nil},
		} {
			step.do()
			if got := g.Selected(); !slices.Equal(got, step.want) || !slices.Equal(told, step.want) {
				t.Errorf("%s: %v are chosen, %v told, want %v", step.what, got, told, step.want)
			}
		}
		if tapped != 10 {
			t.Errorf("tapped %d, want 10", tapped)
		}
		g.body.TypedShortcut(&fyne.ShortcutSelectAll{})
		shown := 0
		for _, b := range g.body.selection.boxes {
			if b.Visible() {
				shown++
			}
		}
		if n := len(g.Selected()); n != 40 || shown == 0 || shown > 24 {
			t.Errorf("%d of 40 are chosen, %d boxes are drawn", n, shown)
		}
		g.ReplaceItems(3, func(int) image.Image { return nil }, nil)
		if n := len(g.Selected()); n != 0 {
			t.Errorf("%d are chosen of other items", n)
		}
		g.Close()
	})
}
