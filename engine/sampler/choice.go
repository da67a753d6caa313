package sampler

import (
	"math"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/splitmix"
)

// Classes returns how many classes the generator is told apart, 0 if it is told none.
func (g *Generator) Classes() int {
	if r := g.net.Role(); r.ConcatEmbed {
		return r.Classes
	}
	return 0
}

// Count returns how many networks the generator is.
func (g *Generator) Count() int { return g.net.Count() }

// Choose has the next items be of a class and made by one of several networks. Where that is −1, as
// it is at first, what an item is follows from its latent: each class and each network is as likely
// as any other, and the same latent always gives the same item, whatever is rendered beside it.
func (g *Generator) Choose(class, part int) { g.class, g.part = class, part }

// Blend has a share, from 0 to 1, of the next items' class be another class: the embeddings of both
// are mixed. A share of 0 ends that.
func (g *Generator) Blend(with int, share float32) {
	g.blend = nn.Blend{With: int32(with), Share: share}
}

// Chosen tells whether the class or the network of the next items was chosen.
func (g *Generator) Chosen() bool { return g.class >= 0 || g.part >= 0 }

// Choice returns what Choose was told last.
func (g *Generator) Choice() (class, part int) { return g.class, g.part }

// ChoiceOf returns the class of a latent's item and which network makes it.
func (g *Generator) ChoiceOf(z []float32) (class, part int) {
	c, part := g.choose(z)
	return int(c), part
}

// choose returns the class of a latent, and the network that makes its item.
func (g *Generator) choose(z []float32) (class int32, part int) {
	class, part = int32(g.class), g.part
	if class >= 0 && part >= 0 {
		return class, part
	}
	h := uint64(14695981039346656037) // FNV-1a, and the finaliser of SplitMix64, which spreads over all bits
	for _, v := range z {
		h = (h ^ uint64(math.Float32bits(v))) * 1099511628211
	}
	h = splitmix.Mix(h)
	if class < 0 {
		class = int32(h % uint64(max(1, g.Classes())))
	}
	if part < 0 {
		part = int((h >> 32) % uint64(g.Count()))
	}
	return class, part
}

// forward returns the items of latents x.
func (g *Generator) forward(b *nn.Bound, x *grad.Value) []float32 {
	b.Change, b.Blend = g.change, g.blend
	n, k := x.Rows(), g.Latent()
	classes, parts := make([]int32, n), make([]int, n)
	for i := range n {
		classes[i], parts[i] = g.choose(x.Data[i*k : (i+1)*k])
	}
	if g.Count() == 1 {
		b.Classes = classes
		return b.Forward(x, nn.Eval).Data
	}
	size := g.net.Out.Size()
	out := g.tape.Empty(n, size).Data
	for p := range g.Count() {
		var rows []int
		for i, q := range parts {
			if q == p {
				rows = append(rows, i)
			}
		}
		if len(rows) == 0 {
			continue
		}
		some := b.Part(p)
		z := g.tape.Empty(append([]int{len(rows)}, g.net.In...)...)
		for j, i := range rows {
			copy(z.Data[j*k:(j+1)*k], x.Data[i*k:(i+1)*k])
			some.Classes = append(some.Classes, classes[i])
		}
		items := some.Forward(z, nn.Eval).Data
		for j, i := range rows {
			copy(out[i*size:(i+1)*size], items[j*size:(j+1)*size])
		}
	}
	return out
}

// Rows returns how many rows a sheet has that shows each class in a row, or each network where
// there are no classes; 0 if there is nothing to tell apart.
func (g *Generator) Rows() int {
	if c := g.Classes(); c > 0 {
		return c
	}
	if n := g.Count(); n > 1 {
		return n
	}
	return 0
}

// InRow has the next items be those of a row of such a sheet, and of a column where several
// networks share each class.
func (g *Generator) InRow(row, column int) {
	switch {
	case g.Classes() == 0:
		g.Choose(-1, row%g.Count())
	default:
		g.Choose(row%g.Classes(), column%g.Count())
	}
}

// RenderRows is Render of a sheet whose rows have something to tell apart: of latents
// (rows·columns, Latent) in reading order. What was chosen before holds again afterwards.
func (g *Generator) RenderRows(z []float32, rows, columns int) []float32 {
	class, part := g.class, g.part
	defer g.Choose(class, part)
	k := g.Latent()
	var out []float32
	for row := range rows {
		if g.Count() == 1 || g.Classes() == 0 {
			g.InRow(row, 0)
			out = append(out, g.Render(z[row*columns*k:(row+1)*columns*k], columns)...)
			continue
		}
		for column := range columns {
			at := row*columns + column
			g.InRow(row, column)
			out = append(out, g.Render(z[at*k:(at+1)*k], 1)...)
		}
	}
	return out
}
