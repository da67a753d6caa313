package cli

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// loadState returns the recipe and the state of a run of a project, the current one if it is 0, at
// a checkpoint, the newest if step is negative. The project is not changed, and may be in use by
// another Ganvas that trains it.
func loadState(env *Env, path string, id, step int64) (*recipe.Recipe, *ckpt.State, error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	run, err := f.RunByID(id)
	if err != nil {
		return nil, nil, err
	}
	r, err := session.RecipeOf(f, run)
	if err != nil {
		return nil, nil, err
	}
	if err := session.CheckSampling(f, run.ID, step, r); err != nil {
		return nil, nil, err
	}
	state, err := f.Load(run.ID, step)
	tellWarnings(env, f.Warnings())
	return r, state, err
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
	if err := fill(n, state, prefix); err != nil {
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
	if err := fill(n, state, "d."); err != nil {
		return nil, fmt.Errorf("evaluate %s: %w", path, err)
	}
	return n, nil
}

// fill copies the weights and buffers of a network from a state, where their names begin with
// prefix.
func fill(n *nn.Net, state *ckpt.State, prefix string) error {
	values := make(map[string][]float32, len(state.Entries))
	for _, e := range state.Entries {
		values[e.Name] = e.F32
	}
	for _, params := range [][]*nn.Param{n.Params, n.Buffers} {
		for _, p := range params {
			v, ok := values[nn.EntryName(prefix, p.Name)]
			if !ok || len(v) != len(p.Value.Data) {
				return fmt.Errorf("weights %s are missing, or of another shape than %v: the project is damaged: use an older copy", nn.EntryName(prefix, p.Name), p.Value.Shape)
			}
			copy(p.Value.Data, v)
		}
	}
	return nil
}
