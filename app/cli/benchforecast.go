package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
	"ganvas/engine/wholefile"
)

// forecastPresets are compared when none is named.
var forecastPresets = []string{"ring", "digits", "digits-dcgan", "digits-wgan-gp", "emoji32"}

// compared is one line of bench --forecast.
type compared struct {
	Preset    string  `json:"preset"`
	Batch     int     `json:"batch"`
	Threads   int     `json:"threads"`
	MS        float64 `json:"ms"` // of a step
	Foretold  float64 `json:"foretold_ms"`
	RSSMB     int64   `json:"rss_mb"`
	ForeRSSMB int64   `json:"foretold_rss_mb"`
	DryRun    float64 `json:"dry_run_seconds"`
}

// runForecast foretells and then trains, each in a process of its own: what memory one had is not
// the other's.
func (c benchCmd) runForecast(ctx context.Context, env *Env) error {
	names := c.Names
	if len(names) == 0 {
		names = forecastPresets
	}
	var recipes []*recipe.Recipe
	for _, name := range names {
		r, err := recipe.Named(name)
		if err != nil {
			return usageError{err}
		}
		recipes = append(recipes, r)
	}
	folder, err := os.MkdirTemp("", "ganvas-forecast-")
	if err != nil {
		return wholefile.Failed(os.TempDir(), err)
	}
	defer os.RemoveAll(folder)
	if !c.JSON {
		fmt.Fprintf(env.Stdout, "%-16s %5s  %9s %9s %6s  %7s %7s %6s  %7s\n", "PRESET", "BATCH", "FORETOLD", "MS/STEP", "OFF", "FORETOLD", "MIB", "OFF", "DRY RUN")
	}
	p := startProgress(env, "bench forecast", "run", 0, int64(3*len(recipes)), nil)
	defer p.finish()
	for i, r := range recipes {
		for j, batch := range []int{max(1, r.Batch/2), r.Batch, 2 * r.Batch} {
			line, err := c.compare(ctx, names[i], batch, filepath.Join(folder, "run.ganvas"))
			if err != nil {
				return err
			}
			p.set(int64(3*i+j+1), int64(3*len(recipes)), 0, "")
			p.clear(func() { c.printCompared(env, line) })
		}
	}
	return nil
}

// compare foretells one run and trains it.
func (c benchCmd) compare(ctx context.Context, preset string, batch int, path string) (compared, error) {
	common := []string{"train", preset, "--json", "--threads", strconv.Itoa(tensor.Threads()), "--set", "batch=" + strconv.Itoa(batch)}
	var f forecast
	if err := runSelf(ctx, &f, append(common, "--dry-run")...); err != nil {
		return compared{}, err
	}
	// At least until the doctor has looked at the run, as it soon does in any.
	steps := int(math.Ceil(max(60, c.time(8*time.Second).Seconds()/f.SecondsPerStep)))
	var o outcome
	if err := runSelf(ctx, &o, append(common, "--force", "--out", path, "--steps", strconv.Itoa(steps))...); err != nil {
		return compared{}, err
	}
	return compared{
		Preset: preset, Batch: batch, Threads: f.Threads, MS: 1000 * o.SecondsPerStep, Foretold: 1000 * f.SecondsPerStep,
		RSSMB: o.RSSMB, ForeRSSMB: f.RSSMB, DryRun: f.DryRun,
	}, nil
}

// runSelf runs this program with other arguments and decodes the JSON document that it prints.
func runSelf(ctx context.Context, document any, args ...string) error {
	program, err := os.Executable()
	if err != nil {
		return fmt.Errorf("bench forecast: %w", err)
	}
	cmd := exec.CommandContext(ctx, program, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		return fmt.Errorf("ganvas %s: %w", strings.Join(args, " "), errors.Join(err, errors.New(lines[len(lines)-1])))
	}
	return json.Unmarshal(out, document)
}

func (c benchCmd) printCompared(env *Env, x compared) {
	if c.JSON {
		printLine(env, x)
		return
	}
	off := func(foretold, real float64) string { return fmt.Sprintf("%+.0f %%", 100*(foretold/real-1)) }
	fmt.Fprintf(env.Stdout, "%-16s %5d  %9.3f %9.3f %6s  %8d %7d %6s  %5.2f s\n", x.Preset, x.Batch, x.Foretold, x.MS, off(x.Foretold, x.MS),
		x.ForeRSSMB, x.RSSMB, off(float64(x.ForeRSSMB), float64(x.RSSMB)), x.DryRun)
}
