package recipe

import (
	"embed"
	"fmt"
	"strings"

	"ganvas/engine/nn"
)

// A Preset is a recipe that is built in.
type Preset struct {
	Name   string // "digits-wgan-gp"
	Title  string // for a menu
	Group  string // "Points", "Digits", "Pictures", "Classes"
	For    string // what it is for, in a few words
	Reason string // one sentence: why its settings are what they are
	Recipe *Recipe
}

// DefaultPreset is the name of the preset that the program starts with.
const DefaultPreset = "digits"

//go:embed presets/*.toml
var presetFiles embed.FS

var presets = []struct{ name, title, reason string }{
	{"ring", "Ring of eight", "Relativistic loss with R1 and R2 finds all eight modes, where a plain GAN loses some; light penalties and a falling learning rate make the spots sharp."},
	{"ring-collapse", "Ring: modes are lost", "A plain GAN with 32 latent numbers: the generator runs to a mode, is driven on to the next, and in the end sits on two or three of the eight; ring-pac, ring-wgan-gp and ring-relativistic each change one thing, and find them."},
	{"ring-unrolled", "Ring: looking ahead", "The generator foresees three updates of the discriminator, and so does not run to a mode that it would soon be driven from; its own rate falls until the discriminator, whose rate stays, is the faster one."},
	{"ring-pac", "Ring: packs of two", "As ring-collapse, but two points are judged together, so that points which are too much alike give the generator away (PacGAN): the modes are found."},
	{"ring-wgan-gp", "Ring: WGAN-GP", "As ring-collapse, but three critic updates a step and a slope kept near 1 give the generator a direction wherever its points are: all modes are found; a light penalty of 0.1 lets the spots be sharp."},
	{"ring-relativistic", "Ring: relativistic", "As ring-collapse, but each real point is compared with a generated one, with R1 and R2, so that every mode keeps pulling: all modes are found."},
	{"vanishing", "Ring: the gradient vanishes", "Against five updates of the discriminator a step, the minimax loss leaves the generator without a gradient: switch the objective to non-saturating while it runs, and the gradient returns."},
	{"circle", "Two players who circle", "The smallest game there is: a generator that only moves its points and a discriminator that is a straight edge each follow their own gradient, and chase each other round the data for ever."},
	{"circle-settles", "Two players who settle", "As circle, but R1 holds the discriminator's slope down where the data are, so that the circles shrink until both players rest in the middle."},
	{"grid", "Grid of twenty-five", "As ring, with wider networks and a longer run, because there are twenty-five modes to divide the latent plane into."},
	{"moons", "Two moons", "As ring, with a shorter run, because two curves are soon learnt."},
	{"digits-mlp", "Digits, linear layers only", "The networks of 2014 without convolutions: the fastest steps, and a measure of what convolution is worth."},
	{"digits", "Digits", "Found by measurement to give readable digits soonest: small batches, narrow networks with many doublings, batch normalisation for speed, R1 and R2 for stability, and a falling learning rate that takes the noise out."},
	{"digits-dcgan", "Digits, DCGAN", "The classic convolutional GAN with batch normalisation and Adam at 2e-4, exactly the workload dcgan28, for comparing."},
	{"digits-wgan-gp", "Digits, WGAN-GP", "Five critic updates a step and a gradient penalty of 10 make the loss follow the quality; layer normalisation, because batch normalisation would mix the items that the penalty looks at one by one."},
	{"digits-conditional", "Digits of a chosen class", "As digits, with the class joined to the latent and the projection discriminator, which looked best of the three ways after 1,500 steps: by then every row of the sheet is one digit."},
	{"digits-100-labels", "Digits from 100 labels", "Learns to classify from ten labels of each digit and 60,000 digits without: it must say the same of a digit that is turned or slanted a little; weights are normalised instead of batches, as labelled and generated items differ, and the generator need only be roughly right."},
	{"digits-mdgan", "Digits, three against two", "Three generators share the batch and two discriminators judge it, each with the networks of digits: naming who made an item keeps the generators apart, and the softmax of the judges has them face the harsher one."},
	{"emoji32", "Emoji, 32 pixels", "As digits, with wider networks and a stronger penalty, because emoji are varied and there are few of each kind."},
	{"emoji64", "Emoji, 64 pixels", "As emoji32 with one more doubling on each side, and narrower layers where pictures are large, so that a step takes twice as long and not four times."},
	{"few-pictures", "300 heads of emoji", "As emoji32 with 300 pictures of one kind, which the discriminator would learn by heart if colour, place and a missing part of each were not changed at random whenever it looks; without batch normalisation in it, which with such changes leaves a hatching in the surfaces."},
	{"shapes-conditional", "Shapes of a chosen kind", "As digits-conditional at 32 pixels in colour: circles, squares, triangles and stars each in a row of their own, so that a class that is lost is seen at once."},
	{"dcgan64", "Emoji, DCGAN at 64 pixels", "The original DCGAN at its full size of 64 pixels, exactly the workload dcgan64, for comparing."},
}

// Presets returns the built-in recipes in the order of the menu. The caller owns them.
func Presets() []Preset {
	out := make([]Preset, 0, len(presets))
	for _, p := range presets {
		use := uses[p.name]
		out = append(out, Preset{p.name, p.title, use.group, use.purpose, p.reason, mustLoad(p.name)})
	}
	return out
}

// Named returns the built-in recipe of that name; the caller owns it. The error lists the nearest
// names.
func Named(name string) (*Recipe, error) {
	var names []string
	for _, p := range presets {
		if p.name == name {
			return mustLoad(name), nil
		}
		names = append(names, p.name)
	}
	if near := nn.Nearest(name, names); len(near) > 0 {
		return nil, fmt.Errorf("preset %q: there is none of that name: did you mean %s?", name, strings.Join(near, " or "))
	}
	return nil, fmt.Errorf("preset %q: there is none of that name: the presets are %s", name, strings.Join(names, ", "))
}

// mustLoad panics if an embedded preset is wrong, which a test rules out.
func mustLoad(name string) *Recipe {
	file := "presets/" + name + ".toml"
	data, err := presetFiles.ReadFile(file)
	if err == nil {
		var r *Recipe
		if r, err = Parse(data, file); err == nil {
			return r
		}
	}
	panic("recipe: preset " + name + ": " + err.Error())
}
