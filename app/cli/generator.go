package cli

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/export"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// loadState returns the recipe and the state of a run of a project, the current one if it is 0, at
// a checkpoint, the newest if step is negative. The project is not changed, and may be in use by
// another Ganvas that trains it.
func loadState(env *Env, path string, id, step int64) (*recipe.Recipe, *ckpt.State, error) {
	s, err := openSource(env, path, id, step)
	if err != nil {
		return nil, nil, err
	}
	return s.Recipe, s.State(), nil
}

// openSource reads a checkpoint and says what is wrong with the project.
func openSource(env *Env, path string, id, step int64) (*export.Source, error) {
	s, err := export.Open(path, id, step)
	if s != nil {
		tellWarnings(env, s.Warnings)
	}
	return s, err
}

// tellWarnings says what is wrong with a project that can be used all the same.
func tellWarnings(env *Env, warnings []string) {
	for _, w := range warnings {
		fmt.Fprintln(env.Stderr, "warning:", cell(w))
	}
}

// generatorOf returns the averaged generator of a state, unless raw is set or there is none.
func generatorOf(path string, r *recipe.Recipe, state *ckpt.State, raw bool) (*gan.Generator, error) {
	n, err := gan.NewG(r, len(session.ClassNames(state)))
	if err != nil {
		return nil, fmt.Errorf("sample %s: generator: %w", path, err)
	}
	prefix := "g."
	if !raw && r.EMA > 0 {
		prefix = "ema."
	} else if r.EMA > 0 && !session.Holds(state, "g") {
		return nil, fmt.Errorf("sample %s: the project keeps the averaged generator alone of this step: leave out --raw, or choose a checkpoint of which inspect does not say so", path)
	}
	if err := export.Fill(n, state, prefix); err != nil {
		return nil, fmt.Errorf("sample %s: %w", path, err)
	}
	return gan.NewGenerator(n, r.LatentKind), nil
}

// discriminatorOf returns the discriminator of a state, for items of a shape; nil where it judges
// more than an item on its own, or is not kept.
func discriminatorOf(path string, r *recipe.Recipe, state *ckpt.State, item nn.Shape) (*nn.Net, error) {
	if !session.Holds(state, "d") || r.Pack != 1 || r.Discriminators != 1 || r.Conditional != "none" || r.SemiSupervised {
		return nil, nil
	}
	n, err := gan.NewD(r, item, 0)
	if err != nil {
		return nil, fmt.Errorf("evaluate %s: discriminator: %w", path, err)
	}
	if err := export.Fill(n, state, "d."); err != nil {
		return nil, fmt.Errorf("evaluate %s: %w", path, err)
	}
	return n, nil
}
