package buildpage

import (
	"slices"
	"testing"

	"ganvas/app/internal/apptest"
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

func TestLayersUndoRedo(t *testing.T) {
	r := ready(t, apptest.Points)
	layers, s := func() []string { return r.S.Plan.Now().G.Layers }, r.page.g.stack
	states := [][]string{layers()}
	for _, c := range []struct {
		do   func()
		want []string
	}{
		{func() { s.OnAdd(2, "relu") }, []string{"linear 16", "relu", "relu", "linear 2"}},
		{func() { s.OnRemove(1) }, []string{"linear 16", "relu", "linear 2"}},
		{func() { s.OnDuplicate(0) }, []string{"linear 16", "linear 16", "relu", "linear 2"}},
		{func() { s.OnMove(2, 1) }, []string{"linear 16", "relu", "linear 16", "linear 2"}},
		{func() { s.OnKnob(2, 0, "24") }, []string{"linear 16", "relu", "linear 24", "linear 2"}},
		{func() { s.OnKnob(2, 1, "sn") }, []string{"linear 16", "relu", "sn linear 24", "linear 2"}},
	} {
		c.do()
		if got := layers(); !slices.Equal(got, c.want) {
			t.Fatalf("got %v, want %v", got, c.want)
		}
		states = append(states, c.want)
	}
	for i := len(states) - 2; i >= 0; i-- {
		r.S.Plan.Undo()
		if got := layers(); !slices.Equal(got, states[i]) {
			t.Errorf("undone to %v, want %v", got, states[i])
		}
	}
	for _, want := range states[1:] {
		r.S.Plan.Redo()
		if got := layers(); !slices.Equal(got, want) {
			t.Errorf("redone to %v, want %v", got, want)
		}
	}
	r.Until("the networks are measured", func() bool { return r.S.Forecast.Of != nil && !r.S.Forecast.Busy })
	if r.S.Forecast.Err != nil || r.S.Forecast.Value.SecondsPerStep <= 0 {
		t.Errorf("measured %+v", r.S.Forecast.Value)
	}
	for i, l := range r.page.totals {
		if l.Text == "" || l.Text == "–" || l.Text == "measuring …" {
			t.Errorf("total %d says %q after measuring", i, l.Text)
		}
	}
}
