package grad

import (
	"fmt"

	"ganvas/engine/tensor"
)

// LogSumExp returns log Σ exp(x) over each row of the batch, of shape (rows), without overflow.
func LogSumExp(x *Value) *Value {
	n := x.Rows()
	y := x.tape.result([]int{n})
	tensor.LogSumExp(y.Data, x.Data, len(x.Data)/max(1, n))
	return y.record(logSumExpRule, x)
}

func logSumExpRule(y, dy *Value, _ int) *Value {
	x := y.in[0]
	d := perItem(x)
	return GroupScale(softmax(x, d.K), dy, d)
}

// Softmax returns exp(x)/Σ exp(x), the sum being over the last dimension.
func Softmax(x *Value) *Value { return softmax(x, x.dims[x.rank-1]) }

// softmax is Softmax over each k elements in a row.
func softmax(x *Value, k int) *Value {
	y := like(x)
	tensor.Softmax(y.Data, x.Data, k)
	y.attr.n[0] = k
	return y.record(softmaxRule, x)
}

func softmaxRule(y, dy *Value, _ int) *Value { return softmaxGrad(dy, y, y.attr.n[0]) }

// softmaxGrad returns y·(dy − Σ dy·y), the sum being over each k elements.
func softmaxGrad(dy, y *Value, k int) *Value {
	dx := reuse(dy)
	tensor.SoftmaxGrad(dx.Data, dy.Data, y.Data, k)
	dx.attr.n[0] = k
	return dx.record(softmaxGradRule, dy, y)
}

func softmaxGradRule(dx, g *Value, i int) *Value {
	dy, y, k := dx.in[0], dx.in[1], dx.attr.n[0]
	if i == 0 { // the projection is symmetric
		return softmaxGrad(g, y, k)
	}
	d := tensor.Dims{N: len(y.Data) / max(1, k), S: 1, G: 1, K: k}
	a := Sub(Mul(g, dy), GroupScale(g, GroupDot(dy, y, d), d))
	return Sub(a, GroupScale(dy, GroupDot(g, y, d), d))
}

// CrossEntropy returns the mean over rows of −log softmax(x)[class]: x is (N, K), classes are N
// indices below K.
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
