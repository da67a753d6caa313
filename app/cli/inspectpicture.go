package cli

import (
	"fmt"

	"ganvas/app/words"
	"ganvas/engine/provenance"
	"ganvas/engine/recipe"
)

// pictureRecord returns how a PNG file says that it was made.
func pictureRecord(path string) (*provenance.Record, error) {
	r, err := provenance.ReadFile(path)
	if err == nil && r == nil {
		err = fmt.Errorf("read %s: it does not say how it was made: Ganvas did not write it, or another program has left that out", path)
	}
	return r, err
}

// recipeOf returns the recipe of a project's run, the current one if id is 0, or of a picture.
func recipeOf(path string, id int64) (*recipe.Recipe, error) {
	if !provenance.IsPNG(path) {
		in, err := inspect(path, id)
		if err != nil {
			return nil, err
		}
		return in.Recipe, nil
	}
	r, err := pictureRecord(path)
	if err != nil {
		return nil, err
	}
	return recipe.Parse([]byte(r.Recipe), path)
}

// picture says how a picture was made.
func (c inspectCmd) picture(env *Env) error {
	r, err := pictureRecord(c.File)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Stdout, r)
	}
	weights := "averaged"
	if r.Raw {
		weights = "as trained"
	}
	rows := [][]string{
		{"project", r.Project},
		{"run", fmt.Sprintf("%d, %s", r.Run, r.Name)},
		{"step", words.Thousands(r.Step)},
		{"weights", weights},
		{"items", words.Thousands(r.Len())},
	}
	switch {
	case r.Seed == nil:
		rows = append(rows, []string{"latents", fmt.Sprintf("%d numbers each, written down", r.Size)})
	case r.First == 0:
		rows = append(rows, []string{"seed", fmt.Sprint(*r.Seed)})
	default:
		rows = append(rows, []string{"seed", fmt.Sprintf("%d, from item %s on", *r.Seed, words.Thousands(r.First+1))})
	}
	if class := r.Class; r.Seed != nil && class >= 0 && class < len(r.Classes) {
		rows = append(rows, []string{"class", r.Classes[class]})
	}
	rows = append(rows,
		[]string{"fingerprint", r.Weights},
		[]string{"Ganvas", r.Version})
	return printTable(env.Stdout, rows)
}
