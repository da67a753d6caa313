package export

import (
	"context"
	"io"
	"slices"

	"ganvas/engine/ckpt"
	"ganvas/engine/nn"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// Safetensors writes weights and buffers with PyTorch's names, shapes and order of numbers: of a
// part alone, whose names are those of a state dict ("0.weight"), or without a part of all players
// that the checkpoint has, whose names then begin with "g.", "d." and "ema.".
func (s *Source) Safetensors(ctx context.Context, path string, part Part, o Options) error {
	if err := wholefile.Check(path, wholefile.Mode(o.Replace)); err != nil {
		return err
	}
	state, err := s.torchState(part, o)
	if err != nil {
		return err
	}
	total := int64(0)
	for _, e := range state.Entries {
		total += 4 * int64(len(e.F32))
	}
	return wholefile.Write(path, wholefile.Mode(o.Replace), func(w io.Writer) error {
		return ckpt.EncodeSafetensors(&counted{Writer: w, err: ctx.Err, told: func(done int64) { o.progress(min(done, total), total) }}, state)
	})
}

// torchState returns what Safetensors writes.
func (s *Source) torchState(part Part, o Options) (*ckpt.State, error) {
	state := &ckpt.State{Meta: map[string]string{"format": "pt"}}
	add := func(prefix string, part Part, raw bool) error {
		n, err := s.Network(part, raw)
		if err != nil {
			return err
		}
		for _, p := range slices.Concat(n.Params, n.Buffers) {
			state.Entries = append(state.Entries, ckpt.Entry{Name: entryName(prefix, part, n, p), DType: "F32", Shape: p.TorchShape(), F32: p.Torch()})
		}
		for _, p := range s.properties(o.Version, part, raw, n) {
			if prefix == "" || p.Key != "ganvas.part" && p.Key != "ganvas.weights" {
				state.Meta[p.Key] = p.Value
			}
		}
		return nil
	}
	if part != "" {
		return state, add("", part, o.Raw)
	}
	if s.Recipe.EMA > 0 {
		if err := add("ema.", Generator, false); err != nil {
			return nil, err
		}
	}
	for _, part := range []Part{Generator, Discriminator} {
		if !session.Holds(s.state, string(part)) && s.Recipe.EMA > 0 {
			continue // a checkpoint that keeps the averaged generator alone
		}
		if err := add(string(part)+".", part, true); err != nil {
			return nil, err
		}
	}
	return state, nil
}

// entryName returns what an array is called in a file: as in a state dict where the file has one
// network alone, "g1.0.weight" for that of one of several.
func entryName(prefix string, part Part, n *nn.Net, p *nn.Param) string {
	if prefix == "" && n.Count() > 1 {
		prefix = string(part) + "."
	}
	return nn.EntryName(prefix, p.Name)
}
