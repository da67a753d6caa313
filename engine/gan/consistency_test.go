package gan

import (
	"math"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// TestConsistency compares the penalty with its formula in float64, of what D says of real items
// under each of their two noises.
func TestConsistency(t *testing.T) {
	const weight, every = 3, 2
	noisy := func(r *recipe.Recipe) {
		r.Consistency, r.PenaltyEvery, r.InstanceNoise, r.R1, r.R2 = weight, every, 0.5, 0, 0
	}
	for name, c := range map[string]struct {
		trainer *Trainer
		apart   func(d *nn.Bound, a, b *grad.Value) float64 // mean over items
	}{
		"outputs": {
			func() *Trainer { tr, _ := points(t, noisy); return tr }(),
			func(d *nn.Bound, a, b *grad.Value) float64 {
				x, y, sum := d.Forward(a, nn.Train).Data, d.Forward(b, nn.Train).Data, 0.0
				for i := range x {
					sum += math.Pow(float64(x[i])-float64(y[i]), 2)
				}
				return sum / float64(len(x))
			},
		},
		"classes": {
			kindTrainer(t, func(r *recipe.Recipe) { noisy(r); r.SemiSupervised = true }),
			func(d *nn.Bound, a, b *grad.Value) float64 {
				d.Forward(a, nn.Train)
				x := d.Heads.Classes
				d.Forward(b, nn.Train)
				p, q, sum := probabilities(x), probabilities(d.Heads.Classes), 0.0
				for i := range p {
					sum += math.Pow(p[i]-q[i], 2)
				}
				return sum / float64(x.Rows())
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tr := c.trainer
			tr.drawItems()
			tr.drawLatents()
			tr.drawDInput()
			h := tr.shards[0]
			h.begin(tr)
			h.generate(tr, false)
			d := tr.D.Bind(h.tape, true, nil)
			h.lossD(tr, d, h.outputs(tr, d, false, false), true)
			got := h.penalty

			look := func(at int) *grad.Value {
				k := tr.G.Out.Size()
				noise := h.tape.View(tr.dInput.noise[at*k:(at+tr.Batch)*k], tr.Batch, k)
				return grad.AddScaled(h.real, noise, tr.dInput.sigma)
			}
			want := weight * every * c.apart(d, look(0), look(tr.dInputRows()-tr.Batch))
			if want == 0 || math.Abs(float64(got)-want) > 1e-5*want {
				t.Errorf("penalty = %g, want %g", got, want)
			}
		})
	}
}

// probabilities returns the softmax of each row of x in float64.
func probabilities(x *grad.Value) []float64 {
	k := len(x.Data) / x.Rows()
	out := make([]float64, len(x.Data))
	for row := range x.Rows() {
		sum := 0.0
		for i := row * k; i < (row+1)*k; i++ {
			out[i] = math.Exp(float64(x.Data[i]))
			sum += out[i]
		}
		for i := row * k; i < (row+1)*k; i++ {
			out[i] /= sum
		}
	}
	return out
}
