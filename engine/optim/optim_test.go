package optim

import (
	"math"
	"testing"

	"ganvas/engine/grad"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
)

// TestStep compares two updates of one parameter with the formulas in float64.
func TestStep(t *testing.T) {
	grads := []float64{0.5, -0.25}
	tests := []struct {
		config Config
		want   func() float64
	}{
		{Config{Name: "sgd", LR: 0.1}, func() float64 { return 1 - 0.1*0.5 + 0.1*0.25 }},
		{Config{Name: "sgd", LR: 0.1, Momentum: 0.9}, func() float64 { return 1 - 0.1*0.5 - 0.1*(0.9*0.5-0.25) }},
		{Config{Name: "rmsprop", LR: 0.1, Beta2: 0.9}, func() float64 {
			w, v := 1.0, 0.0
			for _, g := range grads {
				v = 0.9*v + 0.1*g*g
				w -= 0.1 * g / (math.Sqrt(v) + eps)
			}
			return w
		}},
		{Config{Name: "adam", LR: 0.1, Beta1: 0.5, Beta2: 0.99}, func() float64 {
			w, m, v := 1.0, 0.0, 0.0
			for i, g := range grads {
				m = 0.5*m + 0.5*g
				v = 0.99*v + 0.01*g*g
				n := float64(i + 1)
				w -= 0.1 * (m / (1 - math.Pow(0.5, n))) / (math.Sqrt(v/(1-math.Pow(0.99, n))) + eps)
			}
			return w
		}},
	}
	for _, test := range tests {
		p := &nn.Param{Name: "0.weight", Value: tensor.From([]float32{1}, 1)}
		o, err := New(test.config, []*nn.Param{p})
		if err != nil {
			t.Fatal(err)
		}
		tape := grad.NewTape()
		for _, g := range grads {
			o.Step([]*grad.Value{tape.Full(float32(g), 1)}, 1)
		}
		if got, want := float64(p.Value.Data[0]), test.want(); math.Abs(got-want) > 1e-6 {
			t.Errorf("%+v: got %g, want %g", test.config, got, want)
		}
	}
}

func TestNewRefusesUnknownName(t *testing.T) {
	if _, err := New(Config{Name: "adamm"}, nil); err == nil {
		t.Error("no error for an unknown optimiser")
	}
}

func TestDecay(t *testing.T) {
	tests := []struct {
		kind              string
		step, steps       int64
		final, want, near float64
	}{
		{"none", 50, 100, 0, 1, 0},
		{"linear", 50, 100, 0.2, 0.6, 1e-12},
		{"linear", 200, 100, 0.2, 0.2, 1e-12},
		{"cosine", 50, 100, 0, 0.5, 1e-12},
		{"cosine", 100, 100, 0.1, 0.1, 1e-12},
		{"exponential", 50, 100, 0.01, 0.1, 1e-12},
	}
	for _, test := range tests {
		if got := Decay(test.kind, test.step, test.steps, test.final); math.Abs(got-test.want) > test.near {
			t.Errorf("Decay(%q, %d, %d, %g) = %g, want %g", test.kind, test.step, test.steps, test.final, got, test.want)
		}
	}
}

func TestAverage(t *testing.T) {
	a, err := nn.New([]string{"linear 2", "bn"}, nn.Shape{3})
	if err != nil {
		t.Fatal(err)
	}
	b := a.Clone()
	tensor.Fill(b.Params[0].Value.Data, 1)
	tensor.Fill(b.Buffers[0].Value.Data, 5)
	Average(a, b, 0.75)
	if got := a.Params[0].Value.Data[0]; got != 0.25 {
		t.Errorf("averaged weight = %g, want 0.25", got)
	}
	if got := a.Buffers[0].Value.Data[0]; got != 5 {
		t.Errorf("buffer = %g, want 5, copied", got)
	}
}
