package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestTransportBarButtons(t *testing.T) {
	b := NewTransportBar()
	inWindow(t, b, 900, 44)
	var got []string
	note := func(s string) func() { return func() { got = append(got, s) } }
	b.OnTrain, b.OnPause, b.OnStepD, b.OnStepG, b.OnStepBoth = note("train"), note("pause"), note("D"), note("G"), note("both")
	all := func() {
		for _, button := range []*TippedButton{b.train, b.stepD, b.stepG, b.stepBoth} {
			test.Tap(button)
		}
	}
	for _, c := range []struct {
		name  string
		state TransportState
		want  []string
		label string
	}{
		{"not ready", TransportState{Reason: "no data"}, nil, "Train"},
		{"ready", TransportState{Ready: true}, []string{"train", "D", "G", "both"}, "Train"},
		{"running", TransportState{Ready: true, Running: true}, []string{"pause"}, "Pause"},
		{"running out", TransportState{Running: true}, []string{"pause"}, "Pause"},
		{"paused", TransportState{Ready: true, Step: 5}, []string{"train", "D", "G", "both"}, "Train"},
	} {
		got = nil
		b.Set(c.state)
		all()
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if b.train.Text != c.label {
			t.Errorf("%s: button says %q, want %q", c.name, b.train.Text, c.label)
		}
	}
}

func TestTransportBarTexts(t *testing.T) {
	b := NewTransportBar()
	w := inWindow(t, b, 1200, 44)
	b.Set(TransportState{Running: true, Ready: true, Step: 12345, Steps: 46900, Epoch: 3.24, Speed: "1,240 img/s", Left: "2 min 10 s left"})
	if got, want := b.step.text, "step 12,345 of 46,900  ·  26 %  ·  2 min 10 s left"; got != want {
		t.Errorf("progress %q, want %q", got, want)
	}
	if got, want := b.figures.text, "epoch 3.2  ·  1,240 img/s"; got != want {
		t.Errorf("figures %q, want %q", got, want)
	}
	if got, want := b.done.Size().Width/b.track.Size().Width, float32(12345.0/46900); got < want-0.01 || got > want+0.01 {
		t.Errorf("bar at %g, want %g", got, want)
	}
	w.Resize(b.MinSize().AddWidthHeight(-150, 0))
	if got := b.step.text; got == "" || len(got) > len("26 %  ·  2 min 10 s left") {
		t.Errorf("progress %q where there is little room", got)
	}
	b.Set(TransportState{Reason: "Layer 3 does not fit", Message: "saved", Step: 7})
	if b.message.text != "Layer 3 does not fit" || !b.icon.Visible() || b.track.Visible() || b.step.text != "step 7" {
		t.Errorf("message %q, icon %v, bar %v, step %q", b.message.text, b.icon.Visible(), b.track.Visible(), b.step.text)
	}
	b.Set(TransportState{Step: 120, Steps: 60})
	if b.step.text != "step 120" || b.track.Visible() {
		t.Errorf("beyond the end: step %q, bar %v", b.step.text, b.track.Visible())
	}
	b.Set(TransportState{Ready: true, Message: "saved"})
	if b.message.text != "saved" || b.icon.Visible() {
		t.Errorf("message %q, icon %v", b.message.text, b.icon.Visible())
	}
}

// TestTransportBarLight: the light has a word besides its colour, is at the right end, and can be
// pressed.
func TestTransportBarLight(t *testing.T) {
	b := NewTransportBar()
	inWindow(t, b, 1000, 44)
	pressed := 0
	b.OnHealth = func() { pressed++ }
	b.Set(TransportState{Ready: true})
	if b.light.Visible() {
		t.Error("a light before there is anything to say")
	}
	for _, h := range []Health{Healthy, HealthWarning, HealthAlarm} {
		b.Set(TransportState{Running: true, Health: h, Diagnosis: "word", Epoch: 2, Speed: "100 img/s"})
		if !b.light.Visible() || b.light.Text != "word" || b.light.Icon == nil {
			t.Errorf("light %d shows %q and %v", h, b.light.Text, b.light.Icon)
		}
		if end := b.light.Position().X + b.light.Size().Width; end > b.Size().Width+0.5 || b.figures.Position().X > b.light.Position().X {
			t.Errorf("light ends at %g of %g, figures begin at %g", end, b.Size().Width, b.figures.Position().X)
		}
		test.Tap(b.light)
	}
	if pressed != 3 {
		t.Errorf("pressed %d times, want 3", pressed)
	}
}

// TestTransportSaysWhyInFull: the reason that the bar may cut is the tooltip of the button that
// cannot be pressed.
func TestTransportSaysWhyInFull(t *testing.T) {
	b := NewTransportBar()
	for want, s := range map[string]TransportState{
		"Layer 3 does not fit":                            {Reason: "Layer 3 does not fit"},
		"Train until the planned end, or until you pause": {Ready: true},
		"Stop after this step; nothing is lost":           {Running: true, Reason: "Layer 3 does not fit"},
	} {
		b.Set(s)
		if got := b.train.tip.text; got != want {
			t.Errorf("the tooltip says %q, want %q", got, want)
		}
	}
}
