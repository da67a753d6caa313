// Package table lists small networks with every kind of layer and every role, for comparing
// exported models with what other programs compute of them. The program does not use it.
package table

import (
	"math"
	"slices"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// A Case is a network for items of a shape.
type Case struct {
	Name          string
	In            nn.Shape
	Layers        []string
	Role          nn.Role
	Count         int // networks; 0: one
	Discriminator bool
}

// Cases returns all cases.
func Cases() []Case {
	flat, picture := nn.Shape{6}, nn.Shape{4, 6, 8}
	var cases []Case
	for _, text := range []string{"relu", "lrelu 0.3", "silu", "gelu", "tanh", "sigmoid", "softplus", "maxout 2", "bn", "ln", "pixelnorm", "dropout 0.3", "noise 0.1", "minibatch-std 4"} {
		cases = append(cases, Case{Name: "flat " + text, In: flat, Layers: []string{text}}, Case{Name: "picture " + text, In: picture, Layers: []string{text}})
	}
	for _, text := range []string{
		"in", "gn 4", "up 2 nearest", "up 3 bilinear", "avgpool 2", "maxpool 2", "flatten", "attention",
		"residual 8 same", "residual 5 up", "residual 12 down", "conv 5 3 1 1", "conv 5 4 2 1", "sn conv 5 3 2 0", "wn conv 5 3 1 0",
		"convt 5 4 2 1", "convt 5 3 2 1", "sn convt 5 4 2 1", "wn convt 5 4 1 0",
	} {
		cases = append(cases, Case{Name: "picture " + text, In: picture, Layers: []string{text}})
	}
	for _, text := range []string{"linear 5", "sn linear 5", "wn linear 5", "gn 3", "minibatch-discrimination 3 2"} {
		cases = append(cases, Case{Name: "flat " + text, In: flat, Layers: []string{text}})
	}
	conv := []string{"conv 4 3 2 1", "lrelu 0.2", "flatten", "linear 1"}
	grow := []string{"linear 24", "unflatten 2 3 4", "bn", "relu", "convt 2 4 2 1", "tanh"}
	return append(
		cases,
		Case{Name: "latent as picture", In: nn.Shape{24}, Layers: []string{"unflatten 2 3 4", "conv 2 1 1 0"}},
		Case{Name: "row of other shape", In: picture, Layers: []string{"flatten", "unflatten 8 6 4", "conv 2 1 1 0"}},
		Case{Name: "row of features", In: picture, Layers: []string{"flatten", "minibatch-discrimination 3 2", "linear 12", "maxout 2", "ln", "linear 1"}},
		Case{Name: "generator", In: flat, Layers: grow},
		Case{Name: "generator of classes", In: flat, Layers: grow, Role: nn.Role{Classes: 3, ConcatEmbed: true}},
		Case{Name: "three generators", In: flat, Layers: grow, Count: 3},
		Case{Name: "three generators of classes", In: flat, Layers: grow, Role: nn.Role{Classes: 3, ConcatEmbed: true}, Count: 3},
		Case{Name: "three generators of points", In: flat, Layers: []string{"linear 8", "relu", "linear 2"}, Count: 3},
		Case{Name: "discriminator", In: picture, Layers: conv, Discriminator: true},
		Case{Name: "two discriminators", In: picture, Layers: conv, Count: 2, Discriminator: true},
		Case{Name: "concat", In: picture, Layers: conv, Role: nn.Role{Classes: 3, ConcatEmbed: true}, Discriminator: true},
		Case{Name: "projection", In: picture, Layers: []string{"sn conv 4 3 2 1", "lrelu 0.2", "flatten", "sn linear 1"}, Role: nn.Role{Classes: 3, Projection: true}, Discriminator: true},
		Case{Name: "classifier", In: picture, Layers: []string{"conv 4 3 2 1", "relu", "flatten", "sn linear 1"}, Role: nn.Role{Classes: 3, AuxClassifier: true}, Discriminator: true},
		Case{Name: "semi-supervised", In: picture, Layers: conv, Role: nn.Role{Classes: 3, ClassLogits: true}, Discriminator: true},
		Case{Name: "which generator", In: picture, Layers: conv, Role: nn.Role{GeneratorHead: 3}, Count: 2, Discriminator: true},
		Case{Name: "points", In: nn.Shape{2}, Layers: []string{"linear 8", "lrelu 0.2", "linear 1"}, Discriminator: true},
	)
}

// Net returns the network of a case. Its values follow from a formula: they are the same with every
// kind of processor.
func (c Case) Net() (*nn.Net, error) {
	var parts []*nn.Net
	s := series(1)
	for range max(1, c.Count) {
		n, err := nn.NewRole(c.Layers, c.In, c.Role)
		if err != nil {
			return nil, err
		}
		for _, p := range slices.Concat(n.Params, n.Buffers) {
			s.fill(p.Name, p.Value)
		}
		parts = append(parts, n)
	}
	return nn.Several(parts), nil
}

// Inputs are what a case computes with, and Outputs what comes of it, in the order of the model:
// pictures with channels first.
type Inputs struct {
	Items              []float32 // (N, …)
	Classes, Generator []int64   // (N), where the network is told
}

// Outputs are what leaves a network; nil where nothing does.
type Outputs struct{ Main, Classes, Generators []float32 }

// Inputs returns those of n items.
func (c Case) Inputs(n int) Inputs {
	x := make([]float32, n*c.In.Size())
	s := series(7)
	for i := range x {
		x[i] = 2 * s.next()
	}
	in := Inputs{Items: x}
	for i := range n {
		if c.Role.ConcatEmbed || c.Role.Projection {
			in.Classes = append(in.Classes, int64(i*7%c.Role.Classes))
		}
		if !c.Discriminator && c.Count > 1 {
			in.Generator = append(in.Generator, int64(i*5%c.Count))
		}
	}
	return in
}

// Run returns what net makes of n items.
func Run(net *nn.Net, discriminator bool, in Inputs, n int) Outputs {
	var out Outputs
	x := last(in.Items, net.In)
	parts := make([]said, net.Count())
	for i := range parts {
		parts[i] = forward(net.Part(i), x, in.Classes, n)
	}
	if !discriminator {
		size := net.Out.Size()
		main := slices.Clone(parts[0].main)
		for i, g := range in.Generator {
			copy(main[i*size:(i+1)*size], parts[g].main[i*size:(i+1)*size])
		}
		out.Main = first(main, net.Out)
		return out
	}
	for i := range n {
		for _, p := range parts {
			out.Main = append(out.Main, row(p.main, i, n)...)
			out.Classes = append(out.Classes, row(p.classes, i, n)...)
			out.Generators = append(out.Generators, row(p.generators, i, n)...)
		}
	}
	return out
}

type said struct{ main, classes, generators []float32 }

func forward(net *nn.Net, x []float32, classes []int64, n int) said {
	t := grad.NewTape()
	b := net.Bind(t, false, nil)
	for _, c := range classes {
		b.Classes = append(b.Classes, int32(c))
	}
	s := said{main: b.Forward(t.View(x, append([]int{n}, net.In...)...), nn.Eval).Data}
	if v := b.Heads.Classes; v != nil {
		s.classes = v.Data
	}
	if v := b.Heads.Generators; v != nil {
		s.generators = v.Data
	}
	return s
}

func row(x []float32, i, n int) []float32 { return x[i*len(x)/n : (i+1)*len(x)/n] }

// last and first bring the numbers of items into the order with channels last, and first.
func last(x []float32, item nn.Shape) []float32  { return reorder(x, item, false) }
func first(x []float32, item nn.Shape) []float32 { return reorder(x, item, true) }

func reorder(x []float32, item nn.Shape, toFirst bool) []float32 {
	if !item.Picture() {
		return x
	}
	out := make([]float32, len(x))
	c, pixels := item[2], item[0]*item[1]
	for i := range x {
		at := i / (c * pixels) * c * pixels
		pixel, channel := i%(c*pixels)/c, i%c
		if there := at + channel*pixels + pixel; toFirst {
			out[there] = x[i]
		} else {
			out[i] = x[there]
		}
	}
	return out
}

// series is a sequence of numbers in [−1, 1) that are exact in float32.
type series uint32

func (s *series) next() float32 {
	*s = *s*1664525 + 1013904223
	return float32(int32(*s)>>16) / (1 << 15)
}

// fill gives an array values that fit what it is: a variance is positive, a direction of length one.
func (s *series) fill(name string, x *tensor.Tensor) {
	sum := 0.0
	for i := range x.Data {
		x.Data[i] = s.next() / 2
		switch {
		case name[len(name)-1] == 'g' || hasEnd(name, "running_var"), hasEnd(name, "running_std"):
			x.Data[i] = 1 + x.Data[i]
		}
		sum += float64(x.Data[i]) * float64(x.Data[i])
	}
	if hasEnd(name, "weight_u") || hasEnd(name, "weight_v") && len(x.Shape) == 1 {
		for i := range x.Data {
			x.Data[i] /= float32(math.Sqrt(sum))
		}
	}
}

func hasEnd(name, end string) bool { return len(name) >= len(end) && name[len(name)-len(end):] == end }
