package onnx

import "ganvas/engine/export/wire"

// Field numbers and enumerations of onnx.proto, as far as they are written here.
//
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
const (
	modelIRVersion       = 1
	modelProducerName    = 2
	modelProducerVersion = 3
	modelDoc             = 6
	modelGraph           = 7
	modelOpset           = 8
	modelMetadata        = 14

	opsetVersion = 2

	graphNode        = 1
	graphName        = 2
	graphInitializer = 5
	graphInput       = 11
	graphOutput      = 12

	nodeInput     = 1
	nodeOutput    = 2
	nodeName      = 3
	nodeOp        = 4
	nodeAttribute = 5

	attributeName  = 1
	attributeFloat = 2
	attributeInt   = 3
	attributeText  = 4
	attributeInts  = 8
	attributeType  = 20

	typeFloat = 1
	typeInt   = 2
	typeText  = 3
	typeInts  = 7

	tensorDims = 1
	tensorType = 2
	tensorName = 8
	tensorRaw  = 9

	float32Elements = 1
	int64Elements   = 7
)

// An attribute is a named constant of a node: a float32, an int, a string, or a list of ints.
type attribute struct {
	name  string
	value any
}

func (a attribute) encode() []byte {
	b := wire.Text(nil, attributeName, a.name)
	kind := int64(0)
	switch v := a.value.(type) {
	case float32:
		b, kind = wire.Float(b, attributeFloat, v), typeFloat
	case int:
		b, kind = wire.Int(b, attributeInt, int64(v)), typeInt
	case string:
		b, kind = wire.Text(b, attributeText, v), typeText
	case []int:
		for _, i := range v {
			b = wire.Int(b, attributeInts, int64(i))
		}
		kind = typeInts
	default:
		panic("onnx: attribute " + a.name + " of a type that is not written")
	}
	return wire.Int(b, attributeType, kind)
}

// A node is one operation of a graph.
type node struct {
	name, op        string
	inputs, outputs []string
	attributes      []attribute
}

func (n node) encode() []byte {
	var b []byte
	for _, s := range n.inputs {
		b = wire.Text(b, nodeInput, s)
	}
	for _, s := range n.outputs {
		b = wire.Text(b, nodeOutput, s)
	}
	b = wire.Text(b, nodeName, n.name)
	b = wire.Text(b, nodeOp, n.op)
	for _, a := range n.attributes {
		b = wire.Message(b, nodeAttribute, a.encode())
	}
	return b
}

// An end is an input or an output of the graph. Its first dimension, the batch, is free.
type end struct {
	name     string
	elements int64 // float32Elements or int64Elements
	item     []int // the other dimensions
}

func (e end) encode() []byte {
	const (
		name, kind           = 1, 2 // ValueInfoProto
		tensor               = 1    // TypeProto
		elements, shape, dim = 1, 2, 1
		size, free           = 1, 2 // TensorShapeProto.Dimension
	)
	dims := wire.Message(nil, dim, wire.Text(nil, free, "N"))
	for _, d := range e.item {
		dims = wire.Message(dims, dim, wire.Int(nil, size, int64(d)))
	}
	t := wire.Message(wire.Int(nil, elements, e.elements), shape, dims)
	return wire.Message(wire.Text(nil, name, e.name), kind, wire.Message(nil, tensor, t))
}

// A constant is an array of the graph. What it holds is asked for when it is written, so that one
// array at a time is copied.
type constant struct {
	name string
	dims []int
	f32  func() []float32 // nil: i64
	i64  []int64
}

func (c constant) bytes() int64 {
	n := int64(4)
	if c.f32 == nil {
		n = 8
	}
	for _, d := range c.dims {
		n *= int64(d)
	}
	return n
}

// head returns the message without its bytes, which follow.
func (c constant) head() []byte {
	var b []byte
	for _, d := range c.dims {
		b = wire.Int(b, tensorDims, int64(d))
	}
	kind := int64(float32Elements)
	if c.f32 == nil {
		kind = int64Elements
	}
	b = wire.Int(b, tensorType, kind)
	b = wire.Text(b, tensorName, c.name)
	return wire.Begin(b, tensorRaw, c.bytes())
}
