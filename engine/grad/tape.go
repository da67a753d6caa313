// Package grad records operations on tensors and differentiates them. Rules are themselves built
// from operations, so gradients can be differentiated again, any number of times. It does not
// schedule devices and does not optimise graphs.
package grad

import (
	"fmt"
	"slices"

	"ganvas/engine/tensor"
)

// Value is the result of an operation on a tape: an array and how it came about.
// It is valid until the tape is reset, or released to a mark before it.
type Value struct {
	Data []float32

	dims   [4]int
	rank   int
	tape   *Tape
	id     int
	buffer int  // number of the tape's buffer that Data lies in, from 1 on; 0: in none
	needs  bool // whether a parameter leads to it
	in     [3]*Value
	rule   rule
	attr   attributes

	prepared *tensor.Prepared // of weights that do not change
}

// A rule returns the gradient of input i of y, given the gradient dy of y; nil means zero.
type rule func(y, dy *Value, i int) *Value

// attributes are the constants of an operation that its rule needs again.
type attributes struct {
	s     float32
	eps   float32
	stats []float32
	dims  tensor.Dims
	conv  tensor.ConvShape
	n     [5]int
	trans [2]bool
	index []int32
}

// Shape returns the dimensions of v; a scalar has none. The caller must not change it.
func (v *Value) Shape() []int { return v.dims[:v.rank] }

// Tape returns the tape that v was recorded on.
func (v *Value) Tape() *Tape { return v.tape }

// Rows returns the first dimension: the batch.
func (v *Value) Rows() int { return v.dims[0] }

// Scalar returns the only element of v. It panics if there are more.
func (v *Value) Scalar() float32 {
	if len(v.Data) != 1 {
		panic(fmt.Sprintf("grad: Scalar of shape %v", v.Shape()))
	}
	return v.Data[0]
}

// Tape records operations in the order in which they happen and owns the memory of their results.
// It belongs to one goroutine.
type Tape struct {
	pool    *tensor.Pool
	nodes   []*Value // spare ones behind length, for reuse
	length  int
	buffers [][]float32 // nil: given back already
	indices [][]int32   // of max pooling, for reuse
	usedIdx int

	grads   []*Value // scratch of Grad, by node
	reaches []bool
	once    oncePass
	norm    normPass

	profile *Profile // nil: nobody wants to know
}

// NewTape returns an empty tape.
func NewTape() *Tape { return &Tape{pool: tensor.NewPool()} }

// Mark is a position on a tape.
type Mark struct{ nodes, buffers, indices int }

// Mark returns the present position, for Release.
func (t *Tape) Mark() Mark { return Mark{t.length, len(t.buffers), t.usedIdx} }

// Release forgets all that was recorded after m and takes its memory back.
func (t *Tape) Release(m Mark) {
	for _, v := range t.nodes[m.nodes:t.length] {
		*v = Value{}
	}
	t.length = m.nodes
	t.norm.forget()
	for _, b := range t.buffers[m.buffers:] {
		if b != nil {
			t.pool.Put(b)
		}
	}
	t.buffers = t.buffers[:m.buffers]
	t.usedIdx = m.indices
}

// Recycle takes back the memory of all that was recorded after m, but for that of x: nothing else
// of it may be read any more, and no gradient be asked for.
func (t *Tape) Recycle(m Mark, x *Value) {
	for i, b := range t.buffers[m.buffers:] {
		if at := m.buffers + i; b != nil && at+1 != x.buffer {
			t.pool.Put(b)
			t.buffers[at] = nil
		}
	}
}

// Reset forgets everything that was recorded and takes its memory back.
func (t *Tape) Reset() { t.Release(Mark{}) }

// Bytes returns the bytes of results in use now, their peak so far, and all that the tape holds.
func (t *Tape) Bytes() (inUse, peak, total int64) { return t.pool.Bytes() }

// Param records a tensor that gradients may be asked for. It shares the tensor's memory.
func (t *Tape) Param(x *tensor.Tensor) *Value {
	v := t.leaf(x)
	v.needs = true
	return v
}

// Const records a tensor that is constant. It shares the tensor's memory.
func (t *Tape) Const(x *tensor.Tensor) *Value { return t.leaf(x) }

// View records data as a constant of a shape. It shares the data's memory.
func (t *Tape) View(data []float32, shape ...int) *Value {
	if tensor.Size(shape) != len(data) {
		panic(fmt.Sprintf("grad: %d values for shape %v", len(data), shape))
	}
	v := t.node(shape)
	v.Data = data
	return v
}

func (t *Tape) leaf(x *tensor.Tensor) *Value {
	v := t.node(x.Shape)
	v.Data = x.Data
	return v
}

// Prepared records constant weights of convolutions, which keep in p what they make of them.
func (t *Tape) Prepared(x *tensor.Tensor, p *tensor.Prepared) *Value {
	v := t.leaf(x)
	v.prepared = p
	return v
}

// Empty records a constant of unspecified content for the caller to fill: noise or a batch.
func (t *Tape) Empty(shape ...int) *Value { return t.result(shape) }

// Full records a constant whose elements are all s.
func (t *Tape) Full(s float32, shape ...int) *Value {
	v := t.result(shape)
	tensor.Fill(v.Data, s)
	return v
}

// Detach returns v as a constant that shares its memory.
func Detach(v *Value) *Value {
	return v.view()
}

// view appends a constant in v's memory.
func (v *Value) view() *Value {
	c := v.tape.node(v.Shape())
	c.Data, c.buffer = v.Data, v.buffer
	return c
}

// Variable returns v as a parameter that shares its memory: gradients with respect to it do not go
// on into what v was made of.
func Variable(v *Value) *Value {
	c := Detach(v)
	c.needs = true
	return c
}

// node appends an empty node of a shape.
func (t *Tape) node(shape []int) *Value {
	if len(shape) > 4 {
		panic(fmt.Sprintf("grad: shape %v has more than four dimensions", slices.Clone(shape))) // shape itself stays on the stack
	}
	if t.length == len(t.nodes) {
		block := make([]Value, 64)
		for i := range block {
			t.nodes = append(t.nodes, &block[i])
		}
	}
	if t.profile != nil {
		t.profile.charge(Between, "", 0)
	}
	v := t.nodes[t.length]
	v.tape, v.id = t, t.length
	v.rank = copy(v.dims[:], shape)
	t.length++
	return v
}

// result appends a node with memory of its own.
func (t *Tape) result(shape []int) *Value {
	v := t.node(shape)
	v.Data = t.pool.Get(tensor.Size(v.Shape()))
	t.buffers = append(t.buffers, v.Data)
	v.buffer = len(t.buffers)
	return v
}

// index returns n reusable integers that live as long as the present nodes.
func (t *Tape) index(n int) []int32 {
	if t.usedIdx == len(t.indices) {
		t.indices = append(t.indices, nil)
	}
	if cap(t.indices[t.usedIdx]) < n {
		t.indices[t.usedIdx] = make([]int32, n)
	}
	t.usedIdx++
	return t.indices[t.usedIdx-1][:n]
}

// record notes where v came from, if any of its inputs depends on a parameter.
func (v *Value) record(r rule, in ...*Value) *Value {
	for _, x := range in {
		v.needs = v.needs || x.needs && !v.tape.once.on
	}
	if v.needs {
		copy(v.in[:], in)
		v.rule = r
	}
	if p := v.tape.profile; p != nil {
		p.operation(v, in)
	}
	return v
}

// like appends a result of the shape of a.
func like(a *Value) *Value { return a.tape.result(a.Shape()) }

func sameShape(op string, a, b *Value) {
	if a.rank != b.rank || a.dims != b.dims {
		panic(fmt.Sprintf("grad: %s of shapes %v and %v", op, a.Shape(), b.Shape()))
	}
}
