package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"ganvas/engine/bench"
	"ganvas/engine/tensor"
)

type benchCmd struct {
	Names   []string `arg:"" name:"name" help:"Workloads: toy mlp dcgan28 r1 dcgan64 sample1 sample64 gemm."`
	JSON    bool     `name:"json" help:"Print one JSON object a line."`
	Seconds float64  `placeholder:"S" default:"8" help:"Time for each workload (default ${default})."`
	Threads int      `placeholder:"T" help:"Processors to use (default: all)."`
}

// Run measures the workloads one after the other.
func (c benchCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if !(c.Seconds > 0 && c.Seconds <= 86400) {
		return usageError{fmt.Errorf("bench: --seconds %v: choose more than 0 and at most 86400", c.Seconds)}
	}
	var known []string
	for _, w := range bench.Workloads() {
		known = append(known, w.Name)
	}
	for _, name := range c.Names {
		if !slices.Contains(known, name) {
			return usageError{fmt.Errorf("bench %s: there is no such workload: choose from %s", name, strings.Join(known, " "))}
		}
	}
	if !c.JSON {
		fmt.Fprintf(env.Stdout, "%-20s %12s %12s %12s %8s\n", "WORKLOAD", "MS/STEP", "FASTEST", "99 OF 100", "MIB")
	}
	for _, name := range c.Names {
		p := startProgress(env, "bench "+name, "", 0, 0, nil)
		err := bench.Run(ctx, name, time.Duration(c.Seconds*float64(time.Second)), func(r bench.Result) {
			p.clear(func() { c.print(env, r) })
		})
		p.finish()
		if err != nil {
			return err
		}
	}
	return nil
}

func (c benchCmd) print(env *Env, r bench.Result) {
	if c.JSON {
		line, err := json.Marshal(r)
		if err != nil {
			panic("cli: " + err.Error()) // plain numbers
		}
		fmt.Fprintf(env.Stdout, "%s\n", line)
		return
	}
	if r.GFLOPS > 0 {
		fmt.Fprintf(env.Stdout, "%-20s %12.1f GFLOPS\n", r.Name, r.GFLOPS)
		return
	}
	fmt.Fprintf(env.Stdout, "%-20s %12.3f %12.3f %12.3f %8d\n", r.Name, r.MS, r.MinMS, r.P99MS, r.RSSMB)
}

// setThreads says how many processors to use; 0 leaves that to the environment.
func setThreads(n int) error {
	if n < 0 {
		return usageError{fmt.Errorf("--threads %d: choose 1 or more", n)}
	}
	if n > 0 {
		tensor.SetThreads(n)
	}
	return nil
}
