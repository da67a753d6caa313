package recipe

import (
	"fmt"

	"ganvas/engine/nn"
)

// nominalClasses stand for classes where only the data know how many there are: no shape depends on
// it.
const nominalClasses = 10

// Classes tells whether the game needs the classes of its items.
func (r *Recipe) Classes() bool { return r.Conditional != "none" || r.SemiSupervised }

// ClassKey names the key because of which the game needs classes.
func (r *Recipe) ClassKey() string {
	if r.SemiSupervised {
		return "semi_supervised"
	}
	return "conditional"
}

// Roles returns what the networks have besides their layers, for data of so many classes.
func (r *Recipe) Roles(classes int) (g, d nn.Role) {
	if r.Classes() {
		g.Classes, d.Classes = classes, classes
	}
	g.ConcatEmbed = r.Conditional != "none"
	d.ConcatEmbed = r.Conditional == "concat"
	d.Projection = r.Conditional == "projection"
	d.AuxClassifier = r.Conditional == "classifier"
	d.ClassLogits = r.SemiSupervised
	if r.Generators > 1 {
		d.GeneratorHead = r.Generators
	}
	return g, d
}

// Inputs returns the shapes that enter the first layers of generator and discriminator: latents and
// items, or packs of them, with what is joined to them. d is nil of unknown items, nil.
func (r *Recipe) Inputs(item nn.Shape) (g, d nn.Shape) {
	roleG, roleD := r.Roles(nominalClasses)
	g = roleG.Input(nn.Shape{r.Latent})
	if item != nil {
		d = roleD.Input(r.Seen(item))
	}
	return g, d
}

// CountParams returns how many numbers training changes in the generators and in the
// discriminators, for items of a shape and of so many classes. The error is that of the layers.
func (r *Recipe) CountParams(item nn.Shape, classes int) (g, d int, err error) {
	roleG, roleD := r.Roles(classes)
	if _, g, err = roleG.CountParams(r.G.Layers, nn.Shape{r.Latent}); err != nil {
		return 0, 0, fmt.Errorf("g.layers: %w", err)
	}
	if _, d, err = roleD.CountParams(r.D.Layers, r.Seen(item)); err != nil {
		return 0, 0, fmt.Errorf("d.layers: %w", err)
	}
	return g * max(1, r.Generators), d * max(1, r.Discriminators), nil
}

// kindProblems checks what goes together of classes and of several players.
func (r *Recipe) kindProblems() []Problem {
	var ps []Problem
	refuse := func(key, format string, a ...any) {
		ps = append(ps, Problem{Key: key, element: -1, Message: fmt.Sprintf(format, a...)})
	}
	if r.Classes() && r.Labels == "none" {
		refuse("labels", `%s needs to know the classes of the items: make it "folder", for the labels that come with the data`, r.ClassKey())
	}
	if r.SemiSupervised && r.Conditional != "none" {
		refuse("conditional", `a semi-supervised discriminator classifies by itself and its generator is told no class: make it "none", or semi_supervised false`)
	}
	if r.SemiSupervised && r.Objective != "nonsaturating" && r.Objective != "minimax" {
		refuse("objective", "%s has no probabilities, of which the semi-supervised discriminator's classes are a part: make it nonsaturating", r.Objective)
	}
	if r.SemiSupervised && (r.Generators > 1 || r.Discriminators > 1) {
		refuse("semi_supervised", "it is a game of one classifier against one generator that matches its features: make generators and discriminators 1, or this false")
	}
	if r.Labelled > 0 && !r.SemiSupervised {
		refuse("labelled", "only semi_supervised learns from some labels: make it 0, or semi_supervised true")
	}
	if r.Pack > 1 && (r.Classes() || r.Generators > 1) {
		refuse("pack", "the items of a pack would be of several classes or generators, and the discriminator judges them as one: make it 1")
	}
	if n := len(r.D.Layers); r.FreezeD > 0 && r.FreezeD >= n {
		refuse("freeze_d", "%d of %d layers would stay as they are, and nothing of the discriminator could learn: make it less than %d", r.FreezeD, n, n)
	}
	if r.FreezeD > 0 && r.Clip > 0 {
		refuse("freeze_d", "clip changes all weights, also those that are to stay: make one of the two 0")
	}
	if r.FreezeD > 0 && r.Unroll > 0 {
		refuse("freeze_d", "the discriminator's updates are foreseen for all of its layers: make it or unroll 0")
	}
	if r.Batch < r.Generators {
		refuse("batch", "%d generators share a batch of %d: make it at least %d", r.Generators, r.Batch, r.Generators)
	}
	if _, d := r.Roles(nominalClasses); d.HasHeads() && len(r.D.Layers) > 0 {
		if l, err := nn.ParseLayer(r.D.Layers[len(r.D.Layers)-1]); err == nil && l.Kind != "linear" {
			p := Problem{Key: "d.layers", element: len(r.D.Layers) - 1}
			p.Message = fmt.Sprintf(`layer %d %q is the last one: it must be "linear 1", since what enters it are the features from which classes or generators are told`, len(r.D.Layers), l)
			ps = append(ps, p)
		}
	}
	return ps
}
