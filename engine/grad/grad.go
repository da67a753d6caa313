package grad

import "fmt"

// Grad returns the gradients of y, a scalar, with respect to xs: for each a value of its shape, or nil where y does not
// depend on it. They are ordinary values on the same tape and can be differentiated again.
// Only what leads from xs to y is visited, and nothing is accumulated anywhere.
func Grad(y *Value, xs ...*Value) []*Value {
	if len(y.Data) != 1 {
		panic(fmt.Sprintf("grad: Grad of a value of shape %v; want a scalar", y.Shape()))
	}
	t := y.tape
	first := t.trace(y, xs)
	seed := t.Full(1, y.Shape()...)
	grads := t.scratch(y.id + 1)
	grads[y.id] = seed
	for id := y.id; id >= first; id-- {
		v, dy := t.nodes[id], grads[id]
		if dy == nil || v.rule == nil || !t.leads[id] {
			continue
		}
		for i, x := range v.in {
			if x == nil || x.id > id || !t.leads[x.id] {
				continue
			}
			if dx := v.rule(v, dy, i); dx != nil {
				if old := grads[x.id]; old != nil {
					dx = Add(old, dx)
				}
				grads[x.id] = dx
			}
		}
	}
	out := make([]*Value, len(xs))
	for i, x := range xs {
		if x.id <= y.id {
			out[i] = grads[x.id]
		}
	}
	clear(grads)
	return out
}

// trace marks in t.leads which nodes up to y lead from any of xs, and returns the first of xs.
func (t *Tape) trace(y *Value, xs []*Value) int {
	if cap(t.leads) < y.id+1 {
		t.leads = make([]bool, 2*(y.id+1))
	}
	t.leads = t.leads[:y.id+1]
	clear(t.leads)
	first := y.id + 1
	for _, x := range xs {
		if x.tape != t {
			panic("grad: Grad with respect to a value on another tape")
		}
		if !x.needs {
			panic("grad: Grad with respect to a constant; use Param or Variable")
		}
		if x.id <= y.id {
			t.leads[x.id] = true
			first = min(first, x.id)
		}
	}
	for id := first; id <= y.id; id++ {
		for _, x := range t.nodes[id].in {
			if x != nil && x.id >= first && x.id < id && t.leads[x.id] {
				t.leads[id] = true
			}
		}
	}
	return first
}

func (t *Tape) scratch(n int) []*Value {
	if cap(t.grads) < n {
		t.grads = make([]*Value, 2*n)
	}
	return t.grads[:n]
}
