package sampler

import (
	"crypto/sha256"
	"encoding/binary"
	"math/rand/v2"
)

// Stream is a named source of random numbers whose state can be saved. Streams of one seed with
// different names are independent.
type Stream struct {
	*rand.Rand
	pcg *rand.PCG
}

// NewStream returns the stream of a seed and a name at its beginning.
func NewStream(seed uint64, name string) *Stream {
	h := sha256.Sum256(append(binary.LittleEndian.AppendUint64(nil, seed), name...))
	p := rand.NewPCG(binary.LittleEndian.Uint64(h[:8]), binary.LittleEndian.Uint64(h[8:16]))
	return &Stream{Rand: rand.New(p), pcg: p}
}

// State returns what Restore needs to go on from here.
func (s *Stream) State() []byte {
	b, err := s.pcg.MarshalBinary()
	if err != nil {
		panic(err) // it never fails
	}
	return b
}

// Restore goes on from a state.
func (s *Stream) Restore(state []byte) error { return s.pcg.UnmarshalBinary(state) }

// Latents fills z with latents of a kind: "gaussian", N(0, 1), or "uniform", U(−1, 1).
func (s *Stream) Latents(z []float32, kind string) {
	if kind == "uniform" {
		for i := range z {
			z[i] = 2*s.Float32() - 1
		}
		return
	}
	s.Gaussian(z)
}

// Gaussian fills x with N(0, 1).
func (s *Stream) Gaussian(x []float32) {
	for i := range x {
		x[i] = float32(s.NormFloat64())
	}
}

// Uniform fills x with U(0, 1).
func (s *Stream) Uniform(x []float32) {
	for i := range x {
		x[i] = s.Float32()
	}
}
