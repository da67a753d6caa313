package nn

import (
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/engine/grad"
)

// TestRolesWithNewLayers: heads stand on the features before a last layer with "wn", and an
// embedding may be joined before minibatch layers.
func TestRolesWithNewLayers(t *testing.T) {
	for _, role := range []Role{
		{Classes: 3, AuxClassifier: true}, {Classes: 3, ConcatEmbed: true, Projection: true}, {Classes: 3, ClassLogits: true}, {GeneratorHead: 2},
	} {
		n, err := NewRole([]string{"residual 6 down", "attention", "minibatch-std 2", "flatten", "minibatch-discrimination 3 2", "wn linear 1"}, Shape{4, 4, 2}, role)
		if err != nil {
			t.Fatalf("%+v: %v", role, err)
		}
		n.Init("kaiming", rand.New(rand.NewPCG(1, 2)))
		tape := grad.NewTape()
		b := n.Bind(tape, true, nil)
		b.Classes = []int32{0, 2, 1, 0}
		x := tape.Empty(4, 4, 4, 2)
		rng := rand.New(rand.NewPCG(3, 4))
		for i := range x.Data {
			x.Data[i] = float32(rng.NormFloat64())
		}
		y := b.Forward(x, Train)
		if !slices.Equal(y.Shape(), []int{4, 1}) {
			t.Errorf("%+v: output of shape %v", role, y.Shape())
		}
		if got := b.Heads.Features.Shape(); !slices.Equal(got, []int{4, 2*2*7 + 3}) {
			t.Errorf("%+v: features of shape %v", role, got)
		}
		if name, bad := n.NonFinite(grad.Grad(grad.Sum(y), b.Values...)); bad {
			t.Errorf("%+v: gradient of %s is not finite", role, name)
		}
		// Features are the pixels of a picture and three numbers more, in another order in files
		// for others.
		for _, p := range n.Params {
			before := slices.Clone(p.Value.Data)
			p.SetTorch(p.Torch())
			if !slices.Equal(before, p.Value.Data) {
				t.Errorf("%+v: SetTorch does not undo Torch for %s", role, p.Name)
			}
		}
	}
}
