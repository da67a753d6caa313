package session

import (
	"context"
	"errors"
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// A replay takes steps of a run once more, with a trainer of its own.
type replay struct {
	session *Session
	branch  *branch
	recipe  *recipe.Recipe
	trainer *gan.Trainer
	loaders loaders
	differs int64 // first step that measured something else than then; −1: none
}

// startReplay restores the full checkpoint from which a branch is replayed; an earlier one where it
// is damaged.
func (s *Session) startReplay(b *branch) (*replay, error) {
	for {
		st, err := s.file.LoadFull(b.Run, b.From)
		if err == nil {
			return s.replayFrom(b, st)
		}
		b.full = b.full[:len(b.full)-1]
		if !errors.Is(err, ckpt.ErrDamaged) || len(b.full) == 0 {
			return nil, err
		}
		b.startAt(b.full[len(b.full)-1].Step)
		events, err := s.file.Events(b.Run)
		if err != nil {
			return nil, err
		}
		if err := s.reconstruct(b, events); err != nil {
			return nil, err
		}
	}
}

func (s *Session) replayFrom(b *branch, st *ckpt.State) (*replay, error) {
	// A change at that very step was made before or after it was saved. Only whether there is an
	// average shows in what is saved.
	first := b.recipe
	if Holds(st, "ema") != (first.EMA > 0) {
		first = b.before
	}
	data := s.Data()
	t, l, err := newTrainer(first, data)
	if err != nil {
		return nil, err
	}
	if err := setStateOf(t, l, st, b.other); err != nil {
		return nil, fmt.Errorf("branch from step %d: %w", b.Step, err)
	}
	if err := t.Apply(b.recipe); err != nil {
		return nil, err
	}
	return &replay{session: s, branch: b, recipe: b.recipe.Clone(), trainer: t, loaders: l, differs: -1}, nil
}

// run takes the steps, each as it was taken then: of both players or of one alone, with the changes
// that were made before it.
func (p *replay) run(ctx context.Context, progress func(done, total int64)) error {
	b := p.branch
	then := make(map[int64][]float32, b.Replay)
	err := p.session.file.EachMetric(b.Run, b.From, func(r ckpt.MetricRow) {
		if r.Step < b.Step {
			then[r.Step] = r.Values
		}
	})
	if err != nil {
		return err
	}
	for p.trainer.Step < b.Step {
		if err := ctx.Err(); err != nil {
			return err
		}
		if progress != nil {
			progress(p.trainer.Step-b.From, b.Replay)
		}
		at := p.trainer.Step
		if err := p.change(at); err != nil {
			return err
		}
		stats, err := stepLike(then[at])(p.trainer)
		if err != nil {
			return fmt.Errorf("branch from step %d of run %d: replay it: %w", b.Step, b.Run, err)
		}
		if p.differs < 0 && then[at] != nil && !sameValues(valuesOf(stats, 0), then[at]) {
			p.differs = at
		}
	}
	if progress != nil {
		progress(b.Replay, b.Replay)
	}
	return p.change(b.Step)
}

// stepLike returns what takes a step like the one that measured some values: what a player that did
// not move then would measure is not a number.
func stepLike(values []float32) func(*gan.Trainer) (gan.Stats, error) {
	const lossD, lossG = 0, 1 // of MetricNames
	switch {
	case len(values) > lossG && values[lossG] != values[lossG]:
		return (*gan.Trainer).OnlyD
	case len(values) > lossG && values[lossD] != values[lossD]:
		return (*gan.Trainer).OnlyG
	}
	return (*gan.Trainer).Both
}

// change makes the changes of a step.
func (p *replay) change(step int64) error {
	changed := false
	for _, e := range p.branch.events {
		if e.Step != step {
			continue
		}
		key, value, _ := changeOf(e)
		if err := p.recipe.Set(key, value); err != nil {
			return err
		}
		changed = true
	}
	if !changed {
		return nil
	}
	return p.trainer.Apply(p.recipe)
}

// add adds the branch to the project.
func (p *replay) add(name string) (int64, error) {
	s, b := p.session, p.branch
	record, err := s.file.Meta(recordKey(s.RunID()))
	if err != nil {
		return 0, err
	}
	data := s.Data()
	st := trainerState(p.trainer, p.loaders)
	nameClasses(st, p.recipe, data)
	text := string(p.recipe.Bytes())
	run := ckpt.Run{
		Parent: b.Run, FromStep: b.Step, Step: b.Step, Name: name, Recipe: text, Start: text, DataFingerprint: data.Info().Fingerprint,
	}
	save := ckpt.Save{
		Step: b.Step, ImagesSeen: p.loaders.all.Seen(), Kind: "manual", State: st, Core: coreOf(st), Beside: true,
		Events: []ckpt.Event{{Step: b.Step, Kind: "branch", Text: p.says()}, {Step: b.Step, Kind: machineKind, Text: s.here}},
	}
	if png := newView(p.trainer, data, p.recipe).png(p.trainer); png != nil {
		save.Sheets = []ckpt.Sheet{{Step: b.Step, PNG: png}}
	}
	if k := newKeeper(p.trainer); k.withViews {
		v, err := viewOf(p.trainer, k.withD)
		if err != nil {
			return 0, err
		}
		save.Views = []ckpt.View{v}
	}
	return s.file.AddRun(run, MetricNames, save, func(run int64) (key, value string) { return recordKey(run), record })
}

// says tells how the branch began.
func (p *replay) says() string {
	b := p.branch
	text := fmt.Sprintf("branch of run %d", b.Run)
	if b.Replay > 0 {
		text += fmt.Sprintf(", replayed from step %d", b.From)
	}
	switch {
	case p.differs >= 0:
		text += fmt.Sprintf(", not as then from step %d on", p.differs)
	case b.Why != "":
		text += ": " + b.Why
	}
	return text
}
