// Package core is what the engine of a web page computes: a generator that is read from the page,
// and its pictures and points at places of the latent space. The program writes with it, the page
// reads with it; it knows neither projects nor browsers.
package core

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"ganvas/engine/nn"
	"ganvas/engine/sampler"
)

// A Model is what a page holds of a run.
type Model struct {
	Net        *nn.Net     // the generator
	Kind       string      // of latents: gaussian or uniform
	Directions [][]float32 // unit vectors of the latent space, strongest first
}

// rounded tells whether an array is written as halves. Biases, factors of channels and statistics
// are few.
func rounded(p *nn.Param) bool { return len(p.Value.Shape) > 1 }

// mostWeight is what no number may reach: the half next to it is infinite.
const mostWeight = 0x1.ffep127

// Check names what cannot be written: numbers that are not finite, or next to it.
func (m Model) Check() error {
	for _, p := range slices.Concat(m.Net.Params, m.Net.Buffers) {
		for _, v := range p.Value.Data {
			if !(math.Abs(float64(v)) < mostWeight) {
				return fmt.Errorf("weights %s hold %g, which is no number that can be written: choose an earlier checkpoint", p.Name, v)
			}
		}
	}
	return nil
}

// Bytes returns how long the numbers of a model are.
func (m Model) Bytes() int64 {
	var n int64
	for _, p := range m.Net.Params {
		size := int64(len(p.Value.Data))
		if n += 4 * size; rounded(p) {
			n -= 2 * size
		}
	}
	for _, p := range m.Net.Buffers {
		n += 4 * int64(len(p.Value.Data))
	}
	return n + 4*int64(len(m.Directions)*m.Net.In.Size())
}

// Encode writes a model that Check has nothing against: what describes it, then its numbers in the
// order of Params, Buffers, Directions, halves of matrices and filters, float32 of all others.
func (m Model) Encode(w io.Writer) error {
	n := m.Net
	var exponents []int
	for _, p := range n.Params {
		if rounded(p) {
			exponents = append(exponents, exponentOf(p.Value.Data))
		}
	}
	b := bufio.NewWriterSize(w, 1<<16)
	b.Write(m.head(exponents))
	var word [4]byte
	floats := func(values []float32) {
		for _, v := range values {
			binary.LittleEndian.PutUint32(word[:], math.Float32bits(v))
			b.Write(word[:])
		}
	}
	for _, p := range n.Params {
		if !rounded(p) {
			floats(p.Value.Data)
			continue
		}
		factor := math.Ldexp(1, -exponents[0])
		exponents = exponents[1:]
		for _, v := range p.Value.Data {
			binary.LittleEndian.PutUint16(word[:], half(float64(v)*factor))
			b.Write(word[:2])
		}
	}
	for _, p := range n.Buffers {
		floats(p.Value.Data)
	}
	for _, d := range m.Directions {
		floats(d)
	}
	return b.Flush() // which has the first error
}

var errIncomplete = errors.New("the weights are incomplete")

// Decode reads what Encode has written.
func Decode(content []byte) (Model, error) {
	m, exponents, content, err := readHead(content)
	if err != nil {
		return Model{}, err
	}
	if int64(len(content)) != m.Bytes() {
		return Model{}, errIncomplete
	}
	m.fill(content, exponents)
	return m, nil
}

// fill takes over numbers, which are as many as there must be.
func (m Model) fill(content []byte, exponents []int) {
	floats := func(values []float32) {
		for i := range values {
			values[i] = math.Float32frombits(binary.LittleEndian.Uint32(content[4*i:]))
		}
		content = content[4*len(values):]
	}
	for _, p := range m.Net.Params {
		if !rounded(p) {
			floats(p.Value.Data)
			continue
		}
		factor := math.Ldexp(1, exponents[0])
		exponents = exponents[1:]
		for i := range p.Value.Data {
			p.Value.Data[i] = float32(full(binary.LittleEndian.Uint16(content[2*i:])) * factor)
		}
		content = content[2*len(p.Value.Data):]
	}
	for _, p := range m.Net.Buffers {
		floats(p.Value.Data)
	}
	for _, d := range m.Directions {
		floats(d)
	}
}

// Generator returns the generator.
func (m Model) Generator() *sampler.Generator { return sampler.New(m.Net, m.Kind) }
