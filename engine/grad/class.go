package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// Join returns the channels, the last dimension, of a followed by those of b. The other dimensions
// must be equal.
func Join(a, b *Value) *Value {
	r := a.rank - 1
	if a.rank != b.rank || r < 0 || tensor.Size(a.dims[:r]) != tensor.Size(b.dims[:r]) {
		panic(fmt.Sprintf("grad: Join of shapes %v and %v", a.Shape(), b.Shape()))
	}
	shape := a.dims
	ca, cb := a.dims[r], b.dims[r]
	shape[r] = ca + cb
	y := a.tape.result(shape[:a.rank])
	tensor.CopyColumns(y.Data, ca+cb, 0, a.Data, ca, 0, ca)
	tensor.CopyColumns(y.Data, ca+cb, ca, b.Data, cb, 0, cb)
	return y.record(joinRule, a, b)
}

func joinRule(y, dy *Value, i int) *Value {
	ca := y.in[0].dims[y.rank-1]
	if i == 0 {
		return Channels(dy, 0, ca)
	}
	return Channels(dy, ca, dy.dims[dy.rank-1])
}

// Channels returns channels lo to hi of x, its last dimension.
func Channels(x *Value, lo, hi int) *Value {
	r := x.rank - 1
	if r < 0 || lo < 0 || hi < lo || hi > x.dims[r] {
		panic(fmt.Sprintf("grad: Channels %d to %d of shape %v", lo, hi, x.Shape()))
	}
	shape := x.dims
	c := x.dims[r]
	shape[r] = hi - lo
	y := x.tape.result(shape[:x.rank])
	tensor.CopyColumns(y.Data, hi-lo, 0, x.Data, c, lo, hi-lo)
	y.attr.n[0] = lo
	return y.record(channelsRule, x)
}

func channelsRule(y, dy *Value, _ int) *Value {
	x := y.in[0]
	return padChannels(dy, y.attr.n[0], x.dims[x.rank-1])
}

// padChannels returns c channels that are those of x from channel lo on, and zeros elsewhere.
func padChannels(x *Value, lo, c int) *Value {
	r := x.rank - 1
	shape := x.dims
	k := x.dims[r]
	shape[r] = c
	y := x.tape.result(shape[:x.rank])
	clear(y.Data)
	tensor.CopyColumns(y.Data, c, lo, x.Data, k, 0, k)
	y.attr.n[0] = lo
	return y.record(padChannelsRule, x)
}

func padChannelsRule(y, dy *Value, _ int) *Value {
	lo := y.attr.n[0]
	x := y.in[0]
	return Channels(dy, lo, lo+x.dims[x.rank-1])
}

// Lookup returns row rows[i] of a table (K, E) as row i: the embedding of classes. It panics on a
// row that is not there.
func Lookup(table *Value, rows []int32) *Value {
	if table.rank != 2 {
		panic(fmt.Sprintf("grad: Lookup in shape %v; want a matrix", table.Shape()))
	}
	index := table.tape.index(len(rows))
	copy(index, rows)
	return lookup(table, index)
}

// lookup is Lookup of rows that live as long as the present nodes.
func lookup(table *Value, rows []int32) *Value {
	e := table.dims[1]
	y := table.tape.result([]int{len(rows), e})
	tensor.GatherRows(y.Data, table.Data, rows, e)
	y.attr.index = rows
	return y.record(lookupRule, table)
}

func lookupRule(y, dy *Value, _ int) *Value { return addRows(dy, y.attr.index, y.in[0].Rows()) }

// addRows returns a table of n rows in which row r is the sum of those rows i of x for which
// rows[i] is r, added in order.
func addRows(x *Value, rows []int32, n int) *Value {
	e := x.dims[1]
	y := x.tape.result([]int{n, e})
	tensor.ScatterRows(y.Data, x.Data, rows, e)
	y.attr.index = rows
	return y.record(addRowsRule, x)
}

func addRowsRule(y, dy *Value, _ int) *Value { return lookup(dy, y.attr.index) }
