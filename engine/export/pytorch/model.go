package pytorch

import (
	"fmt"
	"strconv"
	"strings"

	"ganvas/engine/nn"
)

// A line of a network: a layer, and the shape behind it.
type line struct {
	Code, Shape string
}

// network returns the layers of a player as modules, and the width of what enters the last one.
func (g *game) network(layers []string, in nn.Shape) (lines []line, features int, err error) {
	shapes, err := nn.Infer(layers, in)
	if err != nil {
		return nil, 0, err
	}
	x := in
	for i, text := range layers {
		l, err := nn.ParseLayer(text)
		if err != nil {
			return nil, 0, err
		}
		features = x.Size()
		lines = append(lines, line{g.module(l, x, shapes[i], pixelsBehind(layers, in, i)) + ",", torchShape(shapes[i])})
		x = shapes[i]
	}
	widest := 0
	for _, l := range lines {
		widest = max(widest, len(l.Code))
	}
	for i := range lines {
		lines[i].Code += strings.Repeat(" ", widest-len(lines[i].Code))
	}
	return lines, features, nil
}

// torchShape is the shape of a batch of items as PyTorch has it.
func torchShape(s nn.Shape) string {
	if s.Picture() {
		return fmt.Sprintf("(N, %d, %d, %d)", s[2], s[0], s[1])
	}
	return fmt.Sprintf("(N, %d)", s.Size())
}

// plain are the layers that are modules of PyTorch without numbers.
var plain = map[string]string{
	"relu": "nn.ReLU()", "silu": "nn.SiLU()", "gelu": "nn.GELU()", "tanh": "nn.Tanh()", "sigmoid": "nn.Sigmoid()",
	"softplus": "nn.Softplus()", "flatten": "nn.Flatten()",
}

// module returns the module of a layer, and notes which of the project's own it needs. pixels are
// those behind flat features.
func (g *game) module(l nn.Layer, in, out nn.Shape, pixels int) string {
	code, known := plain[l.Kind]
	c := in.Channels()
	number := func(i int) string { return float(l.Args[i]) }
	need := func(class string) string {
		g.Own[class] = true
		return class
	}
	switch {
	case known:
	case l.Kind == "linear":
		code = fmt.Sprintf("nn.Linear(%d, %d)", c, l.Arg(0))
	case l.Kind == "conv" || l.Kind == "convt":
		class := map[string]string{"conv": "Conv2d", "convt": "ConvTranspose2d"}[l.Kind]
		code = fmt.Sprintf("nn.%s(%d, %d, %d, stride=%d, padding=%d)", class, c, l.Arg(0), l.Arg(1), l.Arg(2), l.Arg(3))
	case l.Kind == "lrelu":
		code = fmt.Sprintf("nn.LeakyReLU(%s)", number(0))
	case l.Kind == "unflatten":
		code = fmt.Sprintf("nn.Unflatten(1, (%d, %d, %d))", out[2], out[0], out[1])
	case l.Kind == "up":
		code = fmt.Sprintf("nn.Upsample(scale_factor=%d, mode=%q)", l.Arg(0), l.Mode)
	case l.Kind == "avgpool":
		code = fmt.Sprintf("nn.AvgPool2d(%d)", l.Arg(0))
	case l.Kind == "maxpool":
		code = fmt.Sprintf("nn.MaxPool2d(%d)", l.Arg(0))
	case l.Kind == "dropout":
		code = fmt.Sprintf("nn.Dropout(%s)", number(0))
	case l.Kind == "in":
		code = fmt.Sprintf("nn.GroupNorm(%d, %d)", c, c)
	case l.Kind == "ln":
		code = fmt.Sprintf("nn.GroupNorm(1, %d)", c)
	case l.Kind == "gn":
		code = fmt.Sprintf("nn.GroupNorm(%d, %d)", l.Arg(0), c)
	case l.Kind == "bn":
		code = fmt.Sprintf("%s(%d)", need("BatchNorm"), c)
	case l.Kind == "noise":
		code = fmt.Sprintf("%s(%s)", need("Noise"), number(0))
	case l.Kind == "pixelnorm":
		code = need("PixelNorm") + "()"
	case l.Kind == "maxout":
		code = fmt.Sprintf("%s(%d)", need("Maxout"), l.Arg(0))
		if pixels > 1 {
			code = fmt.Sprintf("Maxout(%d, pixels=%d)", l.Arg(0), pixels)
		}
	case l.Kind == "residual":
		code = fmt.Sprintf("%s(%d, %d, %q)", need("Residual"), c, l.Arg(0), l.Mode)
	case l.Kind == "attention":
		code = fmt.Sprintf("%s(%d)", need("Attention"), c)
	case l.Kind == "minibatch-std":
		code = fmt.Sprintf("%s(%d)", need("MinibatchStd"), l.Arg(0))
	case l.Kind == "minibatch-discrimination":
		code = fmt.Sprintf("%s(%d, %d, %d)", need("MinibatchDiscrimination"), c, l.Arg(0), l.Arg(1))
	default:
		panic("pytorch: no module for layer " + l.String())
	}
	return g.normalised(l, code)
}

// normalised returns the module of a layer with the normalisation of its weights, and notes which
// that is.
func (g *game) normalised(l nn.Layer, code string) string {
	switch {
	case l.Spectral:
		g.Spectral = true
		return "spectral_norm(" + code + ")"
	case l.WeightNorm:
		g.WeightNorm = true
		if l.Kind == "convt" {
			return "weight_norm(" + code + ", dim=1)"
		}
		return "weight_norm(" + code + ")"
	}
	return code
}

// float writes a number as Python does.
func float(x float64) string {
	s := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}
