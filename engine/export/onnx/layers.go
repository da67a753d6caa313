package onnx

import (
	"fmt"
	"math"

	"ganvas/engine/nn"
)

const (
	normEps      = 1e-5
	pixelNormEps = 1e-8
)

// A place is a layer that is being written: what it is called, what enters and leaves it.
type place struct {
	*graph
	net     *nn.Net
	at      string // its number
	layer   nn.Layer
	in, out nn.Shape
}

// network adds the layers of a network and returns what enters the last one, and what leaves it.
// Pictures are in NCHW order; numbers in a row keep the order that the network has them in, which
// is that of the pixels, channels together.
func (g *graph) network(n *nn.Net, x string) (features, y string, err error) {
	texts := make([]string, len(n.Layers))
	for i, l := range n.Layers {
		texts[i] = l.String()
	}
	in := n.Role().Input(n.In)
	shapes, err := nn.Infer(texts, in)
	if err != nil {
		return "", "", fmt.Errorf("export onnx: %w", err)
	}
	for i, l := range n.Layers {
		features = x
		p := place{g, n, fmt.Sprint(i), l, in, shapes[i]}
		if x = p.write(x); x == "" {
			return "", "", fmt.Errorf("export onnx: layer %d %q: ONNX files of Ganvas cannot hold this kind of layer: choose another layer, or export safetensors", i+1, l)
		}
		in = shapes[i]
	}
	return features, x, nil
}

// activations are layers that are one node without constants.
var activations = map[string]string{"relu": "Relu", "tanh": "Tanh", "sigmoid": "Sigmoid", "softplus": "Softplus"}

// write adds the layer and returns its result; "" if no way is known to write it.
func (p place) write(x string) string {
	l := p.layer
	if op, ok := activations[l.Kind]; ok {
		return p.add(p.at, op, []string{x})
	}
	switch l.Kind {
	case "linear":
		return p.linear(x)
	case "conv", "convt":
		return p.convolution(x)
	case "lrelu":
		return p.add(p.at, "LeakyRelu", []string{x}, attribute{"alpha", float32(l.Args[0])})
	case "silu":
		return p.add(p.at, "Mul", []string{x, p.add(p.at, "Sigmoid", []string{x})})
	case "gelu":
		return p.gelu(x)
	case "dropout", "noise": // only in training
		return x
	case "flatten":
		return p.flatten(x)
	case "unflatten":
		return p.unflatten(x)
	case "up":
		return p.up(x, l.Arg(0), l.Mode == "bilinear")
	case "avgpool":
		return p.pool("AveragePool", x, l.Arg(0))
	case "maxpool":
		return p.pool("MaxPool", x, l.Arg(0))
	case "maxout":
		return p.maxout(x, l.Arg(0))
	case "pixelnorm":
		return p.pixelNorm(x)
	case "bn":
		names := []string{x, p.weights(p.net, p.at+".weight"), p.weights(p.net, p.at+".bias"), p.weights(p.net, p.at+".running_mean"), p.weights(p.net, p.at+".running_var")}
		return p.add(p.at, "BatchNormalization", names, attribute{"epsilon", float32(normEps)})
	case "in":
		return p.norm(x, p.in.Channels())
	case "ln":
		return p.norm(x, 1)
	case "gn":
		return p.norm(x, l.Arg(0))
	case "residual":
		return p.residual(x)
	case "attention":
		return p.attention(x)
	case "minibatch-std":
		return p.minibatchStd(x)
	case "minibatch-discrimination":
		k := p.layer.Arg(0)
		return p.join(p.at, x, p.spread(p.at, p.weights(p.net, p.at+".running_sums", 1, k), x, k))
	}
	return ""
}

func (p place) linear(x string) string {
	return p.add(p.at, "Gemm", []string{x, p.weights(p.net, p.at+".weight"), p.weights(p.net, p.at+".bias")}, attribute{"transB", 1})
}

func (p place) convolution(x string) string {
	op := "Conv"
	if p.layer.Kind == "convt" {
		op = "ConvTranspose"
	}
	return p.filter(op, p.at, x, p.layer.Arg(1), p.layer.Arg(2), p.layer.Arg(3), true)
}

// filter adds a convolution whose arrays are called name.
func (p place) filter(op, name, x string, kernel, stride, pad int, bias bool) string {
	inputs := []string{x, p.weights(p.net, name+".weight")}
	if bias {
		inputs = append(inputs, p.weights(p.net, name+".bias"))
	}
	return p.add(
		name, op, inputs,
		attribute{"kernel_shape", []int{kernel, kernel}}, attribute{"strides", []int{stride, stride}}, attribute{"pads", []int{pad, pad, pad, pad}},
	)
}

// gelu is x·(1+erf(x/√2))/2.
func (p place) gelu(x string) string {
	scaled := p.add(p.at, "Mul", []string{x, p.numbers(p.at+".inverse_root_of_2", nil, float32(1/math.Sqrt2))})
	one := p.add(p.at, "Add", []string{p.add(p.at, "Erf", []string{scaled}), p.numbers(p.at+".one", nil, 1)})
	return p.add(p.at, "Mul", []string{p.add(p.at, "Mul", []string{x, one}), p.numbers(p.at+".half", nil, 0.5)})
}

// flatten brings channels together before it makes a row of a picture.
func (p place) flatten(x string) string {
	if !p.in.Picture() {
		return x
	}
	if p.in[2] > 1 && p.in[0]*p.in[1] > 1 {
		x = p.transpose(p.at, x, 0, 2, 3, 1)
	}
	return p.add(p.at, "Flatten", []string{x}, attribute{"axis", 1})
}

// unflatten is the inverse of flatten.
func (p place) unflatten(x string) string {
	h, w, c := p.out[0], p.out[1], p.out[2]
	if c == 1 || h*w == 1 {
		return p.reshape(p.at, x, c, h, w)
	}
	return p.transpose(p.at, p.reshape(p.at, x, h, w, c), 0, 3, 1, 2)
}

func (p place) up(x string, factor int, bilinear bool) string {
	mode := []attribute{{"mode", "nearest"}, {"coordinate_transformation_mode", "asymmetric"}, {"nearest_mode", "floor"}}
	if bilinear {
		mode = []attribute{{"mode", "linear"}, {"coordinate_transformation_mode", "half_pixel"}}
	}
	f := float32(factor)
	return p.add(p.at, "Resize", []string{x, "", p.numbers(p.at+".scales", []int{4}, 1, 1, f, f)}, mode...)
}

func (p place) pool(op, x string, k int) string {
	return p.add(p.at, op, []string{x}, attribute{"kernel_shape", []int{k, k}}, attribute{"strides", []int{k, k}})
}

// maxout is the largest of each few channels that are next to one another.
func (p place) maxout(x string, pieces int) string {
	if p.in.Picture() {
		x = p.reshape(p.at, x, p.out[2], pieces, p.in[0], p.in[1])
	} else {
		x = p.reshape(p.at, x, p.out[0], pieces)
	}
	return p.add(p.at, "ReduceMax", []string{x}, attribute{"axes", []int{2}}, attribute{"keepdims", 0})
}

func (p place) pixelNorm(x string) string {
	mean := p.add(p.at, "ReduceMean", []string{p.add(p.at, "Mul", []string{x, x})}, attribute{"axes", []int{1}}, attribute{"keepdims", 1})
	length := p.add(p.at, "Sqrt", []string{p.add(p.at, "Add", []string{mean, p.numbers(p.at+".epsilon", nil, pixelNormEps)})})
	return p.add(p.at, "Div", []string{x, length})
}

// norm normalises groups of channels by way of an instance normalisation of as many channels as
// there are groups: ONNX has none of its own for groups before opset 21.
func (p place) norm(x string, groups int) string {
	c := p.in.Channels()
	ones, zeros := make([]float32, groups), make([]float32, groups)
	for i := range ones {
		ones[i] = 1
	}
	x = p.reshape(p.at, x, groups, -1)
	names := []string{x, p.numbers(p.at+".ones", []int{groups}, ones...), p.numbers(p.at+".zeros", []int{groups}, zeros...)}
	x = p.add(p.at, "InstanceNormalization", names, attribute{"epsilon", float32(normEps)})
	shape := []int{c}
	if p.in.Picture() {
		x = p.reshape(p.at, x, c, p.in[0], p.in[1])
		shape = []int{c, 1, 1}
	} else {
		x = p.reshape(p.at, x, c)
	}
	x = p.add(p.at, "Mul", []string{x, p.weights(p.net, p.at+".weight", shape...)})
	return p.add(p.at, "Add", []string{x, p.weights(p.net, p.at+".bias", shape...)})
}
