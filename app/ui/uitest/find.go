package uitest

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/widgets"
)

// FindAll returns the objects of a kind below root that can be seen.
func FindAll[T any](root fyne.CanvasObject) []T {
	var found []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if o == nil || !o.Visible() {
			return
		}
		if x, ok := o.(T); ok {
			found = append(found, x)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(root)
	return found
}

// Cut returns what scrolls only vertically below root, can be seen, and is too narrow for its content.
func Cut(root fyne.CanvasObject) []fyne.CanvasObject {
	var cut []fyne.CanvasObject
	for _, s := range FindAll[*container.Scroll](root) {
		if s.Direction == container.ScrollVerticalOnly && s.Content.MinSize().Width > s.Size().Width {
			cut = append(cut, s.Content)
		}
	}
	return cut
}

// Button returns the button with a title below root that can be seen, nil if there is none.
func Button(root fyne.CanvasObject, title string) fyne.Tappable {
	for _, b := range FindAll[fyne.Tappable](root) {
		switch x := b.(type) {
		case *widget.Button:
			if x.Text == title {
				return b
			}
		case *widgets.TippedButton:
			if x.Text == title {
				return b
			}
		}
	}
	return nil
}

// Dialog returns what lies on top of the window, nil if nothing does.
func (h *Host) Dialog() fyne.CanvasObject { return h.window.Canvas().Overlays().Top() }

// DialogText returns all that the topmost dialog says, "" if there is none.
func (h *Host) DialogText() string {
	var words []string
	for _, l := range FindAll[*widget.Label](h.Dialog()) {
		words = append(words, l.Text)
	}
	return strings.Join(words, "\n")
}
