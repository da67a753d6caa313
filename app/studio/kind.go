package studio

import (
	"ganvas/datasets"
	"ganvas/engine/nn"
)

// KindOf returns the kind of items of a shape. Flat items are points: nothing trains on tables.
func KindOf(shape nn.Shape) datasets.Kind {
	if shape.Picture() {
		return datasets.Pictures
	}
	return datasets.Points
}

// Kind returns the kind of what the run's generators make. Where neither the data nor the recipe
// tell, it is pictures: they alone come from files of any name.
func (r *Run) Kind() datasets.Kind {
	if r.Data != nil {
		return r.Data.Info().Kind
	}
	if shape, ok := r.Recipe.DataShape(); ok {
		return KindOf(shape)
	}
	return datasets.Pictures
}
