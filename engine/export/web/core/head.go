package core

import (
	"encoding/binary"
	"fmt"

	"ganvas/engine/nn"
)

// head describes a model: whole numbers and texts, in the form of encoding/binary's varints. It is
// as plain as that because the page has no room for what reads more.
func (m Model) head(exponents []int) []byte {
	n := m.Net
	classes := 0
	if r := n.Role(); r.ConcatEmbed {
		classes = r.Classes
	}
	var b []byte
	number := func(v int) { b = binary.AppendVarint(b, int64(v)) }
	text := func(s string) {
		number(len(s))
		b = append(b, s...)
	}
	text(m.Kind)
	number(n.Count())
	number(classes)
	number(len(m.Directions))
	number(len(n.In))
	for _, d := range n.In {
		number(d)
	}
	number(len(n.Layers))
	for _, l := range n.Layers {
		text(l.String())
	}
	number(len(exponents))
	for _, e := range exponents {
		number(e)
	}
	return b
}

// A reader reads a head; after it has failed it gives zeros.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) number() int {
	v, n := binary.Varint(r.rest)
	if n <= 0 || v != int64(int32(v)) {
		r.rest, r.failed = nil, true
		return 0
	}
	r.rest = r.rest[n:]
	return int(v)
}

// count reads how many of something there are, each of which takes at least a byte.
func (r *reader) count() int {
	n := r.number()
	if n < 0 || n > len(r.rest) {
		r.rest, r.failed = nil, true
		return 0
	}
	return n
}

func (r *reader) text() string {
	n := r.count()
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

// readHead returns a model without its numbers, the exponents of its halves, and what comes next.
func readHead(content []byte) (m Model, exponents []int, rest []byte, err error) {
	r := &reader{rest: content}
	m.Kind = r.text()
	nets, role, directions := r.count(), nn.Role{Classes: r.number()}, r.number()
	role.ConcatEmbed = role.Classes > 0
	in := make(nn.Shape, r.count())
	for i := range in {
		in[i] = r.number()
	}
	layers := make([]string, r.count())
	for i := range layers {
		layers[i] = r.text()
	}
	exponents = make([]int, r.count())
	for i := range exponents {
		exponents[i] = r.number()
	}
	if r.failed || nets == 0 || len(in) == 0 || directions < 0 || directions > in.Size() {
		return m, nil, nil, errIncomplete
	}
	var parts []*nn.Net
	for range nets {
		n, err := nn.NewRole(layers, in, role)
		if err != nil {
			return m, nil, nil, fmt.Errorf("read the generator: %w", err)
		}
		parts = append(parts, n)
	}
	m.Net = nn.Several(parts)
	halves := 0
	for _, p := range m.Net.Params {
		if rounded(p) {
			halves++
		}
	}
	if halves != len(exponents) {
		return m, nil, nil, errIncomplete
	}
	for range directions {
		m.Directions = append(m.Directions, make([]float32, in.Size()))
	}
	return m, exponents, r.rest, nil
}
