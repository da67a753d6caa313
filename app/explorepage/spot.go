package explorepage

import (
	"fmt"

	"github.com/dustin/go-humanize"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/latent"
	"ganvas/engine/nn"
)

// A spot is where Explore stands, and what is shown there. Its slices are never written.
type spot struct {
	z           []float32
	origin      string    // what the spot is: "seed 7", "moved", "pin A"
	seed        string    // that z is the latent of; empty: none
	class, part int       // that are asked for; −1: there is none to choose
	inside                // what is done to the generator while it draws
	home        []float32 // where Reset goes: the last seed
	homeSeed    string
	find        int64 // the kept latent that was chosen; 0: none
	saved       bool  // the find is shown as it was saved
}

// An inside is what is done to a generator while it draws, besides its latent.
type inside struct {
	change *latent.Change // of its layers; nil: nothing
	blend  nn.Blend       // of a second class
}

// on has g draw with it from now on; false if it is of another generator.
func (i inside) on(g *gan.Generator) bool {
	if i.change.Fits(g) != nil || i.blend.Share != 0 && int(i.blend.With) >= g.Classes() {
		return false
	}
	g.Change(i.change.On())
	g.Blend(int(i.blend.With), i.blend.Share)
	return true
}

// at returns the spot after a move to z; what is done inside stays.
func (s spot) at(z []float32) spot {
	s.z, s.origin, s.seed, s.find, s.saved = z, "moved", "", 0, false
	return s
}

// called returns the spot with a name, and with a class and a generator where they are not −1.
func (s spot) called(origin string, class, part int) spot {
	s.origin = origin
	if class >= 0 {
		s.class = class
	}
	if part >= 0 {
		s.part = part
	}
	return s
}

// atSeed returns the spot at the latent z of a seed, where Reset goes from then on.
func (s spot) atSeed(seed string, z []float32) spot {
	s = s.at(z)
	s.inside = inside{}
	s.origin, s.seed, s.home, s.homeSeed = "seed "+seed, seed, z, seed
	return s
}

// back returns the spot where Reset goes.
func (s spot) back() spot { return s.atSeed(s.homeSeed, s.home) }

// atFind returns the spot at a kept latent, which shows as it was saved where that is kept. A
// latent of another length than the spot's is of another generator: the spot stays where it is, and
// only what was kept can be shown.
func (s spot) atFind(l ckpt.Latent, kept bool) spot {
	z := s.z
	if len(l.Z) == len(s.z) {
		z = l.Z
		s = s.called("", l.Class, l.Part)
	}
	s = s.at(z)
	s.inside = inside{}
	s.origin, s.find, s.saved = l.Name, l.ID, kept
	return s
}

// text says what is shown at the spot by a generator of some step; l is the find, nil where there
// is none, and kept whether what it gave is kept with it.
func (s spot) text(l *ckpt.Latent, kept bool, step int64) string {
	if l == nil {
		return s.origin
	}
	text := fmt.Sprintf("%s: as saved at step %s", l.Name, humanize.Comma(l.Step))
	fits := len(l.Z) == len(s.z)
	switch {
	case s.saved && !fits:
		return text + ", by another generator"
	case s.saved:
		return text
	case !kept && !fits:
		return l.Name + ": of another generator, and saved without a picture"
	}
	return fmt.Sprintf("%s: as it is now, at step %s", l.Name, humanize.Comma(step))
}
