package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// Join returns the channels, the last dimension, of a followed by those of b. The other dimensions must be equal.
func Join(a, b *Value) *Value {
	r := a.rank - 1
	if a.rank != b.rank || r < 0 || tensor.Size(a.dims[:r]) != tensor.Size(b.dims[:r]) {
		panic(fmt.Sprintf("grad: Join of shapes %v and %v", a.Shape(), b.Shape()))
	}
	shape := a.dims
	ca, cb := a.dims[r], b.dims[r]
	shape[r] = ca + cb
	y := a.tape.result(shape[:a.rank])
	for i := range len(y.Data) / max(1, ca+cb) {
		at := y.Data[i*(ca+cb):]
		copy(at[:ca], a.Data[i*ca:])
		copy(at[ca:ca+cb], b.Data[i*cb:])
	}
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
	for i := range len(x.Data) / max(1, c) {
		copy(y.Data[i*(hi-lo):(i+1)*(hi-lo)], x.Data[i*c+lo:])
	}
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
	for i := range len(y.Data) / max(1, c) {
		copy(y.Data[i*c+lo:], x.Data[i*k:(i+1)*k])
	}
	y.attr.n[0] = lo
	return y.record(padChannelsRule, x)
}

func padChannelsRule(y, dy *Value, _ int) *Value {
	lo := y.attr.n[0]
	x := y.in[0]
	return Channels(dy, lo, lo+x.dims[x.rank-1])
}

// Lookup returns row rows[i] of a table (K, E) as row i: the embedding of classes. It panics on a row that is not there.
func Lookup(table *Value, rows []int32) *Value {
	if table.rank != 2 {
		panic(fmt.Sprintf("grad: Lookup in shape %v; want a matrix", table.Shape()))
	}
	e := table.dims[1]
	y := table.tape.result([]int{len(rows), e})
	for i, r := range rows {
		copy(y.Data[i*e:(i+1)*e], table.Data[int(r)*e:(int(r)+1)*e])
	}
	y.attr.index = table.tape.index(len(rows))
	copy(y.attr.index, rows)
	return y.record(lookupRule, table)
}

func lookupRule(y, dy *Value, _ int) *Value { return addRows(dy, y.attr.index, y.in[0].Rows()) }

// addRows returns a table of n rows in which row r is the sum of those rows i of x for which rows[i] is r, added in order.
func addRows(x *Value, rows []int32, n int) *Value {
	e := x.dims[1]
	y := x.tape.result([]int{n, e})
	clear(y.Data)
	for i, r := range rows {
		at := y.Data[int(r)*e : (int(r)+1)*e]
		for j, v := range x.Data[i*e : (i+1)*e] {
			at[j] += v
		}
	}
	y.attr.index = x.tape.index(len(rows))
	copy(y.attr.index, rows)
	return y.record(addRowsRule, x)
}

func addRowsRule(y, dy *Value, _ int) *Value { return Lookup(dy, y.attr.index) }

// LogSumExp returns log Σ exp(x) over each row of the batch, of shape (rows), without overflow.
func LogSumExp(x *Value) *Value {
	n := x.Rows()
	k := len(x.Data) / max(1, n)
	y := x.tape.result([]int{n})
	for i := range y.Data {
		y.Data[i] = tensor.LogSumExp(x.Data[i*k : (i+1)*k])
	}
	return y.record(logSumExpRule, x)
}

// The derivative of log Σ exp(x) is softmax(x).
func logSumExpRule(y, dy *Value, _ int) *Value {
	x := y.in[0]
	d := perItem(x)
	return GroupScale(Exp(Sub(x, GroupExpand(y, d, x.Shape()...))), dy, d)
}

// CrossEntropy returns the mean over rows of −log softmax(x)[class]: x is (N, K), classes are N indices below K.
func CrossEntropy(x *Value, classes []int32) *Value {
	n, k := x.Rows(), x.dims[1]
	if len(classes) != n {
		panic(fmt.Sprintf("grad: CrossEntropy of shape %v and %d classes", x.Shape(), len(classes)))
	}
	chosen := x.tape.Full(0, n, k)
	for i, c := range classes {
		chosen.Data[i*k+int(c)] = 1
	}
	return Mean(Sub(LogSumExp(x), GroupDot(x, chosen, perItem(x))))
}
