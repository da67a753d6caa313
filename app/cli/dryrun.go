package cli

import (
	"context"
	"fmt"
	"time"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/process"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// forecast is what --dry-run says, as --json prints it.
type forecast struct {
	Name           string  `json:"name"`
	Batch          int     `json:"batch"`
	Threads        int     `json:"threads"`
	SecondsPerStep float64 `json:"seconds_per_step"`
	Steps          int64   `json:"steps"`             // 0: until interrupted
	Seconds        float64 `json:"seconds,omitempty"` // for these steps
	RSSMB          int64   `json:"rss_mb"`            // peak resident size of the process, in MiB
	GParams        int     `json:"g_params"`
	DParams        int     `json:"d_params"`
	DryRun         float64 `json:"dry_run_seconds"` // that it took to find out
	Views          int     `json:"views"`           // that the project keeps of the run at the most
	ViewsWithD     int     `json:"views_with_d"`    // of them with the discriminator too
	ViewBytes      int64   `json:"view_bytes"`      // of all of them
	FullBytes      int64   `json:"full_bytes"`      // of the checkpoints from which branches begin, at the most
}

// forecast measures a recipe without training it.
func (c trainCmd) forecast(ctx context.Context, env *Env, r *recipe.Recipe, set datasets.Set, until int64) error {
	started := time.Now()
	f, err := session.Measure(ctx, r, set)
	if err != nil {
		return err
	}
	out := forecast{
		Name: r.Name, Batch: r.Batch, Threads: tensor.Threads(), SecondsPerStep: f.SecondsPerStep, Steps: until,
		Seconds: f.SecondsPerStep * float64(until), RSSMB: max(f.Resident, process.Peak()) >> 20, GParams: f.GParams, DParams: f.DParams,
		DryRun: time.Since(started).Seconds(),
	}
	keeping, err := session.KeepingFor(r, set)
	if err != nil {
		return err
	}
	out.Views, out.ViewsWithD, out.ViewBytes, out.FullBytes = keeping.Views, keeping.WithD, keeping.ViewBytes, keeping.FullBytes
	if c.JSON {
		return printJSON(env.Stdout, out)
	}
	whole := "until interrupted"
	if until > 0 {
		whole = fmt.Sprintf("%s for %s steps", words.Duration(time.Duration(out.Seconds*float64(time.Second))), words.Thousands(until))
	}
	return printTable(env.Stdout, [][]string{
		{"parameters", fmt.Sprintf("G %s, D %s", words.Thousands(f.GParams), words.Thousands(f.DParams))},
		{"one step", fmt.Sprintf("%.3g ms, batches of %d, %d threads", 1000*f.SecondsPerStep, r.Batch, out.Threads)},
		{"whole run", whole},
		{"time line", keeping.Text()},
		{"memory", fmt.Sprintf("%s MiB at most, this program and the data included", words.Thousands(out.RSSMB))},
	})
}
