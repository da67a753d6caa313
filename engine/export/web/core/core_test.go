package core

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/export/onnx/table"
	"ganvas/engine/nn"
)

// read returns a model as a page reads it.
func read(t *testing.T, m Model) Model {
	t.Helper()
	var b bytes.Buffer
	if err := m.Encode(&b); err != nil {
		t.Fatal(err)
	}
	again, err := Decode(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return again
}

// TestEveryLayer has generators of every layer and role written and read, and compares their items.
func TestEveryLayer(t *testing.T) {
	generators := 0
	for _, c := range table.Cases() {
		n, err := c.Net()
		if err != nil {
			t.Fatal(err)
		}
		if c.Discriminator || n.In.Picture() || n.Role().HasHeads() {
			continue
		}
		generators++
		m := Model{Net: n, Kind: "gaussian"}
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		before, after := NewEngine(m), NewEngine(read(t, m))
		for seed := range uint64(4) {
			p := Place{Seed: seed, Class: int(seed) % max(1, n.Role().Classes), Part: int(seed) % n.Count()}
			want := append([]float32(nil), before.Values(p)...)
			largest := 1.0
			for _, v := range want {
				largest = max(largest, math.Abs(float64(v)))
			}
			for i, got := range after.Values(p) {
				if math.Abs(float64(got-want[i])) > 4e-3*largest {
					t.Errorf("%s, seed %d: value %d is %g, want %g", c.Name, seed, i, got, want[i])
					break
				}
			}
		}
	}
	if generators < 20 {
		t.Errorf("%d generators were compared", generators)
	}
}

// small returns a model of points with two directions.
func small(t *testing.T, kind string) Model {
	t.Helper()
	n, err := nn.New([]string{"linear 2"}, nn.Shape{3})
	if err != nil {
		t.Fatal(err)
	}
	copy(n.Params[0].Value.Data, []float32{1, 0, 0, 0, 1, 0})
	return Model{Net: n, Kind: kind, Directions: [][]float32{{1, 0, 0}, {0, 1, 0}}}
}

// TestDecodeIncomplete cuts a model anywhere, and damages what describes it.
func TestDecodeIncomplete(t *testing.T) {
	var b bytes.Buffer
	if err := small(t, "gaussian").Encode(&b); err != nil {
		t.Fatal(err)
	}
	for n := range b.Len() {
		if _, err := Decode(b.Bytes()[:n]); err == nil {
			t.Errorf("%d of %d bytes are read", n, b.Len())
		}
	}
	for i := range 40 { // all of what describes it
		damaged := bytes.Clone(b.Bytes())
		damaged[i] ^= 0x55
		Decode(damaged) // must not panic: not all damage can be seen
	}
}

func TestCheck(t *testing.T) {
	m := small(t, "gaussian")
	for _, v := range []float32{float32(math.NaN()), float32(math.Inf(-1)), math.MaxFloat32} {
		m.Net.Params[1].Value.Data[0] = v
		if err := m.Check(); err == nil || !strings.Contains(err.Error(), "0.bias") {
			t.Errorf("error %v", err)
		}
	}
}

// TestMoves moves along directions that are numbers of the latent, which the network passes on.
func TestMoves(t *testing.T) {
	for kind, most := range map[string]float64{"gaussian": 100, "uniform": 1} {
		e := NewEngine(read(t, small(t, kind)))
		at := append([]float32(nil), e.Values(Place{Seed: 7})...)
		for k, along := range e.Along(7) {
			if math.Abs(along-float64(at[k])) > 1e-6 {
				t.Errorf("%s: seed 7 lies %g along direction %d, want %g", kind, along, k, at[k])
			}
		}
		moved := e.Values(Place{Seed: 7, Moves: []float64{0.25, -9}})
		for k, by := range []float64{0.25, -9} {
			if want := max(-most, min(most, float64(at[k])+by)); math.Abs(float64(moved[k])-want) > 1e-5 {
				t.Errorf("%s: moved by %g to %g, want %g", kind, by, moved[k], want)
			}
		}
		if cloud := e.Cloud(0, 0); len(cloud) != 2*cloudPoints || cloud[0] != e.Values(Place{Seed: 1})[0] {
			t.Errorf("%s: %d numbers of random points", kind, len(cloud))
		}
		reach := Reach(kind)
		lines := e.Lines(Place{Seed: 7})
		if len(lines) != 2*2*gridLines*LinePoints {
			t.Fatalf("%d numbers of lines", len(lines))
		}
		first, last := lines[:2], lines[len(lines)-2:]
		for k := range 2 {
			if math.Abs(float64(first[k])+reach) > 1e-5 || math.Abs(float64(last[k])-reach) > 1e-5 {
				t.Errorf("%s: the grid goes from %v to %v, want %g each way", kind, first, last, reach)
			}
		}
	}
}

// TestPicture holds pixels to those of the program.
func TestPicture(t *testing.T) {
	for _, channels := range []int{1, 3, 4} {
		n, err := nn.New([]string{"linear 12", fmt.Sprintf("unflatten 1 %d %d", 12/channels, channels)}, nn.Shape{2})
		if err != nil {
			t.Fatal(err)
		}
		copy(n.Params[1].Value.Data, []float32{-1.5, -1, -0.997, -0.5, 0, 0.001, 0.3, 0.7, 0.996, 0.9999, 1, 1.5})
		e := NewEngine(Model{Net: n, Kind: "gaussian"})
		want := datasets.ToImage(append([]float32(nil), e.Values(Place{})...), n.Out[0], n.Out[1], channels)
		got := &image.NRGBA{Pix: e.Picture(Place{}), Stride: 4 * n.Out[1], Rect: want.Bounds()}
		for y := range n.Out[0] {
			for x := range n.Out[1] {
				if w := color.NRGBAModel.Convert(want.At(x, y)); got.At(x, y) != w {
					t.Errorf("%d channels: pixel %d, %d is %v, want %v", channels, x, y, got.At(x, y), w)
				}
			}
		}
	}
}
