package bench

import (
	"context"
	"math/rand/v2"
	"time"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// sample measures dcgan64's generator with running statistics, on one latent or on 64 at a time.
func sample(ctx context.Context, name string, d time.Duration, emit func(Result)) error {
	w := games("dcgan64")
	random := rand.New(rand.NewPCG(1, 1))
	g, err := nn.New(w.g, nn.Shape{w.latent})
	if err != nil {
		return err
	}
	g.Init(w.init, random)
	n := 1
	if name == "sample64" {
		n = 64
	}
	z := gaussian(random, n, w.latent)
	maker := gan.NewGenerator(g, "gaussian")
	r, err := measure(ctx, name, d, 1, func() error {
		maker.Render(z.Data, n)
		return nil
	})
	if err == nil {
		emit(r)
	}
	return err
}
