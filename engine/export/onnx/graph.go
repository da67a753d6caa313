package onnx

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"

	"ganvas/engine/export/wire"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// A graph is a model in the making. Values are known by their names.
type graph struct {
	nodes           []node
	constants       []constant
	inputs, outputs []end
	prefix          string          // of the names of what is added, such as "g1."
	lists           map[string]bool // of integers, by their names
}

// add adds a node with one result and returns the name of that. at tells where it stands, such as
// "3.conv1".
func (g *graph) add(at, op string, inputs []string, attributes ...attribute) string {
	name := fmt.Sprintf("%s%s.%s_%d", g.prefix, at, op, len(g.nodes))
	g.nodes = append(g.nodes, node{name: name, op: op, inputs: inputs, outputs: []string{name}, attributes: attributes})
	return name
}

// output gives the value x, which nothing has used yet, the name of an output, and makes it one.
func (g *graph) output(name, x string, item []int) {
	g.nodes = append(g.nodes, node{name: name + ".Identity", op: "Identity", inputs: []string{x}, outputs: []string{name}})
	g.outputs = append(g.outputs, end{name, float32Elements, item})
}

func (g *graph) input(name string, elements int64, item ...int) string {
	g.inputs = append(g.inputs, end{name, elements, item})
	return name
}

// integers adds a list of integers, once for the same ones.
func (g *graph) integers(values ...int) string {
	name := "ints"
	list := make([]int64, len(values))
	for i, v := range values {
		name += fmt.Sprintf("_%d", v)
		list[i] = int64(v)
	}
	if !g.lists[name] {
		if g.lists == nil {
			g.lists = map[string]bool{}
		}
		g.lists[name] = true
		g.constants = append(g.constants, constant{name: name, dims: []int{len(list)}, i64: list})
	}
	return name
}

// numbers adds an array.
func (g *graph) numbers(name string, dims []int, values ...float32) string {
	name = g.prefix + name
	g.constants = append(g.constants, constant{name: name, dims: dims, f32: func() []float32 { return values }})
	return name
}

// weights adds a parameter or buffer of a network as evaluation uses it, its filters in PyTorch's
// order. Other shapes than its own may be given.
func (g *graph) weights(n *nn.Net, name string, shape ...int) string {
	p := n.Used(name)
	if p == nil {
		panic("onnx: the network has no " + name)
	}
	if filter := len(p.Value.Shape) == 4; shape == nil && filter {
		shape = p.TorchShape()
	} else if shape == nil {
		shape = p.Value.Shape
	}
	c := constant{name: g.prefix + name, dims: shape}
	c.f32 = func() []float32 {
		p := n.Used(name)
		if len(p.Value.Shape) == 4 {
			return p.Torch()
		}
		return p.Value.Data
	}
	if c.bytes() != 4*int64(tensor.Size(p.Value.Shape)) {
		panic(fmt.Sprintf("onnx: shape %v for %s of %v", shape, name, p.Value.Shape))
	}
	g.constants = append(g.constants, c)
	return c.name
}

// reshape gives each item of x another shape; −1 is what is left.
func (g *graph) reshape(at, x string, item ...int) string {
	return g.add(at, "Reshape", []string{x, g.integers(append([]int{0}, item...)...)})
}

func (g *graph) transpose(at, x string, order ...int) string {
	return g.add(at, "Transpose", []string{x}, attribute{"perm", order})
}

// spread repeats c, of shape (1, …), for each item of the batch that x is.
func (g *graph) spread(at, c, x string, item ...int) string {
	batch := g.add(at, "Shape", []string{x}, attribute{"start", 0}, attribute{"end", 1})
	shape := g.add(at, "Concat", []string{batch, g.integers(item...)}, attribute{"axis", 0})
	return g.add(at, "Expand", []string{c, shape})
}

// join puts the channels of several values side by side.
func (g *graph) join(at string, values ...string) string {
	return g.add(at, "Concat", values, attribute{"axis", 1})
}

// most is what a protocol buffer, and so the file, may have.
const most = 1<<31 - 1

// write writes the graph as a model whose other fields are head. progress is told of the bytes.
func (g *graph) write(ctx context.Context, w io.Writer, head []byte, name string, progress func(done, total int64)) error {
	var nodes, ends []byte
	for _, n := range g.nodes {
		nodes = wire.Message(nodes, graphNode, n.encode())
	}
	nodes = wire.Text(nodes, graphName, name)
	for _, e := range g.inputs {
		ends = wire.Message(ends, graphInput, e.encode())
	}
	for _, e := range g.outputs {
		ends = wire.Message(ends, graphOutput, e.encode())
	}
	total := int64(len(nodes) + len(ends))
	for _, c := range g.constants {
		size := int64(len(c.head())) + c.bytes()
		total += wire.Sized(graphInitializer, size)
	}
	if total+int64(len(head))+16 > most {
		return fmt.Errorf("export onnx: the model has %s, and such a file may have 2 GiB: choose a smaller network, or export safetensors", memory.Text(total))
	}
	b := bufio.NewWriterSize(w, 1<<20)
	b.Write(wire.Begin(head, modelGraph, total)) // errors stay until Flush
	b.Write(nodes)
	done := int64(len(nodes))
	for _, c := range g.constants {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.write(b); err != nil {
			return err
		}
		done += c.bytes()
		progress(done, total)
	}
	b.Write(ends)
	return b.Flush()
}

func (c constant) write(w io.Writer) error {
	head := c.head()
	b := wire.Begin(nil, graphInitializer, int64(len(head))+c.bytes())
	if _, err := w.Write(append(b, head...)); err != nil {
		return err
	}
	if c.f32 == nil {
		return binary.Write(w, binary.LittleEndian, c.i64)
	}
	return binary.Write(w, binary.LittleEndian, c.f32())
}
