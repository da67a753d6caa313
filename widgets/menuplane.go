package widgets

import "fyne.io/fyne/v2"

// A MenuPlane is a DensityView that tells of the other mouse button. A PlanePad's plane must not:
// it would take the clicks that give the pad the keyboard.
type MenuPlane struct {
	DensityView
	OnMenu func(at fyne.Position) // at a place on the canvas; may be nil
}

// NewMenuPlane returns an empty plane.
func NewMenuPlane() *MenuPlane {
	p := &MenuPlane{}
	p.setUp(p)
	return p
}

// TappedSecondary is part of fyne.SecondaryTappable.
func (p *MenuPlane) TappedSecondary(e *fyne.PointEvent) {
	if p.OnMenu != nil {
		p.OnMenu(e.AbsolutePosition)
	}
}
