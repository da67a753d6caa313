package field

import (
	"slices"

	"ganvas/engine/gan"
	"ganvas/engine/tensor"
)

// atOnce is how many places D judges at a time: few enough that the products are the work of one
// thread, and training keeps the others.
const atOnce = 256

// heat returns, for the middle of each cell, or a pack of as many equal points as D judges at once,
// D's judgement: a probability where D gives one, otherwise the score on a scale from the lowest to
// the highest.
func (o *Observer) heat(moment Moment) []float32 {
	d := moment.D
	m, cells := max(1, o.game.Pack), o.game.W*o.game.H
	most := atOnce
	if d.BatchDependent() { // what it says of a place depends on the others
		most = cells
	}
	out := make([]float32, 0, cells)
	for from := 0; from < cells; from += most {
		n := min(most, cells-from)
		o.tape.Reset()
		x := o.tape.Empty(n, 2*m)
		for i := range n {
			px, py := o.game.middle((from+i)%o.game.W, (from+i)/o.game.W)
			for j := range m {
				x.Data[2*(i*m+j)], x.Data[2*(i*m+j)+1] = float32(px), float32(py)
			}
		}
		out = append(out, gan.Judgement(d, x)...)
	}
	if obj := moment.Objective; obj.Score || obj.NeedsReal { // only differences mean something
		lo, hi := slices.Min(out), slices.Max(out)
		for i, s := range out {
			out[i] = (s - lo) / max(hi-lo, 1e-12)
		}
		return out
	}
	tensor.Sigmoid(out, out)
	return out
}
