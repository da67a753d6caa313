package grad

import (
	"math"
	"testing"
)

// classOperations are those of class.go, for the generic check.
func classOperations() []operation {
	rows := []int32{2, 0, 2, 1}
	return []operation{
		{"Join", [][]int{{2, 3, 2}, {2, 3, 4}}, nil, func(x []*Value) *Value { return Join(x[0], x[1]) }},
		unary("Channels", func(a *Value) *Value { return Channels(a, 1, 3) }, nil),
		unary("padChannels", func(a *Value) *Value { return padChannels(a, 2, 7) }, nil),
		unary("Lookup", func(a *Value) *Value { return Lookup(a, rows) }, nil),
		{"addRows", [][]int{{4, 3}}, nil, func(x []*Value) *Value { return addRows(x[0], rows, 5) }},
		unary("LogSumExp", LogSumExp, nil),
		unary("CrossEntropy", func(a *Value) *Value { return CrossEntropy(a, []int32{3, 0, 1}) }, nil),
	}
}

// TestClassValues compares with values worked out by hand.
func TestClassValues(t *testing.T) {
	tape := NewTape()
	x := tape.View([]float32{0, float32(math.Log(3)), 1000, 1000}, 2, 2)
	if y := LogSumExp(x).Data; math.Abs(float64(y[0])-math.Log(4)) > 1e-6 || math.Abs(float64(y[1])-1000-math.Log(2)) > 1e-3 {
		t.Errorf("LogSumExp = %v, want %g and %g", y, math.Log(4), 1000+math.Log(2))
	}
	want := (math.Log(4) + math.Log(2)) / 2 // of probabilities 1/4 and 1/2
	if got := float64(CrossEntropy(x, []int32{0, 1}).Scalar()); math.Abs(got-want) > 1e-4 {
		t.Errorf("CrossEntropy = %g, want %g", got, want)
	}
	a, b := tape.View([]float32{1, 2}, 2, 1), tape.View([]float32{3, 4, 5, 6}, 2, 2)
	joined := Join(a, b)
	for i, w := range []float32{1, 3, 4, 2, 5, 6} {
		if joined.Data[i] != w {
			t.Fatalf("Join = %v", joined.Data)
		}
	}
	if y := Channels(joined, 1, 3).Data; y[0] != 3 || y[3] != 6 {
		t.Errorf("Channels = %v, want what was joined", y)
	}
}
