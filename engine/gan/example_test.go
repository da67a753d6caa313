package gan_test

import (
	"fmt"
	"math"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/optim"
)

// A ring deals out points near eight places on a circle.
type ring struct{ *gan.Stream }

// place returns the middle of cluster i.
func place(i int) (x, y float64) {
	y, x = math.Sincos(float64(i) * math.Pi / 4)
	return 0.75 * x, 0.75 * y
}

func (r ring) Next(n int, dst []float32, _ []int) {
	for i := range n {
		x, y := place(r.IntN(8))
		dst[2*i] = float32(x + 0.02*r.NormFloat64())
		dst[2*i+1] = float32(y + 0.02*r.NormFloat64())
	}
}

// player returns a network and its optimiser.
func player(layers []string, seed uint64) (*nn.Net, *optim.Optimizer) {
	net, err := nn.New(layers, nn.Shape{2})
	if err != nil {
		panic(err)
	}
	net.Init("kaiming", gan.NewStream(seed, "init").Rand)
	opt, err := optim.New(optim.Config{Name: "adam", LR: 0.002, Beta2: 0.99}, net.Params)
	if err != nil {
		panic(err)
	}
	return net, opt
}

// A generator learns eight clusters of points on a circle from latents of two numbers.
func Example() {
	const seed, steps = 1, 1000
	g, optG := player([]string{"linear 64", "relu", "linear 64", "relu", "linear 2"}, 1)
	d, optD := player([]string{"linear 64", "lrelu 0.2", "linear 64", "lrelu 0.2", "linear 1"}, 2)
	objective, err := gan.FindObjective("relativistic")
	if err != nil {
		panic(err)
	}
	decay := gan.Schedule{Kind: "cosine", Final: 0.05}
	trainer := gan.NewTrainer(gan.Config{
		Objective: objective, Batch: 128, LatentKind: "gaussian", R1: 0.02, R2: 0.02, EMA: 0.99,
		Steps: steps, ScheduleG: decay, ScheduleD: decay,
	}, g, d, optG, optD, ring{gan.NewStream(seed, "data")}, seed)
	for range steps {
		if _, err := trainer.Both(); err != nil { // a loss that is not finite
			panic(err)
		}
	}

	const n = 1000
	generator := gan.NewGenerator(trainer.Sampler(), "gaussian")
	fake := generator.Render(generator.Noise(seed, n), n)
	found := map[int]bool{}
	near := 0 // closer to a place than a quarter of the way to the next one
	for i := range n {
		for mode := range 8 {
			x, y := place(mode)
			if math.Hypot(float64(fake[2*i])-x, float64(fake[2*i+1])-y) < 0.15 {
				found[mode] = true
				near++
			}
		}
	}
	fmt.Println(len(found), "of 8 modes, most points near one:", near > n/2)
	// Output: 8 of 8 modes, most points near one: true
}
