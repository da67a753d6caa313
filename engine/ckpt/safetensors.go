package ckpt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"sort"
	"unicode/utf8"
)

// maxHeader is the largest JSON header that the format's reference implementation accepts.
const maxHeader = 100_000_000

// metadataKey is the reserved name under which the header holds free text.
const metadataKey = "__metadata__"

// EncodeSafetensors writes s in the safetensors format: the header's length as 8 little-endian
// bytes, the header in JSON padded with spaces to a multiple of 8, the data. The header lists the
// entries in their own order; the data are laid out by element size, largest first, so that every
// tensor is aligned. Equal states give equal bytes. It fails if two entries share a name, or if a
// name, type or shape cannot be written.
//
// https://github.com/huggingface/safetensors#format
func EncodeSafetensors(w io.Writer, s *State) error {
	return encodeSafetensors(w, s, 0, func() error { return nil })
}

// encodeSafetensors is EncodeSafetensors with the data of the first core entries before those of
// the others, which are aligned if those of the core fill up their last element. It calls cut after
// the header and after the core.
func encodeSafetensors(w io.Writer, s *State, core int, cut func() error) error {
	layout := append(dataOrder(s.Entries[:core], 0), dataOrder(s.Entries[core:], core)...)
	header, err := encodeHeader(s, layout)
	if err != nil {
		return fmt.Errorf("encode safetensors: %w", err)
	}
	var size [8]byte
	binary.LittleEndian.PutUint64(size[:], uint64(len(header)))
	if _, err := w.Write(size[:]); err != nil {
		return err
	}
	if _, err := w.Write(header); err != nil {
		return err
	}
	buf := make([]byte, copyBufferSize)
	for n, i := range layout {
		if n == 0 || n == core {
			if err := cut(); err != nil {
				return err
			}
		}
		if err := s.Entries[i].writeData(w, buf); err != nil {
			return err
		}
	}
	return nil
}

// dataOrder returns the indices of entries, the first of which is first, as their data lie in the
// file.
func dataOrder(entries []Entry, first int) []int {
	order := make([]int, len(entries))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return dtypeSize(entries[order[a]].DType) > dtypeSize(entries[order[b]].DType)
	})
	for i := range order {
		order[i] += first
	}
	return order
}

// tensorInfo is the header's description of one tensor.
type tensorInfo struct {
	DType   string   `json:"dtype"`
	Shape   []uint64 `json:"shape"`
	Offsets []uint64 `json:"data_offsets"`
}

func encodeHeader(s *State, layout []int) ([]byte, error) {
	h := header{meta: s.Meta, names: make([]string, len(s.Entries)), infos: make([]tensorInfo, len(s.Entries))}
	seen := make(map[string]bool, len(s.Entries))
	var offset int64
	for _, i := range layout {
		e := &s.Entries[i]
		if err := e.check(); err != nil {
			return nil, err
		}
		if e.Name == metadataKey || seen[e.Name] || !utf8.ValidString(e.Name) {
			return nil, fmt.Errorf("tensor %q: a name must be unique, valid UTF-8 and not %s", e.Name, metadataKey)
		}
		seen[e.Name] = true
		shape := make([]uint64, len(e.Shape))
		for j, d := range e.Shape {
			shape[j] = uint64(d)
		}
		end := offset + e.bytes()
		h.names[i], h.infos[i] = e.Name, tensorInfo{e.DType, shape, []uint64{uint64(offset), uint64(end)}}
		offset = end
	}
	return h.encode()
}

// encode returns the header as it stands in a file, without its length.
func (h *header) encode() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	if len(h.meta) > 0 {
		for k, v := range h.meta {
			if !utf8.ValidString(k) || !utf8.ValidString(v) {
				return nil, fmt.Errorf("metadata %q: not valid UTF-8", k)
			}
		}
		if err := writeMember(&b, metadataKey, h.meta); err != nil { // encoding/json sorts the keys
			return nil, err
		}
	}
	for i := range h.infos {
		if err := writeMember(&b, h.names[i], h.infos[i]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	for b.Len()%8 != 0 {
		b.WriteByte(' ')
	}
	if b.Len() > maxHeader {
		return nil, fmt.Errorf("header of %d bytes is over the format's limit of %d", b.Len(), maxHeader)
	}
	return b.Bytes(), nil
}

func writeMember(b *bytes.Buffer, key string, value any) error {
	if b.Len() > 1 {
		b.WriteByte(',')
	}
	for i, v := range []any{key, value} {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if i == 1 {
			b.WriteByte(':')
		}
		b.Write(text)
	}
	return nil
}

// DecodeSafetensors reads a whole file in the safetensors format. Entries come in the order of the
// header; Meta is never nil. The result shares no memory with b. Anything that the format forbids
// is an error: a header longer than the file or 100 MB, a name twice, a type that Entry has not, a
// shape that does not fit its bytes, gaps and overlaps.
func DecodeSafetensors(b []byte) (*State, error) {
	s, err := decodeSafetensors(b)
	if err != nil {
		return nil, fmt.Errorf("decode safetensors: %w", err)
	}
	return s, nil
}

func decodeSafetensors(b []byte) (*State, error) {
	if len(b) < 8 {
		return nil, fmt.Errorf("%d bytes are too few for a safetensors file", len(b))
	}
	n := binary.LittleEndian.Uint64(b)
	if n > maxHeader {
		return nil, fmt.Errorf("header of %d bytes is over the format's limit of %d: not a safetensors file", n, maxHeader)
	}
	if n > uint64(len(b)-8) {
		return nil, fmt.Errorf("header of %d bytes in a file of %d: the file is cut off or not a safetensors file", n, len(b))
	}
	h, err := decodeHeader(b[8 : 8+n])
	if err != nil {
		return nil, err
	}
	data := b[8+n:]
	if err := h.checkLayout(uint64(len(data))); err != nil {
		return nil, err
	}
	s := &State{Meta: h.meta, Entries: make([]Entry, len(h.names))}
	for i, name := range h.names {
		info := h.infos[i]
		shape := make([]int, len(info.Shape))
		for j, d := range info.Shape {
			shape[j] = int(d)
		}
		s.Entries[i] = Entry{Name: name, DType: info.DType, Shape: shape}
		s.Entries[i].readData(data[info.Offsets[0]:info.Offsets[1]])
	}
	return s, nil
}

// readData converts the little-endian bytes of b, whose length has been checked.
func (e *Entry) readData(b []byte) {
	switch e.DType {
	case "F32":
		e.F32 = readWords(b, 4, func(b []byte) float32 { return math.Float32frombits(binary.LittleEndian.Uint32(b)) })
	case "F16":
		e.F32 = readWords(b, 2, func(b []byte) float32 { return ofHalf(binary.LittleEndian.Uint16(b)) })
	case "F64":
		e.F64 = readWords(b, 8, func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) })
	case "I64":
		e.I64 = readWords(b, 8, func(b []byte) int64 { return int64(binary.LittleEndian.Uint64(b)) })
	case "U64":
		e.U64 = readWords(b, 8, binary.LittleEndian.Uint64)
	case "U8":
		e.U8 = append(make([]byte, 0, len(b)), b...)
	}
}

func readWords[T any](b []byte, size int, get func([]byte) T) []T {
	values := make([]T, len(b)/size)
	for i := range values {
		values[i] = get(b[i*size:])
	}
	return values
}

// header is a decoded header in file order.
type header struct {
	names []string
	infos []tensorInfo
	meta  map[string]string
}

// decodeHeader walks the JSON object member by member, because encoding/json's maps would lose the
// order and hide names that occur twice.
func decodeHeader(b []byte) (*header, error) {
	if !utf8.Valid(b) {
		return nil, errors.New("header is not valid UTF-8")
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("header is not a JSON object: not a safetensors file")
	}
	h := &header{meta: map[string]string{}}
	seen := map[string]bool{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, fmt.Errorf("header: %w", err)
		}
		name, ok := t.(string)
		if !ok {
			return nil, errors.New("header is not a JSON object")
		}
		if seen[name] {
			return nil, fmt.Errorf("header names %q twice", name)
		}
		seen[name] = true
		if name == metadataKey {
			if err := dec.Decode(&h.meta); err != nil {
				return nil, fmt.Errorf("header: %s: %w", metadataKey, err)
			}
			if h.meta == nil { // the member was null
				h.meta = map[string]string{}
			}
			continue
		}
		var info tensorInfo
		if err := dec.Decode(&info); err != nil {
			return nil, fmt.Errorf("header: tensor %q: %w", name, err)
		}
		h.names = append(h.names, name)
		h.infos = append(h.infos, info)
	}
	if _, err := dec.Token(); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	if rest := bytes.TrimLeft(b[dec.InputOffset():], " \t\r\n"); len(rest) > 0 {
		return nil, errors.New("header: text after the end of the JSON object")
	}
	return h, nil
}

// checkLayout reports a tensor that does not fit its bytes, and data of size bytes that the tensors
// do not cover exactly.
func (h *header) checkLayout(size uint64) error {
	order := make([]int, len(h.infos))
	for i := range h.infos {
		order[i] = i
		if err := h.infos[i].check(size); err != nil {
			return fmt.Errorf("tensor %q: %w", h.names[i], err)
		}
	}
	sort.SliceStable(order, func(a, b int) bool {
		x, y := h.infos[order[a]].Offsets, h.infos[order[b]].Offsets
		return x[0] < y[0] || (x[0] == y[0] && x[1] < y[1])
	})
	var end uint64
	for _, i := range order {
		if start := h.infos[i].Offsets[0]; start != end {
			return fmt.Errorf("tensor %q: data start at %d, not at %d where the tensor before it ends", h.names[i], start, end)
		}
		end = h.infos[i].Offsets[1]
	}
	if end != size {
		return fmt.Errorf("%d bytes of data, %d described: the file is cut off or damaged", size, end)
	}
	return nil
}

func (t *tensorInfo) check(size uint64) error {
	elem := uint64(dtypeSize(t.DType))
	if elem == 0 {
		return fmt.Errorf("data type %q is not one of F32, F16, F64, I64, U64, U8: convert the file to F32 first", t.DType)
	}
	if len(t.Offsets) != 2 || t.Offsets[0] > t.Offsets[1] {
		return fmt.Errorf("data_offsets %v are not a range", t.Offsets)
	}
	if t.Offsets[1] > size {
		return fmt.Errorf("data end at %d of %d bytes: the file is cut off", t.Offsets[1], size)
	}
	if t.Shape == nil {
		return errors.New("no shape")
	}
	n := uint64(1)
	for _, d := range t.Shape {
		if d > math.MaxInt64/16 || (d > 0 && n > math.MaxInt64/16/d) {
			return fmt.Errorf("impossible shape %v", t.Shape)
		}
		n *= d
	}
	if got := t.Offsets[1] - t.Offsets[0]; n*elem != got {
		return fmt.Errorf("%d bytes for shape %v of %s", got, t.Shape, t.DType)
	}
	return nil
}
