package gan

import (
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// Judgement returns what a discriminator says of each item on x's tape, as when it is used and not
// trained: the mean over all discriminators and, where they are told the class, over all classes.
func Judgement(d *nn.Net, x *grad.Value) []float32 {
	n := x.Rows()
	out := make([]float32, n)
	classes := 1
	if r := d.Role(); r.ConcatEmbed || r.Projection {
		classes = r.Classes
	}
	share := 1 / float32(classes*d.Count())
	b := d.Bind(x.Tape(), false, nil)
	for i := range d.Count() {
		one := b.Part(i)
		one.Classes = make([]int32, n)
		for class := range classes {
			for j := range one.Classes {
				one.Classes[j] = int32(class)
			}
			for j, v := range one.Forward(x, nn.Eval).Data {
				out[j] += share * v
			}
		}
	}
	return out
}
