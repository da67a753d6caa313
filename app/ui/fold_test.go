package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestFold gives a page of three columns less and less room: the main one stays beside one other,
// then all take turns.
func TestFold(t *testing.T) {
	test.NewTempApp(t)
	content := make([]*canvas.Rectangle, 3)
	for i := range content {
		content[i] = canvas.NewRectangle(nil)
	}
	content[2].SetMinSize(fyne.NewSize(0, 600))
	f := NewFold(1, Column{Title: "Charts", Width: 0.4, Least: 250, Content: content[0]},
		Column{Title: "Picture", Width: 0.6, Least: 300, Content: content[1]},
		Column{Title: "Settings", Width: 296, Content: content[2]})
	w := test.NewTempWindow(t, f.Box)
	w.SetPadded(false)
	check := func(width float32, shown, tabs []int) {
		t.Helper()
		w.Resize(fyne.NewSize(width, 400))
		var gotShown, gotTabs []int
		var end float32
		for i, s := range f.scrolls {
			if s.Visible() {
				gotShown = append(gotShown, i)
				if s.Position().X < end {
					t.Errorf("width %v: column %d begins at %v, over the one that ends at %v", width, i, s.Position().X, end)
				}
				end = s.Position().X + s.Size().Width
				if s.Size().Width < f.columns[i].least() {
					t.Errorf("width %v: column %d gets %v of the %v that it needs", width, i, s.Size().Width, f.columns[i].least())
				}
			}
			if f.bar.Visible() && f.tabs[i].Visible() {
				gotTabs = append(gotTabs, i)
			}
		}
		if !slices.Equal(gotShown, shown) || !slices.Equal(gotTabs, tabs) {
			t.Errorf("width %v: shows %v with tabs of %v, want %v and %v", width, gotShown, gotTabs, shown, tabs)
		}
		if end < width-0.01 || end > width+0.01 {
			t.Errorf("width %v: the columns end at %v", width, end)
		}
	}
	check(1200, []int{0, 1, 2}, nil)
	check(870, []int{0, 1, 2}, nil)
	check(800, []int{0, 1}, []int{0, 2})
	test.Tap(f.tabs[2])
	check(800, []int{1, 2}, []int{0, 2})
	check(500, []int{2}, []int{0, 1, 2})
	if s := f.scrolls[2]; s.Content.Size().Height != 600 || s.Size().Height > 400 {
		t.Errorf("a column of %v in %v does not scroll", s.Content.Size().Height, s.Size().Height)
	}
	f.scrolls[2].ScrollToOffset(fyne.NewPos(0, 90))
	test.Tap(f.tabs[1])
	test.Tap(f.tabs[2])
	if at := f.scrolls[2].Offset.Y; at != 90 {
		t.Errorf("its tab shows it scrolled by %v, want as it was left, by 90", at)
	}
	f.Show(2)
	if at := f.scrolls[2].Offset.Y; at != 0 {
		t.Errorf("shown scrolled by %v, want its head", at)
	}
	f.Show(1)
	check(500, []int{1}, []int{0, 1, 2})
	check(1200, []int{0, 1, 2}, nil)
	content[2].Hide() // a column that is not there takes no room and has no tab
	f.Relayout()
	check(600, []int{0, 1}, nil)
	check(400, []int{1}, []int{0, 1})
	if least := f.Box.MinSize(); least.Width != 300 || least.Height > 200 {
		t.Errorf("needs %v", least)
	}
}

// TestFoldTabOrder: the tabs, which stand above the columns, are what Tab comes to first.
func TestFoldTabOrder(t *testing.T) {
	test.NewTempApp(t)
	inColumn := []*widget.Button{widget.NewButton("a", nil), widget.NewButton("b", nil)}
	f := NewFold(0, Column{Title: "A", Width: 300, Content: inColumn[0]}, Column{Title: "B", Width: 300, Content: inColumn[1]})
	w := test.NewTempWindow(t, f.Box)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 200))
	for i, want := range []fyne.Focusable{f.tabs[0], f.tabs[1], inColumn[0], f.tabs[0]} {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != want {
			t.Fatalf("Tab %d leads to %v, want %v", i+1, got, want)
		}
	}
}
