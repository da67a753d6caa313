package gan

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// Tensors calls f with every array that the next step depends on, and its name: weights and buffers
// of both networks ("g.0.weight"), of the average ("ema.0.weight"), and what the optimisers
// remember ("optg.0.weight.m"), in a fixed order.
func (t *Trainer) Tensors(f func(name string, x *tensor.Tensor)) {
	network := func(prefix string, n *nn.Net) {
		for _, p := range n.Params {
			f(nn.EntryName(prefix, p.Name), p.Value)
		}
		for _, p := range n.Buffers {
			f(nn.EntryName(prefix, p.Name), p.Value)
		}
	}
	network("g.", t.G)
	network("d.", t.D)
	if t.Average != nil {
		network("ema.", t.Average)
	}
	t.OptG.Tensors(func(name string, x *tensor.Tensor) { f(nn.EntryName("optg.", name), x) })
	t.OptD.Tensors(func(name string, x *tensor.Tensor) { f(nn.EntryName("optd.", name), x) })
}

// Meta returns all else that the next step depends on, as text: counters and the states of random
// streams.
func (t *Trainer) Meta() map[string]string {
	m := map[string]string{
		"step":       strconv.FormatInt(t.Step, 10),
		"optg.steps": strconv.FormatInt(t.OptG.Steps, 10),
		"optd.steps": strconv.FormatInt(t.OptD.Steps, 10),
	}
	if t.ada != (adaptation{}) {
		m["ada.p"] = strconv.FormatFloat(t.ada.p, 'g', -1, 64)
		m["ada.signSum"] = strconv.FormatFloat(t.ada.signSum, 'g', -1, 64)
		m["ada.updates"] = strconv.Itoa(t.ada.updates)
	}
	t.balance.meta(m)
	first, later := t.streams.named()
	for _, streams := range []map[string]*Stream{first, later} {
		for key, s := range streams {
			m[key] = hex.EncodeToString(s.State())
		}
	}
	return m
}

// SetMeta is the inverse of Meta. What a saving of an earlier version does not have is left as it
// is, at its beginning.
func (t *Trainer) SetMeta(m map[string]string) error {
	for key, dst := range map[string]*int64{"step": &t.Step, "optg.steps": &t.OptG.Steps, "optd.steps": &t.OptD.Steps} {
		n, err := strconv.ParseInt(m[key], 10, 64)
		if err != nil || n < 0 {
			return fmt.Errorf("restore trainer: %s is %q, want a number", key, m[key])
		}
		*dst = n
	}
	t.ada, t.normsG, t.normsD = adaptation{}, layerNorms{}, layerNorms{}
	if _, ok := m["ada.p"]; ok {
		var err [3]error
		t.ada.p, err[0] = strconv.ParseFloat(m["ada.p"], 64)
		t.ada.signSum, err[1] = strconv.ParseFloat(m["ada.signSum"], 64)
		t.ada.updates, err[2] = strconv.Atoi(m["ada.updates"])
		if err := errors.Join(err[:]...); err != nil {
			return fmt.Errorf("restore trainer: adaptive augmentation: %w", err)
		}
	}
	if err := t.balance.setMeta(m); err != nil {
		return fmt.Errorf("restore trainer: %w", err)
	}
	streams, later := t.streams.named()
	for key, s := range later {
		if _, ok := m[key]; ok {
			streams[key] = s
		}
	}
	for key, s := range streams {
		b, err := hex.DecodeString(m[key])
		if err == nil {
			err = s.Restore(b)
		}
		if err != nil {
			return fmt.Errorf("restore trainer: %s: %w", key, err)
		}
	}
	return nil
}
