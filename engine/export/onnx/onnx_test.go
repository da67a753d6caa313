package onnx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"

	"ganvas/engine/ckpt"
	"ganvas/engine/export/onnx/table"
	"ganvas/engine/nn"
)

// TestAsONNXRuntime compares the models of the table with those that onnx.checker passed, and what
// the networks make of items with what ONNX Runtime made of them: see "make counterparts".
func TestAsONNXRuntime(t *testing.T) {
	archive, err := zip.OpenReader("testdata/golden.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	golden := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if golden[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	cases := table.Cases()
	if len(golden) != 2*len(cases) {
		t.Errorf("%d golden files for %d cases: run make counterparts", len(golden), len(cases))
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			n, err := c.Net()
			if err != nil {
				t.Fatal(err)
			}
			var model bytes.Buffer
			if err := Write(t.Context(), &model, Model{Net: n, Discriminator: c.Discriminator, Name: c.Name}); err != nil {
				t.Fatal(err)
			}
			name := strings.ReplaceAll(c.Name, " ", "_")
			compareModels(t, model.Bytes(), golden[name+".onnx"])
			compareValues(t, n, c, golden[name+".values"])
		})
	}
}

// compareModels wants the same model but for rounding of weights that are computed.
func compareModels(t *testing.T, got, want []byte) {
	t.Helper()
	gotRest, gotFloats := split(t, got, modelGraph, graphInitializer, tensorRaw)
	wantRest, wantFloats := split(t, want, modelGraph, graphInitializer, tensorRaw)
	if !bytes.Equal(gotRest, wantRest) {
		t.Error("the model has other nodes, shapes or names: run make counterparts")
	}
	if len(gotFloats) != len(wantFloats) {
		t.Fatalf("%d bytes of weights, want %d", len(gotFloats), len(wantFloats))
	}
	for i := 0; i+4 <= len(gotFloats); i += 4 {
		a, b := math.Float32frombits(binary.LittleEndian.Uint32(gotFloats[i:])), math.Float32frombits(binary.LittleEndian.Uint32(wantFloats[i:]))
		if math.Abs(float64(a-b)) > 1e-6 {
			t.Fatalf("weight %g, want %g", a, b)
		}
	}
}

// split returns a message without the fields that path leads to, and the content of these. Lengths
// are left out too, so that what is left has no form that a reader knows.
func split(t *testing.T, b []byte, path ...protowire.Number) (rest, content []byte) {
	t.Helper()
	for len(b) > 0 {
		number, kind, n := protowire.ConsumeField(b)
		if n < 0 {
			t.Fatal(protowire.ParseError(n))
		}
		field := b[:n]
		b = b[n:]
		if number != path[0] {
			rest = append(rest, field...)
			continue
		}
		_, _, tag := protowire.ConsumeTag(field)
		inner, n := protowire.ConsumeBytes(field[tag:])
		if kind != protowire.BytesType || n < 0 {
			t.Fatalf("field %d is no message", number)
		}
		if len(path) == 1 {
			content = append(content, inner...)
			continue
		}
		r, c := split(t, inner, path[1:]...)
		rest, content = append(rest, r...), append(content, c...)
	}
	return rest, content
}

func compareValues(t *testing.T, n *nn.Net, c table.Case, values []byte) {
	t.Helper()
	state, err := ckpt.DecodeSafetensors(values)
	if err != nil {
		t.Fatal(err)
	}
	const items = 3
	out := table.Run(n, c.Discriminator, c.Inputs(items), items)
	all := map[string][]float32{itemName: out.Main, scoreOutput: out.Main, classesOutput: out.Classes, makersOutput: out.Generators}
	for _, e := range state.Entries {
		got := all[e.Name]
		if len(got) != len(e.F32) {
			t.Fatalf("%s: %d values, want %d", e.Name, len(got), len(e.F32))
		}
		for i, want := range e.F32 {
			if math.Abs(float64(got[i]-want)) > 1e-4*max(1, math.Abs(float64(want))) {
				t.Fatalf("%s: value %d is %g, want %g", e.Name, i, got[i], want)
			}
		}
	}
}

// Every kind of layer is in the table, and so in a model.
func TestEveryKind(t *testing.T) {
	known := map[string]bool{}
	for _, c := range table.Cases() {
		for _, text := range c.Layers {
			l, err := nn.ParseLayer(text)
			if err != nil {
				t.Fatal(err)
			}
			known[l.Kind] = true
		}
	}
	for _, k := range nn.Kinds() {
		if !known[k.Name] {
			t.Errorf("the table has no %s", k.Name)
		}
	}
}

// A layer of a kind that cannot be written is refused by its place and name.
func TestUnknownLayer(t *testing.T) {
	n, err := nn.New([]string{"linear 3", "relu"}, nn.Shape{2})
	if err != nil {
		t.Fatal(err)
	}
	g := &graph{}
	p := place{graph: g, net: n, at: "1", layer: nn.Layer{Kind: "mystery"}, in: nn.Shape{3}, out: nn.Shape{3}}
	if got := p.write("x"); got != "" {
		t.Errorf("wrote %q", got)
	}
	n.Layers[1].Kind = "mystery"
	err = Write(t.Context(), io.Discard, Model{Net: n})
	if err == nil || !strings.Contains(err.Error(), `"mystery"`) {
		t.Errorf("error %v, want one that names the layer", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	n, err := nn.New([]string{"linear 2"}, nn.Shape{2})
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(ctx, io.Discard, Model{Net: n}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// What is too large for such a file is refused before anything of it is copied.
func TestTooLarge(t *testing.T) {
	g := &graph{constants: []constant{{name: "0.weight", dims: []int{1 << 15, 1 << 15}, f32: func() []float32 { panic("copied") }}}}
	var written bytes.Buffer
	err := g.write(t.Context(), &written, nil, "large", nil)
	if err == nil || !strings.Contains(err.Error(), "4.3 GB") || written.Len() > 0 {
		t.Errorf("error %v after %d bytes", err, written.Len())
	}
}
