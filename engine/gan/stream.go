package gan

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

// streams are the trainer's sources of random numbers, one for each purpose, so that none depends
// on how often another is used.
type streams struct {
	latent, mix, dropout *Stream
	around               *Stream // of DRAGAN
	instance             *Stream // noise on what D sees
	augment              *Stream
}

func newStreams(seed uint64) streams {
	return streams{
		latent: NewStream(seed, "latent"), mix: NewStream(seed, "penalty"), dropout: NewStream(seed, "dropout"),
		around: NewStream(seed, "dragan"), instance: NewStream(seed, "instance noise"), augment: NewStream(seed, "augment"),
	}
}

// named returns the streams by the keys of Meta. Those of first have always been there.
func (s *streams) named() (first, later map[string]*Stream) {
	first = map[string]*Stream{"stream.latent": s.latent, "stream.penalty": s.mix, "stream.dropout": s.dropout}
	return first, map[string]*Stream{"stream.dragan": s.around, "stream.instance": s.instance, "stream.augment": s.augment}
}

// Latents fills z with latents of a kind: "gaussian", N(0, 1), or "uniform", U(−1, 1).
func (s *Stream) Latents(z []float32, kind string) {
	if kind == "uniform" {
		for i := range z {
			z[i] = 2*s.Float32() - 1
		}
		return
	}
	s.gaussian(z)
}

// gaussian fills x with N(0, 1).
func (s *Stream) gaussian(x []float32) {
	for i := range x {
		x[i] = float32(s.NormFloat64())
	}
}

// uniform fills x with U(0, 1).
func (s *Stream) uniform(x []float32) {
	for i := range x {
		x[i] = s.Float32()
	}
}
