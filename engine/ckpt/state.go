package ckpt

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"math"
	"slices"
	"sort"
)

// Entry is one named array of a State. Exactly the slice that DType names is in use, and its length
// is the product of Shape; the empty shape is a scalar.
type Entry struct {
	Name  string
	DType string // "F32", "F16", "F64", "I64", "U64" or "U8", as safetensors spells them
	Shape []int
	F32   []float32 // of F16 too, which are rounded when they are written
	U8    []byte
	I64   []int64
	U64   []uint64
	F64   []float64
}

// State is everything the next training step depends on: weights, buffers, optimiser, moving
// averages, random streams, data order. Entries keep their order through a project file; names are
// unique.
type State struct {
	Entries []Entry
	Meta    map[string]string
}

// dtypeSize returns the bytes of one element of a data type, or 0 if it is none of Entry's.
func dtypeSize(dtype string) int {
	switch dtype {
	case "F64", "I64", "U64":
		return 8
	case "F32":
		return 4
	case "F16":
		return 2
	case "U8":
		return 1
	}
	return 0
}

// len returns the number of elements that the entry holds.
func (e *Entry) len() int {
	switch e.DType {
	case "F32", "F16":
		return len(e.F32)
	case "F64":
		return len(e.F64)
	case "I64":
		return len(e.I64)
	case "U64":
		return len(e.U64)
	}
	return len(e.U8)
}

// bytes returns the size of the entry's data in a file.
func (e *Entry) bytes() int64 { return int64(e.len()) * int64(dtypeSize(e.DType)) }

// check reports what makes the entry unfit to be written.
func (e *Entry) check() error {
	if dtypeSize(e.DType) == 0 {
		return fmt.Errorf("tensor %q: data type %q is not one of F32, F16, F64, I64, U64, U8", e.Name, e.DType)
	}
	n := 1
	for _, d := range e.Shape {
		if d < 0 || (d > 0 && n > math.MaxInt/d) {
			return fmt.Errorf("tensor %q: impossible shape %v", e.Name, e.Shape)
		}
		n *= d
	}
	if n != e.len() {
		return fmt.Errorf("tensor %q: %d values for shape %v", e.Name, e.len(), e.Shape)
	}
	return nil
}

// writeData writes the entry's elements to w in little-endian order, through buf.
func (e *Entry) writeData(w io.Writer, buf []byte) error {
	switch e.DType {
	case "F32":
		return writeWords(w, buf, e.F32, 4, func(b []byte, v float32) {
			binary.LittleEndian.PutUint32(b, math.Float32bits(v))
		})
	case "F16":
		return writeWords(w, buf, e.F32, 2, func(b []byte, v float32) { binary.LittleEndian.PutUint16(b, half(v)) })
	case "F64":
		return writeWords(w, buf, e.F64, 8, func(b []byte, v float64) {
			binary.LittleEndian.PutUint64(b, math.Float64bits(v))
		})
	case "I64":
		return writeWords(w, buf, e.I64, 8, func(b []byte, v int64) { binary.LittleEndian.PutUint64(b, uint64(v)) })
	case "U64":
		return writeWords(w, buf, e.U64, 8, binary.LittleEndian.PutUint64)
	}
	_, err := w.Write(e.U8)
	return err
}

// writeWords converts values a buffer at a time, so that a large tensor needs no second copy in
// memory.
func writeWords[T any](w io.Writer, buf []byte, values []T, size int, put func([]byte, T)) error {
	for len(values) > 0 {
		n := min(len(values), len(buf)/size)
		for i, v := range values[:n] {
			put(buf[i*size:], v)
		}
		if _, err := w.Write(buf[:n*size]); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

// copyBufferSize is what one conversion step of writeWords handles; it fits the first-level cache.
const copyBufferSize = 16 << 10

// SHA256 returns the hexadecimal SHA-256 of the state in a canonical form: names, data types,
// shapes and bytes of all entries in the order of their names, then Meta in the order of its keys.
// Two states have the same sum exactly if they hold the same values to the last bit, in whatever
// order. It panics if an entry's length does not fit its shape.
func (s *State) SHA256() string {
	h := sha256.New()
	buf := make([]byte, copyBufferSize)
	order := make([]int, len(s.Entries))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch na, nb := s.Entries[a].Name, s.Entries[b].Name; {
		case na < nb:
			return -1
		case na > nb:
			return 1
		}
		return 0
	})
	hashInt(h, int64(len(order)))
	for _, i := range order {
		e := &s.Entries[i]
		if err := e.check(); err != nil {
			panic("ckpt: " + err.Error())
		}
		hashString(h, e.Name)
		hashString(h, e.DType)
		hashInt(h, int64(len(e.Shape)))
		for _, d := range e.Shape {
			hashInt(h, int64(d))
		}
		_ = e.writeData(h, buf) // a hash never fails
	}
	hashInt(h, int64(len(s.Meta)))
	for _, k := range sortedKeys(s.Meta) {
		hashString(h, k)
		hashString(h, s.Meta[k])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// hashString writes the length before the text, so that no two lists of texts look alike.
func hashString(h hash.Hash, s string) {
	hashInt(h, int64(len(s)))
	_, _ = io.WriteString(h, s)
}

func hashInt(h hash.Hash, v int64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], uint64(v))
	_, _ = h.Write(b[:])
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
