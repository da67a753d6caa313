package cli

import (
	"ganvas/app/words"
	"ganvas/engine/recipe"
)

type presetsCmd struct {
	JSON bool `name:"json" help:"Print one JSON document, recipes included."`
}

type presetLine struct {
	Name   string         `json:"name"`
	Title  string         `json:"title"`
	Reason string         `json:"reason"`
	Recipe *recipe.Recipe `json:"recipe"`
}

// Run lists the built-in recipes.
func (c presetsCmd) Run(env *Env) error {
	rows := [][]string{{"PRESET", "DATA", "STEPS", "WHY"}}
	var lines []presetLine
	for _, p := range recipe.Presets() {
		name := p.Name
		if name == recipe.DefaultPreset {
			name += " (default)"
		}
		rows = append(rows, []string{name, p.Recipe.Data, words.Thousands(p.Recipe.Steps), p.Reason})
		lines = append(lines, presetLine{p.Name, p.Title, p.Reason, p.Recipe})
	}
	if c.JSON {
		return printJSON(env.Stdout, lines)
	}
	return printTable(env.Stdout, rows)
}
