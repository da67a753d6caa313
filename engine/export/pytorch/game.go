package pytorch

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// A game is what the templates are filled with: a recipe, and what follows from it.
type game struct {
	Project
	R *recipe.Recipe

	GLayers, DLayers     []line
	Width                int             // of what enters the discriminator's last layer
	Own                  map[string]bool // layers that PyTorch has not
	Spectral, WeightNorm bool

	objective objective
}

func newGame(p Project) (*game, error) {
	r := p.Recipe
	g := &game{Project: p, R: r, Own: map[string]bool{}, objective: objectives[r.Objective]}
	in, seen := r.Inputs(p.Item)
	var err error
	if g.GLayers, _, err = g.network(r.G.Layers, in); err != nil {
		return nil, fmt.Errorf("g.layers: %w", err)
	}
	layers := slices.Clone(r.D.Layers)
	if r.SemiSupervised { // its last layer gives a number for each class
		i := len(layers) - 1
		l, err := nn.ParseLayer(layers[i])
		if err != nil {
			return nil, err
		}
		l.Args[0] = float64(len(p.Classes))
		layers[i] = l.String()
	}
	if g.DLayers, g.Width, err = g.network(layers, seen); err != nil {
		return nil, fmt.Errorf("d.layers: %w", err)
	}
	return g, nil
}

// inText takes away what would end a text of Python, or be more than a sign in it.
var inText = strings.NewReplacer(`"`, "'", `\`, "/", "%(", "% (")

// Name is what the recipe is called, on one line and as nothing but a text: recipes come from
// others, and the project is run.
func (g *game) Name() string {
	oneLine := strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, g.R.Name)
	return inText.Replace(oneLine)
}

// Picture tells whether items are pictures.
func (g *game) Picture() bool { return g.Item.Picture() }

// Items is what the generator makes, in a word.
func (g *game) Items() string {
	if g.Picture() {
		return "pictures"
	}
	return "points"
}

// ItemShape is the shape of a batch of items.
func (g *game) ItemShape() string { return torchShape(g.Item) }

// Seen is what the discriminator gets.
func (g *game) Seen() string {
	if g.R.Pack > 1 {
		return fmt.Sprintf("Packs of %d items %s", g.R.Pack, torchShape(g.R.Seen(g.Item)))
	}
	return strings.ToUpper(g.Items()[:1]) + g.Items()[1:] + " " + g.ItemShape()
}

// ClassCount is how many classes there are.
func (g *game) ClassCount() int { return len(g.Classes) }

// Conditional tells whether the generator is told a class.
func (g *game) Conditional() bool { return g.R.Conditional != "none" }

// DGetsClass tells whether the discriminator is told the class.
func (g *game) DGetsClass() bool {
	return g.R.Conditional == "concat" || g.R.Conditional == "projection"
}

// Semi tells whether the discriminator learns to classify from a few labels.
func (g *game) Semi() bool { return g.R.SemiSupervised }

// Classifies tells whether the discriminator names classes.
func (g *game) Classifies() bool { return g.Semi() || g.R.Conditional == "classifier" }

// SeveralG tells whether there are several generators.
func (g *game) SeveralG() bool { return g.R.Generators > 1 }

// SeveralD tells whether there are several discriminators.
func (g *game) SeveralD() bool { return g.R.Discriminators > 1 }

// Features tells whether the generator matches the discriminator's features.
func (g *game) Features() bool { return g.Semi() || g.R.FeatureMatching > 0 }

// Answers tells whether the discriminator says more than a score.
func (g *game) Answers() bool { return g.Classifies() || g.SeveralG() || g.Features() }

// DEmbedding is how many numbers the class becomes that is joined to an item.
func (g *game) DEmbedding() int {
	_, seen := g.R.Inputs(g.Item)
	return seen.Channels() - g.R.Seen(g.Item).Channels()
}

// Alone returns why the game needs the whole batch in one process; "" if it does not.
func (g *game) Alone() string {
	r := g.R
	switch {
	case g.Own["MinibatchStd"] || g.Own["MinibatchDiscrimination"]:
		return "its minibatch layer compares all items of a batch"
	case g.SeveralG():
		return "its generators share a batch"
	case g.SeveralD():
		return "it has several discriminators, whose losses over a whole batch are weighed"
	case r.Unroll > 0:
		return "its generator looks ahead at updates from all items of a batch"
	case r.TopK < 1:
		return "its generator learns from the best items of a batch"
	case g.Features():
		return "its generator matches means over a batch"
	case r.DRAGAN > 0:
		return "dragan asks for the spread of a batch"
	}
	return ""
}

// Random tells whether a network draws random numbers itself.
func (g *game) Random() bool {
	return slices.ContainsFunc(slices.Concat(g.R.G.Layers, g.R.D.Layers), func(text string) bool {
		l, err := nn.ParseLayer(text)
		return err == nil && (l.Kind == "dropout" || l.Kind == "noise")
	})
}

// Penalised tells whether the discriminator pays penalties.
func (g *game) Penalised() bool {
	r := g.R
	return r.R1 > 0 || r.R2 > 0 || r.GP > 0 || r.DRAGAN > 0 || r.Consistency > 0
}

// Slopes tells whether a penalty is of a gradient.
func (g *game) Slopes() bool { return g.R.R1 > 0 || g.R.R2 > 0 || g.R.GP > 0 || g.R.DRAGAN > 0 }

// Noisy tells whether there is noise on what the discriminator sees.
func (g *game) Noisy() bool { return g.R.InstanceNoise > 0 && g.R.Steps > 0 }

// Adaptive tells whether augmentation adapts.
func (g *game) Adaptive() bool { return g.R.Augment == "adaptive" }

// Sight tells whether the discriminator sees items changed.
func (g *game) Sight() bool { return g.augmentations() != nil || g.Noisy() }

// Augmentations are the kinds of changes of what the discriminator sees.
func (g *game) Augmentations() []string { return g.augmentations() }

func (g *game) augmentations() []string {
	switch a := g.R.Augment; a {
	case "", "none":
		return nil
	case "adaptive":
		return []string{"color", "translation", "cutout"}
	default:
		return strings.Split(a, ",")
	}
}

// GoesOn tells whether the generator learns from the items that the discriminator judged last.
func (g *game) GoesOn() bool { return !g.objective.fresh }

// Moving tells whether a learning rate falls.
func (g *game) Moving() bool { return g.R.G.LRDecay != "none" || g.R.D.LRDecay != "none" }

// Remembers is what a player's optimiser remembers of each parameter, by our names and PyTorch's.
func (g *game) Remembers(player string) map[string]string {
	o := g.R.G
	if player == "d" {
		o = g.R.D
	}
	switch {
	case o.Optimizer == "adam":
		return map[string]string{"m": "exp_avg", "v": "exp_avg_sq"}
	case o.Optimizer == "rmsprop":
		return map[string]string{"v": "square_avg"}
	case o.Momentum != 0:
		return map[string]string{"m": "momentum_buffer"}
	}
	return nil
}

// ItemSizes are the sizes of an item as PyTorch has it.
func (g *game) ItemSizes() string {
	return strings.TrimSuffix(strings.TrimPrefix(g.ItemShape(), "(N, "), ")")
}

// Ones are sizes of 1 in the place of an item's.
func (g *game) Ones() string {
	if g.Picture() {
		return "1, 1, 1"
	}
	return "1"
}
