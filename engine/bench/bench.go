// Package bench measures how fast training, sampling and matrix products are, on workloads that
// other programs run too, with their networks, batches and optimisers. What it trains is thrown
// away: it says nothing about how well networks learn.
package bench

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"ganvas/engine/process"
	"ganvas/engine/tensor"
)

// Result is one line of measurements. Training and sampling fill the times, matrix products GFLOPS.
type Result struct {
	Name    string  `json:"name"`
	Program string  `json:"program"` // "ganvas"
	Threads int     `json:"threads"`
	ISA     string  `json:"isa"`              // instruction set of the products
	MS      float64 `json:"ms,omitempty"`     // median time of one step in milliseconds
	MinMS   float64 `json:"min_ms,omitempty"` // of the quickest
	P99MS   float64 `json:"p99_ms,omitempty"` // 99 of 100 are quicker
	RSSMB   int64   `json:"rss_mb,omitempty"` // peak resident size of the process so far, in MiB
	GFLOPS  float64 `json:"gflops,omitempty"` // 10⁹ multiplications and additions a second, the best of all repetitions
}

// Workload is something that can be measured.
type Workload struct {
	Name, About string
	run         func(ctx context.Context, name string, d time.Duration, emit func(Result)) error
}

var workloads = []Workload{
	{"toy", "training: points of a ring, two dense networks of 64 units, batches of 256", train},
	{"mlp", "training: 28×28 grey, dense networks, batches of 128", train},
	{"dcgan28", "training: 28×28 grey, convolutions with batch normalisation, batches of 128", train},
	{"r1", "training: as dcgan28 without normalisation, with R1 and R2 penalties at every step", train},
	{"dcgan64", "training: 64×64 colour, DCGAN, batches of 64", train},
	{"sample1", "one latent through dcgan64's generator", sample},
	{"sample64", "64 latents through dcgan64's generator", sample},
	{"gemm", "products of matrices of six sizes", gemm},
}

// Workloads returns all workloads in the order of their definition.
func Workloads() []Workload { return slices.Clone(workloads) }

// Run measures the workload called name for about d and hands every line to emit. It uses as many
// processors as tensor.Threads says. The error names an unknown workload, or is ctx's.
func Run(ctx context.Context, name string, d time.Duration, emit func(Result)) error {
	for _, w := range workloads {
		if w.Name == name {
			if err := w.run(ctx, name, d, emit); err != nil {
				return fmt.Errorf("bench %s: %w", name, err)
			}
			return nil
		}
	}
	return unknown(name)
}

func known(name string) bool {
	return slices.ContainsFunc(workloads, func(w Workload) bool { return w.Name == name })
}

// unknown is the error of a workload that there is not.
func unknown(name string) error {
	var names []string
	for _, w := range workloads {
		names = append(names, w.Name)
	}
	return fmt.Errorf("bench %s: there is no such workload: choose from %s", name, strings.Join(names, ", "))
}

const warmUp = 3 // steps before the first that is measured

// measure repeats step for about d, at least three times after warming up; one repetition takes per
// steps.
func measure(ctx context.Context, name string, d time.Duration, per int, step func() error) (Result, error) {
	for range warmUp {
		if err := step(); err != nil {
			return Result{}, err
		}
	}
	var times []float64
	for end := time.Now().Add(d); time.Now().Before(end) || len(times) < 3; {
		if err := ctx.Err(); err != nil {
			return Result{}, err
		}
		start := time.Now()
		for range per {
			if err := step(); err != nil {
				return Result{}, err
			}
		}
		times = append(times, float64(time.Since(start))/float64(time.Millisecond)/float64(per))
	}
	slices.Sort(times)
	return Result{
		Name: name, Program: "ganvas", Threads: tensor.Threads(), ISA: tensor.ISA(),
		MS: round(median(times), 4), MinMS: round(times[0], 4), P99MS: round(times[int(float64(len(times))*0.99)], 4), RSSMB: process.Peak() >> 20,
	}, nil
}

// median of sorted values; of an even number of them the mean of the middle two, as Python's
// statistics.median.
func median(sorted []float64) float64 {
	return (sorted[(len(sorted)-1)/2] + sorted[len(sorted)/2]) / 2
}

func round(x float64, digits int) float64 {
	f := math.Pow10(digits)
	return math.Round(x*f) / f
}

// gemmSizes are m, n and k of C = A·B with A (m, k) and B (k, n).
var gemmSizes = [][3]int{{256, 256, 256}, {512, 512, 512}, {1024, 1024, 1024}, {2048, 2048, 2048}, {8192, 128, 2048}, {128, 512, 784}}

// gemm measures each size for 1.5 seconds, or d if that is shorter, and reports the best.
func gemm(ctx context.Context, name string, d time.Duration, emit func(Result)) error {
	d = min(d, 1500*time.Millisecond)
	random := rand.New(rand.NewPCG(1, 1))
	for _, s := range gemmSizes {
		m, n, k := s[0], s[1], s[2]
		a, b, c := gaussian(random, m, k), gaussian(random, k, n), tensor.New(m, n)
		best := math.Inf(1)
		for end := time.Now().Add(d); time.Now().Before(end) || math.IsInf(best, 1); {
			if err := ctx.Err(); err != nil {
				return err
			}
			start := time.Now()
			tensor.MatMul(c, a, b, false, false)
			best = min(best, time.Since(start).Seconds())
		}
		emit(Result{
			Name: fmt.Sprintf("%s %dx%dx%d", name, m, n, k), Program: "ganvas", Threads: tensor.Threads(), ISA: tensor.ISA(),
			GFLOPS: round(2*float64(m)*float64(n)*float64(k)/best/1e9, 1),
		})
	}
	return nil
}

func gaussian(random *rand.Rand, shape ...int) *tensor.Tensor {
	t := tensor.New(shape...)
	for i := range t.Data {
		t.Data[i] = float32(random.NormFloat64())
	}
	return t
}
