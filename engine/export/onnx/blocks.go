package onnx

// The constants of the residual block of package nn.
const (
	residualSlope = 0.2
	residualShare = 0.1
)

// residual is s(x) + 0.1·conv2(lrelu(conv1(lrelu(x)))), as package nn says.
func (p place) residual(x string) string {
	if p.layer.Mode == "down" {
		x = p.pool("AveragePool", x, 2)
	}
	slope := attribute{"alpha", float32(residualSlope)}
	h := p.filter("Conv", p.at+".conv1", p.add(p.at, "LeakyRelu", []string{x}, slope), 3, 1, 1, true)
	h = p.filter("Conv", p.at+".conv2", p.add(p.at, "LeakyRelu", []string{h}, slope), 3, 1, 1, true)
	if p.net.Used(p.at+".shortcut.weight") != nil {
		x = p.filter("Conv", p.at+".shortcut", x, 1, 1, 0, false)
	}
	h = p.add(p.at, "Mul", []string{h, p.numbers(p.at+".share", nil, residualShare)})
	y := p.add(p.at, "Add", []string{x, h})
	if p.layer.Mode == "up" {
		y = p.up(y, 2, false)
	}
	return y
}

// attention is package nn's: every pixel looks at all others.
func (p place) attention(x string) string {
	h, w := p.in[0], p.in[1]
	narrow := p.net.Used(p.at + ".f.weight").TorchShape()[0]
	rows := func(name string) string { // (N, narrow, pixels)
		return p.reshape(p.at, p.filter("Conv", p.at+"."+name, x, 1, 1, 0, false), narrow, h*w)
	}
	scores := p.add(p.at, "MatMul", []string{p.transpose(p.at, rows("g"), 0, 2, 1), rows("f")})
	weights := p.add(p.at, "Softmax", []string{scores}, attribute{"axis", -1})
	seen := p.add(p.at, "MatMul", []string{weights, p.transpose(p.at, rows("h"), 0, 2, 1)})
	o := p.reshape(p.at, p.transpose(p.at, seen, 0, 2, 1), narrow, h, w)
	o = p.filter("Conv", p.at+".v", o, 1, 1, 0, false)
	return p.add(p.at, "Add", []string{x, p.add(p.at, "Mul", []string{o, p.weights(p.net, p.at+".gamma")})})
}

// minibatchStd appends the deviation that training has seen, the same for every item.
func (p place) minibatchStd(x string) string {
	if !p.in.Picture() {
		return p.join(p.at, x, p.spread(p.at, p.weights(p.net, p.at+".running_std", 1, 1), x, 1))
	}
	return p.join(p.at, x, p.spread(p.at, p.weights(p.net, p.at+".running_std", 1, 1, 1, 1), x, 1, p.in[0], p.in[1]))
}
