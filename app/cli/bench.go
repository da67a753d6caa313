package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"ganvas/app/words"
	"ganvas/engine/bench"
	"ganvas/engine/tensor"
)

type benchCmd struct {
	Names    []string      `arg:"" optional:"" name:"name" help:"Workloads: toy mlp dcgan28 r1 dcgan64 sample1 sample64 gemm."`
	JSON     bool          `name:"json" help:"Print one JSON object a line."`
	Seconds  *float64      `placeholder:"S" help:"Time for each workload (default 8)."`
	Threads  int           `placeholder:"T" help:"Processors to use (default: all)."`
	Profile  bool          `xor:"mode" help:"Print the time of a step by operation."`
	Scaling  bool          `xor:"mode" help:"Measure steps of DCGANs of 16 to 128 pixels in batches of 16 to 512, without names, and plot them; --seconds is the time for each point (default 2)."`
	Forecast bool          `xor:"mode" help:"Compare what train --dry-run foretells of presets, with half, once and twice their batch, with what training then takes; names are presets (default: five), --seconds is the time to train each (default 8)."`
	Soak     time.Duration `xor:"mode" placeholder:"TIME" help:"Train presets for so long each, such as 20m, and compare the memory at the end with that after a minute; names are presets (default: ring and digits)."`
	Doctor   bool          `xor:"mode" help:"Train recipes that fail in a known way and healthy ones, and print how well the doctor tells them apart; names are cases (default: all, some minutes)."`
	Seeds    string        `default:"1,2,3" placeholder:"N,…" help:"Seeds of --doctor (default ${default})."`
	Keep     string        `placeholder:"DIR" help:"Folder in which --doctor keeps checkups; those that are there already are read instead of training."`
	Out      string        `short:"o" default:"scaling.png" placeholder:"PNG" help:"Picture that --scaling writes (default ${default})."`
	Force    bool          `help:"Replace the picture if it exists."`

	sweep bench.Sweep // of --scaling; empty: the full one
}

// Run measures the workloads one after the other, or what else was asked for.
func (c benchCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if c.Seconds != nil && !(*c.Seconds > 0 && *c.Seconds <= 86400) {
		return usageError{fmt.Errorf("bench: --seconds %v: choose more than 0 and at most 86400", *c.Seconds)}
	}
	switch {
	case c.Scaling:
		return c.runScaling(ctx, env)
	case c.Soak < 0:
		return usageError{fmt.Errorf("bench: --soak %v: choose a time such as 20m", c.Soak)}
	case c.Soak > 0:
		return c.runSoak(ctx, env)
	case c.Forecast:
		return c.runForecast(ctx, env)
	case c.Doctor:
		return c.runDoctor(ctx, env)
	}
	if err := c.checkWorkloads(); err != nil {
		return err
	}
	if !c.JSON && !c.Profile {
		fmt.Fprintf(env.Stdout, "%d threads, %s\n", tensor.Threads(), tensor.ISA())
		fmt.Fprintf(env.Stdout, "%-20s %12s %12s %12s %8s\n", "WORKLOAD", "MS/STEP", "FASTEST", "99 OF 100", "MIB")
	}
	for _, name := range c.Names {
		p := startProgress(env, "bench "+name, "", 0, 0, nil)
		err := c.measure(ctx, env, p, name)
		p.finish()
		if err != nil {
			return err
		}
	}
	return nil
}

func (c benchCmd) checkWorkloads() error {
	var known []string
	for _, w := range bench.Workloads() {
		known = append(known, w.Name)
	}
	if len(c.Names) == 0 {
		return usageError{fmt.Errorf("bench: no workload: choose from %s", strings.Join(known, " "))}
	}
	for _, name := range c.Names {
		if !slices.Contains(known, name) {
			return usageError{fmt.Errorf("bench %s: there is no such workload: choose from %s", name, strings.Join(known, " "))}
		}
	}
	return nil
}

// time returns how long to measure one thing, usual unless the flag says otherwise.
func (c benchCmd) time(usual time.Duration) time.Duration {
	if c.Seconds == nil {
		return usual
	}
	return time.Duration(*c.Seconds * float64(time.Second))
}

// measure measures one workload and prints it.
func (c benchCmd) measure(ctx context.Context, env *Env, p *progress, name string) error {
	if !c.Profile {
		return bench.Run(ctx, name, c.time(8*time.Second), func(r bench.Result) {
			p.clear(func() { c.print(env, r) })
		})
	}
	found, err := bench.RunProfile(ctx, name, c.time(8*time.Second))
	if err != nil {
		return err
	}
	p.clear(func() {
		if c.JSON {
			printLine(env, found)
		} else {
			err = printProfile(env, found)
		}
	})
	return err
}

// printLine prints one JSON object on a line.
func printLine(env *Env, v any) {
	line, err := json.Marshal(v)
	if err != nil {
		panic("cli: " + err.Error()) // plain numbers
	}
	fmt.Fprintf(env.Stdout, "%s\n", line)
}

func (c benchCmd) print(env *Env, r bench.Result) {
	if c.JSON {
		printLine(env, r)
		return
	}
	if r.GFLOPS > 0 {
		fmt.Fprintf(env.Stdout, "%-20s %12.1f GFLOPS\n", r.Name, r.GFLOPS)
		return
	}
	fmt.Fprintf(env.Stdout, "%-20s %12.3f %12.3f %12.3f %8d\n", r.Name, r.MS, r.MinMS, r.P99MS, r.RSSMB)
}

// printProfile prints a table of operations.
func printProfile(env *Env, p bench.Profile) error {
	fmt.Fprintf(env.Stdout, "%s: %.3f ms a step, mean of %s, %d threads, %s\n", p.Name, p.MS, words.Thousands(p.Steps), p.Threads, p.ISA)
	rows := [][]string{{"OPERATION", "CALLS", "MS", "SHARE", "GFLOPS", "SHAPE"}}
	number := func(x float64, digits int) string {
		if x == 0 {
			return "–"
		}
		return strconv.FormatFloat(x, 'f', digits, 64)
	}
	for _, o := range p.Operations {
		rows = append(rows, []string{
			o.Name, number(o.Calls, -1), strconv.FormatFloat(o.MS, 'f', 3, 64), fmt.Sprintf("%.1f %%", 100*o.Share), number(o.GFLOPS, 1), o.Shape,
		})
	}
	return printTable(env.Stdout, rows)
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
