package cli

import (
	"context"
	"fmt"
	"math"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/judge"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

type evaluateCmd struct {
	File    string `arg:"" name:"run.ganvas" help:"Project file."`
	Samples int    `placeholder:"N" help:"How many samples to draw (default: 2000 pictures or 5000 points, at most as many as are held out)."`
	Seed    uint64 `default:"1" placeholder:"S" help:"Start of the random latents (default ${default})."`
	ID      int64  `name:"run" placeholder:"ID" help:"Run to take the generator of, as \"ganvas runs\" lists them (default: the current one)."`
	At      int64  `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Raw     bool   `help:"The generator that plays, instead of its average."`
	Data    string `placeholder:"PATH|BUILTIN" help:"Data to compare with, instead of those of the recipe."`
	Read    bool   `name:"yes-data" help:"Read the data that the project names, though you have not opened them before."`
	Threads int    `placeholder:"T" help:"Processors to use (default: all)."`
	JSON    bool   `name:"json" help:"Print one JSON document."`
}

// evaluation is the JSON that others rely on.
type evaluation struct {
	Metrics  []metricLine `json:"metrics"`
	Notes    []string     `json:"notes"`
	Features string       `json:"features,omitempty"` // that distances of pictures are computed in
	Classes  []classLine  `json:"classes,omitempty"`  // of samples, where a classifier knows them
}

type classLine struct {
	Label  string  `json:"label"`
	Share  float64 `json:"share"`
	StdErr float64 `json:"stderr"`
	Real   float64 `json:"real"` // share among held-out items
}

type metricLine struct {
	Name           string   `json:"name"`
	Value          float64  `json:"value"`
	StdErr         *float64 `json:"stderr"` // null where the samples are too few to tell
	Samples        int      `json:"samples"`
	Perfect        float64  `json:"perfect"`
	HigherIsBetter bool     `json:"higher_is_better"`
}

// Run compares what the generator of a project makes with the data.
func (c evaluateCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if c.Samples < 0 {
		return usageError{fmt.Errorf("evaluate: --samples %d: choose 100 or more", c.Samples)}
	}
	r, state, err := loadState(env, c.File, c.ID, c.At)
	if err != nil {
		return err
	}
	g, err := generatorOf(c.File, r, state, c.Raw)
	if err != nil {
		return err
	}
	if c.Data != "" {
		r.Data = c.Data
	}
	r.Labels = "none"
	if err := c.mayRead(r); err != nil {
		return err
	}
	set, err := openData(ctx, env, r.Data, session.DataOptions(r))
	if err != nil {
		return err
	}
	session.RememberRead(r)
	options := judge.Options{Samples: c.Samples, Seed: c.Seed, HeldOut: r.HeldOut, Objective: r.Objective}
	if set.Info().Kind == datasets.Points {
		if !session.Holds(state, "d") {
			tellWarnings(env, []string{"the discriminator of this step is not kept: what it would say is left out"})
		}
		if options.D, err = discriminatorOf(c.File, r, state, session.ItemShape(set)); err != nil {
			return err
		}
	}
	const whole = 1000
	p := startProgress(env, "evaluate "+c.File, "", 0, whole, nil)
	options.Progress = func(what string, share float64) { p.set(int64(share*whole), whole, 0, what) }
	report, err := judge.Evaluate(ctx, g, set, options)
	p.finish()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Stdout, evaluationOf(report))
	}
	return printEvaluation(env, set.Info(), report)
}

// mayRead asks before data are read that somebody else's project names.
func (c evaluateCmd) mayRead(r *recipe.Recipe) error {
	err := session.MayRead(c.File, r)
	if c.Data != "" {
		err = session.CheckSource(r)
	}
	if err != nil && !c.Read {
		return fmt.Errorf("%w (evaluate --data PATH, or --yes-data)", err)
	}
	return nil
}

func evaluationOf(report judge.Report) evaluation {
	e := evaluation{Metrics: []metricLine{}, Notes: append([]string{}, report.Notes...), Features: report.Features}
	for _, k := range report.Classes {
		e.Classes = append(e.Classes, classLine(k))
	}
	for _, m := range report.Measures {
		line := metricLine{Name: m.Name, Value: m.Value, Samples: m.Samples, Perfect: m.Perfect, HigherIsBetter: m.HigherIsBetter}
		if !math.IsNaN(m.StdErr) {
			line.StdErr = &m.StdErr
		}
		e.Metrics = append(e.Metrics, line)
	}
	return e
}

func printEvaluation(env *Env, info datasets.Info, report judge.Report) error {
	rows := [][]string{{"METRIC", "VALUE", "± ERROR", "REAL DATA", "SAMPLES", "BETTER"}}
	for _, m := range report.Measures {
		better := "lower"
		if m.HigherIsBetter {
			better = "higher"
		}
		stdErr := "–"
		if !math.IsNaN(m.StdErr) {
			stdErr = fmt.Sprintf("%.2g", m.StdErr)
		}
		rows = append(rows, []string{
			m.Name, fmt.Sprintf("%.4g", m.Value), stdErr, fmt.Sprintf("%.4g", m.Perfect), words.Thousands(m.Samples), better,
		})
	}
	if err := printTable(env.Stdout, rows); err != nil {
		return err
	}
	if len(report.Classes) > 0 {
		fmt.Fprintln(env.Stdout)
		classes := [][]string{{"CLASS", "SHARE", "± ERROR", "REAL DATA"}}
		for _, k := range report.Classes {
			classes = append(classes, []string{k.Label, fmt.Sprintf("%.1f %%", 100*k.Share), fmt.Sprintf("%.1f %%", 100*k.StdErr), fmt.Sprintf("%.1f %%", 100*k.Real)})
		}
		if err := printTable(env.Stdout, classes); err != nil {
			return err
		}
	}
	if _, err := fmt.Fprintf(env.Stdout, "\nREAL DATA is what as many held-out items of %s score.\n", cell(info.Name)); err != nil {
		return err
	}
	for _, note := range report.Notes {
		if _, err := fmt.Fprintln(env.Stdout, cell(note)); err != nil {
			return err
		}
	}
	return nil
}
