package explorepage

import (
	"slices"
	"testing"
)

// TestPinsAgree: the pins are drawn by the generator that draws the strip between them.
func TestPinsAgree(t *testing.T) {
	r, p := explored(t, quickDigits)
	p.pins.pin(0)
	first := p.pins.slots[0].Picture()
	trainOn(r, p)
	r.Until("the pin alone is drawn anew", func() bool { return !samePicture(p.pins.slots[0].Picture(), first) })
	p.goToSeed("7", "Seed 7")
	r.Until("it went to a seed and drew it", func() bool { return p.trail.Now.origin == "seed 7" && slices.Equal(p.last.z, p.place.z) })
	p.pins.pin(1)
	r.Until("the way shows", func() bool { return p.pins.strip.Count() == stripLength })
	old := p.pins.slots[1].Picture()
	trainOn(r, p)
	r.Until("both pins are drawn anew", func() bool { return !samePicture(p.pins.slots[1].Picture(), old) })
	g, _ := r.S.Run.Session.GeneratorNow(true)
	for i, pin := range p.pins.pins {
		if !samePicture(p.pins.slots[i].Picture(), toPicture(g.Render(pin.z, 1), g.Out())) {
			t.Errorf("pin %d is not what the present generator makes", i)
		}
	}
}
