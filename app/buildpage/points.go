package buildpage

import (
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// points lie in the plane.
type points struct{}

func (points) shape(*recipe.Recipe) nn.Shape { return nn.Shape{2} }
func (points) mayKeep(shape nn.Shape) bool   { return !shape.Picture() }
