// Package onnx writes networks as ONNX models, as evaluation uses them: with running statistics,
// without dropout and noise, with normalised weights as they come out. Pictures are (N, C, H, W)
// there, and the size of the batch N is free. It neither reads nor runs such models.
package onnx

import (
	"context"
	"io"

	"ganvas/engine/export/wire"
	"ganvas/engine/nn"
)

const (
	opset     = 17 // of operators; ONNX 1.12
	irVersion = 8  // of the format, which that opset needs at least
)

// A Model is what is to be written.
type Model struct {
	Net           *nn.Net
	Discriminator bool                    // what Net is; otherwise a generator
	Name, Doc     string                  // of the graph, for people
	Version       string                  // of the program
	Metadata      []Property              // for programs, in this order
	Progress      func(done, total int64) // bytes; may be nil
}

// A Property is a key and a value of a model's metadata.
type Property struct{ Key, Value string }

// Write writes the model. A layer that cannot be expressed is refused by its number and name, and a
// model of more than 2 GiB too. It stops with ctx's error when that is cancelled.
//
// A generator has the inputs "latent" (N, numbers), with classes "class" (N), of several
// "generator" (N), and the output "item". A discriminator has the input "item", where it is told
// the class "class", and the output "score" (N, 1), the logit, with a column for each of several;
// where it names classes also "classes", and where it tells generators apart "generators", logits.
func Write(ctx context.Context, w io.Writer, m Model) error {
	g := &graph{}
	build := g.generator
	if m.Discriminator {
		build = g.discriminator
	}
	if err := build(m.Net); err != nil {
		return err
	}
	if m.Progress == nil {
		m.Progress = func(int64, int64) {}
	}
	return g.write(ctx, w, m.head(), m.Name, m.Progress)
}

// head returns all of the model but the graph.
func (m Model) head() []byte {
	const key, value = 1, 2 // StringStringEntryProto
	b := wire.Int(nil, modelIRVersion, irVersion)
	b = wire.Text(b, modelProducerName, "Ganvas")
	b = wire.Text(b, modelProducerVersion, m.Version)
	b = wire.Text(b, modelDoc, m.Doc)
	b = wire.Message(b, modelOpset, wire.Int(nil, opsetVersion, opset))
	for _, p := range m.Metadata {
		b = wire.Message(b, modelMetadata, wire.Text(wire.Text(nil, key, p.Key), value, p.Value))
	}
	return b
}
