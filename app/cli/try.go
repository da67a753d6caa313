package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"strings"
	"time"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/judge"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/trials"
)

type tryCmd struct {
	Recipe   string        `arg:"" name:"preset|recipe.toml" help:"Name of a built-in recipe (see \"ganvas presets\") or a recipe file."`
	Out      string        `short:"o" required:"" placeholder:"RUN.ganvas" help:"Project file to create, or one in which the same is tried already: that goes on."`
	Vary     []string      `sep:"none" placeholder:"KEY=V1,V2,…" help:"A key of the recipe and the values to try; once or twice. Values with commas of their own are parted by semicolons."`
	Seeds    int           `default:"1" placeholder:"N" help:"Train each combination with so many seeds (default ${default})."`
	Steps    int           `placeholder:"N" help:"Updates of both players in each run (default: the recipe's)."`
	By       string        `placeholder:"METRIC" help:"The number that says which is best (default: js for points, frechet for pictures)."`
	Data     string        `placeholder:"PATH|BUILTIN" help:"Data instead of the recipe's."`
	Read     bool          `name:"yes-data" help:"Read all of a disk or of a home folder, if the recipe says so."`
	Set      []string      `sep:"none" placeholder:"KEY=VALUE" help:"Change a key of the recipe for all runs; may be repeated."`
	Threads  int           `placeholder:"T" help:"Processors to use (default: all). The result does not depend on it."`
	Autosave time.Duration `hidden:"" default:"${autosave}"`
	Force    bool          `help:"Replace the project file if it exists, instead of going on in it."`
	JSON     bool          `name:"json" help:"Print one JSON document at the end."`
}

// Run tries the values in turn, or goes on with what is left of that.
func (c tryCmd) Run(ctx context.Context, env *Env) (err error) {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if c.Steps < 0 || c.Steps > math.MaxInt32 {
		return usageError{fmt.Errorf("try: --steps %d: choose 1 or more", c.Steps)}
	}
	if c.Seeds < 1 {
		return usageError{fmt.Errorf("try: --seeds %d: choose 1 to %d", c.Seeds, trials.MostSeeds)}
	}
	p, err := c.plan()
	if err != nil {
		return err
	}
	if err := session.CheckSource(p.Base); err != nil && !c.Read {
		return fmt.Errorf("%w (try --yes-data)", err)
	}
	set, err := openData(ctx, env, p.Base.Data, session.DataOptions(p.Base))
	if err != nil {
		return err
	}
	if p.By == "" {
		p.By = judge.Names(set)[0]
	}
	if err := p.Check(set); err != nil {
		return err
	}
	f, err := c.project(p)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return c.carryOut(ctx, env, f, p, set)
}

// plan reads what is to be tried from the flags.
func (c tryCmd) plan() (*trials.Plan, error) {
	r, err := findRecipe(c.Recipe)
	if err != nil {
		return nil, err
	}
	if err := (trainCmd{Set: c.Set, Data: c.Data}).change(r); err != nil {
		return nil, err
	}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	return planOf(r, c.Vary, c.Seeds, c.Steps, c.By)
}

func planOf(r *recipe.Recipe, vary []string, seeds, steps int, by string) (*trials.Plan, error) {
	p := &trials.Plan{Base: r, Seeds: seeds, Steps: steps, By: by}
	for _, text := range vary {
		a, err := trials.ParseAxis(text, r)
		if err != nil {
			return nil, err
		}
		p.Axes = append(p.Axes, a)
	}
	return p, nil
}

// project opens the project in which the plan is carried out already, or makes one.
func (c tryCmd) project(p *trials.Plan) (*ckpt.File, error) {
	_, err := os.Lstat(c.Out)
	if c.Force || errors.Is(err, fs.ErrNotExist) {
		f, err := ckpt.Begin(c.Out, c.Force)
		if err != nil {
			return nil, err
		}
		if err := trials.Keep(f, p); err != nil {
			return nil, errors.Join(err, f.Close())
		}
		if !c.Force {
			err = f.Publish()
		}
		return f, err
	}
	f, err := ckpt.Open(c.Out)
	if err != nil {
		return nil, err
	}
	kept, err := trials.Kept(f)
	if err == nil && (kept == nil || !kept.Same(p)) {
		err = fmt.Errorf("try: %s is there already, and not of the same recipe and values: choose another name, or --force", c.Out)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// carryOut trains and judges what is left, and prints the table.
func (c tryCmd) carryOut(ctx context.Context, env *Env, f *ckpt.File, p *trials.Plan, set datasets.Set) error {
	tellOthers(env)
	results, err := trials.Results(f, p, set.Info().Kind)
	if err != nil {
		return err
	}
	steps, total := int64(0), int64(0)
	for _, r := range results {
		steps, total = steps+r.Step, total+int64(r.Recipe.Steps)
	}
	fills := filling{env: env, plan: p, results: results, progress: startProgress(env, "try "+p.Base.Name, "step", steps, total, nil)}
	err = trials.Run(ctx, f, p, set, trials.Options{Session: session.Options{Autosave: c.Autosave, Home: session.Home()}}, fills.tell)
	fills.progress.finish()
	if err != nil && ctx.Err() == nil {
		return err
	}
	if results, err = trials.Results(f, p, set.Info().Kind); err != nil {
		return err
	}
	_, best := p.Best(results)
	if best >= 0 && !f.Pending() {
		if err := f.SetCurrent(results[best].Run); err != nil {
			return err
		}
	}
	if c.JSON {
		err = printJSON(env.Stdout, trialOf(c.Out, p, results, best))
	} else {
		err = printTrial(env, p, results, best)
	}
	if done := finished(results); ctx.Err() != nil && done < len(results) {
		if f.Pending() {
			return &interruptedError{fmt.Sprintf("interrupted before anything was learnt: what was at %s is as it was", c.Out)}
		}
		return &interruptedError{fmt.Sprintf("interrupted and saved: %d of %d runs are done: go on with the same command%s", done, len(results), map[bool]string{true: ", without --force"}[c.Force])}
	}
	if errors.Is(err, errUnread) {
		return nil // nobody reads it, but the runs are saved
	}
	return err
}

// finished counts the runs of which nothing is left to do.
func finished(results []trials.Result) (n int) {
	for _, r := range results {
		if r.State == trials.Done || r.State == trials.Failed {
			n++
		}
	}
	return n
}

// A filling says which runs are done, each once, while the others go on.
type filling struct {
	env      *Env
	plan     *trials.Plan
	results  []trials.Result
	progress *progress
}

// tell takes over how a run stands.
func (t *filling) tell(i int, r trials.Result) {
	was := t.results[i].State
	t.results[i] = r
	steps, total := int64(0), int64(0)
	for _, r := range t.results {
		steps, total = steps+r.Step, total+int64(r.Recipe.Steps)
	}
	t.progress.set(steps, total, 0, fmt.Sprintf("run %d of %d, %s", i+1, len(t.results), stateText(r.State)))
	if was == r.State || r.State != trials.Done && r.State != trials.Failed {
		return
	}
	text := fmt.Sprintf("%s: %s", cell(r.Recipe.Name), valueText(&r, t.plan.By))
	if r.Err != nil {
		text = fmt.Sprintf("%s: failed: %s", cell(r.Recipe.Name), oneLine(r.Err.Error()))
	}
	t.progress.clear(func() { fmt.Fprintf(t.env.Stderr, "%s (%d of %d)\n", text, finished(t.results), len(t.results)) })
}

// stateText says how far a run is.
func stateText(s trials.State) string {
	return [...]string{"waiting", "training", "judging", "done", "failed"}[s]
}

// valueText is the number by which runs are compared.
func valueText(r *trials.Result, by string) string {
	if m, ok := r.Value(by); ok {
		return by + " " + words.WithError(m.Value, m.StdErr)
	}
	return by + " –"
}

// trialLine is a run of what is tried, in the JSON that others rely on.
type trialLine struct {
	Run     int64             `json:"run"` // 0: not started
	Name    string            `json:"name"`
	Values  map[string]string `json:"values"`
	Seed    uint64            `json:"seed"`
	Step    int64             `json:"step"`
	State   string            `json:"state"` // waiting, training, judging, done or failed
	Metrics []metricLine      `json:"metrics"`
	Error   string            `json:"error,omitempty"`
}

// trial is what became of what was tried, as --json prints it.
type trial struct {
	Path string        `json:"path"`
	By   string        `json:"by"`
	Vary []trials.Axis `json:"vary"`
	Runs []trialLine   `json:"runs"`
	Best *int64        `json:"best"` // run; null: none was judged
}

func trialOf(path string, p *trials.Plan, results []trials.Result, best int) trial {
	t := trial{Path: path, By: p.By, Vary: append([]trials.Axis{}, p.Axes...)}
	for _, r := range results {
		l := trialLine{Run: r.Run, Name: r.Recipe.Name, Values: map[string]string{}, Seed: r.Seed, Step: r.Step, State: stateText(r.State)}
		for i, a := range p.Axes {
			l.Values[a.Key] = r.Values[i]
		}
		l.Metrics = evaluationOf(judge.Report{Measures: r.Measures}).Metrics
		if r.Err != nil {
			l.Error = oneLine(r.Err.Error())
		}
		t.Runs = append(t.Runs, l)
	}
	if best >= 0 {
		t.Best = &t.Runs[best].Run
	}
	return t
}

// printTrial prints the table, with the best run marked.
func printTrial(env *Env, p *trials.Plan, results []trials.Result, best int) error {
	head := []string{"RUN"}
	for _, a := range p.Axes {
		head = append(head, strings.ToUpper(a.Key))
	}
	head = append(head, "SEED", "STEP", strings.ToUpper(p.By))
	if p.Seeds > 1 {
		head = append(head, "OVER SEEDS")
	}
	rows := [][]string{append(head, "")}
	means := p.Means(results)
	for i, r := range results {
		number, value, mark := "-", "-", ""
		if r.Run != 0 {
			number = fmt.Sprint(r.Run)
		}
		if m, ok := r.Value(p.By); ok {
			value = words.WithError(m.Value, m.StdErr)
		}
		switch {
		case i == best:
			mark = "best"
		case r.State == trials.Failed:
			mark = "failed: " + oneLine(r.Err.Error())
		case r.State != trials.Done:
			mark = stateText(r.State)
		}
		row := append([]string{number}, r.Values...)
		row = append(row, fmt.Sprint(r.Seed), words.Of(r.Step, int64(r.Recipe.Steps)), value)
		if p.Seeds > 1 {
			row = append(row, overSeeds(means, i))
		}
		rows = append(rows, append(row, mark))
	}
	return printTable(env.Stdout, rows)
}

// overSeeds says in the line of the first run of a combination of values what all of it score.
func overSeeds(means []trials.Mean, line int) string {
	for _, m := range means {
		if m.First == line && m.Judged > 0 {
			return words.WithError(m.Measure.Value, m.Measure.StdErr)
		}
	}
	return ""
}
