package bench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
)

// game is a workload that trains.
type game struct {
	g, d         []string
	latent       int
	item         nn.Shape
	batch        int
	init         string
	lr, b1, b2   float64
	relativistic bool // with R1 and R2, gamma 1, instead of the non-saturating objective
	steps        int  // of one repetition
}

func games(name string) game {
	gray := nn.Shape{28, 28, 1}
	switch name {
	case "toy":
		return game{
			g:      []string{"linear 64", "relu", "linear 64", "relu", "linear 2"},
			d:      []string{"linear 64", "relu", "linear 64", "relu", "linear 1"},
			latent: 2, item: nn.Shape{2}, batch: 256, init: "kaiming", lr: 1e-3, b1: 0.5, b2: 0.999, steps: 20,
		}
	case "mlp":
		return game{
			g:      []string{"linear 256", "lrelu 0.2", "linear 512", "lrelu 0.2", "linear 784", "tanh"},
			d:      []string{"linear 512", "lrelu 0.2", "linear 256", "lrelu 0.2", "linear 1"},
			latent: 100, item: nn.Shape{784}, batch: 128, init: "kaiming", lr: 2e-4, b1: 0.5, b2: 0.999, steps: 1,
		}
	case "dcgan28":
		return game{
			g:      []string{"linear 6272", "unflatten 7 7 128", "bn", "relu", "convt 64 4 2 1", "bn", "relu", "convt 1 4 2 1", "tanh"},
			d:      []string{"conv 64 4 2 1", "lrelu 0.2", "conv 128 4 2 1", "bn", "lrelu 0.2", "flatten", "linear 1"},
			latent: 100, item: gray, batch: 128, init: "dcgan", lr: 2e-4, b1: 0.5, b2: 0.999, steps: 1,
		}
	case "r1":
		return game{
			g:      []string{"linear 6272", "unflatten 7 7 128", "relu", "convt 64 4 2 1", "relu", "convt 1 4 2 1", "tanh"},
			d:      []string{"conv 64 4 2 1", "lrelu 0.2", "conv 128 4 2 1", "lrelu 0.2", "flatten", "linear 1"},
			latent: 100, item: gray, batch: 128, init: "dcgan", lr: 2e-4, b1: 0, b2: 0.99, relativistic: true, steps: 1,
		}
	case "dcgan64":
		return game{
			g: []string{
				"unflatten 1 1 100", "convt 512 4 1 0", "bn", "relu", "convt 256 4 2 1", "bn", "relu",
				"convt 128 4 2 1", "bn", "relu", "convt 64 4 2 1", "bn", "relu", "convt 3 4 2 1", "tanh",
			},
			d: []string{
				"conv 64 4 2 1", "lrelu 0.2", "conv 128 4 2 1", "bn", "lrelu 0.2", "conv 256 4 2 1", "bn", "lrelu 0.2",
				"conv 512 4 2 1", "bn", "lrelu 0.2", "conv 1 4 1 0", "flatten",
			},
			latent: 100, item: nn.Shape{64, 64, 3}, batch: 64, init: "dcgan", lr: 2e-4, b1: 0.5, b2: 0.999, steps: 1,
		}
	}
	panic("bench: no game " + name)
}

// oneBatch hands out the same items again and again: what is measured is training, not reading.
type oneBatch []float32

// Next implements gan.Batches.
func (b oneBatch) Next(_ int, dst []float32, _ []int) { copy(dst, b) }

// trainer builds the networks of a workload and what updates them.
func (w game) trainer(name string) (*gan.Trainer, error) {
	random := rand.New(rand.NewPCG(1, 1))
	net := func(layers []string, in nn.Shape) (*nn.Net, *optim.Optimizer, error) {
		n, err := nn.New(layers, in)
		if err != nil {
			return nil, nil, err
		}
		n.Init(w.init, random)
		o, err := optim.New(optim.Config{Name: "adam", LR: w.lr, Beta1: w.b1, Beta2: w.b2}, n.Params)
		return n, o, err
	}
	g, optG, err := net(w.g, nn.Shape{w.latent})
	if err != nil {
		return nil, fmt.Errorf("generator: %w", err)
	}
	d, optD, err := net(w.d, w.item)
	if err != nil {
		return nil, fmt.Errorf("discriminator: %w", err)
	}
	c := gan.Config{
		Batch: w.batch, LatentKind: "gaussian", DSteps: 1, PenaltyEvery: 1,
		ScheduleG: gan.Schedule{Kind: "none"}, ScheduleD: gan.Schedule{Kind: "none"},
	}
	objective := "nonsaturating"
	if w.relativistic {
		objective, c.R1, c.R2 = "relativistic", 1, 1
	}
	if c.Objective, err = gan.FindObjective(objective); err != nil {
		return nil, err
	}
	return gan.NewTrainer(c, g, d, optG, optD, oneBatch(w.items(name, random)), 1), nil
}

// items returns one batch: a ring of eight modes for the toy, uniform values for the others, as the
// time does not depend on what a picture shows.
func (w game) items(name string, random *rand.Rand) []float32 {
	x := make([]float32, w.batch*w.item.Size())
	if name == "toy" {
		for i := 0; i < len(x); i += 2 {
			sin, cos := math.Sincos(float64(random.IntN(8)) * math.Pi / 4)
			x[i], x[i+1] = float32(2*cos+0.02*random.NormFloat64()), float32(2*sin+0.02*random.NormFloat64())
		}
		return x
	}
	for i := range x {
		x[i] = 2*random.Float32() - 1
	}
	return x
}

// train measures steps of both players.
func train(ctx context.Context, name string, d time.Duration, emit func(Result)) error {
	w := games(name)
	t, err := w.trainer(name)
	if err != nil {
		return err
	}
	r, err := measure(ctx, name, d, w.steps, func() error {
		_, err := t.Both()
		return err
	})
	if err == nil {
		emit(r)
	}
	return err
}
