package grad

import (
	"fmt"
	"slices"

	"ganvas/engine/tensor"
)

// Grad returns the gradients of y, a scalar, with respect to xs: for each a value of its shape, or nil where y does not
// depend on it. They are ordinary values on the same tape and can be differentiated again.
// Only what leads from xs to y is visited, and nothing is accumulated anywhere.
func Grad(y *Value, xs ...*Value) []*Value {
	if len(y.Data) != 1 {
		panic(fmt.Sprintf("grad: Grad of a value of shape %v; want a scalar", y.Shape()))
	}
	t := y.tape
	t.norm.forget()
	first := t.trace(y, xs)
	grads := t.scratch(y.id + 1)
	t.keep(&grads[y.id], t.Full(1, y.Shape()...))
	for id := y.id; id >= first; id-- {
		v, dy := t.nodes[id], grads[id]
		if dy == nil || v.rule == nil || !t.leads[id] {
			continue
		}
		wanted := slices.Contains(xs, v)
		t.last.consumed = nil
		for i, x := range v.in {
			if x == nil || x.id > id || !t.leads[x.id] {
				continue
			}
			if !wanted && t.only(v, i, dy) {
				t.last.consumed = dy
			}
			made := t.length
			if dx := v.rule(v, dy, i); dx != nil {
				t.keep(&grads[x.id], dx)
			}
			t.forget(made)
		}
		if !wanted {
			t.drop(dy)
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

// Last returns what Grad returns, for use outside the tape only: as constants, which cannot be differentiated again. So all that is
// needed on the way alone gives its memory back at once.
func Last(y *Value, xs ...*Value) []*Value {
	t := y.tape
	t.last = lastPass{on: true, from: len(t.buffers), owners: t.last.owners[:0]}
	defer func() { t.last = lastPass{owners: t.last.owners[:0]} }()
	return Grad(y, xs...)
}

// lastPass is a differentiation whose values nobody differentiates again.
type lastPass struct {
	on       bool
	from     int     // buffers before it are not its own
	owners   []int32 // how many gradients lie in each of its buffers
	consumed *Value  // a gradient that only the rule being called needs, and that it may overwrite
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

// keep adds dx to the gradient that *sum holds, if it holds one.
func (t *Tape) keep(sum **Value, dx *Value) {
	old := *sum
	switch {
	case old == nil:
		*sum = dx
	case t.owner(old) != nil && *t.owner(old) == 1:
		tensor.Add(old.Data, old.Data, dx.Data)
		return
	default:
		*sum = Add(old, dx)
		t.drop(old)
	}
	if n := t.owner(*sum); n != nil {
		*n++
	}
}

// owner returns how many gradients lie in v's memory, or nil if that is not to be taken back: v is none of the last pass's values.
func (t *Tape) owner(v *Value) *int32 {
	i := v.buffer - 1 - t.last.from
	if !t.last.on || i < 0 {
		return nil
	}
	for len(t.last.owners) <= i {
		t.last.owners = append(t.last.owners, 0)
	}
	return &t.last.owners[i]
}

// drop takes back v's memory, unless another gradient lies there.
func (t *Tape) drop(v *Value) {
	n := t.owner(v)
	if n == nil {
		return
	}
	if *n--; *n == 0 {
		t.free(v)
	}
}

// forget takes back the memory of values from node made on that are no gradients.
func (t *Tape) forget(made int) {
	for _, v := range t.nodes[made:t.length] {
		if n := t.owner(v); n != nil && *n == 0 {
			t.free(v)
		}
	}
}

func (t *Tape) free(v *Value) {
	if b := t.buffers[v.buffer-1]; b != nil {
		t.pool.Put(b)
		t.buffers[v.buffer-1] = nil
	}
}

// only reports whether v's rule for input i is the last to need dy.
func (t *Tape) only(v *Value, i int, dy *Value) bool {
	n := t.owner(dy)
	if n == nil || *n != 1 {
		return false
	}
	for _, x := range v.in[i+1:] {
		if x != nil && x.id <= v.id && t.leads[x.id] {
			return false
		}
	}
	return true
}

// over appends a result of the shape of dy, in dy's memory if nobody needs dy any more: for rules that read each element
// of dy before they write it, and not again.
func over(dy *Value) *Value {
	t := dy.tape
	if t.last.consumed != dy {
		return like(dy)
	}
	t.last.consumed = nil
	return dy.view()
}

func (t *Tape) scratch(n int) []*Value {
	if cap(t.grads) < n {
		t.grads = make([]*Value, 2*n)
	}
	return t.grads[:n]
}
