// Package sampler makes items of latents: the named random streams that latents come from, and the
// generator that renders them. It trains nothing and knows no recipes, so that it is small enough
// for a web page.
package sampler

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// Generator makes items from latents. It has weights of its own, so it may be used beside training,
// by one goroutine at a time.
type Generator struct {
	net  *nn.Net
	kind string
	tape *grad.Tape
	kept []tensor.Prepared // of the weights

	brief       bool
	class, part int // of the next items; −1: as their latents say
	blend       nn.Blend
	change      func(layer int, x *grad.Value) *grad.Value
}

// New returns a generator with a copy of a network's weights, for latents of a kind
// ("gaussian" or "uniform").
func New(n *nn.Net, kind string) *Generator {
	return &Generator{net: n.Clone(), kind: kind, tape: grad.NewTape(), class: -1, part: -1}
}

// LowMemoryItems is how many items a generator in low memory renders at once.
const LowMemoryItems = 8

// LowMemory makes g keep nothing of its weights and render few items at once: for a look beside
// training, which needs the memory.
func (g *Generator) LowMemory() *Generator {
	g.brief = true
	return g
}

// Latent returns how many numbers a latent has.
func (g *Generator) Latent() int { return g.net.In.Size() }

// Kind returns how latents are distributed: "gaussian" or "uniform".
func (g *Generator) Kind() string { return g.kind }

// Out returns the shape of an item.
func (g *Generator) Out() nn.Shape { return g.net.Out }

// Net returns the network, to be read only.
func (g *Generator) Net() *nn.Net { return g.net }

// Profile has p count where the time of the next rendering goes; nil ends that.
func (g *Generator) Profile(p *grad.Profile) { g.tape.SetProfile(p) }

// Update takes over the weights of a network of the same layers.
func (g *Generator) Update(n *nn.Net) {
	g.net.CopyFrom(n)
	for i := range g.kept {
		g.kept[i].Forget()
	}
}

// Change has the next items drawn with something else in place of the output of a layer, or of
// several: change is given every layer's output, (N, ...), and returns what the next layer is to be
// given. An activation may be that of the layer before. Nil ends that.
func (g *Generator) Change(change func(layer int, x *grad.Value) *grad.Value) { g.change = change }

// Render returns the items of n latents z, (n, Latent) in a row: pictures (H, W, C) with values in
// [−1, 1], or points. The result is valid until the next call.
func (g *Generator) Render(z []float32, n int) []float32 {
	most := 64 // at once, to bound memory
	if g.brief {
		most = LowMemoryItems
	}
	if n > most {
		out := make([]float32, 0, n*g.net.Out.Size())
		for i := 0; i < n; i += most {
			m := min(most, n-i)
			out = append(out, g.Render(z[i*g.Latent():(i+m)*g.Latent()], m)...)
		}
		return out
	}
	g.tape.Reset()
	x := g.tape.Empty(append([]int{n}, g.net.In...)...)
	copy(x.Data, z)
	if g.brief {
		return g.forward(g.net.BindLowMemory(g.tape), x)
	}
	var b *nn.Bound
	b, g.kept = g.net.BindPrepared(g.tape, g.kept)
	return g.forward(b, x)
}

// Noise returns n latents, (n, Latent) in a row, drawn from a seed; the same for the same seed.
func (g *Generator) Noise(seed uint64, n int) []float32 { return g.Draw(seed)(n) }

// Draw returns a function that draws the next n latents of a seed. In whatever pieces they are
// drawn, they are those that Noise draws at once. What it returns holds until it is called again.
func (g *Generator) Draw(seed uint64) func(n int) []float32 {
	stream := NewStream(seed, "noise")
	var z []float32
	return func(n int) []float32 {
		if z = z[:0]; cap(z) < n*g.Latent() {
			z = tensor.Floats(n * g.Latent())
		}
		z = z[:n*g.Latent()]
		stream.Latents(z, g.kind)
		return z
	}
}
