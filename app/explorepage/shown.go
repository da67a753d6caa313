package explorepage

import (
	"slices"
	"strconv"

	"ganvas/app/studio"
)

// Shown returns the picture that is shown; false where there is none.
func (p *Page) Shown() (studio.Shown, bool) {
	if !p.ready || p.picture() == nil {
		return studio.Shown{}, false
	}
	now, f := p.trail.Now, p.last
	if i := p.saved.chosen(); now.saved && i >= 0 {
		l := p.saved.latents[i]
		if c := p.saved.contents[i]; c != nil && c.picture() != nil && len(l.Z) == len(p.place.z) {
			return studio.Shown{Picture: c.picture(), Z: l.Z, Class: l.Class, Part: l.Part, Step: l.Step, Averaged: f.averaged, Find: &l}, true
		}
		return studio.Shown{}, false
	}
	n := studio.Shown{
		Picture: f.content.picture(), Z: f.z, Class: f.class, Part: f.part, Step: f.step, Averaged: f.averaged, Generator: f.of,
	}
	if seed, err := strconv.ParseUint(now.seed, 10, 64); err == nil && slices.Equal(f.z, now.z) {
		n.Seed = &seed
	}
	return n, true
}
