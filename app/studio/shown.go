package studio

import (
	"image"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/provenance"
)

// A Shown is the picture that Explore shows. It shares memory with nothing that changes.
type Shown struct {
	Picture     image.Image
	Z           []float32
	Seed        *uint64 // that Z is the first latent of; nil: none
	Class, Part int     // −1: there is none to choose
	Step        int64
	Averaged    bool           // whether it is of the averaged generator
	Generator   *gan.Generator // that made it, of which only the weights may be read; nil: it is of the find
	Find        *ckpt.Latent   // that is shown as it was saved; nil: none is
}

// Record says how the picture was made, by the run that is shown. It may wait for a step and for
// the disk.
func (n Shown) Record(r *Run) (*provenance.Record, error) {
	from, err := r.Provenance(n.Step, n.Averaged)
	if err != nil {
		return nil, err
	}
	if n.Find != nil {
		made := provenance.New(from, r.Session.Generator(n.Averaged))
		made.Weights = "" // of a step of the past they are not known
		return made.OfItems(FindItem(*n.Find)), nil
	}
	made := provenance.New(from, n.Generator)
	if n.Seed != nil {
		return made.OfSeed(n.Class, n.Part, *n.Seed, 0, 1, nil), nil
	}
	return made.OfItems(provenance.Item{Latent: n.Z, Class: n.Class, Maker: n.Part}), nil
}

// Provenance returns what a picture says of the run's generator at a step. It may wait for the
// disk.
func (r *Run) Provenance(step int64, averaged bool) (provenance.Source, error) {
	return r.Session.Provenance(r.s.Version, step, averaged)
}

// FindItem says how a find was made, as it was saved.
func FindItem(l ckpt.Latent) provenance.Item {
	return provenance.Item{Latent: l.Z, Class: l.Class, Maker: l.Part, Run: l.Run, Step: &l.Step}
}
