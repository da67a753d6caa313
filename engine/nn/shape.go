package nn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Shape is the shape of one item without its batch: {F} of a flat one, {H, W, C} of a picture.
type Shape []int

// String returns "64" of a flat shape and "7×7×128" of a picture.
func (s Shape) String() string {
	words := make([]string, len(s))
	for i, n := range s {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, "×")
}

// Size returns how many numbers an item has.
func (s Shape) Size() int {
	n := 1
	for _, d := range s {
		n *= d
	}
	return n
}

// Picture tells whether the shape is that of a picture, {H, W, C}, rather than flat.
func (s Shape) Picture() bool { return len(s) == 3 }

// Channels returns the last extent: the channels of a picture, the width of a flat item.
func (s Shape) Channels() int { return s[len(s)-1] }

// Equal tells whether both shapes are the same.
func (s Shape) Equal(t Shape) bool { return slices.Equal(s, t) }

const (
	maxItem   = 1 << 24 // numbers of one item after any layer; 64 MB as float32
	maxParams = 1 << 28 // parameters of one layer; 1 GB as float32
)

// Infer returns the shape after every layer when items of shape in enter the first one. If a layer
// is misspelt or does not fit, it returns the shapes before it and a *Misfit. It panics if in is
// neither {F} nor {H, W, C} with positive extents.
func Infer(layers []string, in Shape) ([]Shape, error) {
	shapes, reason := infer(layers, in)
	if reason == "" {
		return shapes, nil
	}
	return shapes, newMisfit(layers, in, shapes, reason)
}

// CountParams returns how many numbers training may change, for every layer and in all: weights and
// biases. Running statistics are not among them. Convolutions and linear layers always have a bias,
// with wn a length for every output besides; bn, in, ln and gn have a weight and a bias for every
// channel. The error is Infer's.
func CountParams(layers []string, in Shape) (perLayer []int, total int, err error) {
	shapes, err := Infer(layers, in)
	if err != nil {
		return nil, 0, err
	}
	perLayer = make([]int, len(layers))
	for i, s := range layers {
		l, _ := parseLayer(s)
		perLayer[i] = l.params(in)
		total += perLayer[i]
		in = shapes[i]
	}
	return perLayer, total, nil
}

// infer returns the shapes after every layer that fits, and why the next one does not, empty if all
// fit.
func infer(layers []string, in Shape) ([]Shape, string) {
	if len(in) != 1 && len(in) != 3 || slices.Min(in) < 1 {
		panic(fmt.Sprintf("nn: shape %v of an item is neither {F} nor {H, W, C}", []int(in)))
	}
	shapes := make([]Shape, 0, len(layers))
	var flat flatness
	for _, s := range layers {
		l, reason := parseLayer(s)
		if reason != "" {
			return shapes, reason
		}
		out, reason := l.output(in)
		if reason == "" {
			reason = flat.through(l, in)
		}
		if reason != "" {
			return shapes, reason
		}
		if tooLarge(out) {
			return shapes, fmt.Sprintf("its result of %v is too large: one item may have at most %d numbers", out, maxItem)
		}
		if n := l.params(in); n > maxParams {
			return shapes, fmt.Sprintf("it gets %v and would have %d parameters: at most %d are possible", in, n, maxParams)
		}
		shapes = append(shapes, out)
		in = out
	}
	return shapes, ""
}

// flatness is what is known about numbers in a row: the picture that they were, and how many of
// another origin follow it.
type flatness struct {
	picture Shape
	more    int
}

// through follows the numbers through a layer, or returns why they cannot go through it: files for
// others have them in another order, channel after channel, which must be possible.
func (f *flatness) through(l Layer, in Shape) string {
	switch {
	case l.Kind == "linear":
		*f = flatness{}
	case l.Kind == "flatten" && in.Picture():
		*f = flatness{picture: in}
	case in.Picture():
	case l.Kind == "minibatch-std":
		f.more++
	case l.Kind == "minibatch-discrimination":
		f.more += l.Arg(0)
	case l.Kind == "unflatten" && f.more > 0:
		return "numbers that compare the items of a batch are no part of a picture"
	case l.Kind == "unflatten":
		*f = flatness{}
	case l.Kind == "maxout" && f.picture != nil:
		k := l.Arg(0)
		if f.picture[2]%k != 0 {
			return fmt.Sprintf("%d pieces do not divide the channels of the picture of %v whose pixels it gets", k, f.picture)
		}
		*f = flatness{f.picture.resized(f.picture[2] / k), f.more / k}
	}
	return ""
}

// tooLarge does not overflow: every extent is at most 2²⁴ times a factor of 2¹⁶, so it stops as
// soon as it can.
func tooLarge(s Shape) bool {
	n := 1
	for _, d := range s {
		if n *= d; n > maxItem {
			return true
		}
	}
	return false
}

// params returns the layer's number of parameters when items of shape in enter it.
func (l Layer) params(in Shape) int {
	lengths := 0
	if l.WeightNorm {
		lengths = l.Arg(0)
	}
	c := in.Channels()
	switch l.Kind {
	case "linear":
		return (in.Size()+1)*l.Arg(0) + lengths
	case "conv", "convt":
		return (c*l.Arg(1)*l.Arg(1)+1)*l.Arg(0) + lengths
	case "bn", "in", "ln", "gn":
		return 2 * c
	case "residual":
		out := l.Arg(0)
		hidden := min(c, out)
		n := (9*c+1)*hidden + (9*hidden+1)*out
		if out != c {
			n += c * out
		}
		return n
	case "attention":
		return 4*c*narrowChannels(c) + 1
	case "minibatch-discrimination":
		return in.Size() * l.Arg(0) * l.Arg(1)
	}
	return 0
}

// output returns the shape that leaves the layer when in enters it, or why the layer does not fit.
func (l Layer) output(in Shape) (Shape, string) {
	switch l.Kind {
	case "linear", "minibatch-discrimination":
		if in.Picture() {
			return nil, fmt.Sprintf("%s needs a flat input and gets a picture of %v", l.Kind, in)
		}
		if l.Kind == "linear" {
			return Shape{l.Arg(0)}, ""
		}
		return Shape{in[0] + l.Arg(0)}, ""
	case "conv", "convt", "up", "avgpool", "maxpool", "in", "residual", "attention":
		if !in.Picture() {
			return nil, fmt.Sprintf("%s needs a picture and gets %v numbers in a row", l.Kind, in)
		}
		return l.pictureOutput(in)
	case "flatten":
		return Shape{in.Size()}, ""
	case "unflatten":
		out := Shape{l.Arg(0), l.Arg(1), l.Arg(2)}
		if in.Picture() {
			return nil, fmt.Sprintf("unflatten needs a flat input and gets a picture of %v", in)
		}
		if out.Size() != in.Size() {
			return nil, fmt.Sprintf("%v are %d numbers and it gets %d", out, out.Size(), in.Size())
		}
		return out, ""
	case "ln":
		if in.Size() == 1 {
			return nil, "a single number minus its own mean is always 0"
		}
	case "gn":
		return l.groupOutput(in)
	case "maxout":
		if k := l.Arg(0); in.Channels()%k != 0 {
			return nil, fmt.Sprintf("%d pieces do not divide the %d channels of %v", k, in.Channels(), in)
		}
		return in.resized(in.Channels() / l.Arg(0)), ""
	case "minibatch-std":
		return in.resized(in.Channels() + 1), ""
	}
	return in, ""
}

// resized returns the shape with another number of channels.
func (s Shape) resized(channels int) Shape {
	s = slices.Clone(s)
	s[len(s)-1] = channels
	return s
}

func (l Layer) groupOutput(in Shape) (Shape, string) {
	if in.Channels()%l.Arg(0) != 0 {
		return nil, fmt.Sprintf("%d groups do not divide the %d channels of %v", l.Arg(0), in.Channels(), in)
	}
	if in.Size() == l.Arg(0) {
		return nil, fmt.Sprintf("it gets %v, so each of %d groups is a single number, which minus its own mean is always 0", in, l.Arg(0))
	}
	return in, ""
}

// pictureOutput is output for layers that need a picture, which in is.
func (l Layer) pictureOutput(in Shape) (Shape, string) {
	h, w, c := in[0], in[1], in[2]
	switch l.Kind {
	case "conv":
		out, k, s, p := l.Arg(0), l.Arg(1), l.Arg(2), l.Arg(3)
		if h+2*p < k || w+2*p < k {
			return nil, fmt.Sprintf("a kernel of %d does not fit into %v with %d pixels of padding", k, in, p)
		}
		return Shape{(h+2*p-k)/s + 1, (w+2*p-k)/s + 1, out}, ""
	case "convt":
		out, k, s, p := l.Arg(0), l.Arg(1), l.Arg(2), l.Arg(3)
		o := Shape{(h-1)*s - 2*p + k, (w-1)*s - 2*p + k, out}
		if o[0] < 1 || o[1] < 1 {
			return nil, fmt.Sprintf("padding of %d cuts away all that a kernel of %d makes of %v", p, k, in)
		}
		return o, ""
	case "up":
		return Shape{h * l.Arg(0), w * l.Arg(0), c}, ""
	case "avgpool", "maxpool":
		k := l.Arg(0)
		if h%k != 0 || w%k != 0 {
			return nil, fmt.Sprintf("blocks of %d do not divide the picture of %v", k, in)
		}
		return Shape{h / k, w / k, c}, ""
	case "residual":
		out := l.Arg(0)
		switch l.Mode {
		case "up":
			return Shape{2 * h, 2 * w, out}, ""
		case "down":
			if h%2 != 0 || w%2 != 0 {
				return nil, fmt.Sprintf("the picture of %v cannot be halved", in)
			}
			return Shape{h / 2, w / 2, out}, ""
		}
		return Shape{h, w, out}, ""
	case "attention":
		if h*w > attentionPixels {
			return nil, fmt.Sprintf("each of the %d pixels of %v would look at all others: at most %d can", h*w, in, attentionPixels)
		}
		return in, ""
	default: // in
		if h*w == 1 {
			return nil, fmt.Sprintf("each channel of %v is a single number, which minus its own mean is always 0", in)
		}
		return in, ""
	}
}
