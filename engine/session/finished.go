package session

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// FinishedGenerator returns the generator of the newest step of a project's current run, the
// averaged one where there is one. It reads no data, and so fails for a run with classes, of which
// data alone tell how many there are.
func FinishedGenerator(path string) (*gan.Generator, error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	run, err := f.RunByID(0)
	if err != nil {
		return nil, err
	}
	r, err := recipe.Parse([]byte(run.Recipe), path)
	if err != nil {
		return nil, err
	}
	if r.Classes() {
		return nil, fmt.Errorf("read the generator of %s: it makes classes: open the project with its data", path)
	}
	n, err := gan.NewG(r, 0)
	if err != nil {
		return nil, fmt.Errorf("read the generator of %s: %w", path, err)
	}
	st, err := f.Load(run.ID, -1)
	if err != nil {
		return nil, err
	}
	prefix := "g."
	if Holds(st, "ema") {
		prefix = "ema."
	}
	if err := setWeights(n, prefix, st, run.Step); err != nil {
		return nil, err
	}
	return gan.NewGenerator(n, r.LatentKind), nil
}
