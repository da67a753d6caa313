package buildpage

import (
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// pictures have the size that the recipe brings them to.
type pictures struct{}

func (pictures) shape(r *recipe.Recipe) nn.Shape {
	return nn.Shape{r.ImageSize, r.ImageSize, r.Channels}
}
func (pictures) mayKeep(shape nn.Shape) bool { return shape.Picture() }
