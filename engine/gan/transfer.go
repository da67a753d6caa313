package gan

import (
	"fmt"
	"strings"

	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// Take starts the networks with the weights and buffers that another trainer had, which find
// returns by the names that Tensors gives them: those of the same name and shape, and nothing of
// its optimisers. Several players of one kind all start with those of a single one; an average
// starts with the generator's where the other had none. It returns how many arrays were taken, and
// the names of the others, which stay as they are.
func (t *Trainer) Take(find func(name string) (shape []int, values []float32)) (taken int, left []string) {
	t.Tensors(func(name string, x *tensor.Tensor) {
		if strings.HasPrefix(name, "opt") {
			return
		}
		for _, candidate := range candidates(name) {
			shape, values := find(candidate)
			if fmt.Sprint(shape) == fmt.Sprint(x.Shape) && len(values) == len(x.Data) {
				copy(x.Data, values)
				taken++
				return
			}
		}
		left = append(left, name)
	})
	return taken, left
}

// candidates returns what an array may be called in another game, the likeliest first.
func candidates(name string) []string {
	player, rest, _ := strings.Cut(name, ".")
	one := strings.TrimRight(player, "0123456789")
	out := []string{name, one + "." + rest, one + "0." + rest}
	if one == "ema" {
		out = append(out, "g"+strings.TrimPrefix(player, "ema")+"."+rest, "g."+rest, "g0."+rest)
	}
	return out
}

// keepFrozen drops the gradients of the layers of D that stay as they start.
func (t *Trainer) keepFrozen(n *nn.Net) {
	if t.FreezeD == 0 || n != t.D {
		return
	}
	grads := t.shards[0].grads
	for i, p := range n.Params {
		if l := nn.LayerOf(p.Name); l >= 0 && l < t.FreezeD {
			grads[i] = nil
		}
	}
}
