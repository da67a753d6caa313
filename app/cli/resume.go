package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

type resumeCmd struct {
	File     string        `arg:"" name:"run.ganvas" help:"Project file."`
	Steps    *int          `xor:"length" placeholder:"N" help:"How many more updates of both players."`
	Epochs   *float64      `xor:"length" placeholder:"N" help:"How many more passes over the data, instead of --steps."`
	ID       int64         `name:"run" placeholder:"ID" help:"Run to go on with, as \"ganvas runs\" lists them (default: the current one). It is the current one from then on."`
	From     *int64        `placeholder:"STEP" help:"Go on from this step in a new run, a branch: steps since the nearest full checkpoint are replayed with the changes that were made then."`
	Data     string        `placeholder:"PATH" help:"Where the data lie now, if they were moved."`
	Read     bool          `name:"yes-data" help:"Read the data that the project names, though you have not opened them before."`
	Changed  bool          `name:"changed-data" help:"Go on although the data have changed; what has changed is recorded in the run."`
	Threads  int           `placeholder:"T" help:"Processors to use (default: all). The result does not depend on it."`
	Set      []string      `sep:"none" placeholder:"KEY=VALUE" help:"Change a key that may change while a run goes on, such as g.lr=1e-4; may be repeated."`
	Best     *string       `placeholder:"METRIC" help:"Keep the best step by a metric from now on; none: keep none."`
	Autosave time.Duration `hidden:"" default:"${autosave}"`
}

// Run goes on with a run: for as many more steps as the flags say, or to the end of its recipe.
func (c resumeCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	if err := checkLength("resume", c.Steps, c.Epochs, 1); err != nil {
		return err
	}
	if c.From != nil && *c.From < 0 {
		return usageError{fmt.Errorf("resume: --from %d: choose a step of the run", *c.From)}
	}
	s, err := c.open(ctx, env)
	var data *session.DataError
	var foreign *session.ForeignDataError
	switch {
	case errors.As(err, &data) && data.Err != nil:
		return fmt.Errorf("%w (resume --data PATH)", err)
	case errors.As(err, &data):
		return fmt.Errorf("%w (resume --changed-data)", err)
	case errors.As(err, &foreign):
		return fmt.Errorf("%w (resume --data PATH, or --yes-data)", err)
	case err != nil:
		return err
	}
	tellWarnings(env, s.Warnings())
	if c.From != nil {
		if err := c.branch(ctx, env, s); err != nil {
			return errors.Join(err, s.Close())
		}
	}
	j, err := c.prepare(env, s)
	if err != nil {
		s.Close()
		return err
	}
	return j.run(ctx)
}

// open opens the session where it is to go on.
func (c resumeCmd) open(ctx context.Context, env *Env) (*session.Session, error) {
	p := startProgress(env, "open "+c.File, "item", 0, 0, nil)
	defer p.finish()
	o := session.Options{
		Autosave:     c.Autosave,
		Home:         session.Home(),
		DataProgress: p.read,
	}
	o.Run, o.ReadData, o.Changed = c.ID, c.Read, c.Changed
	if c.Data != "" {
		abs, err := filepath.Abs(c.Data)
		if err != nil {
			return nil, err
		}
		o.Data = abs
	}
	s, err := session.Open(ctx, c.File, o)
	if c.From == nil || !errors.Is(err, ckpt.ErrDamaged) {
		return s, err
	}
	// The newest checkpoint is damaged, and a branch does not need it.
	step, found := c.wholeBefore()
	if !found {
		return nil, err
	}
	return session.OpenAt(ctx, c.File, step, o)
}

// wholeBefore returns the newest full checkpoint up to --from that is whole.
func (c resumeCmd) wholeBefore() (step int64, found bool) {
	f, err := ckpt.OpenReadOnly(c.File)
	if err != nil {
		return 0, false
	}
	defer f.Close()
	run, err := f.RunByID(c.ID)
	if err != nil {
		return 0, false
	}
	list, err := f.Checkpoints(run.ID)
	if err != nil {
		return 0, false
	}
	for _, k := range slices.Backward(list) {
		if k.Thinned || k.Step > *c.From {
			continue
		}
		if _, err := f.LoadFull(run.ID, k.Step); err == nil {
			return k.Step, true
		}
	}
	return 0, false
}

// branch goes on with a new run from --from. What that takes is said before.
func (c resumeCmd) branch(ctx context.Context, env *Env, s *session.Session) error {
	plan, err := s.PlanBranch(*c.From)
	if err != nil {
		return err
	}
	fmt.Fprintln(env.Stderr, saysBranch(plan))
	p := startProgress(env, "replay "+c.File, "step", 0, plan.Replay, nil)
	run, err := s.Branch(ctx, *c.From, "", func(done, total int64) { p.set(done, total, 0, "") })
	p.finish()
	switch {
	case ctx.Err() != nil:
		return &interruptedError{fmt.Sprintf("interrupted before the branch was made: %s is as it was", c.File)}
	case err != nil:
		return err
	}
	return s.SwitchRun(ctx, session.Options{Run: run, ReadData: true, Data: s.Recipe().Data})
}

// saysBranch says what a branch takes.
func saysBranch(b session.BranchPlan) string {
	text := fmt.Sprintf("branch of run %d from step %s: ", b.Run, words.Thousands(b.Step))
	switch {
	case b.Replay == 0:
		text += "nothing is replayed"
	default:
		text += fmt.Sprintf("replays %s from step %s", words.Counted(b.Replay, "step"), words.Thousands(b.From))
		if b.Time > 0 {
			text += ", about " + words.Duration(b.Time)
		}
	}
	if !b.SameBits {
		text += "; " + b.Why
	}
	return text
}

// prepare applies the settings and finds the step to train to.
func (c resumeCmd) prepare(env *Env, s *session.Session) (*job, error) {
	for _, text := range c.Set {
		key, value, err := splitSetting(text)
		if err != nil {
			return nil, err
		}
		if err := s.Set(key, value); err != nil {
			return nil, err
		}
	}
	if c.Best != nil {
		metric := *c.Best
		if metric == "none" {
			metric = ""
		}
		if err := s.SetBest(metric); err != nil {
			return nil, err
		}
	}
	r := s.Recipe()
	step := s.Status().Step
	j := &job{env: env, s: s, path: c.File, what: "train " + r.Name, until: int64(r.Steps)}
	switch {
	case c.Steps != nil:
		j.until = step + int64(*c.Steps)
	case c.Epochs != nil:
		j.until = step + stepsOf(*c.Epochs, s.Data(), r)
	case r.Steps > 0 && step >= int64(r.Steps):
		return nil, fmt.Errorf("resume %s: the %s steps of its recipe are done: say how many more with --steps", c.File, words.Thousands(r.Steps))
	}
	j.more = j.until != int64(r.Steps)
	return j, nil
}
