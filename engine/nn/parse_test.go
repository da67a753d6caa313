package nn

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestParseLayer(t *testing.T) {
	for _, c := range []struct {
		text string
		want Layer
		back string // canonical text, text itself if empty
	}{
		{"linear 64", Layer{Kind: "linear", Args: []float64{64}}, ""},
		{"conv 64 4 2 1", Layer{Kind: "conv", Args: []float64{64, 4, 2, 1}}, ""},
		{"convt 1 4 2 1", Layer{Kind: "convt", Args: []float64{1, 4, 2, 1}}, ""},
		{"unflatten 7 7 128", Layer{Kind: "unflatten", Args: []float64{7, 7, 128}}, ""},
		{"flatten", Layer{Kind: "flatten"}, ""},
		{"up 2", Layer{Kind: "up", Args: []float64{2}, Mode: "nearest"}, "up 2 nearest"},
		{"up 4 bilinear", Layer{Kind: "up", Args: []float64{4}, Mode: "bilinear"}, ""},
		{"avgpool 2", Layer{Kind: "avgpool", Args: []float64{2}}, ""},
		{"maxpool 3", Layer{Kind: "maxpool", Args: []float64{3}}, ""},
		{"relu", Layer{Kind: "relu"}, ""},
		{"silu", Layer{Kind: "silu"}, ""},
		{"gelu", Layer{Kind: "gelu"}, ""},
		{"tanh", Layer{Kind: "tanh"}, ""},
		{"sigmoid", Layer{Kind: "sigmoid"}, ""},
		{"softplus", Layer{Kind: "softplus"}, ""},
		{"lrelu 0.2", Layer{Kind: "lrelu", Args: []float64{0.2}}, ""},
		{"lrelu 2e-1", Layer{Kind: "lrelu", Args: []float64{0.2}}, "lrelu 0.2"},
		{"lrelu -0", Layer{Kind: "lrelu", Args: []float64{0}}, "lrelu 0"},
		{"dropout 1e-07", Layer{Kind: "dropout", Args: []float64{1e-7}}, ""},
		{"bn", Layer{Kind: "bn"}, ""},
		{"in", Layer{Kind: "in"}, ""},
		{"ln", Layer{Kind: "ln"}, ""},
		{"gn 8", Layer{Kind: "gn", Args: []float64{8}}, ""},
		{"pixelnorm", Layer{Kind: "pixelnorm"}, ""},
		{"sn linear 1", Layer{Kind: "linear", Args: []float64{1}, Spectral: true}, ""},
		{"sn conv 8 3 1 1", Layer{Kind: "conv", Args: []float64{8, 3, 1, 1}, Spectral: true}, ""},
		{"wn linear 1", Layer{Kind: "linear", Args: []float64{1}, WeightNorm: true}, ""},
		{"maxout 2", Layer{Kind: "maxout", Args: []float64{2}}, ""},
		{"noise 0.05", Layer{Kind: "noise", Args: []float64{0.05}}, ""},
		{"residual 64", Layer{Kind: "residual", Args: []float64{64}, Mode: "same"}, "residual 64 same"},
		{"residual 8 down", Layer{Kind: "residual", Args: []float64{8}, Mode: "down"}, ""},
		{"attention", Layer{Kind: "attention"}, ""},
		{"minibatch-std 4", Layer{Kind: "minibatch-std", Args: []float64{4}}, ""},
		{"minibatch-discrimination 50 5", Layer{Kind: "minibatch-discrimination", Args: []float64{50, 5}}, ""},
		{" sn\tconvt  8 3 1 0 ", Layer{Kind: "convt", Args: []float64{8, 3, 1, 0}, Spectral: true}, "sn convt 8 3 1 0"},
	} {
		got, err := ParseLayer(c.text)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("ParseLayer(%q) = %+v, %v, want %+v", c.text, got, err, c.want)
			continue
		}
		if c.back == "" {
			c.back = c.text
		}
		if got.String() != c.back {
			t.Errorf("ParseLayer(%q).String() = %q, want %q", c.text, got.String(), c.back)
		}
	}
}

func TestParseLayerErrors(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", `layer "": empty: write a kind and its numbers, for instance "linear 64"`},
		{"sn", `layer "sn": sn stands before a linear, conv or convt layer: for instance "sn linear 1"`},
		{"sn relu", `layer "sn relu": sn normalises the weights of linear, conv and convt, and relu is none of them: leave out sn`},
		{"sn sn linear 1", `layer "sn sn linear 1": sn and wn both normalise the weights, and a layer has only one of them: leave out sn`},
		{"wn sn linear 1", `layer "wn sn linear 1": sn and wn both normalise the weights, and a layer has only one of them: leave out sn`},
		{"wn residual 8", `layer "wn residual 8": wn normalises the weights of linear, conv and convt, and residual is none of them: leave out wn`},
		{"residual 8 bigger", `layer "residual 8 bigger": "bigger" is not one of same, up, down`},
		{"maxout 1", `layer "maxout 1": PIECES must be 2 to 256, not 1`},
		{"rleu", `layer "rleu": unknown kind "rleu": did you mean relu`},
		{"Conv 64 4 2 1", `layer "Conv 64 4 2 1": unknown kind "Conv": did you mean conv or convt?`},
		{"liner 64", `layer "liner 64": unknown kind "liner": did you mean linear?`},
		{"xyzzy", `layer "xyzzy": unknown kind "xyzzy": the kinds are linear, conv,`},
		{"linear", `layer "linear": linear takes 1 number (OUT), not 0: for instance "linear 128"`},
		{"conv 64 4", `layer "conv 64 4": conv takes 4 numbers (OUT KERNEL STRIDE PAD), not 2: for instance "conv 64 4 2 1"`},
		{"up 2 nearest 3", `layer "up 2 nearest 3": up takes 1 number (FACTOR [nearest|bilinear]), not 3: for instance "up 2 nearest"`},
		{"up 2 cubic", `layer "up 2 cubic": "cubic" is not one of nearest, bilinear`},
		{"relu 0.1", `layer "relu 0.1": relu takes no numbers: write "relu"`},
		{"linear x", `layer "linear x": OUT must be a number, not "x"`},
		{"linear 0x10", `layer "linear 0x10": OUT must be a number, not "0x10"`},
		{"linear 1.5", `layer "linear 1.5": OUT must be a whole number, not 1.5`},
		{"linear 0", `layer "linear 0": OUT must be 1 to 65536, not 0`},
		{"linear -3", `layer "linear -3": OUT must be 1 to 65536, not -3`},
		{"lrelu inf", `layer "lrelu inf": SLOPE must be a number, not "inf"`},
		{"lrelu nan", `layer "lrelu nan": SLOPE must be a number, not "nan"`},
		{"dropout 1", `layer "dropout 1": P must be 0 to 0.99, not 1`},
		{"conv 8 3 1 3", `layer "conv 8 3 1 3": PAD must be less than KERNEL, which is 3, not 3`},
	} {
		l, err := ParseLayer(c.text)
		if err == nil {
			t.Errorf("ParseLayer(%q) = %v, want error", c.text, l)
		} else if !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("ParseLayer(%q): got error %s, want %s", c.text, err, c.want)
		}
	}
}

// Every kind of the menu, with its knobs at their defaults, is a layer that survives its text.
func TestKinds(t *testing.T) {
	for _, k := range Kinds() {
		l := k.Layer()
		got, err := ParseLayer(l.String())
		if err != nil || !reflect.DeepEqual(got, l) {
			t.Errorf("ParseLayer(%q) = %+v, %v, want %+v", l, got, err, l)
		}
		for _, tip := range append([]string{k.Tooltip}, tooltips(k)...) {
			if !strings.HasSuffix(tip, ".") {
				t.Errorf("%s: tooltip %q is not a sentence", k.Name, tip)
			}
		}
		for _, prefix := range []string{"sn ", "wn "} {
			if _, err := ParseLayer(prefix + l.String()); (err == nil) != k.Weighted {
				t.Errorf("ParseLayer(%s%v): error %v, but Weighted is %v", prefix, l, err, k.Weighted)
			}
		}
	}
	Kinds()[0].Params[0].Default = -1
	if Kinds()[0].Params[0].Default == -1 {
		t.Error("the caller of Kinds can change the table")
	}
}

func tooltips(k Kind) []string {
	var out []string
	for _, p := range k.Params {
		out = append(out, p.Tooltip)
	}
	return out
}

func TestNearest(t *testing.T) {
	known := []string{"linear", "conv", "convt", "relu", "lrelu", "r1", "r2", "lr", "batch"}
	for _, c := range []struct {
		word string
		want []string
	}{
		{"linaer", []string{"linear"}},
		{"CONV", []string{"conv", "convt"}},
		{"batchsize", nil},
		{"bat", []string{"batch"}},
		{"r3", []string{"r1", "r2"}},
		{"rleu", []string{"relu", "lrelu"}},
		{"", nil},
		{"zzz", nil},
	} {
		if got := Nearest(c.word, known); !slices.Equal(got, c.want) {
			t.Errorf("Nearest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}

func FuzzParseLayer(f *testing.F) {
	for _, s := range []string{"conv 64 4 2 1", "sn linear 1", "up 2 bilinear", "lrelu 1e-3", "", "sn", "gn -8", "wn conv 8 3 1 1", "residual 8 up"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := ParseLayer(s)
		if err != nil {
			return
		}
		again, err := ParseLayer(l.String())
		if err != nil || !reflect.DeepEqual(again, l) {
			t.Errorf("ParseLayer(%q) = %+v, but its text %q gives %+v, %v", s, l, l, again, err)
		}
	})
}
