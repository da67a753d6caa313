package nn

import (
	"errors"
	"slices"
	"testing"
)

func TestShape(t *testing.T) {
	for _, c := range []struct {
		s    Shape
		text string
		size int
	}{{Shape{64}, "64", 64}, {Shape{7, 7, 128}, "7×7×128", 6272}} {
		if got := c.s.String(); got != c.text {
			t.Errorf("String of %v = %q, want %q", []int(c.s), got, c.text)
		}
		if got := c.s.Size(); got != c.size {
			t.Errorf("Size of %v = %d, want %d", c.s, got, c.size)
		}
	}
}

// Extents follow PyTorch's documentation of the layer of the same name.
func TestInferOne(t *testing.T) {
	for _, c := range []struct {
		layer    string
		in, want Shape
		params   int
	}{
		{"linear 10", Shape{4}, Shape{10}, 50},
		{"sn linear 10", Shape{4}, Shape{10}, 50},
		{"conv 8 4 2 1", Shape{28, 28, 1}, Shape{14, 14, 8}, 8*16 + 8},
		{"conv 8 3 2 1", Shape{8, 6, 3}, Shape{4, 3, 8}, 8*27 + 8}, // (8+2−3)/2 = 3.5, rounded down
		{"conv 8 4 1 0", Shape{4, 4, 5}, Shape{1, 1, 8}, 8*80 + 8},
		{"convt 8 4 2 1", Shape{7, 7, 16}, Shape{14, 14, 8}, 8*256 + 8},
		{"convt 512 4 1 0", Shape{1, 1, 100}, Shape{4, 4, 512}, 512*1600 + 512},
		{"convt 2 3 2 1", Shape{4, 5, 3}, Shape{7, 9, 2}, 2*27 + 2},
		{"up 2", Shape{7, 5, 3}, Shape{14, 10, 3}, 0},
		{"up 3 bilinear", Shape{1, 1, 2}, Shape{3, 3, 2}, 0},
		{"avgpool 2", Shape{4, 6, 3}, Shape{2, 3, 3}, 0},
		{"maxpool 7", Shape{7, 7, 3}, Shape{1, 1, 3}, 0},
		{"unflatten 7 6 2", Shape{84}, Shape{7, 6, 2}, 0},
		{"flatten", Shape{7, 6, 2}, Shape{84}, 0},
		{"flatten", Shape{84}, Shape{84}, 0},
		{"relu", Shape{3}, Shape{3}, 0},
		{"lrelu 0.2", Shape{2, 2, 3}, Shape{2, 2, 3}, 0},
		{"silu", Shape{3}, Shape{3}, 0},
		{"gelu", Shape{3}, Shape{3}, 0},
		{"tanh", Shape{3}, Shape{3}, 0},
		{"sigmoid", Shape{3}, Shape{3}, 0},
		{"softplus", Shape{2, 2, 3}, Shape{2, 2, 3}, 0},
		{"dropout 0.5", Shape{3}, Shape{3}, 0},
		{"bn", Shape{12}, Shape{12}, 24},
		{"bn", Shape{2, 2, 3}, Shape{2, 2, 3}, 6},
		{"in", Shape{2, 2, 3}, Shape{2, 2, 3}, 6},
		{"ln", Shape{12}, Shape{12}, 24},
		{"ln", Shape{2, 2, 3}, Shape{2, 2, 3}, 6},
		{"gn 4", Shape{12}, Shape{12}, 24},
		{"gn 3", Shape{2, 2, 3}, Shape{2, 2, 3}, 6},
		{"noise 0.1", Shape{2, 2, 3}, Shape{2, 2, 3}, 0},
		{"wn linear 10", Shape{4}, Shape{10}, 60},
		{"wn convt 8 4 2 1", Shape{7, 7, 16}, Shape{14, 14, 8}, 8*256 + 16},
		{"maxout 3", Shape{12}, Shape{4}, 0},
		{"maxout 2", Shape{2, 3, 4}, Shape{2, 3, 2}, 0},
		{"residual 6", Shape{4, 3, 6}, Shape{4, 3, 6}, 2 * (54 + 1) * 6},
		{"residual 8 up", Shape{4, 3, 6}, Shape{8, 6, 8}, 55*6 + 55*8 + 48},
		{"residual 5 down", Shape{4, 6, 6}, Shape{2, 3, 5}, 55*5 + 46*5 + 30},
		{"attention", Shape{4, 4, 16}, Shape{4, 4, 16}, 4*32 + 1},
		{"attention", Shape{1, 2, 3}, Shape{1, 2, 3}, 4*3 + 1},
		{"minibatch-std 4", Shape{12}, Shape{13}, 0},
		{"minibatch-std 4", Shape{2, 3, 4}, Shape{2, 3, 5}, 0},
		{"minibatch-discrimination 5 3", Shape{12}, Shape{17}, 12 * 15},
		{"pixelnorm", Shape{12}, Shape{12}, 0},
		{"pixelnorm", Shape{2, 2, 3}, Shape{2, 2, 3}, 0},
	} {
		got, err := Infer([]string{c.layer}, c.in)
		if err != nil || len(got) != 1 || !got[0].Equal(c.want) {
			t.Errorf("Infer(%q, %v) = %v, %v, want %v", c.layer, c.in, got, err, c.want)
		}
		per, total, err := CountParams([]string{c.layer}, c.in)
		if err != nil || total != c.params || per[0] != total {
			t.Errorf("CountParams(%q, %v) = %v, %d, %v, want %d", c.layer, c.in, per, total, err, c.params)
		}
	}
}

// The generator of dcgan28 (WORKLOADS.md).
var dcgan28 = []string{"linear 6272", "unflatten 7 7 128", "bn", "relu", "convt 64 4 2 1", "bn", "relu", "convt 1 4 2 1", "tanh"}

func TestInferNetwork(t *testing.T) {
	want := []string{"6272", "7×7×128", "7×7×128", "7×7×128", "14×14×64", "14×14×64", "14×14×64", "28×28×1", "28×28×1"}
	shapes, err := Infer(dcgan28, Shape{100})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range shapes {
		if s.String() != want[i] {
			t.Errorf("after layer %d %q: got %v, want %s", i+1, dcgan28[i], s, want[i])
		}
	}
	// What sum(p.numel() for p in G.parameters()) says in PyTorch with bias=True.
	per, total, err := CountParams(dcgan28, Shape{100})
	wantPer := []int{101 * 6272, 0, 256, 0, 64*128*16 + 64, 128, 0, 64*16 + 1, 0}
	if err != nil || !slices.Equal(per, wantPer) || total != 766017 {
		t.Errorf("CountParams = %v, %d, %v, want %v, 766017", per, total, err, wantPer)
	}
	if err := CheckOutput(dcgan28, Shape{100}, Shape{28, 28, 1}); err != nil {
		t.Error(err)
	}
}

func TestInferStopsAtMisfit(t *testing.T) {
	layers := []string{"linear 8", "relu", "conv 4 3 1 1", "flatten"}
	shapes, err := Infer(layers, Shape{2})
	var m *Misfit
	if !errors.As(err, &m) || m.Index != 2 || m.Layer != layers[2] || !m.In.Equal(Shape{8}) {
		t.Fatalf("Infer error = %+v, want a misfit at 2", err)
	}
	if len(shapes) != 2 || !shapes[1].Equal(Shape{8}) {
		t.Errorf("Infer = %v, want the two shapes before the misfit", shapes)
	}
	if per, total, err := CountParams(layers, Shape{2}); per != nil || total != 0 || err == nil {
		t.Errorf("CountParams = %v, %d, %v, want the misfit", per, total, err)
	}
	if shapes, err := Infer(nil, Shape{2}); len(shapes) != 0 || err != nil {
		t.Errorf("Infer(nil) = %v, %v, want nothing", shapes, err)
	}
}

func TestInferPanics(t *testing.T) {
	for _, in := range []Shape{nil, {0}, {2, 3}, {2, 0, 3}, {1, 2, 3, 4}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Infer with input %v did not panic", []int(in))
				}
			}()
			_, _ = Infer([]string{"relu"}, in)
		}()
	}
}
