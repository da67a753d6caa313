package widgets

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// sightMargin is the room that Reveal leaves around an object, so that its ring is seen whole.
const sightMargin = 6

// Reveal scrolls everything that o lies in until o is in sight. The widgets of this package call it
// when they get the keyboard. It belongs to the UI goroutine.
func Reveal(o fyne.CanvasObject) {
	around := pathTo(o)
	for i, holder := range slices.Backward(around) {
		switch s := holder.(type) {
		case *container.Scroll:
			revealIn(s, o)
		case *KnobList:
			s.reveal(append(around, o)[i+1])
		}
	}
}

// revealIn scrolls s until o, which lies in it, is in sight.
func revealIn(s *container.Scroll, o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(s))
	limit := s.Content.MinSize().Max(s.Size()).Subtract(s.Size())
	to := fyne.NewPos(
		min(limit.Width, max(0, s.Offset.X+wayIntoSight(at.X, o.Size().Width, s.Size().Width))),
		min(limit.Height, max(0, s.Offset.Y+wayIntoSight(at.Y, o.Size().Height, s.Size().Height))))
	if to == s.Offset {
		return
	}
	s.ScrollToOffset(to)
	if s.OnScrolled != nil {
		s.OnScrolled(s.Offset)
	}
}

// wayIntoSight returns how far to scroll a view so that the stretch of size from at on is in it. Of
// what is larger than the view the beginning is shown.
func wayIntoSight(at, size, view float32) float32 {
	margin := max(0, min(sightMargin, (view-size)/2))
	switch {
	case at < margin || size > view:
		return at - margin
	case at+size > view-margin:
		return at + size - view + margin
	}
	return 0
}

// scrollAround gives the wheel to what o lies in. It says whether anything there scrolls.
func scrollAround(o fyne.CanvasObject, e *fyne.ScrollEvent) bool {
	for _, holder := range slices.Backward(pathTo(o)) {
		if s, ok := holder.(fyne.Scrollable); ok {
			s.Scrolled(e)
			return true
		}
	}
	return false
}

// A holder is a widget of this package with objects in it that people use.
type holder interface {
	held() []fyne.CanvasObject
}

// heldBy returns what lies in o as far as that can be known from outside.
func heldBy(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case holder:
		return o.held()
	case *container.Split:
		return []fyne.CanvasObject{o.Leading, o.Trailing}
	case fyne.Widget:
		return contentOf(o)
	}
	return nil
}

// contentOf returns the content of a widget that names it so: Fyne's scroll containers, overrides
// of the theme, cards, and the overlays around dialogs and pop-ups, whose type is not exported.
func contentOf(w fyne.Widget) []fyne.CanvasObject {
	v := reflect.Indirect(reflect.ValueOf(w))
	if v.Kind() != reflect.Struct {
		return nil
	}
	if f := v.FieldByName("Content"); f.IsValid() && f.CanInterface() {
		if content, ok := f.Interface().(fyne.CanvasObject); ok {
			return []fyne.CanvasObject{content}
		}
	}
	return nil
}

// pathTo returns what o lies in, from the canvas' content on inwards; nothing where o is not shown
// or lies in a widget that cannot be looked into.
func pathTo(o fyne.CanvasObject) []fyne.CanvasObject {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	roots := append(slices.Clone(c.Overlays().List()), c.Content())
	for _, root := range slices.Backward(roots) {
		if path, ok := pathFrom(root, o); ok {
			return path
		}
	}
	return nil
}

// pathFrom returns the way from root, which is its first part, to what holds o.
func pathFrom(root, o fyne.CanvasObject) ([]fyne.CanvasObject, bool) {
	if root == o {
		return nil, true
	}
	for _, inner := range heldBy(root) {
		if inner == nil || !inner.Visible() {
			continue
		}
		if path, ok := pathFrom(inner, o); ok {
			return append([]fyne.CanvasObject{root}, path...), true
		}
	}
	return nil, false
}

// A wheelPass lies over a field that would swallow the wheel and gives it to what the field lies
// in.
type wheelPass struct {
	widget.BaseWidget
	field fyne.CanvasObject
	inner func() fyne.Scrollable // that gets the wheel where nothing around the field scrolls; may be nil
}

func newWheelPass(field fyne.CanvasObject, inner func() fyne.Scrollable) *wheelPass {
	w := &wheelPass{field: field, inner: inner}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled is part of fyne.Scrollable.
func (w *wheelPass) Scrolled(e *fyne.ScrollEvent) {
	HideTips()
	if !scrollAround(w.field, e) && w.inner != nil {
		if s := w.inner(); s != nil {
			s.Scrolled(e)
		}
	}
}

// CreateRenderer is part of fyne.Widget.
func (w *wheelPass) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// A wheelGuard lies over a scroll and gives it the wheel as long as that moves it, and else to what
// the scroll lies in.
type wheelGuard struct {
	widget.BaseWidget
	scroll *container.Scroll
}

// ScrollWithin returns a scroll that lies in another one: the wheel goes on to that where the inner
// one is at its end.
func ScrollWithin(s *container.Scroll) *fyne.Container {
	w := &wheelGuard{scroll: s}
	w.ExtendBaseWidget(w)
	return container.NewStack(s, w)
}

// Scrolled is part of fyne.Scrollable.
func (w *wheelGuard) Scrolled(e *fyne.ScrollEvent) {
	s := w.scroll
	most := s.Content.MinSize().Height - s.Size().Height
	moves := e.Scrolled.DY > 0 && s.Offset.Y > 0 || e.Scrolled.DY < 0 && s.Offset.Y < most
	if moves || !scrollAround(s, e) {
		s.Scrolled(e)
	}
}

// CreateRenderer is part of fyne.Widget.
func (w *wheelGuard) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}
