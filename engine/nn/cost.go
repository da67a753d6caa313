package nn

// Cost is how many numbers a network's parameters and what it computes have, reckoned from shapes
// alone. It counts in float64, in which no network is too large to be counted.
type Cost struct {
	Layers []LayerCost
	Extras []float64 // parameters that belong to the role, array by array
	Joined float64   // numbers of an item with what the role joins to it; 0: nothing is joined
	Heads  float64   // what is said of an item besides the output
}

// LayerCost is what one layer computes for an item, and keeps for the gradient. Where a number of
// another item enters, it is counted with the batch: see Pairs.
type LayerCost struct {
	In, Out float64
	Params  []float64 // parameters, array by array
	Buffers float64   // running statistics
	Made    float64   // copies of the largest parameter that each pass makes: normalised weights

	Results []float64 // arrays that going forward fills in training, numbers an item
	Eval    []float64 // and those where nothing is trained
	Slopes  []float64 // arrays that a gradient by the input fills, where it is differentiated again
	Back    []float64 // arrays that such a gradient's gradient leaves until the pass is over
	Pairs   float64   // numbers for each pair of items of a batch, of each of pairArrays

	Scratch float64 // numbers an item that a kernel keeps
}

// PairArrays and PairSlopes are how many arrays of Pairs going forward and a gradient by the input
// fill.
const (
	PairArrays = 3
	PairSlopes = 3
)

// Cost reckons a network of layers for items of shape in. The error is Infer's.
func (r Role) Cost(layers []string, in Shape) (Cost, error) {
	layers, err := r.layers(layers)
	if err != nil {
		return Cost{}, err
	}
	inner := r.Input(in)
	shapes, err := Infer(layers, inner)
	if err != nil {
		return Cost{}, err
	}
	var c Cost
	if r.ConcatEmbed {
		c.Joined = float64(inner.Size())
		c.Extras = append(c.Extras, float64(r.Classes)*float64(inner.Channels()-in.Channels()))
	}
	x, before := inner, Layer{}
	for i, text := range layers {
		l, _ := parseLayer(text)
		c.Layers = append(c.Layers, l.cost(x, shapes[i], before))
		x, before = shapes[i], l
	}
	if r.HasHeads() && len(c.Layers) > 0 {
		c.addHeads(r, c.Layers[len(c.Layers)-1].In)
	}
	return c, nil
}

// addHeads counts what a role says of features besides the last layer's output.
func (c *Cost) addHeads(r Role, features float64) {
	k, makers := float64(r.Classes), float64(r.GeneratorHead)
	if r.Projection {
		c.Extras = append(c.Extras, k*features)
		c.Heads += features
	}
	if r.AuxClassifier {
		c.Extras = append(c.Extras, k*features, k)
		c.Heads += 3 * k
	}
	if r.ClassLogits {
		c.Heads += 3 * k
	}
	if makers > 0 {
		c.Extras = append(c.Extras, makers*features, makers)
		c.Heads += 3 * makers
	}
}

// Params returns how many numbers training changes.
func (c *Cost) Params() float64 {
	n := 0.0
	for _, x := range c.Extras {
		n += x
	}
	for _, l := range c.Layers {
		for _, x := range l.Params {
			n += x
		}
	}
	return n
}

// Buffers returns how many numbers running statistics have.
func (c *Cost) Buffers() float64 {
	n := 0.0
	for _, l := range c.Layers {
		n += l.Buffers
	}
	return n
}

// LargestParam returns the size of the largest array of parameters, and the number of the layer
// that it belongs to.
func (c *Cost) LargestParam() (size float64, layer int) {
	for i, l := range c.Layers {
		for _, x := range l.Params {
			if x > size {
				size, layer = x, i
			}
		}
	}
	return size, layer
}

// cost reckons one layer behind the layer before.
func (l Layer) cost(in, out Shape, before Layer) LayerCost {
	x, y := float64(in.Size()), float64(out.Size())
	c := LayerCost{In: x, Out: y}
	ch := float64(in.Channels())
	switch l.Kind {
	case "linear", "conv", "convt":
		l.costWeights(&c, in, out)
	case "relu", "lrelu":
		// An activation behind a layer that can do it in the same pass has no result of its own.
		c.Slopes = []float64{y}
		if !before.joins() {
			c.Results = []float64{y}
		}
	case "tanh", "sigmoid":
		c.Results, c.Slopes, c.Back = []float64{y}, []float64{y}, []float64{y, y, y}
	case "softplus":
		c.Results, c.Slopes, c.Back = []float64{y}, []float64{y, y}, []float64{y, y, y}
	case "silu", "gelu":
		c.Results, c.Slopes, c.Back = []float64{y, y}, []float64{y, y, y, y, y}, []float64{y, y, y, y, y}
	case "bn":
		c.Params, c.Buffers = []float64{ch, ch}, 2*ch
		c.Results, c.Slopes, c.Back = []float64{y}, []float64{y, y, y, y}, []float64{y, y, y}
	case "in", "ln", "gn":
		c.Params = []float64{ch, ch}
		c.Results, c.Slopes, c.Back = []float64{y, y}, []float64{y, y}, []float64{y, y, y, y}
	case "pixelnorm":
		c.Results, c.Slopes, c.Back = []float64{y, y / ch, y / ch, y / ch}, []float64{y, y, y, y}, []float64{y, y, y}
	case "dropout":
		c.Results, c.Slopes, c.Eval = []float64{y, y}, []float64{y}, []float64{0}
	case "noise":
		c.Results, c.Eval = []float64{y, y}, []float64{0}
	case "up":
		c.Results, c.Slopes = []float64{y}, []float64{x}
	case "avgpool":
		c.Results, c.Slopes = []float64{y, y}, []float64{y, x}
	case "maxpool", "maxout":
		c.Results, c.Slopes = []float64{y, y}, []float64{x}
	case "residual":
		l.costResidual(&c, in)
	case "attention":
		costAttention(&c, in)
	case "minibatch-std":
		c.Buffers = 1
		g := x / l.Args[0]
		c.Results, c.Slopes, c.Back = []float64{x, x, y, g, g, g, g, g}, []float64{x, x, x, x, x, g, g, g}, []float64{x, x, x}
		c.Eval = []float64{x / ch, y}
	case "minibatch-discrimination":
		k, d := l.Args[0], l.Args[1]
		c.Params, c.Buffers = []float64{x * k * d}, k
		c.Results, c.Slopes, c.Back = []float64{k * d, k, y}, []float64{k * d, x, x, x, k}, []float64{k * d}
		c.Pairs, c.Eval = k, []float64{k, y}
	}
	if c.Eval == nil {
		c.Eval = c.Results
	}
	return c
}

// joins tells whether the layer can do an activation in the same pass.
func (l Layer) joins() bool { return l.weighted() || l.Kind == "bn" }

// costWeights reckons a linear layer or a convolution.
func (l Layer) costWeights(c *LayerCost, in, out Shape) {
	bias := float64(out.Channels())
	w := float64(l.params(in)) - bias
	if l.WeightNorm {
		w -= bias
		c.Params = append(c.Params, bias)
		c.Made = 1
	}
	if l.Spectral {
		c.Buffers = w/bias + bias
		c.Made = 2
	}
	c.Params = append(c.Params, w, bias)
	c.Results, c.Slopes = []float64{c.Out}, []float64{c.In}
	if l.Kind != "linear" {
		// Pixels with zeros around them, or what fast convolutions make of pixels on both sides.
		c.Scratch = c.In + c.Out
	}
}

func (l Layer) costResidual(c *LayerCost, in Shape) {
	inner, h := residualShapes(l, in)
	x, ch, o := float64(inner.Size()), float64(in.Channels()), float64(l.Arg(0))
	pixels := float64(inner[0] * inner[1])
	mid, y := pixels*float64(h), pixels*o
	hidden := float64(h)
	c.Params = []float64{9 * ch * hidden, hidden, 9 * hidden * o, o}
	c.Results = []float64{x, mid, y, y}
	c.Slopes = []float64{y, mid, mid, x, x, x}
	if l.Arg(0) != in.Channels() {
		c.Params = append(c.Params, ch*o)
		c.Results = append(c.Results, y)
		c.Slopes = append(c.Slopes, x)
	}
	switch l.Mode {
	case "down":
		c.Results = append(c.Results, x, x)
		c.Slopes = append(c.Slopes, x, c.In)
	case "up":
		c.Results = append(c.Results, c.Out)
		c.Slopes = append(c.Slopes, y)
	}
	c.Scratch = x + y
}

func costAttention(c *LayerCost, in Shape) {
	pixels, ch, narrow := float64(in[0]*in[1]), float64(in[2]), float64(narrowChannels(in[2]))
	x, n, all := c.In, pixels*narrow, pixels*pixels
	w := ch * narrow
	c.Params = []float64{w, w, w, w, 1}
	c.Results = []float64{n, n, n, all, all, n, x, x, x}
	c.Slopes = []float64{x, n, all, all, n, n, n, x, x, x, x, x}
	c.Back = []float64{all, all, all, all, all, all, n, n, n, x}
}
