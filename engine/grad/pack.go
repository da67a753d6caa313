package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// Pack returns a batch in which every m items that follow one another are one, their channels side
// by side: (N, …, C) becomes (N/m, …, m·C). It panics unless m divides N.
func Pack(x *Value, m int) *Value {
	if m < 1 || x.rank < 2 || x.Rows()%m != 0 {
		panic(fmt.Sprintf("grad: Pack of %d items of shape %v", m, x.Shape()))
	}
	shape := x.dims
	shape[0] /= m
	shape[x.rank-1] *= m
	if x.rank == 2 {
		return Reshape(x, shape[:2]...)
	}
	y := x.tape.result(shape[:x.rank])
	c := x.dims[x.rank-1]
	eachPacked(x, y, m, func(item, pack []float32, j int) { tensor.CopyColumns(pack, m*c, j*c, item, c, 0, c) })
	y.attr.n[0] = m
	return y.record(packRule, x)
}

func packRule(y, dy *Value, _ int) *Value { return unpack(dy, y.attr.n[0]) }

// unpack is the inverse of Pack.
func unpack(y *Value, m int) *Value {
	shape := y.dims
	shape[0] *= m
	shape[y.rank-1] /= m
	x := y.tape.result(shape[:y.rank])
	c := x.dims[x.rank-1]
	eachPacked(x, y, m, func(item, pack []float32, j int) { tensor.CopyColumns(item, c, 0, pack, m*c, j*c, c) })
	x.attr.n[0] = m
	return x.record(unpackRule, y)
}

func unpackRule(x, dx *Value, _ int) *Value { return Pack(dx, x.attr.n[0]) }

// eachPacked calls f with every item of x, the pack in y that it belongs to, and its number there.
func eachPacked(x, y *Value, m int, f func(item, pack []float32, j int)) {
	k := len(x.Data) / max(1, x.Rows())
	for i := range x.Rows() {
		f(x.Data[i*k:(i+1)*k], y.Data[i/m*m*k:(i/m+1)*m*k], i%m)
	}
}
