package gan

import (
	"fmt"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// Classed are batches of items of classes.
type Classed interface {
	Batches
	Classes() int // 0: the items have none
}

// classesOf returns how many classes the data have, 0 where the recipe does not ask.
func classesOf(r *recipe.Recipe, data Batches) (int, error) {
	if !r.Classes() {
		return 0, nil
	}
	if c, ok := data.(Classed); ok && c.Classes() > 1 {
		return c.Classes(), nil
	}
	return 0, fmt.Errorf("%s: %s have no classes: choose data with labels, such as a folder with a sub-folder for each class", r.ClassKey(), r.Data)
}

// NewG returns the generator of a recipe, or all of them as one, for data of so many classes, with
// all weights zero.
func NewG(r *recipe.Recipe, classes int) (*nn.Net, error) {
	role, _ := r.Roles(classes)
	return networks("g", r.G.Layers, nn.Shape{r.Latent}, role, r.Generators)
}

// NewD is NewG for the discriminator, for items of a shape.
func NewD(r *recipe.Recipe, item nn.Shape, classes int) (*nn.Net, error) {
	_, role := r.Roles(classes)
	return networks("d", r.D.Layers, r.Seen(item), role, r.Discriminators)
}

func networks(name string, layers []string, in nn.Shape, role nn.Role, n int) (*nn.Net, error) {
	parts := make([]*nn.Net, n)
	for i := range parts {
		var err error
		if parts[i], err = nn.NewRole(layers, in, role); err != nil {
			return nil, fmt.Errorf("%s.layers: %w", name, err)
		}
	}
	return nn.Several(parts), nil
}

// start initialises a player's networks, each from a stream of its own.
func start(n *nn.Net, r *recipe.Recipe, name, how string) {
	for i := range n.Count() {
		stream := "init." + name
		if i > 0 {
			stream += fmt.Sprint(i)
		}
		n.Part(i).Init(how, NewStream(r.Seed, stream).Rand)
	}
}

// conditionBatch is what a step needs besides items and latents.
type conditionBatch struct {
	labels  []int   // as the data give them
	classes []int32 // of the real items, and of the items that are generated beside them

	labelled        []float32 // items of known classes
	labelledLabels  []int
	labelledClasses []int32
}

// condition is a shard's part of it.
type condition struct {
	classes  []int32
	labelled *grad.Value
}

// whole tells whether losses are taken over the whole batch at once: what is matched are means, and
// how several D weigh depends on their losses. So do the updates of D that G looks ahead through,
// and which items are the best of a batch.
func (t *Trainer) whole() bool {
	return t.G.Count() > 1 || t.D.Count() > 1 || t.D.Role().ClassLogits || t.Unroll > 0 || t.Matching > 0 || t.TopK > 0 && t.TopK < 1
}

// nextItems fills t.items, and what comes with them. An item is generated for each real one, and it
// is of the same class: so classes are as frequent among generated items as in the data, the pairs
// of a relativistic objective and the lines of a gradient penalty are each within one class.
func (t *Trainer) nextItems() {
	k := &t.condition
	if t.G.Role().ConcatEmbed {
		k.labels = resizeInts(k.labels, t.Batch)
		t.Data.Next(t.Batch, t.items, k.labels)
		k.classes = toClasses(k.classes, k.labels)
	} else {
		t.Data.Next(t.Batch, t.items, nil)
	}
	if t.D.Role().ClassLogits {
		k.labelled = resize(k.labelled, t.Batch*t.G.Out.Size())
		k.labelledLabels = resizeInts(k.labelledLabels, t.Batch)
		t.Known.Next(t.Batch, k.labelled, k.labelledLabels)
		k.labelledClasses = toClasses(k.labelledClasses, k.labelledLabels)
	}
}

func resizeInts(x []int, n int) []int {
	if cap(x) < n {
		return make([]int, n)
	}
	return x[:n]
}

// toClasses returns labels in the memory of dst. It panics on a missing one: whoever hands out
// batches has seen to it.
func toClasses(dst []int32, labels []int) []int32 {
	dst = dst[:0]
	for _, l := range labels {
		if l < 0 {
			panic("gan: an item without a class among those of known classes")
		}
		dst = append(dst, int32(l))
	}
	return dst
}

// takeCondition takes up what belongs to the shard's items.
func (h *shard) takeCondition(t *Trainer) {
	h.condition = condition{}
	if t.G.Role().ConcatEmbed {
		h.condition.classes = t.condition.classes[h.lo:h.hi]
	}
	if t.D.Role().ClassLogits {
		h.condition.labelled = h.view(t.condition.labelled, t.G.Out)
	}
}

// bind is Bind for the shard's items.
func (h *shard) bind(t *Trainer, n *nn.Net, trainable bool) *nn.Bound {
	b := n.Bind(h.tape, trainable, t.dropout.Rand)
	b.Classes = h.condition.classes
	return b
}

// generatorsOf returns which of k generators made each of n items.
func generatorsOf(k, n int) []int32 {
	out := make([]int32, n)
	for i := range k {
		lo, hi := nn.Share(i, k, n)
		for j := lo; j < hi; j++ {
			out[j] = int32(i)
		}
	}
	return out
}

// featureMatching returns the mean squared difference of the features' means over real and over
// generated items (Salimans et al. 2016, section 3.1), the features being what enters D's last
// layer, and D's logits for the generated ones.
func (h *shard) featureMatching(t *Trainer, d *nn.Bound) (loss, fakeLogits *grad.Value) {
	h.discriminate(t, d, h.real, h.realRow())
	real := itemMean(d.Heads.Features)
	fakeLogits = h.discriminate(t, d, h.fake, h.fakeRow())
	return meanSquare(grad.Sub(real, itemMean(d.Heads.Features))), fakeLogits
}

// together returns G's loss against several D: the mean of its losses against each, or their
// softmax, in which a D weighs more the better it does (Durugkar et al. 2017, with lambda 1).
func (t *Trainer) together(losses []*grad.Value) *grad.Value {
	if len(losses) == 1 {
		return losses[0]
	}
	var all *grad.Value
	for _, l := range losses {
		l = grad.Reshape(l, 1, 1)
		if all == nil {
			all = l
		} else {
			all = grad.Concat(all, l)
		}
	}
	if !t.Softmax {
		return grad.Mean(all)
	}
	d := tensor.Dims{N: 1, S: 1, G: 1, K: len(losses)}
	all = grad.Reshape(all, 1, len(losses))
	weights := grad.Exp(grad.Sub(all, grad.GroupExpand(grad.LogSumExp(all), d, 1, len(losses))))
	return grad.Sum(grad.Mul(weights, all))
}

// itemMean returns the mean over the rows of x, of shape (columns).
func itemMean(x *grad.Value) *grad.Value {
	n := x.Rows()
	return grad.Scale(grad.GroupSum(x, tensor.Dims{N: 1, S: n, G: len(x.Data) / n, K: 1}), 1/float32(n))
}

// plus returns a+b, where a may be nil.
func plus(a, b *grad.Value) *grad.Value {
	if a == nil {
		return b
	}
	return grad.Add(a, b)
}

// headRows returns the rows of items lo to hi.
func headRows(s nn.Heads, lo, hi int) nn.Heads {
	rows := func(x *grad.Value) *grad.Value {
		if x == nil {
			return nil
		}
		return grad.Rows(x, lo, hi)
	}
	return nn.Heads{Features: rows(s.Features), Classes: rows(s.Classes), Generators: rows(s.Generators)}
}
