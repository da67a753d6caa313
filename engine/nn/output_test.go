package nn

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestCheckOutput(t *testing.T) {
	for _, c := range []struct {
		layers   []string
		in, want Shape
		err      string   // end of the message, empty if the network is right
		fix      []string // layers of the first fix, nil if there is none
	}{
		{[]string{"linear 2"}, Shape{4}, Shape{2}, "", nil},
		{[]string{"linear 1"}, Shape{4}, Shape{2}, `layer 1 "linear 1": the network ends in 1, but 2 is needed: make layer 1 "linear 2"`, []string{"linear 2"}},
		{[]string{"sn linear 3", "tanh"}, Shape{4}, Shape{2}, `make layer 1 "sn linear 2"`, []string{"sn linear 2", "tanh"}},
		{[]string{"linear 64", "lrelu 0.2"}, Shape{2}, Shape{1}, `append "linear 1"`, []string{"linear 64", "lrelu 0.2", "linear 1"}},
		{nil, Shape{4}, Shape{2}, `no layers: a network from 4 to 2 needs at least one: append "linear 2"`, []string{"linear 2"}},
		{nil, Shape{2}, Shape{2}, `no layers: a network from 2 to 2 needs at least one: append "linear 2"`, []string{"linear 2"}},
		{[]string{"tanh"}, Shape{4}, Shape{2}, `insert "linear 2" before layer 1`, []string{"linear 2", "tanh"}},
		{[]string{"conv 8 4 2 1", "lrelu 0.2"}, Shape{28, 28, 1}, Shape{1}, `append "flatten", "linear 1"`, []string{"conv 8 4 2 1", "lrelu 0.2", "flatten", "linear 1"}},
		{[]string{"conv 8 4 2 1", "flatten"}, Shape{28, 28, 1}, Shape{1}, `append "linear 1"`, []string{"conv 8 4 2 1", "flatten", "linear 1"}},
		{[]string{"conv 1 4 1 0"}, Shape{4, 4, 8}, Shape{1}, `the network ends in 1×1×1, but 1 is needed: append "flatten"`, []string{"conv 1 4 1 0", "flatten"}},
		{[]string{"conv 9 4 1 0"}, Shape{4, 4, 8}, Shape{1}, `make layer 1 "conv 1 4 1 0", "flatten"`, []string{"conv 1 4 1 0", "flatten"}},
		{[]string{"conv 9 4 1 0", "relu"}, Shape{4, 4, 8}, Shape{1}, `append "flatten", "linear 1"`, []string{"conv 9 4 1 0", "relu", "flatten", "linear 1"}},
		{dcgan28, Shape{100}, Shape{28, 28, 3}, `make layer 8 "convt 3 4 2 1"`, slices.Concat(dcgan28[:7], []string{"convt 3 4 2 1", "tanh"})},
		{dcgan28, Shape{100}, Shape{32, 32, 1}, `make layer 1 "linear 8192" and layer 2 "unflatten 8 8 128"`, slices.Concat([]string{"linear 8192", "unflatten 8 8 128"}, dcgan28[2:])},
		{dcgan28, Shape{100}, Shape{32, 32, 3}, `make layer 1 "linear 8192", layer 2 "unflatten 8 8 128" and layer 8 "convt 3 4 2 1"`, slices.Concat([]string{"linear 8192", "unflatten 8 8 128"}, dcgan28[2:7], []string{"convt 3 4 2 1", "tanh"})},
		{dcgan28, Shape{100}, Shape{28, 28, 1}, "", nil},
		{[]string{"unflatten 1 1 100", "convt 512 4 1 0", "relu"}, Shape{100}, Shape{8, 8, 3}, `append "convt 3 4 2 1"`, []string{"unflatten 1 1 100", "convt 512 4 1 0", "relu", "convt 3 4 2 1"}},
		{[]string{"unflatten 1 1 100", "convt 512 4 1 0", "tanh"}, Shape{100}, Shape{16, 16, 3}, `insert "up 4 nearest", "conv 3 3 1 1" before layer 3`, []string{"unflatten 1 1 100", "convt 512 4 1 0", "up 4 nearest", "conv 3 3 1 1", "tanh"}},
		{[]string{"unflatten 1 1 8", "convt 3 4 1 0", "convt 3 4 2 0"}, Shape{8}, Shape{8, 8, 3}, `make layer 3 "convt 3 4 2 1"`, []string{"unflatten 1 1 8", "convt 3 4 1 0", "convt 3 4 2 1"}},
		{[]string{"unflatten 1 1 8", "up 16"}, Shape{8}, Shape{8, 8, 8}, `append "avgpool 2"`, []string{"unflatten 1 1 8", "up 16", "avgpool 2"}},
		{[]string{"unflatten 1 1 8", "up 16", "conv 4 3 1 1"}, Shape{8}, Shape{8, 8, 3}, `make layer 3 "conv 3 3 1 1", "avgpool 2"`, []string{"unflatten 1 1 8", "up 16", "conv 3 3 1 1", "avgpool 2"}},
		{[]string{"unflatten 2 2 2", "relu"}, Shape{8}, Shape{2, 2, 3}, `append "conv 3 3 1 1"`, []string{"unflatten 2 2 2", "relu", "conv 3 3 1 1"}},
		{[]string{"unflatten 2 2 2"}, Shape{8}, Shape{3, 3, 3}, `the network ends in 2×2×2, but 3×3×3 is needed: change or remove it`, nil},
		{[]string{"linear 784", "tanh"}, Shape{8}, Shape{28, 28, 1}, `insert "unflatten 28 28 1" before layer 2`, []string{"linear 784", "unflatten 28 28 1", "tanh"}},
		{[]string{"linear 100", "tanh"}, Shape{8}, Shape{28, 28, 1}, `make layer 1 "linear 784", "unflatten 28 28 1"`, []string{"linear 784", "unflatten 28 28 1", "tanh"}},
		{[]string{"linear 100", "relu"}, Shape{8}, Shape{28, 28, 1}, `append "linear 784", "unflatten 28 28 1"`, []string{"linear 100", "relu", "linear 784", "unflatten 28 28 1"}},
		{[]string{"unflatten 2 2 2", "residual 8 up", "tanh"}, Shape{8}, Shape{4, 4, 3}, `make layer 2 "residual 3 up"`, []string{"unflatten 2 2 2", "residual 3 up", "tanh"}},
		{[]string{"linear 2", "rleu"}, Shape{4}, Shape{2}, `did you mean relu or lrelu?`, []string{"linear 2", "relu"}},
	} {
		err := CheckOutput(c.layers, c.in, c.want)
		if c.err == "" {
			if err != nil {
				t.Errorf("CheckOutput(%q, %v, %v): %v, want none", c.layers, c.in, c.want, err)
			}
			continue
		}
		var m *Misfit
		if !errors.As(err, &m) || !strings.HasSuffix(err.Error(), c.err) {
			t.Errorf("CheckOutput(%q, %v, %v):\n got %v\nwant …%s", c.layers, c.in, c.want, err, c.err)
			continue
		}
		if c.fix != nil && (len(m.Fixes) == 0 || !slices.Equal(m.Fixes[0].Layers, c.fix)) || c.fix == nil && len(m.Fixes) > 0 {
			t.Errorf("CheckOutput(%q, %v, %v): got fixes %q, want first %q", c.layers, c.in, c.want, m.Fixes, c.fix)
		}
		for _, f := range m.Fixes {
			if err := CheckOutput(f.Layers, c.in, c.want); err != nil {
				t.Errorf("fix %q of %q: %v", f.Title, c.layers, err)
			}
		}
	}
}
