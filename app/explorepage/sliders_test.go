package explorepage

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// manyDirections has as many directions as are ever shown.
var manyDirections = strings.Replace(apptest.Digits, "latent = 8", "latent = 24", 1)

// TestDoubleClickIsUndone clicks twice on a direction's name, which sets it to 0, and takes that
// back.
func TestDoubleClickIsUndone(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	was := slices.Clone(p.place.z)
	before := p.place.along(0)
	row := uitest.FindAll[*widgets.KnobSlider](p.knobs.directions)[0]
	name := fyne.CurrentApp().Driver().AbsolutePositionForObject(row).AddXY(20, row.Size().Height/2)
	label, ok := objectAt(r.Host.Window().Canvas(), name)
	if !ok {
		t.Fatal("nothing in a direction's name takes a double click")
	}
	label.DoubleTapped(&fyne.PointEvent{})
	if got := p.place.along(0); before == 0 || got > 1e-4 || got < -1e-4 || row.Value() != 0 {
		t.Errorf("direction 1 was %v, is %v, its slider at %v; want 0", before, got, row.Value())
	}
	if undo, _ := p.EditLabels(); undo != "Direction 1" {
		t.Errorf("undo says %q", undo)
	}
	p.Undo()
	if !slices.Equal(p.place.z, was) || row.Value() == 0 {
		t.Errorf("undo leads to %v, with the slider at %v; want %v", p.place.z, row.Value(), was)
	}
}

// objectAt returns what takes a double click at a place of a canvas.
func objectAt(c fyne.Canvas, at fyne.Position) (fyne.DoubleTappable, bool) {
	for _, o := range uitest.FindAll[fyne.DoubleTappable](c.Content()) {
		object := o.(fyne.CanvasObject)
		from := fyne.CurrentApp().Driver().AbsolutePositionForObject(object)
		if in := at.Subtract(from); in.X >= 0 && in.Y >= 0 && in.X < object.Size().Width && in.Y < object.Size().Height {
			return o, true
		}
	}
	return nil, false
}

// TestKeyboardReachesAllDirections goes through the page with Tab: the choice of dragging
// directions comes before the list, and each direction in it comes into sight.
func TestKeyboardReachesAllDirections(t *testing.T) {
	for _, size := range []fyne.Size{fyne.NewSize(1180, 700), pageSizes["scale 2"]} {
		r, p := explored(t, manyDirections)
		w := r.Host.Window()
		w.Resize(size)
		list := p.knobs.directions
		rows, bind := map[fyne.CanvasObject]int{}, list.UpdateItem
		list.UpdateItem = func(i int, row fyne.CanvasObject) {
			rows[row] = i
			bind(i, row)
		}
		list.Refresh()
		reached, axes := map[int]bool{}, 0
		driver := fyne.CurrentApp().Driver()
		for range 200 {
			w.Canvas().FocusNext()
			focused, ok := w.Canvas().Focused().(fyne.CanvasObject)
			if !ok {
				break
			}
			if s, ok := focused.(*widgets.Select); ok && slices.Contains(p.knobs.axes[:], s) {
				if axes++; axes > 2 {
					break // it is round
				}
				if len(reached) > 0 {
					t.Error("the list comes before the choice of the dragging directions")
				}
			}
			for _, k := range uitest.FindAll[*widgets.KnobSlider](list) {
				if !slices.Contains(uitest.FindAll[fyne.Focusable](k), focused.(fyne.Focusable)) {
					continue
				}
				at := driver.AbsolutePositionForObject(k).Subtract(driver.AbsolutePositionForObject(list)).Y
				if at < -0.5 || at+k.Size().Height > list.Size().Height+0.5 {
					t.Errorf("%v: a row has the keyboard at %v of %v", size, at, list.Size().Height)
				}
				reached[rows[k]] = true
			}
		}
		if len(reached) != 24 || axes < 2 {
			t.Errorf("%v: Tab reaches %d directions of 24 and %d choices of 2", size, len(reached), axes)
		}
	}
}
