package recipe

import (
	"fmt"
	"math"

	"ganvas/engine/nn"
)

// placeProblems checks that layers which keep where they found their largest values can tell the
// places of a whole batch apart: they number them in 32 bits. Items of shape item fit the networks.
func (r *Recipe) placeProblems(item nn.Shape) []Problem {
	in, seen := r.Inputs(item)
	for _, x := range []struct {
		table  string
		layers []string
		in     nn.Shape
		items  int // that go through at once for an item of the batch
	}{{"g", r.G.Layers, in, 1}, {"d", r.D.Layers, seen, 2}} {
		shapes, err := nn.Infer(x.layers, x.in)
		if err != nil {
			continue
		}
		before := x.in
		for i, text := range x.layers {
			l, _ := nn.ParseLayer(text)
			most := math.MaxInt32 / x.items / before.Size()
			if x.table == "d" {
				most *= max(1, r.Pack)
			}
			if (l.Kind == "maxpool" || l.Kind == "maxout") && r.Batch > most {
				return []Problem{{Key: "batch", element: -1, Message: fmt.Sprintf("layer %d of %s.layers, %q, numbers the places of all values of a batch, of which there would be too many: make it at most %d", i+1, x.table, text, most)}}
			}
			before = shapes[i]
		}
	}
	return nil
}
