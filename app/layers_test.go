package app

import (
	"testing"
)

func TestWithKnob(t *testing.T) {
	for _, c := range []struct {
		layer string
		knob  int
		value string
		want  string // empty: refused
	}{
		{"conv 64 4 2 1", 0, "32", "conv 32 4 2 1"},
		{"conv 64 4 2 1", 3, "0", "conv 64 4 2 0"},
		{"conv 64 4 2 1", 4, "sn", "sn conv 64 4 2 1"},
		{"sn linear 1", 1, "plain", "linear 1"},
		{"sn linear 1", 1, "wn", "wn linear 1"},
		{"residual 8 same", 1, "up", "residual 8 up"},
		{"up 2 nearest", 1, "bilinear", "up 2 bilinear"},
		{"up 2 bilinear", 0, "3", "up 3 bilinear"},
		{"lrelu 0.2", 0, "0.1", "lrelu 0.1"},
		{"lrelu 0.2", 0, "steep", ""},
		{"linear 64", 0, "0", ""},
		{"linear 64", 0, "1.5", ""},
	} {
		got, err := withKnob(c.layer, c.knob, c.value)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%q with knob %d at %q is %q (%v), want %q", c.layer, c.knob, c.value, got, err, c.want)
		}
	}
}
