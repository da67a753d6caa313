package studio

import (
	"path/filepath"
	"slices"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/recipe"
)

// GivenName is what a project of a recipe is called before a person names it: after the folder or
// the file of its data or, where they are built in or the recipe has a name of its own, after the
// recipe.
func GivenName(r *recipe.Recipe) string {
	preset := slices.ContainsFunc(recipe.Presets(), func(p recipe.Preset) bool { return p.Recipe.Name == r.Name })
	if datasets.IsBuiltin(r.Data) || r.Data == "" || r.Name != "" && !preset {
		return r.Name
	}
	name := filepath.Base(r.Data)
	for _, ending := range datasets.Endings() {
		if short, ok := strings.CutSuffix(strings.ToLower(name), ending); ok && short != "" {
			return name[:len(short)]
		}
	}
	return name
}
