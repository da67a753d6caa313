package gan

import (
	"ganvas/engine/nn"
	"ganvas/engine/sampler"
)

// A Generator makes items from latents.
type Generator = sampler.Generator

// LowMemoryItems is how many items a generator in low memory renders at once.
const LowMemoryItems = sampler.LowMemoryItems

// NewGenerator returns a generator with a copy of a network's weights, for latents of a kind
// ("gaussian" or "uniform").
func NewGenerator(n *nn.Net, kind string) *Generator { return sampler.New(n, kind) }

// A Stream is a named source of random numbers whose state can be saved.
type Stream = sampler.Stream

// NewStream returns the stream of a seed and a name at its beginning.
func NewStream(seed uint64, name string) *Stream { return sampler.NewStream(seed, name) }
