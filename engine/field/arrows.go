package field

import (
	"ganvas/engine/gan"
	"ganvas/engine/grad"
	"ganvas/engine/nn"
)

// An Arrow says where D pushes a generated point.
type Arrow struct {
	At, Push [2]float32 // Push: minus the gradient of the point's own loss, in units of the loss by units of the plane
}

const (
	mostArrows = 240
	partners   = 4 // real items that a generated one is compared with where the objective does that
)

// arrows returns where D pushes the first of the generated points.
func (o *Observer) arrows(moment Moment) []Arrow {
	g, fake, latents := moment.G, moment.Fake, moment.Latents
	m := max(1, o.game.Pack)
	n := min(mostArrows, len(fake)/2, len(o.game.Real)) / m * m
	if n == 0 {
		return nil
	}
	classes := make([]int32, n)
	for i := range classes {
		class, _ := g.ChoiceOf(latents[i*g.Latent() : (i+1)*g.Latent()])
		classes[i] = int32(class)
	}
	real := make([]float32, 0, 2*n)
	for i := range n {
		xy := o.game.Real[i*len(o.game.Real)/n]
		real = append(real, xy[0], xy[1])
	}
	at := pairs(fake[:2*n])
	push := pairs(Push(o.tape, moment.D, moment.Objective, m, fake[:2*n], real, classes, nn.Shape{2}))
	out := make([]Arrow, n)
	for i := range out {
		out[i] = Arrow{at[i], push[i]}
	}
	return out
}

// Push returns for each generated item, or for each item of a pack, the direction in which G's loss
// falls fastest: minus the gradient, with respect to the item, of the loss that G has by D's answer
// to it. D is used as it is when it judges, without noise and augmentation; of several
// discriminators the losses' mean counts. An objective that compares does so with a few of as many
// real items. Classes are those of the items, for a D that is told them. The tape is reset.
func Push(tape *grad.Tape, d *nn.Net, o gan.Objective, pack int, fake, real []float32, classes []int32, item nn.Shape) []float32 {
	tape.Reset()
	n := len(fake) / item.Size()
	shape := append([]int{n}, item...)
	x := grad.Variable(tape.View(fake, shape...))
	y := tape.View(real, shape...)
	judged := func(b *nn.Bound, items *grad.Value) *grad.Value {
		if pack > 1 {
			items = grad.Pack(items, pack)
		}
		return b.Forward(items, nn.Eval)
	}
	of := make([]int32, n/pack) // the class of each pack, which is that of its first item
	for i := range of {
		of[i] = classes[i*pack]
	}
	bound := d.Bind(tape, false, nil)
	var sum *grad.Value
	add := func(loss *grad.Value) {
		if sum == nil {
			sum = loss
			return
		}
		sum = grad.Add(sum, loss)
	}
	rows, losses := n/pack, 0
	for i := range d.Count() {
		b := bound.Part(i)
		b.Classes = of
		fakeLogits := judged(b, x)
		if !o.NeedsReal {
			add(o.Generator(nil, fakeLogits))
			losses++
			continue
		}
		realLogits := judged(b, y)
		for k := range min(partners, rows) {
			turned := make([]int32, rows)
			for row := range turned {
				turned[row] = int32((row + k*rows/partners) % rows)
			}
			add(o.Generator(grad.Lookup(realLogits, turned), fakeLogits))
			losses++
		}
	}
	// A loss is a mean over the items: what each has on its own is as many times as much.
	gradient := grad.GradOnce(grad.Scale(sum, -float32(rows)/float32(losses)), x)[0]
	out := make([]float32, len(fake))
	if gradient != nil {
		copy(out, gradient.Data)
	}
	return out
}
