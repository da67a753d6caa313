package grad

import (
	"fmt"
	"slices"

	"ganvas/engine/tensor"
)

// Grad returns the gradients of y, a scalar, with respect to xs: for each a value of its shape, or
// nil where y does not depend on it. They are ordinary values on the same tape and can be
// differentiated again. Only what lies between xs and y is visited, and nothing is accumulated
// anywhere.
func Grad(y *Value, xs ...*Value) []*Value {
	if len(y.Data) != 1 {
		panic(fmt.Sprintf("grad: Grad of a value of shape %v; want a scalar", y.Shape()))
	}
	t := y.tape
	t.norm.forget()
	first := t.markReaching(y, xs)
	grads := t.scratch(y.id + 1)
	t.accumulate(&grads[y.id], t.Full(1, y.Shape()...))
	for id := y.id; id >= first; id-- {
		v, dy := t.nodes[id], grads[id]
		if dy == nil || v.rule == nil || !t.reaches[id] {
			continue
		}
		wanted := slices.Contains(xs, v)
		t.once.consumed = nil
		for i, x := range v.in {
			if x == nil || x.id > id || !t.reaches[x.id] {
				continue
			}
			if !wanted && t.only(v, i, dy) {
				t.once.consumed = dy
			}
			made := t.length
			if dx := v.rule(v, dy, i); dx != nil {
				t.accumulate(&grads[x.id], dx)
			}
			t.forget(made)
		}
		if !wanted {
			t.release(dy)
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

// markReaching marks in t.reaches which nodes up to y depend on any of xs, and returns the first of
// xs.
func (t *Tape) markReaching(y *Value, xs []*Value) int {
	if cap(t.reaches) < y.id+1 {
		t.reaches = make([]bool, 2*(y.id+1))
	}
	t.reaches = t.reaches[:y.id+1]
	clear(t.reaches)
	first := y.id + 1
	for _, x := range xs {
		if x.tape != t {
			panic("grad: Grad with respect to a value on another tape")
		}
		if !x.needs {
			panic("grad: Grad with respect to a constant; use Param or Variable")
		}
		if x.id <= y.id {
			t.reaches[x.id] = true
			first = min(first, x.id)
		}
	}
	for id := first; id <= y.id; id++ {
		for _, x := range t.nodes[id].in {
			if x != nil && x.id >= first && x.id < id && t.reaches[x.id] {
				t.reaches[id] = true
			}
		}
	}
	return first
}

// accumulate adds dx to the gradient that *sum holds, if it holds one.
func (t *Tape) accumulate(sum **Value, dx *Value) {
	old := *sum
	switch {
	case old == nil:
		*sum = dx
	case t.owner(old) != nil && *t.owner(old) == 1:
		tensor.Add(old.Data, old.Data, dx.Data)
		return
	default:
		*sum = Add(old, dx)
		t.release(old)
	}
	if n := t.owner(*sum); n != nil {
		*n++
	}
}

func (t *Tape) scratch(n int) []*Value {
	if cap(t.grads) < n {
		t.grads = make([]*Value, 2*n)
	}
	return t.grads[:n]
}
