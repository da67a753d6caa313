package session

import (
	"context"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// TrainingItems opens the data of a recipe and returns the items that a run deals out: those that
// are not held out. Of a semi-supervised game known are those whose classes the discriminator is
// told, by their places among the items; otherwise nil.
func TrainingItems(ctx context.Context, r *recipe.Recipe) (items datasets.Set, known []int, err error) {
	data, err := datasets.Open(ctx, r.Data, DataOptions(r), nil)
	if err != nil {
		return nil, nil, err
	}
	if items, err = trainingPart(r, data); err != nil || !r.SemiSupervised {
		return items, nil, err
	}
	part, err := knownPart(r, items)
	if err != nil {
		return nil, nil, err
	}
	return items, part.Items, nil
}

// knownPart returns the items of known classes of those that are dealt out.
func knownPart(r *recipe.Recipe, dealt datasets.Set) (*datasets.Subset, error) {
	return datasets.Labelled(dealt, r.Labelled, gan.NewStream(r.Seed, "labelled").Uint64())
}
