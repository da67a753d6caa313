package nn

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestMisfits(t *testing.T) {
	for _, c := range []struct {
		layers []string
		in     Shape
		index  int
		err    string   // end of the message
		fix    []string // layers of the first fix, nil if there is none
	}{
		{[]string{"linear 10"}, Shape{7, 7, 128}, 0, `layer 1 "linear 10": linear needs a flat input and gets a picture of 7×7×128: insert "flatten" before it`, []string{"flatten", "linear 10"}},
		{[]string{"relu", "sn linear 1"}, Shape{2, 2, 1}, 1, `insert "flatten" before it`, []string{"relu", "flatten", "sn linear 1"}},
		{[]string{"linear 6271", "relu", "unflatten 7 7 128"}, Shape{64}, 2, `layer 3 "unflatten 7 7 128": 7×7×128 are 6272 numbers and it gets 6271: make layer 1 "linear 6272"`, []string{"linear 6272", "relu", "unflatten 7 7 128"}},
		{[]string{"sn linear 6", "unflatten 1 1 8"}, Shape{2}, 1, `make layer 1 "sn linear 8"`, []string{"sn linear 8", "unflatten 1 1 8"}},
		{[]string{"unflatten 7 7 128"}, Shape{64}, 0, `insert "linear 6272" before it`, []string{"linear 6272", "unflatten 7 7 128"}},
		{[]string{"conv 2 3 1 1", "flatten", "unflatten 2 2 4"}, Shape{2, 2, 3}, 2, `insert "linear 16" before it`, []string{"conv 2 3 1 1", "flatten", "linear 16", "unflatten 2 2 4"}},
		{[]string{"unflatten 2 2 3"}, Shape{2, 2, 3}, 0, `gets a picture of 2×2×3: remove it`, []string{}},
		{[]string{"unflatten 4 1 3"}, Shape{2, 2, 3}, 0, `insert "flatten" before it`, []string{"flatten", "unflatten 4 1 3"}},
		{[]string{"convt 512 4 1 0"}, Shape{100}, 0, `convt needs a picture and gets 100 numbers in a row: insert "unflatten 1 1 100" before it`, []string{"unflatten 1 1 100", "convt 512 4 1 0"}},
		{[]string{"linear 6272", "relu", "convt 64 4 2 1"}, Shape{100}, 2, `insert "unflatten 7 7 128" before it`, []string{"linear 6272", "relu", "unflatten 7 7 128", "convt 64 4 2 1"}},
		{[]string{"conv 4 3 1 1", "flatten", "relu", "conv 4 3 1 1"}, Shape{8, 8, 3}, 3, `remove layer 2 "flatten"`, []string{"conv 4 3 1 1", "relu", "conv 4 3 1 1"}},
		{[]string{"linear 7", "up 2"}, Shape{3}, 1, `insert "unflatten 1 1 7" before it`, []string{"linear 7", "unflatten 1 1 7", "up 2"}},
		{[]string{"linear 7", "avgpool 2"}, Shape{3}, 1, `avgpool needs a picture and gets 7 numbers in a row: change or remove it`, nil},
		{[]string{"linear 8", "in"}, Shape{3}, 1, `make it "ln"`, []string{"linear 8", "ln"}},
		{[]string{"in"}, Shape{1, 1, 8}, 0, `each channel of 1×1×8 is a single number, which minus its own mean is always 0: remove it`, []string{}},
		{[]string{"ln"}, Shape{1}, 0, `is always 0: remove it`, []string{}},
		{[]string{"gn 8"}, Shape{4, 4, 12}, 0, `8 groups do not divide the 12 channels of 4×4×12: make it "gn 6"`, []string{"gn 6"}},
		{[]string{"gn 8"}, Shape{8}, 0, `make it "gn 4"`, []string{"gn 4"}},
		{[]string{"gn 1"}, Shape{1}, 0, `remove it`, []string{}},
		{[]string{"conv 1 4 1 0"}, Shape{3, 5, 2}, 0, `a kernel of 4 does not fit into 3×5×2 with 0 pixels of padding: make it "conv 1 3 1 0"`, []string{"conv 1 3 1 0"}},
		{[]string{"convt 1 5 1 3"}, Shape{2, 2, 2}, 0, `padding of 3 cuts away all that a kernel of 5 makes of 2×2×2: make it "convt 1 5 1 2"`, []string{"convt 1 5 1 2"}},
		{[]string{"avgpool 4"}, Shape{6, 6, 1}, 0, `blocks of 4 do not divide the picture of 6×6×1: make it "avgpool 3"`, []string{"avgpool 3"}},
		{[]string{"maxpool 2"}, Shape{7, 7, 1}, 0, `make it "maxpool 7"`, []string{"maxpool 7"}},
		{[]string{"maxpool 2"}, Shape{7, 5, 1}, 0, `blocks of 2 do not divide the picture of 7×5×1: change or remove it`, nil},
		{[]string{"up 16", "up 16", "up 16", "up 16"}, Shape{7, 7, 3}, 2, `its result of 28672×28672×3 is too large: one item may have at most 16777216 numbers: change or remove it`, nil},
		{[]string{"flatten", "linear 65536"}, Shape{64, 64, 3}, 1, `it gets 12288 and would have 805371904 parameters: at most 268435456 are possible: change or remove it`, nil},
		{[]string{"relu", "rleu"}, Shape{3}, 1, `layer 2 "rleu": unknown kind "rleu": did you mean relu or lrelu?`, []string{"relu", "relu"}},
		{[]string{"liner 3"}, Shape{3}, 0, `did you mean linear?`, []string{"linear 3"}},
		{[]string{"Conv 8 3 1 1"}, Shape{3, 3, 1}, 0, `did you mean conv or convt?`, []string{"conv 8 3 1 1"}},
		{[]string{"xyzzy"}, Shape{3, 3, 1}, 0, `in, ln, gn, pixelnorm, dropout, noise, minibatch-std, minibatch-discrimination`, nil},
		{[]string{"wn relu"}, Shape{3}, 0, `leave out wn`, []string{"relu"}},
		{[]string{"sn wn linear 3"}, Shape{3}, 0, `leave out wn`, []string{"sn linear 3"}},
		{[]string{"maxout 4"}, Shape{4, 4, 6}, 0, `4 pieces do not divide the 6 channels of 4×4×6: make it "maxout 3"`, []string{"maxout 3"}},
		{[]string{"flatten", "relu", "maxout 2"}, Shape{2, 2, 3}, 2, `2 pieces do not divide the channels of the picture of 2×2×3 whose pixels it gets: remove it`, []string{"flatten", "relu"}},
		{[]string{"flatten", "minibatch-discrimination 3 2", "maxout 3"}, Shape{1, 3, 1}, 2, `whose pixels it gets: remove it`, []string{"flatten", "minibatch-discrimination 3 2"}},
		{[]string{"residual 8 down"}, Shape{7, 7, 3}, 0, `the picture of 7×7×3 cannot be halved: make it "residual 8 same"`, []string{"residual 8 same"}},
		{[]string{"residual 8"}, Shape{9}, 0, `residual needs a picture and gets 9 numbers in a row: insert "unflatten 3 3 1" before it`, []string{"unflatten 3 3 1", "residual 8"}},
		{[]string{"attention"}, Shape{128, 128, 8}, 0, `each of the 16384 pixels of 128×128×8 would look at all others: at most 4096 can: remove it`, []string{}},
		{[]string{"minibatch-discrimination 5 3"}, Shape{2, 2, 1}, 0, `insert "flatten" before it`, []string{"flatten", "minibatch-discrimination 5 3"}},
		{[]string{"linear 5", "minibatch-std 4", "unflatten 1 2 3"}, Shape{2}, 2, `numbers that compare the items of a batch are no part of a picture: insert "linear 6" before it`, []string{"linear 5", "minibatch-std 4", "linear 6", "unflatten 1 2 3"}},
		{[]string{"sn relu"}, Shape{3}, 0, `leave out sn`, []string{"relu"}},
		{[]string{"sn"}, Shape{3}, 0, `for instance "sn linear 1"`, []string{}},
		{[]string{""}, Shape{3}, 0, `for instance "linear 64"`, []string{}},
		{[]string{"conv 8 5"}, Shape{8, 8, 1}, 0, `not 2: for instance "conv 64 4 2 1"`, []string{"conv 8 5 2 1"}},
		{[]string{"relu 0.2"}, Shape{3}, 0, `write "relu"`, []string{"relu"}},
		{[]string{"linear 2.5"}, Shape{3}, 0, `OUT must be a whole number, not 2.5`, []string{"linear 3"}},
		{[]string{"linear -5"}, Shape{3}, 0, `not -5`, []string{"linear 1"}},
		{[]string{"up 2 bilinaer"}, Shape{3, 3, 1}, 0, `"bilinaer" is not one of nearest, bilinear`, []string{"up 2 bilinear"}},
		{[]string{"conv 8 3 1 4"}, Shape{8, 8, 1}, 0, `not 4`, []string{"conv 8 3 1 2"}},
	} {
		_, err := Infer(c.layers, c.in)
		var m *Misfit
		if !errors.As(err, &m) {
			t.Errorf("Infer(%q, %v): error %v, want a misfit", c.layers, c.in, err)
			continue
		}
		if m.Index != c.index || m.Layer != c.layers[c.index] || !strings.HasSuffix(err.Error(), c.err) {
			t.Errorf("Infer(%q, %v): got misfit at %d: %v, want at %d: …%s", c.layers, c.in, m.Index, err, c.index, c.err)
		}
		checkFixes(t, c.layers, c.in, m)
		switch {
		case c.fix == nil && len(m.Fixes) > 0:
			t.Errorf("Infer(%q, %v): got fixes %v, want none", c.layers, c.in, m.Fixes)
		case c.fix != nil && (len(m.Fixes) == 0 || !slices.Equal(m.Fixes[0].Layers, c.fix)):
			t.Errorf("Infer(%q, %v): got fixes %v, want first %q", c.layers, c.in, m.Fixes, c.fix)
		}
	}
}

// checkFixes tests that every fix has a title and makes the layer fit: what came after the misfit
// is all that may still fail.
func checkFixes(t *testing.T, layers []string, in Shape, m *Misfit) {
	t.Helper()
	after := len(layers) - m.Index - 1
	for _, f := range m.Fixes {
		shapes, err := Infer(f.Layers, in)
		if f.Title == "" || len(shapes) < len(f.Layers)-after {
			t.Errorf("fix %q of %q: %q still fails: %v", f.Title, layers, f.Layers, err)
		}
	}
}

// A fix never changes the list it is made from.
func TestFixesOwnTheirLayers(t *testing.T) {
	layers := make([]string, 1, 8)
	layers[0] = "linear 10"
	_, err := Infer(layers, Shape{2, 2, 2})
	err.(*Misfit).Fixes[0].Layers[0] = "changed"
	if layers[0] != "linear 10" || layers[:2][1] != "" {
		t.Errorf("got %q, want the caller's layers untouched", layers[:2])
	}
}
