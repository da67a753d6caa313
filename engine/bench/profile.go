package bench

import (
	"context"
	"fmt"
	"time"

	"ganvas/engine/grad"
	"ganvas/engine/tensor"
)

// Profile says where the time of one step of a workload goes.
type Profile struct {
	Name       string      `json:"name"`
	Program    string      `json:"program"` // "ganvas"
	Threads    int         `json:"threads"`
	ISA        string      `json:"isa"`
	Steps      int         `json:"steps"` // that were measured
	MS         float64     `json:"ms"`    // mean time of one in milliseconds, with the measuring
	Operations []Operation `json:"operations"`
}

// Operation is what one kind of operation takes of a step; of products and convolutions, one with
// these shapes.
type Operation struct {
	Name   string  `json:"name"`
	Shape  string  `json:"shape,omitempty"`
	Calls  float64 `json:"calls"` // a step; 0: not a call but what lies between them
	MS     float64 `json:"ms"`    // a step
	Share  float64 `json:"share"` // of the step, 0 to 1
	GFLOPS float64 `json:"gflops,omitempty"`
}

// RunProfile measures the operations of the workload called name for about d: of training, or of
// sampling. The error names an unknown workload, or is ctx's.
func RunProfile(ctx context.Context, name string, d time.Duration) (Profile, error) {
	var step func() error
	var profile func(*grad.Profile)
	switch name {
	case "gemm":
		return Profile{}, fmt.Errorf("bench %s: it is one operation: there is nothing to divide", name)
	case "sample1", "sample64":
		maker, z, n, err := sampler(name)
		if err != nil {
			return Profile{}, err
		}
		step = func() error { maker.Render(z, n); return nil }
		profile = maker.Profile
	default:
		if !known(name) {
			return Profile{}, unknown(name)
		}
		t, err := games(name).trainer(name)
		if err != nil {
			return Profile{}, err
		}
		step = func() error { _, err := t.Both(); return err }
		profile = t.Profile
	}
	return profileSteps(ctx, name, d, step, profile)
}

func profileSteps(ctx context.Context, name string, d time.Duration, step func() error, profile func(*grad.Profile)) (Profile, error) {
	for range warmUp {
		if err := step(); err != nil {
			return Profile{}, err
		}
	}
	counted := grad.NewProfile()
	profile(counted)
	defer profile(nil)
	out := Profile{Name: name, Program: "ganvas", Threads: tensor.Threads(), ISA: tensor.ISA()}
	start := time.Now()
	for end := start.Add(d); out.Steps < 3 || time.Now().Before(end); out.Steps++ {
		if err := ctx.Err(); err != nil {
			return Profile{}, err
		}
		if err := step(); err != nil {
			return Profile{}, err
		}
	}
	steps := float64(out.Steps)
	total := time.Since(start)
	out.MS = round(milliseconds(total)/steps, 4)
	for _, l := range counted.Lines() {
		o := Operation{
			Name: l.Name, Shape: l.Shape, Calls: round(float64(l.Calls)/steps, 2),
			MS: round(milliseconds(l.Time)/steps, 4), Share: round(float64(l.Time)/float64(total), 4),
		}
		if l.Name == grad.Between {
			o.Calls = 0
		}
		if l.Flops > 0 {
			o.GFLOPS = round(l.Flops/l.Time.Seconds()/1e9, 1)
		}
		out.Operations = append(out.Operations, o)
	}
	return out, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
