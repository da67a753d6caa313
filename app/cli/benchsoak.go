package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/process"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// soaked is one line of bench --soak.
type soaked struct {
	Preset     string  `json:"preset"`
	Seconds    float64 `json:"seconds"`
	Steps      int64   `json:"steps"`
	EarlyMB    float64 `json:"rss_mb_early"` // resident size after a minute, or half the time if that is less
	EndMB      float64 `json:"rss_mb_end"`
	PeakMB     float64 `json:"rss_mb_peak"`
	Goroutines int     `json:"goroutines_left"` // more than there were before
}

// runSoak trains presets for a long time each and compares memory and goroutines.
func (c benchCmd) runSoak(ctx context.Context, env *Env) error {
	names := c.Names
	if len(names) == 0 {
		names = []string{"ring", "digits"}
	}
	folder, err := os.MkdirTemp("", "ganvas-soak-")
	if err != nil {
		return wholefile.Failed(os.TempDir(), err)
	}
	defer os.RemoveAll(folder)
	if !c.JSON {
		fmt.Fprintf(env.Stdout, "%-16s %10s %10s %10s %10s %10s  %s\n", "PRESET", "STEPS", "EARLY MIB", "END MIB", "GROWTH", "PEAK MIB", "GOROUTINES LEFT")
	}
	for i, name := range names {
		r, err := recipe.Named(name)
		if err != nil {
			return usageError{err}
		}
		line, err := c.soakOne(ctx, env, r, filepath.Join(folder, fmt.Sprintf("%d.ganvas", i)))
		if err != nil {
			return err
		}
		if c.JSON {
			printLine(env, line)
			continue
		}
		fmt.Fprintf(env.Stdout, "%-16s %10s %10.1f %10.1f %+8.1f %% %10.1f  %d\n", line.Preset, words.Thousands(line.Steps), line.EarlyMB, line.EndMB,
			100*(line.EndMB/line.EarlyMB-1), line.PeakMB, line.Goroutines)
	}
	return nil
}

// soakOne trains one recipe, after a run of two steps that starts what lives as long as the
// program.
func (c benchCmd) soakOne(ctx context.Context, env *Env, r *recipe.Recipe, path string) (soaked, error) {
	out := soaked{Preset: r.Name}
	set, err := openData(ctx, env, r.Data, session.DataOptions(r))
	if err != nil {
		return out, err
	}
	first, err := session.Create(ctx, r, set, path+".first", session.Options{})
	if err != nil {
		return out, err
	}
	first.TrainUntil(2)
	if err := errors.Join(first.Wait(), first.Close()); err != nil {
		return out, err
	}
	before := runtime.NumGoroutine()
	if err := c.soak(ctx, env, r, set, path, &out); err != nil {
		return out, err
	}
	for range 100 { // what was told to end may take a moment
		if out.Goroutines = runtime.NumGoroutine() - before; out.Goroutines <= 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	out.Goroutines = max(0, out.Goroutines)
	return out, nil
}

// soak trains for the time of the flag and looks at the memory ten times a second.
func (c benchCmd) soak(ctx context.Context, env *Env, r *recipe.Recipe, set datasets.Set, path string, out *soaked) (err error) {
	s, err := session.Create(ctx, r, set, path, session.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	early := min(time.Minute, c.Soak/2)
	window := min(10*time.Second, c.Soak/10) // over which sizes are averaged
	started := time.Now()
	p := startProgress(env, "soak "+r.Name, "second", 0, int64(c.Soak.Seconds()), func(p *progress) {
		p.set(int64(time.Since(started).Seconds()), int64(c.Soak.Seconds()), 0, fmt.Sprintf("%d MiB", process.Resident()>>20))
	})
	defer p.finish()
	s.TrainUntil(math.MaxInt64)
	tick := time.NewTicker(max(time.Millisecond, min(100*time.Millisecond, c.Soak/100)))
	defer tick.Stop()
	var earlySum, endSum mean
	for {
		gone := time.Since(started)
		mb := float64(process.Resident()) / (1 << 20)
		out.PeakMB = max(out.PeakMB, mb)
		switch {
		case gone >= early && (gone < early+window || earlySum == mean{}): // later, if the process was suspended at that time
			earlySum.add(mb)
		case gone >= c.Soak-window:
			endSum.add(mb)
		}
		if gone >= c.Soak || !s.Status().Running {
			break
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	out.Seconds, out.Steps = time.Since(started).Seconds(), s.Status().Step
	out.EarlyMB, out.EndMB = earlySum.value(), endSum.value()
	s.Pause()
	return s.Wait()
}

// mean adds up numbers.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64) { m.sum, m.n = m.sum+x, m.n+1 }

func (m *mean) value() float64 { return m.sum / float64(max(1, m.n)) }
