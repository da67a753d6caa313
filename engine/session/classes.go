package session

import (
	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// loaders deal out the batches of a run.
type loaders struct {
	all   *datasets.Loader
	known *datasets.Loader // semi-supervised: items whose classes are known, otherwise nil
}

// newTrainer returns a trainer at step 0 with its data. Which labels are known, and their order, come from streams of the seed.
func newTrainer(r *recipe.Recipe, data datasets.Set) (*gan.Trainer, loaders, error) {
	l := loaders{all: datasets.NewLoader(data, r.Seed, r.Mirror)}
	if r.Conditional != "none" {
		if err := datasets.AllLabelled(data); err != nil {
			return nil, l, err
		}
	}
	t, err := gan.New(r, ItemShape(data), l.all)
	if err != nil || !r.SemiSupervised {
		return t, l, err
	}
	part, err := datasets.Labelled(data, r.Labelled, gan.NewStream(r.Seed, "labelled").Uint64())
	if err != nil {
		return nil, l, err
	}
	l.known = datasets.NewLoader(part, gan.NewStream(r.Seed, "known").Uint64(), r.Mirror)
	t.Known = l.known
	return t, l, nil
}
