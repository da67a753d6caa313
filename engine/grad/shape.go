package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// Reshape returns x with another shape of the same size; it shares x's memory.
func Reshape(x *Value, shape ...int) *Value {
	if tensor.Size(shape) != len(x.Data) {
		panic(fmt.Sprintf("grad: Reshape of shape %v to %v", x.Shape(), shape))
	}
	y := x.tape.node(shape)
	y.Data, y.buffer = x.Data, x.buffer
	return y.record(reshapeRule, x)
}

func reshapeRule(y, dy *Value, _ int) *Value { return Reshape(dy, y.in[0].Shape()...) }

// Rows returns rows lo to hi of the batch; it shares x's memory.
func Rows(x *Value, lo, hi int) *Value {
	n := x.Rows()
	if x.rank == 0 || lo < 0 || hi < lo || hi > n {
		panic(fmt.Sprintf("grad: Rows %d to %d of shape %v", lo, hi, x.Shape()))
	}
	y := x.tape.node(x.Shape())
	y.dims[0] = hi - lo
	k := len(x.Data) / max(1, n)
	y.Data, y.buffer = x.Data[lo*k:hi*k], x.buffer
	y.attr.n[0] = lo
	return y.record(rowsRule, x)
}

func rowsRule(y, dy *Value, _ int) *Value { return padRows(dy, y.attr.n[0], y.in[0].Rows()) }

// padRows returns a batch of n rows that has those of x from row lo on, and zeros elsewhere.
func padRows(x *Value, lo, n int) *Value {
	shape := x.dims
	shape[0] = n
	y := x.tape.result(shape[:x.rank])
	clear(y.Data)
	k := len(y.Data) / max(1, n)
	copy(y.Data[lo*k:], x.Data)
	y.attr.n[0] = lo
	return y.record(padRowsRule, x)
}

func padRowsRule(y, dy *Value, _ int) *Value {
	lo := y.attr.n[0]
	return Rows(dy, lo, lo+y.in[0].Rows())
}

// Concat returns the rows of a followed by those of b. The other dimensions must be equal.
func Concat(a, b *Value) *Value {
	shape := a.dims
	shape[0] += b.Rows()
	if a.rank != b.rank || a.rank == 0 || tensor.Size(a.dims[1:a.rank]) != tensor.Size(b.dims[1:b.rank]) {
		panic(fmt.Sprintf("grad: Concat of shapes %v and %v", a.Shape(), b.Shape()))
	}
	y := a.tape.result(shape[:a.rank])
	tensor.Copy(y.Data[:len(a.Data)], a.Data)
	tensor.Copy(y.Data[len(a.Data):], b.Data)
	return y.record(concatRule, a, b)
}

func concatRule(y, dy *Value, i int) *Value {
	n := y.in[0].Rows()
	if i == 0 {
		return Rows(dy, 0, n)
	}
	return Rows(dy, n, dy.Rows())
}
