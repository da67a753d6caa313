package explorepage

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/ui"
	"ganvas/engine/latent"
	"ganvas/widgets"
)

// stripLength is how many pictures the way between two pins has, the pins included.
const stripLength = 7

// A pinBoard holds two spots and shows the way between them, all drawn by the present generator.
type pinBoard struct {
	walk   *walk
	stage  *stage
	chosen func() (class, part int) // what of several classes and generators is drawn
	slots  [2]*widgets.PinSlot
	pins   [2]*spot // nil: none
	strip  *widgets.Strip
	way    []spot // between the pins; none without both
	line   []spot // that is drawn: the way, or the one pin
	box    *fyne.Container
	pinned func() // told when a person has put a pin
}

func newPinBoard(w *walk, t *stage, chosen func() (class, part int), pinned func()) *pinBoard {
	b := &pinBoard{walk: w, stage: t, chosen: chosen, pinned: pinned, strip: widgets.NewStrip("From A to B")}
	for i, name := range []string{"Pin A", "Pin B"} {
		b.slots[i] = widgets.NewPinSlot(name, func() { b.tapped(i) })
		b.slots[i].OnCleared = func() { b.pins[i] = nil; b.interpolate() }
	}
	b.strip.OnTapped = func(i int) {
		if i < len(b.way) {
			s := b.way[i]
			w.goTo(s, fmt.Sprintf("%d %% of the way from A to B", 100*i/(len(b.way)-1)))
		}
	}
	narrow := container.New(ui.Columns{1}, b.strip) // the strip may become narrow
	b.box = widgets.Border(nil, nil,
		widgets.Tip(b.slots[0], "Press to keep the picture above here; press again to go back to it"),
		widgets.Tip(b.slots[1], "Press to keep the picture above here; press again to go back to it"), narrow)
	return b
}

// tapped goes to a pin, or puts one where there is none.
func (b *pinBoard) tapped(i int) {
	if !b.walk.ready || b.stage.picture() == nil {
		return
	}
	if s := b.pins[i]; s != nil {
		b.walk.goTo(*s, []string{"pin A", "pin B"}[i])
		return
	}
	b.pin(i)
}

// pin keeps the place in slot i.
func (b *pinBoard) pin(i int) {
	class, part := b.chosen()
	b.pins[i] = &spot{z: b.walk.place.z, class: class, part: part, inside: b.walk.trail.Now.inside}
	b.slots[i].Set(b.stage.picture())
	b.interpolate()
	b.pinned()
}

func (b *pinBoard) clear() {
	b.pins = [2]*spot{}
	for _, s := range b.slots {
		s.Set(nil)
	}
	b.interpolate()
}

// interpolate has the pins drawn, and the way between them.
func (b *pinBoard) interpolate() {
	b.way = wayBetween(b.pins[0], b.pins[1], b.walk.place.uniform)
	b.line = b.way
	if b.way == nil {
		b.strip.Set(nil)
		b.line = []spot{}
		for _, s := range b.pins {
			if s != nil {
				b.line = append(b.line, *s)
			}
		}
	}
	b.stage.renderer.drawStrip(b.line)
}

// wayBetween returns the spots from one to another: along the sphere for Gaussian latents, whose
// length hardly varies, straight for uniform ones. Class and generator change in the middle.
// Without both ends there is no way.
func wayBetween(from, to *spot, uniform bool) []spot {
	if from == nil || to == nil || len(from.z) != len(to.z) {
		return nil
	}
	way := make([]spot, stripLength)
	for i := range way {
		t := float64(i) / (stripLength - 1)
		s := *from
		if t > 0.5 {
			s = *to
		}
		s.z = latent.Between(from.z, to.z, t, uniform)
		way[i] = s
	}
	return way
}

// drawn shows pins and way as the present generator makes them, unless others were asked for
// meanwhile.
func (b *pinBoard) drawn(s strip) {
	n := len(s.pictures)
	if n == 0 || n != len(b.line) || &s.line[0] != &b.line[0] {
		return
	}
	ends := [2]image.Image{s.pictures[0], s.pictures[n-1]}
	for i, pin := range b.pins {
		if pin != nil {
			b.slots[i].Set(ends[i])
		}
	}
	if b.way != nil {
		b.strip.Set(s.pictures)
	}
}
