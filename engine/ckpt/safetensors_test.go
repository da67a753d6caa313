package ckpt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"
)

// sample returns a state with every data type, a scalar, an empty tensor and values that a careless
// conversion loses.
func sample() *State {
	return &State{
		Entries: []Entry{
			{Name: "mask", DType: "U8", Shape: []int{3}, U8: []byte{0, 1, 255}},
			{Name: "g.0.weight", DType: "F32", Shape: []int{2, 3}, F32: []float32{
				1, -2, math.Float32frombits(0x7fc12345), float32(math.Inf(-1)), math.SmallestNonzeroFloat32, float32(math.Copysign(0, -1)),
			}},
			{Name: "ema", DType: "F64", Shape: []int{2}, F64: []float64{1e-300, math.NaN()}},
			{Name: "step", DType: "I64", Shape: []int{}, I64: []int64{math.MinInt64}},
			{Name: "pcg \"latent\" <ü>", DType: "U64", Shape: []int{1, 2}, U64: []uint64{math.MaxUint64, 7}},
			{Name: "empty", DType: "F32", Shape: []int{0, 4}, F32: []float32{}},
		},
		Meta: map[string]string{"order": "3,1,2", "": "empty key", "b": "ü \"quoted\" </>"},
	}
}

func encode(t testing.TB, s *State) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := EncodeSafetensors(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSafetensorsRoundTrip(t *testing.T) {
	for name, s := range map[string]*State{"sample": sample(), "empty": {}, "no meta": {Entries: sample().Entries[:1]}} {
		b := encode(t, s)
		if again := encode(t, s); !bytes.Equal(b, again) {
			t.Errorf("%s: two encodings differ", name)
		}
		got, err := DecodeSafetensors(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, want := got.SHA256(), s.SHA256(); got != want {
			t.Errorf("%s: SHA256 %s after a round trip, want %s", name, got, want)
		}
		if got.Meta == nil {
			t.Errorf("%s: Meta is nil", name)
		}
		for i := range s.Entries {
			if got, want := got.Entries[i].Name, s.Entries[i].Name; got != want {
				t.Errorf("%s: entry %d is %q, want %q", name, i, got, want)
			}
		}
		header := binary.LittleEndian.Uint64(b)
		if header%8 != 0 {
			t.Errorf("%s: header of %d bytes: data are not aligned", name, header)
		}
	}
}

// Every tensor starts at a multiple of its element size, although a U8 of three bytes comes first
// in the state.
func TestSafetensorsAligned(t *testing.T) {
	b := encode(t, sample())
	var header map[string]json.RawMessage
	if err := json.Unmarshal(b[8:8+binary.LittleEndian.Uint64(b)], &header); err != nil {
		t.Fatal(err)
	}
	delete(header, metadataKey)
	for name, text := range header {
		var info tensorInfo
		if err := json.Unmarshal(text, &info); err != nil {
			t.Fatal(err)
		}
		if size := uint64(dtypeSize(info.DType)); info.Offsets[0]%size != 0 {
			t.Errorf("%q: data at %d, not a multiple of %d", name, info.Offsets[0], size)
		}
	}
}

// The golden file was written by the Python package safetensors 0.8.0.
func TestSafetensorsGolden(t *testing.T) {
	b, err := os.ReadFile("testdata/golden.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	s, err := DecodeSafetensors(b)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]Entry{
		"0.weight": {
			DType: "F32", Shape: []int{2, 3},
			F32: []float32{1, -2, 0.5, 3.25, float32(math.Inf(1)), float32(math.Copysign(0, -1))},
		},
		"1.running_mean": {DType: "F64", Shape: []int{2}, F64: []float64{1e-300, 2}},
		"step":           {DType: "I64", Shape: []int{}, I64: []int64{12345678901}},
		"pcg":            {DType: "U64", Shape: []int{2}, U64: []uint64{math.MaxUint64, 7}},
		"mask":           {DType: "U8", Shape: []int{3}, U8: []byte{0, 1, 255}},
		"empty":          {DType: "F32", Shape: []int{0, 4}, F32: []float32{}},
	}
	if len(s.Entries) != len(want) {
		t.Errorf("%d tensors, want %d", len(s.Entries), len(want))
	}
	for _, got := range s.Entries {
		w := want[got.Name]
		w.Name = got.Name
		if !reflect.DeepEqual(got, w) {
			t.Errorf("got %+v, want %+v", got, w)
		}
	}
	if got, want := s.Meta, map[string]string{"format": "np", "größe": `ü "quoted"`}; !reflect.DeepEqual(got, want) {
		t.Errorf("metadata %v, want %v", got, want)
	}
}

// file puts a header in front of n bytes of data.
func file(header string, n int) []byte {
	b := binary.LittleEndian.AppendUint64(nil, uint64(len(header)))
	return append(append(b, header...), make([]byte, n)...)
}

var badSafetensors = []struct {
	name string
	b    []byte
	want string // part of the error
}{
	{"nothing", nil, "too few"},
	{"short", []byte("1234567"), "too few"},
	{"no header", file("", 0), "not a JSON object"},
	{"huge header", append(binary.LittleEndian.AppendUint64(nil, 1<<62), "{}"...), "over the format's limit"},
	{"header after the end", append(binary.LittleEndian.AppendUint64(nil, 1000), "{}"...), "cut off"},
	{"text", []byte("This is not a safetensors file."), "not a safetensors file"},
	{"array", file(`[]`, 0), "not a JSON object"},
	{"open object", file(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}`, 1), "header"},
	{"after the object", file(`{} x`, 0), "after the end"},
	{"not UTF-8", file("{\"\xff\":{}}", 0), "UTF-8"},
	{"null tensor", file(`{"a":null}`, 0), "data type"},
	{"twice", file(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}`, 2), "twice"},
	{"unknown type", file(`{"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]}}`, 2), "BF16"},
	{"no shape", file(`{"a":{"dtype":"U8","data_offsets":[0,1]}}`, 1), "no shape"},
	{"negative", file(`{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}`, 1), `tensor "a"`},
	{"fraction", file(`{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}`, 1), `tensor "a"`},
	{"overflow", file(`{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}`, 0), "impossible shape"},
	{"one offset", file(`{"a":{"dtype":"U8","shape":[0],"data_offsets":[0]}}`, 0), "not a range"},
	{"backwards", file(`{"a":{"dtype":"U8","shape":[0],"data_offsets":[1,0]}}`, 1), "not a range"},
	{"beyond the end", file(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`, 1), "cut off"},
	{"wrong size", file(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}`, 4), "4 bytes for shape"},
	{"overlap", file(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}`, 3), `"b"`},
	{"same place", file(`{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}`, 2), "start at 0"},
	{"gap", file(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[1],"data_offsets":[2,3]}}`, 3), "start at 2"},
	{"more data", file(`{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}`, 2), "2 bytes of data, 1 described"},
	{"metadata", file(`{"__metadata__":{"a":1}}`, 0), metadataKey},
	{"deep", file(`{"a":`+strings.Repeat("[", 20000), 0), `tensor "a"`},
}

func TestSafetensorsBad(t *testing.T) {
	for _, c := range badSafetensors {
		_, err := DecodeSafetensors(c.b)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", c.name, err, c.want)
		}
	}
	b := encode(t, sample())
	for n := range b {
		if _, err := DecodeSafetensors(b[:n]); err == nil {
			t.Errorf("cut after %d of %d bytes: no error", n, len(b))
		}
	}
}

func TestEncodeBad(t *testing.T) {
	one := []float32{1}
	for name, entries := range map[string][]Entry{
		"twice":    {{Name: "a", DType: "F32", Shape: []int{1}, F32: one}, {Name: "a", DType: "F32", Shape: []int{1}, F32: one}},
		"shape":    {{Name: "a", DType: "F32", Shape: []int{2}, F32: one}},
		"negative": {{Name: "a", DType: "F32", Shape: []int{-1, -1}, F32: one}},
		"type":     {{Name: "a", DType: "BF16", Shape: []int{1}, F32: one}},
		"reserved": {{Name: metadataKey, DType: "F32", Shape: []int{1}, F32: one}},
		"UTF-8":    {{Name: "\xff", DType: "F32", Shape: []int{1}, F32: one}},
	} {
		var b bytes.Buffer
		if err := EncodeSafetensors(&b, &State{Entries: entries}); err == nil {
			t.Errorf("%s: no error", name)
		}
		if b.Len() > 0 {
			t.Errorf("%s: %d bytes were written before the error", name, b.Len())
		}
	}
}

// The sum depends on every part of a state and on nothing else.
func TestSHA256(t *testing.T) {
	want := sample().SHA256()
	reordered := sample()
	reordered.Entries[0], reordered.Entries[4] = reordered.Entries[4], reordered.Entries[0]
	if got := reordered.SHA256(); got != want {
		t.Errorf("entries in another order: %s, want %s", got, want)
	}
	for name, change := range map[string]func(s *State){
		"name":      func(s *State) { s.Entries[0].Name = "mask2" },
		"shape":     func(s *State) { s.Entries[1].Shape = []int{3, 2} },
		"rank":      func(s *State) { s.Entries[0].Shape = []int{3, 1} },
		"NaN bits":  func(s *State) { s.Entries[1].F32[2] = float32(math.NaN()) },
		"sign of 0": func(s *State) { s.Entries[1].F32[5] = 0 },
		"byte":      func(s *State) { s.Entries[0].U8[1] = 2 },
		"type": func(s *State) {
			s.Entries[3] = Entry{Name: "step", DType: "U64", Shape: []int{}, U64: []uint64{1 << 63}}
		},
		"empty":      func(s *State) { s.Entries = s.Entries[:5] },
		"meta value": func(s *State) { s.Meta["b"] = "" },
		"meta key":   func(s *State) { s.Meta["c"] = s.Meta["b"]; delete(s.Meta, "b") },
	} {
		s := sample()
		change(s)
		if s.SHA256() == want {
			t.Errorf("another %s has the same sum", name)
		}
	}
}

func FuzzDecodeSafetensors(f *testing.F) {
	f.Add(encode(f, sample()))
	golden, err := os.ReadFile("testdata/golden.safetensors")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(golden)
	for _, c := range badSafetensors {
		if len(c.b) < 4096 {
			f.Add(c.b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := DecodeSafetensors(b)
		if err != nil {
			return
		}
		var total int64
		for i := range s.Entries {
			total += s.Entries[i].bytes()
		}
		if total > int64(len(b)) {
			t.Fatalf("%d bytes of tensors out of %d bytes", total, len(b))
		}
		if _, reserved := s.Meta[metadataKey]; reserved {
			return
		}
		again, err := DecodeSafetensors(encode(t, s))
		if err != nil {
			t.Fatal(err)
		}
		if again.SHA256() != s.SHA256() {
			t.Fatal("another state after a round trip")
		}
	})
}
