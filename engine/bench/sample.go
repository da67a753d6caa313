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
	maker, z, n, err := sampler(name)
	if err != nil {
		return err
	}
	r, err := measure(ctx, name, d, 1, func() error {
		maker.Render(z, n)
		return nil
	})
	if err == nil {
		emit(r)
	}
	return err
}

// sampler returns dcgan64's generator and n latents for it.
func sampler(name string) (maker *gan.Generator, z []float32, n int, err error) {
	w := games("dcgan64")
	random := rand.New(rand.NewPCG(1, 1))
	g, err := nn.New(w.g, nn.Shape{w.latent})
	if err != nil {
		return nil, nil, 0, err
	}
	g.Init(w.init, random)
	n = 1
	if name == "sample64" {
		n = 64
	}
	return gan.NewGenerator(g, "gaussian"), gaussian(random, n, w.latent).Data, n, nil
}
