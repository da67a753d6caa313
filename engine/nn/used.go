package nn

import (
	"slices"
	"strings"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// Used returns the parameter or buffer called name as evaluation uses it, nil if there is none. Of
// weights that "sn" or "wn" normalises, "3.weight" is what comes out of that, whatever is stored.
// The caller must not change the values.
func (n *Net) Used(name string) *Param {
	for i, p := range n.Params {
		if stored(p.Name) != name {
			continue
		}
		if k, ok := n.kernelAt(i); ok {
			c := &call{Bound: n.Bind(grad.NewTape(), false, nil), mode: Eval}
			q := *p
			q.Name, q.Value = name, tensor.New(p.Value.Shape...)
			copy(q.Value.Data, k.values(c).Data)
			return &q
		}
		return p
	}
	if i := slices.IndexFunc(n.Buffers, func(p *Param) bool { return p.Name == name }); i >= 0 {
		return n.Buffers[i]
	}
	return nil
}

// stored returns what weights are called that are stored under a name for their normalisation.
func stored(name string) string {
	if base, ok := strings.CutSuffix(name, "weight_orig"); ok {
		return base + "weight"
	}
	if base, ok := strings.CutSuffix(name, "weight_v"); ok {
		return base + "weight"
	}
	return name
}

// kernelAt returns what makes used weights of parameter i, and whether anything does.
func (n *Net) kernelAt(i int) (kernel, bool) {
	for _, m := range n.modules {
		if m, ok := m.(interface{ own() kernel }); ok && m.own().weight == i {
			return m.own(), true
		}
	}
	e := n.extras
	for s, at := range []int{e.project, e.classes.weight, e.generators.weight} {
		if n.role.HasHeads() && at == i && e.spectral[s] != nil {
			return kernel{weight: i, spectral: e.spectral[s]}, true
		}
	}
	return kernel{}, false
}

func (k kernel) own() kernel { return k }
