// Package nn describes and builds networks: the layer strings of a recipe, the shapes and
// parameters that follow from them, and the layers themselves. It does not train, and it knows
// neither files nor the screen.
package nn

import "slices"

// A Layer is one parsed layer string, such as "conv 64 4 2 1" or "sn linear 1".
// Input widths are not part of it; Infer finds them.
type Layer struct {
	Kind       string    // name of the layer, without a leading "sn" or "wn": one of Kinds
	Args       []float64 // its numbers, in the order of the kind's knobs; nil if it has none
	Mode       string    // one of the kind's choices, empty if it has none
	Spectral   bool      // whether "sn" (spectral normalisation, Miyato et al. 2018) stands before it
	WeightNorm bool      // whether "wn" (weight normalisation, Salimans and Kingma 2016) stands before it
}

// Arg returns number i of the layer as an integer: output width, kernel, stride and so on.
func (l Layer) Arg(i int) int { return int(l.Args[i]) }

// BatchDependent tells whether an item's output in training depends on more than the item and the
// weights; see Net.BatchDependent.
func (l Layer) BatchDependent() bool {
	return l.Kind == "bn" || l.Kind == "minibatch-std" || l.Kind == "minibatch-discrimination" || l.Spectral
}

// A Kind describes one kind of layer for the builder's menu.
type Kind struct {
	Name     string // what a recipe calls it
	Title    string // what a person calls it
	Short    string // and where there is little room; empty: Title
	Tooltip  string // one sentence
	Params   []Knob // its numbers, then its choice, in the order of the layer string
	Weighted bool   // whether "sn" or "wn" may stand before it
}

// A Knob describes one number, or one choice, of a kind of layer. If Choices is set the knob is a
// word, the default is Choices[0] and the numbers mean nothing.
type Knob struct {
	Name              string // as in the recipe's table: OUT, KERNEL, …
	Tooltip           string // one sentence
	Default, Min, Max float64
	Integer           bool
	Choices           []string
}

// Layer returns the layer of this kind with every knob at its default.
func (k Kind) Layer() Layer {
	l := Layer{Kind: k.Name}
	for _, p := range k.Params {
		if p.Choices != nil {
			l.Mode = p.Choices[0]
			continue
		}
		l.Args = append(l.Args, p.Default)
	}
	return l
}

// Kinds returns every kind of layer in the order of the builder's menu. The caller owns the result.
func Kinds() []Kind {
	out := slices.Clone(kinds)
	for i := range out {
		out[i].Params = slices.Clone(out[i].Params)
	}
	return out
}

// KindOf returns the kind called name, and whether there is one.
func KindOf(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

func integer(name, tooltip string, def, low, high int) Knob {
	return Knob{Name: name, Tooltip: tooltip, Default: float64(def), Min: float64(low), Max: float64(high), Integer: true}
}

// convKnobs are shared by conv and convt; 4 2 1 halves or doubles a picture exactly.
func convKnobs(out, stride string) []Knob {
	return []Knob{
		integer("OUT", out, 64, 1, 4096),
		integer("KERNEL", "Side of the square filter in pixels; a multiple of the stride avoids checkerboard patterns.", 4, 1, 64),
		integer("STRIDE", stride, 2, 1, 16),
		integer("PAD", "Pixels of zeros around the picture (transposed: pixels cut off each side of the result).", 1, 0, 32),
	}
}

var kinds = []Kind{
	{
		Name: "linear", Title: "Linear", Tooltip: "Every output is a weighted sum of all inputs plus a bias.",
		Params:   []Knob{integer("OUT", "Numbers that leave the layer; more can express more and cost more.", 128, 1, 65536)},
		Weighted: true,
	},
	{
		Name: "conv", Title: "Convolution", Tooltip: "Slides small filters over the picture; with stride 2 the picture is halved.",
		Params: convKnobs("Channels that leave the layer, one for each filter.", "Pixels from one filter position to the next; 2 halves the picture."), Weighted: true,
	},
	{
		Name: "convt", Title: "Transposed convolution", Short: "Transposed conv", Tooltip: "Paints small filters onto a larger picture; with stride 2 the picture is doubled.",
		Params: convKnobs("Channels that leave the layer.", "Pixels from one painted filter to the next; 2 doubles the picture."), Weighted: true,
	},
	{
		Name: "residual", Title: "Residual block", Tooltip: "Two 3×3 convolutions whose result is added to what came in, which lets networks be deep without normalisation.",
		Params: []Knob{
			integer("OUT", "Channels that leave the block.", 64, 1, 4096),
			{Name: "SIZE", Tooltip: "Up doubles the picture behind the block, down halves it before: usual in a generator and in a discriminator.", Choices: []string{"same", "up", "down"}},
		},
	},
	{Name: "attention", Title: "Self-attention", Tooltip: "Lets every pixel look at all others, so that distant parts of a picture agree; costs much in large pictures."},
	{
		Name: "up", Title: "Enlarge", Tooltip: "Enlarges the picture without learning, usually before a convolution.",
		Params: []Knob{
			integer("FACTOR", "How many times wider and higher the picture becomes.", 2, 2, 16),
			{Name: "MODE", Tooltip: "Nearest repeats pixels and stays sharp; bilinear blends neighbours and stays smooth.", Choices: []string{"nearest", "bilinear"}},
		},
	},
	{
		Name: "avgpool", Title: "Average pooling", Tooltip: "Replaces each block of pixels by its mean.",
		Params: []Knob{integer("K", "Side of a block in pixels; must divide the picture.", 2, 2, 64)},
	},
	{
		Name: "maxpool", Title: "Max pooling", Tooltip: "Replaces each block of pixels by its largest value.",
		Params: []Knob{integer("K", "Side of a block in pixels; must divide the picture.", 2, 2, 64)},
	},
	{
		Name: "unflatten", Title: "List to picture", Tooltip: "Reads a flat list of numbers as a picture, row by row, channels together.",
		Params: []Knob{
			integer("H", "Height of the picture in pixels.", 7, 1, 1024),
			integer("W", "Width of the picture in pixels.", 7, 1, 1024),
			integer("C", "Channels of the picture.", 128, 1, 65536),
		},
	},
	{Name: "flatten", Title: "Picture to list", Tooltip: "Reads a picture as a flat list of numbers, as a linear layer needs it."},
	{Name: "relu", Title: "ReLU", Tooltip: "Keeps positive values and sets negative ones to 0."},
	{
		Name: "lrelu", Title: "Leaky ReLU", Tooltip: "Keeps positive values and shrinks negative ones, so that gradients never die; usual in discriminators.",
		Params: []Knob{{Name: "SLOPE", Tooltip: "Factor for negative values.", Default: 0.2, Min: 0, Max: 1}},
	},
	{Name: "silu", Title: "SiLU", Tooltip: "x times its sigmoid: a smooth ReLU, kind to gradient penalties."},
	{Name: "gelu", Title: "GELU", Tooltip: "x times the normal distribution's cumulative probability of x: a smooth ReLU."},
	{Name: "tanh", Title: "Tanh", Tooltip: "Squeezes values into −1 to 1, the range of pictures: usual as a picture generator's last layer."},
	{Name: "sigmoid", Title: "Sigmoid", Tooltip: "Squeezes values into 0 to 1; objectives apply it themselves, so a discriminator should not end in it."},
	{Name: "softplus", Title: "Softplus", Tooltip: "log(1 + eˣ): a smooth ReLU that is always positive."},
	{
		Name: "maxout", Title: "Maxout", Tooltip: "Keeps the largest of each few neighbouring channels: an activation that is learnt.",
		Params: []Knob{integer("PIECES", "Channels of which one is kept; must divide the channels.", 2, 2, 256)},
	},
	{Name: "bn", Title: "Batch normalisation", Short: "Batch norm", Tooltip: "Gives every channel mean 0 and variance 1 over the batch; not with gradient penalties on the discriminator."},
	{Name: "in", Title: "Instance normalisation", Short: "Instance norm", Tooltip: "Gives every channel of every picture mean 0 and variance 1."},
	{Name: "ln", Title: "Layer normalisation", Short: "Layer norm", Tooltip: "Gives every item mean 0 and variance 1 over all its numbers; safe with gradient penalties."},
	{
		Name: "gn", Title: "Group normalisation", Short: "Group norm", Tooltip: "Gives every group of channels of every item mean 0 and variance 1.",
		Params: []Knob{integer("GROUPS", "Number of groups; must divide the channels.", 8, 1, 4096)},
	},
	{Name: "pixelnorm", Title: "Pixel normalisation", Short: "Pixel norm", Tooltip: "Scales every pixel's channels to mean square 1; nothing to learn."},
	{
		Name: "dropout", Title: "Dropout", Tooltip: "Sets random values to 0 while training, so that the network cannot rely on any one of them.",
		Params: []Knob{{Name: "P", Tooltip: "Share of values that is set to 0.", Default: 0.3, Min: 0, Max: 0.99}},
	},
	{
		Name: "noise", Title: "Noise", Tooltip: "Adds Gaussian noise while training: a discriminator that sees it cannot rely on tiny differences.",
		Params: []Knob{{Name: "SIGMA", Tooltip: "Standard deviation of the noise; pictures run from −1 to 1.", Default: 0.1, Min: 0, Max: 100}},
	},
	{
		Name: "minibatch-std", Title: "Minibatch deviation", Short: "Minibatch std", Tooltip: "Adds a channel that says how much the items of a batch differ, so that a discriminator sees when they are all alike.",
		Params: []Knob{integer("GROUP", "Items that are compared at a time; should divide the batch.", 4, 2, 1024)},
	},
	{
		Name: "minibatch-discrimination", Title: "Minibatch similarity", Tooltip: "Minibatch discrimination: adds numbers that say how close each item is to the others of its batch, so that a discriminator sees when they are all alike.",
		Params: []Knob{
			integer("KERNELS", "Numbers that are added: ways to be alike.", 50, 1, 1024),
			integer("DIMS", "Numbers in which items are compared for each of them.", 5, 1, 256),
		},
	},
}
