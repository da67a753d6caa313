package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"ganvas/datasets"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

type trainCmd struct {
	Recipe   string        `arg:"" name:"preset|recipe.toml" help:"Name of a built-in recipe (see \"ganvas presets\") or a recipe file."`
	Out      string        `short:"o" placeholder:"RUN.ganvas" help:"Project file to create."`
	Data     string        `placeholder:"PATH|BUILTIN" help:"Data instead of the recipe's."`
	Read     bool          `name:"yes-data" help:"Read all of a disk or of a home folder, if the recipe says so."`
	From     string        `placeholder:"OTHER.ganvas" help:"Start with the newest weights of another project, where layers have the same place and shape (see also --set freeze_d=N)."`
	Steps    *int          `xor:"length" placeholder:"N" help:"Stop after so many updates of both players instead of the recipe's; 0: when interrupted. Schedules keep their length; --set steps=N changes it."`
	Epochs   *float64      `xor:"length" placeholder:"N" help:"Stop after so many passes over the data."`
	Seed     *uint64       `placeholder:"S" help:"Start of all random numbers, instead of the recipe's."`
	Threads  int           `placeholder:"T" help:"Processors to use (default: all). The result does not depend on it."`
	Set      []string      `sep:"none" placeholder:"KEY=VALUE" help:"Change a key of the recipe, such as g.lr=1e-4; may be repeated."`
	Best     string        `placeholder:"METRIC" help:"Keep the best step by a metric, such as frechet or high_quality: the generator is judged now and then while it trains, at low priority."`
	Autosave time.Duration `hidden:"" default:"${autosave}"`
	Force    bool          `help:"Replace the project file if it exists."`
	DryRun   bool          `help:"Train nothing: say what a step and the whole run will take on this computer."`
	JSON     bool          `name:"json" help:"Print one JSON document at the end."`
}

// Run trains a new run until the steps that were asked for are done, or the recipe's; without end
// if they are 0.
func (c trainCmd) Run(ctx context.Context, env *Env) (err error) {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if err := checkLength("train", c.Steps, c.Epochs, 0); err != nil {
		return err
	}
	if !c.DryRun {
		if c.Out == "" {
			return usageError{errors.New("train: no project file: name the one to create with --out")}
		}
		if err := refuseToReplace(c.Out, c.Force); err != nil {
			return err
		}
	}
	r, err := findRecipe(c.Recipe)
	if err != nil {
		return err
	}
	if err := c.change(r); err != nil {
		return err
	}
	if err := r.Validate(); err != nil {
		return err
	}
	if err := session.CheckSource(r); err != nil && !c.Read {
		return fmt.Errorf("%w (train --yes-data)", err)
	}
	if err := session.CheckFree("train "+r.Name, r, nil, false); err != nil {
		return err
	}
	set, err := openData(ctx, env, r.Data, session.DataOptions(r))
	if err != nil {
		return err
	}
	until := int64(r.Steps)
	switch {
	case c.Steps != nil:
		until = int64(*c.Steps)
	case c.Epochs != nil:
		until = stepsOf(*c.Epochs, set, r)
	}
	if err := r.Check(session.ItemShape(set)); err != nil {
		return err
	}
	if c.DryRun {
		return c.forecast(ctx, env, r, set, until)
	}
	s, err := session.Create(ctx, r, set, c.Out, session.Options{Autosave: c.Autosave, Home: session.Home(), Replace: c.Force})
	if err != nil {
		return err
	}
	if c.Best != "" {
		if err := s.SetBest(c.Best); err != nil {
			return errors.Join(err, c.forget(s))
		}
	}
	err = (&job{env: env, s: s, path: c.Out, what: "train " + r.Name, until: until, more: until != int64(r.Steps), json: c.JSON}).run(ctx)
	if err != nil && ctx.Err() == nil && !c.Force && nothingLearnt(c.Out) {
		removeProject(c.Out)
	}
	return err
}

// forget closes a session in which nothing was learnt, and removes its project.
func (c trainCmd) forget(s *session.Session) error {
	err := s.Close()
	if !c.Force {
		removeProject(c.Out)
	}
	return err
}

// change applies the flags to the recipe, those with a name of their own last.
func (c trainCmd) change(r *recipe.Recipe) error {
	for _, s := range c.Set {
		key, value, err := splitSetting(s)
		if err != nil {
			return err
		}
		if err := r.Set(key, value); err != nil {
			return err
		}
	}
	if c.Seed != nil {
		if err := r.Set("seed", strconv.FormatUint(*c.Seed, 10)); err != nil {
			return err
		}
	}
	if c.Data != "" {
		var err error
		if r.Data, err = downloaded(c.Data); err != nil {
			return err
		}
	}
	if !datasets.IsBuiltin(r.Data) {
		// The project is opened from other folders later.
		abs, err := filepath.Abs(r.Data)
		if err != nil {
			return err
		}
		r.Data = abs
	}
	if c.From != "" {
		r.From = c.From
	}
	if r.From != "" {
		abs, err := filepath.Abs(r.From)
		if err != nil {
			return err
		}
		r.From = abs
	}
	return nil
}

func splitSetting(s string) (key, value string, err error) {
	key, value, ok := strings.Cut(s, "=")
	if !ok {
		return "", "", usageError{fmt.Errorf("--set %s: write KEY=VALUE, such as g.lr=1e-4", s)}
	}
	return strings.TrimSpace(key), value, nil
}

// findRecipe returns a preset by its name, or reads a recipe file. Data that a file names are
// looked for beside it.
func findRecipe(name string) (*recipe.Recipe, error) {
	r, presetErr := recipe.Named(name)
	if presetErr == nil {
		return r, nil
	}
	content, err := os.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !strings.ContainsAny(name, `/\.`):
		return nil, presetErr
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read %s: there is no such file: check the path, or choose a preset (ganvas presets)", name)
	case err != nil:
		return nil, fmt.Errorf("read %s: %w: choose a recipe file", name, wholefile.Cause(err))
	}
	if r, err = recipe.Parse(content, name); err != nil {
		return nil, err
	}
	if !datasets.IsBuiltin(r.Data) && !filepath.IsAbs(r.Data) {
		beside := filepath.Join(filepath.Dir(name), r.Data)
		if _, err := os.Stat(beside); err == nil {
			r.Data = beside
		}
	}
	return r, nil
}

// checkLength checks how long to train; steps must be at least least.
func checkLength(command string, steps *int, epochs *float64, least int) error {
	const most = 1_000_000_000
	switch {
	case steps != nil && (*steps < least || *steps > most):
		return usageError{fmt.Errorf("%s: --steps %d: choose %d to %d", command, *steps, least, most)}
	case epochs != nil && !(*epochs > 0 && *epochs <= 1e6):
		return usageError{fmt.Errorf("%s: --epochs %v: choose more than 0 and at most 1000000", command, *epochs)}
	}
	return nil
}

// stepsOf returns how many steps pass over the data epochs times.
func stepsOf(epochs float64, set datasets.Set, r *recipe.Recipe) int64 {
	return int64(math.Ceil(epochs * float64(set.Len()) / float64(r.Batch*r.DSteps)))
}

// nothingLearnt tells whether no step of a project was saved, so that it is worth nothing.
func nothingLearnt(path string) bool {
	in, err := inspect(path, 0)
	return err == nil && in.Step == 0
}

// removeProject removes a project in which nothing was trained.
func removeProject(path string) {
	for _, suffix := range []string{"", "-journal", "-lock"} {
		os.Remove(path + suffix)
	}
}
