package widgets

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// manyKinds are more kinds than a page has room for.
func manyKinds() []KindItem {
	var kinds []KindItem
	for i := range 30 {
		kinds = append(kinds, KindItem{
			Name: fmt.Sprintf("kind%02d", i), Title: fmt.Sprintf("Layer %02d", i), Group: fmt.Sprint("Group ", i/10),
			Tooltip: "A sentence about the layer that is much longer than the list of layers is wide, and so takes some lines.",
		})
	}
	kinds[7].Title, kinds[12].Title = "Batch norm", "Layer norm"
	kinds[20].Tooltip = "Needs no normalisation."
	return kinds
}

// menuPage is a page with a stack between two bars.
func menuPage(t *testing.T) (s *LayerStack, w fyne.Window, added *[]string) {
	t.Helper()
	HideMenus() // of the test before
	s = NewLayerStack("Generator", manyKinds())
	added = &[]string{}
	s.OnAdd = func(_ int, kind string) { *added = append(*added, kind) }
	bar := func() fyne.CanvasObject { return container.NewGridWrap(fyne.NewSize(600, 60), widget.NewLabel("bar")) }
	w = inWindow(t, container.NewBorder(bar(), bar(), nil, nil, s), 900, 600)
	s.Set("", testCards(6), "")
	w.Canvas().Capture()
	return s, w, added
}

func openedKinds(t *testing.T, w fyne.Window) *kindList {
	t.Helper()
	f, ok := w.Canvas().Focused().(*kindFilter)
	if !ok {
		t.Fatalf("the keyboard is on %T", w.Canvas().Focused())
	}
	return f.list
}

// TestKindMenuStaysInPage opens the list at every gap: it covers neither bar.
func TestKindMenuStaysInPage(t *testing.T) {
	s, w, _ := menuPage(t)
	page := areaOf(s)
	for i, gap := range s.gaps {
		s.scroll.ScrollToOffset(fyne.NewPos(0, gap.Position().Y-100))
		test.Tap(gap)
		list := areaOf(openedKinds(t, w))
		if list.Y < page.Y || list.Y+list.Height > page.Y+page.Height || list.X < 0 || list.X+list.Width > 900 {
			t.Errorf("gap %d: the list is at %v of size %v, the page at %v of size %v", i, list.Position, list.Size, page.Position, page.Size)
		}
		HideMenus()
	}
}

// TestKindMenuTellsWhole finds every word of the sentences in the list, under the names of the
// groups.
func TestKindMenuTellsWhole(t *testing.T) {
	s, w, _ := menuPage(t)
	test.Tap(s.gaps[0])
	l := openedKinds(t, w)
	heads := 0
	for _, o := range l.column.Objects {
		row, ok := o.(*kindRow)
		if !ok {
			heads++
			continue
		}
		var drawn string
		right := float32(0)
		for _, text := range test.WidgetRenderer(row.about).Objects() {
			drawn += " " + text.(*canvas.Text).Text
			right = max(right, text.(*canvas.Text).MinSize().Width)
		}
		if drawn != " "+row.item.Tooltip || right > row.about.Size().Width {
			t.Errorf("%s: drawn %q, %v of %v wide", row.item.Name, drawn, right, row.about.Size().Width)
		}
		if need := row.about.Position().Y + row.about.heightAt(row.about.Size().Width); need > row.Size().Height {
			t.Errorf("%s: needs %v of its %v", row.item.Name, need, row.Size().Height)
		}
	}
	if heads != 3 {
		t.Errorf("%d names of groups, want 3", heads)
	}
}

// TestKindMenuFilters types a part of a name, of two names, of a sentence and of nothing.
func TestKindMenuFilters(t *testing.T) {
	for _, c := range []struct {
		typed string
		want  []string
	}{
		{"norm", []string{"kind07", "kind12"}}, // not the sentence, as there are names
		{"NORM b", []string{"kind07"}},
		{"normalisation", []string{"kind20"}},
		{"group 1 12", nil},
		{"kind29", []string{"kind29"}},
		{"nothing at all", nil},
	} {
		s, w, added := menuPage(t)
		test.Tap(s.gaps[0])
		l := openedKinds(t, w)
		test.Type(l.filter, c.typed)
		var got []string
		for _, row := range l.shown {
			got = append(got, row.item.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q shows %q, want %q", c.typed, got, c.want)
		}
		press(l.filter, fyne.KeyReturn)
		if len(c.want) > 0 && !slices.Equal(*added, c.want[:1]) || len(c.want) == 0 && len(*added) > 0 {
			t.Errorf("%q and Enter add %q", c.typed, *added)
		}
		HideMenus()
	}
}

// TestKindMenuByKeyboard goes to the last kind, which is in sight then, and back to the top.
func TestKindMenuByKeyboard(t *testing.T) {
	s, w, _ := menuPage(t)
	test.Tap(s.gaps[0])
	l := openedKinds(t, w)
	for range len(l.rows) + 3 {
		press(l.filter, fyne.KeyDown)
	}
	if l.marked != len(l.rows)-1 || !seen(l.rows[l.marked], l.scroll) {
		t.Errorf("row %d is marked, in sight %v", l.marked, seen(l.rows[l.marked], l.scroll))
	}
	for range len(l.rows) + 3 {
		press(l.filter, fyne.KeyUp)
	}
	if l.marked != 0 || l.scroll.Offset.Y != 0 {
		t.Errorf("row %d is marked, scrolled to %v", l.marked, l.scroll.Offset.Y)
	}
	w.Canvas().Unfocus()
	l.Tapped(nil)
	if w.Canvas().Focused() != fyne.Focusable(l.filter) {
		t.Error("a tap beside the rows takes the keyboard away for good")
	}
}

// TestKindMenuCloses closes the list as a change of page does, and by a tap beside it.
func TestKindMenuCloses(t *testing.T) {
	s, w, _ := menuPage(t)
	if HideMenus() {
		t.Error("closed though none is open")
	}
	test.Tap(s.gaps[0])
	if !HideMenus() || w.Canvas().Overlays().Top() != nil {
		t.Error("stays open")
	}
	test.Tap(s.gaps[0])
	test.TapCanvas(w.Canvas(), fyne.NewPos(5, 5))
	if w.Canvas().Overlays().Top() != nil || HideMenus() {
		t.Error("counts as open after a tap beside it")
	}
}
