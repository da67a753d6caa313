package buildpage

import (
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// A kindRule is what the page must know of one kind of data. What differs between the kinds is in a
// file for each.
type kindRule interface {
	// shape is that of an item, as a recipe wants them.
	shape(r *recipe.Recipe) nn.Shape
	// mayKeep tells whether a recipe for items of shape can learn from data of this kind.
	mayKeep(shape nn.Shape) bool
}

// kinds are the rules of the page. Data of a kind that is not here, or not known yet, count as
// pictures.
var kinds = map[datasets.Kind]kindRule{
	datasets.Pictures: pictures{},
	datasets.Points:   points{},
}

// kindOf is the rule of the kind of a set; nil: nobody knows.
func kindOf(set datasets.Set) kindRule {
	if set != nil {
		if k := kinds[set.Info().Kind]; k != nil {
			return k
		}
	}
	return kinds[datasets.Pictures]
}
