package nn

import (
	"fmt"
	"strconv"
	"strings"

	"ganvas/engine/grad"
)

// Several returns networks of the same layers as one network with the parameters of all of them.
// Their names begin with the number of the part, as in "1/0.weight"; the memory is that of the
// parts. A single network is returned as it is.
//
// A batch that goes through is divided between the parts in their order, as evenly as it can be.
func Several(parts []*Net) *Net {
	if len(parts) == 1 {
		return parts[0]
	}
	first := parts[0]
	n := &Net{Layers: first.Layers, In: first.In, Out: first.Out, role: first.role, Parts: parts}
	named := func(i int, from []*Param) (out []*Param) {
		for _, p := range from {
			q := *p
			q.Name = fmt.Sprintf("%d/%s", i, p.Name)
			out = append(out, &q)
		}
		return out
	}
	for i, p := range parts {
		n.Params = append(n.Params, named(i, p.Params)...)
		n.Buffers = append(n.Buffers, named(i, p.Buffers)...)
	}
	return n
}

// EntryName returns what an array of a player is called in a file: "g.0.weight" for player "g." and
// name "0.weight", and "g1.0.weight" for "1/0.weight" of several generators.
func EntryName(player, name string) string {
	if part, rest, several := strings.Cut(name, "/"); several {
		return strings.TrimSuffix(player, ".") + part + "." + rest
	}
	return player + name
}

// Count returns how many networks n is.
func (n *Net) Count() int { return max(1, len(n.Parts)) }

// Role returns what n has besides its layers.
func (n *Net) Role() Role { return n.role }

// Part returns network i, n itself if there is only one.
func (n *Net) Part(i int) *Net {
	if n.Parts == nil {
		return n
	}
	return n.Parts[i]
}

// Part returns network i with its values, b itself if there is only one.
func (b *Bound) Part(i int) *Bound {
	if b.Net.Parts == nil {
		return b
	}
	first := 0
	for _, p := range b.Net.Parts[:i] {
		first += len(p.Params)
	}
	n := b.Net.Parts[i]
	return &Bound{Net: n, Values: b.Values[first : first+len(n.Params)], Rand: b.Rand, Change: b.Change, Blend: b.Blend, Classes: b.Classes}
}

// Share returns which items of a batch of n go through part i of k.
func Share(i, k, n int) (lo, hi int) { return i * n / k, (i + 1) * n / k }

// forwardParts sends each part its share of a batch.
func (b *Bound) forwardParts(x *grad.Value, mode Mode) *grad.Value {
	k := len(b.Net.Parts)
	var all *grad.Value
	for i := range b.Net.Parts {
		lo, hi := Share(i, k, x.Rows())
		if lo == hi {
			continue
		}
		p := b.Part(i)
		if b.Classes != nil {
			p.Classes = b.Classes[lo:hi]
		}
		y := p.Forward(grad.Rows(x, lo, hi), mode)
		if all == nil {
			all = y
		} else {
			all = grad.Concat(all, y)
		}
	}
	return all
}

// cloneParts is Clone for several networks.
func (n *Net) cloneParts() *Net {
	parts := make([]*Net, len(n.Parts))
	for i, p := range n.Parts {
		parts[i] = p.Clone()
	}
	return Several(parts)
}

// LayerOf returns the number of the layer that an array called name belongs to, −1 if it belongs to
// none.
func LayerOf(name string) int {
	if _, rest, several := strings.Cut(name, "/"); several {
		name = rest
	}
	number, _, _ := strings.Cut(name, ".")
	i, err := strconv.Atoi(number)
	if err != nil {
		return -1
	}
	return i
}
