package nn

import (
	"fmt"
	"slices"
)

// A Misfit is the error of a layer that is misspelt or does not fit what enters it, or of a network that ends in the
// wrong shape.
type Misfit struct {
	Index  int    // of the layer, from 0; −1 if there are no layers
	Layer  string // its text
	In     Shape  // what enters it
	Reason string // what is wrong
	Fixes  []Fix  // ways to mend it, best first; may be empty
}

// A Fix is one way to mend a Misfit.
type Fix struct {
	Title  string   // what it does, for a button: `insert "flatten" before it`
	Layers []string // the whole list of layers with the fix applied
}

// Error names the layer, counted from 1, what is wrong, and the first way to mend it.
func (m *Misfit) Error() string {
	s := "no layers"
	if m.Index >= 0 {
		s = fmt.Sprintf("layer %d %q", m.Index+1, m.Layer)
	}
	s += ": " + m.Reason
	if len(m.Fixes) > 0 {
		s += ": " + m.Fixes[0].Title
	}
	return s
}

// newMisfit makes the error of layer len(shapes), which does not fit for the reason.
func newMisfit(layers []string, in Shape, shapes []Shape, reason string) *Misfit {
	i := len(shapes)
	m := &Misfit{Index: i, Layer: layers[i], In: in, Reason: reason}
	if i > 0 {
		m.In = shapes[i-1]
	}
	m.In = slices.Clone(m.In)
	return m
}

// CheckOutput returns a *Misfit if the network does not fit or does not end in the shape want: the data's for a
// generator, {1} for a discriminator.
func CheckOutput(layers []string, in, want Shape) error {
	shapes, err := Infer(layers, in)
	if err != nil {
		return err
	}
	if len(layers) == 0 {
		return &Misfit{Index: -1, In: slices.Clone(in), Reason: fmt.Sprintf("a network from %v to %v needs at least one layer", in, want)}
	}
	last := len(layers) - 1
	if got := shapes[last]; !got.Equal(want) {
		m := newMisfit(layers, in, shapes[:last], fmt.Sprintf("the network ends in %v where %v is needed", got, want))
		return m
	}
	return nil
}
