package onnx

import (
	"fmt"

	"ganvas/engine/nn"
)

// Names of the model's inputs and outputs.
const (
	latentInput    = "latent"    // (N, numbers)
	itemName       = "item"      // (N, C, H, W) or (N, numbers): what a generator gives and a discriminator gets
	classInput     = "class"     // (N), from 0
	generatorInput = "generator" // (N), from 0: which of several generators
	scoreOutput    = "score"     // (N, discriminators)
	classesOutput  = "classes"   // (N, classes): logits
	makersOutput   = "generators"
)

// order returns the shape of an item as it is in the model: channels first.
func order(s nn.Shape) []int {
	if s.Picture() {
		return []int{s[2], s[0], s[1]}
	}
	return s
}

// generator adds one or several generators. Of several all compute, and each item is taken from the
// one that is asked for.
func (g *graph) generator(n *nn.Net) error {
	z := g.input(latentInput, float32Elements, order(n.In)...)
	if n.Role().ConcatEmbed {
		g.input(classInput, int64Elements)
	}
	var which, y string
	if n.Count() > 1 {
		which = g.reshapeWhich(g.input(generatorInput, int64Elements), len(n.Out))
	}
	for i := range n.Count() {
		g.part(n, "g", i)
		_, made, err := g.network(n.Part(i), g.embed(n.Part(i), z))
		if err != nil {
			return err
		}
		if i == 0 {
			y = made
			continue
		}
		this := g.add("choice", "Equal", []string{which, g.integers(i)})
		y = g.add("choice", "Where", []string{this, made, y})
	}
	g.prefix = ""
	g.output(itemName, y, order(n.Out))
	return nil
}

// reshapeWhich gives the choice of a generator as many dimensions as its items have.
func (g *graph) reshapeWhich(which string, item int) string {
	ones := make([]int, item)
	for i := range ones {
		ones[i] = 1
	}
	return g.reshape("choice", which, ones...)
}

// part begins the names of one of several networks.
func (g *graph) part(n *nn.Net, player string, i int) {
	if n.Count() > 1 {
		g.prefix = fmt.Sprintf("%s%d.", player, i)
	}
}

// discriminator adds one or several discriminators: the score has a column for each of them.
func (g *graph) discriminator(n *nn.Net) error {
	x := g.input(itemName, float32Elements, order(n.In)...)
	role := n.Role()
	if role.ConcatEmbed || role.Projection {
		g.input(classInput, int64Elements)
	}
	var scores, classes, makers []string
	for i := range n.Count() {
		one := n.Part(i)
		g.part(n, "d", i)
		features, y, err := g.network(one, g.embed(one, x))
		if err != nil {
			return err
		}
		said := g.heads(one, features, y)
		scores = append(scores, said.score)
		classes, makers = appendGiven(classes, said.classes), appendGiven(makers, said.makers)
	}
	g.prefix = ""
	g.columns(scoreOutput, scores, order(n.Out))
	if len(classes) > 0 {
		g.columns(classesOutput, classes, []int{role.Classes})
	}
	if len(makers) > 0 {
		g.columns(makersOutput, makers, []int{role.GeneratorHead})
	}
	return nil
}

func appendGiven(names []string, name string) []string {
	if name == "" {
		return names
	}
	return append(names, name)
}

// columns makes an output of what several networks say, side by side.
func (g *graph) columns(name string, values []string, item []int) {
	x := values[0]
	if len(values) > 1 {
		x = g.join(name, values...)
		item = append([]int{item[0] * len(values)}, item[1:]...)
	}
	g.output(name, x, item)
}

// embed joins an embedding of the class to x where the network is told it.
func (g *graph) embed(n *nn.Net, x string) string {
	if !n.Role().ConcatEmbed {
		return x
	}
	y := g.add("embed", "Gather", []string{g.weights(n, "embed.weight"), classInput})
	if n.In.Picture() {
		c := n.Role().Input(n.In).Channels() - n.In.Channels()
		y = g.spread("embed", g.reshape("embed", y, c, 1, 1), x, c, n.In[0], n.In[1])
	}
	return g.join("embed", x, y)
}

// said is what a discriminator says; "" where it does not.
type said struct{ score, classes, makers string }

// heads adds what a network says besides its last layer.
func (g *graph) heads(n *nn.Net, features, y string) said {
	r := n.Role()
	s := said{score: y}
	logSumExp := func(x string) string {
		return g.add("score", "ReduceLogSumExp", []string{x}, attribute{"axes", []int{1}}, attribute{"keepdims", 1})
	}
	linear := func(name string) string {
		return g.add(name, "Gemm", []string{features, g.weights(n, name+".weight"), g.weights(n, name+".bias")}, attribute{"transB", 1})
	}
	if r.Projection {
		of := g.add("project", "Gather", []string{g.weights(n, "project.weight"), classInput})
		of = g.add("project", "ReduceSum", []string{g.add("project", "Mul", []string{of, features}), g.integers(1)}, attribute{"keepdims", 1})
		s.score = g.add("project", "Add", []string{s.score, of})
	}
	if r.AuxClassifier {
		s.classes = linear("classes")
	}
	if r.ClassLogits {
		s.classes, s.score = y, logSumExp(y)
	}
	if r.GeneratorHead > 0 {
		s.makers = linear("makers")
		s.score = g.add("score", "Sub", []string{s.score, logSumExp(s.makers)})
	}
	return s
}
