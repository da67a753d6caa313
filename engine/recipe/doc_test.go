package recipe

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestDocumentation: docs/recipe.md has a row for every key, as Keys describes it; -update writes
// it anew.
func TestDocumentation(t *testing.T) {
	const file = "../../docs/recipe.md"
	var b strings.Builder
	b.WriteString(documentation)
	b.WriteString("| key | default | possible | live | what it does |\n|---|---|---|---|---|\n")
	for _, k := range Keys() {
		if strings.HasPrefix(k.Name, "d.") && k.Name != "d.layers" {
			continue // as g's
		}
		possible := k.Type
		switch {
		case k.Choices != nil:
			possible = strings.Join(k.Choices, " · ")
			if k.Other != "" {
				possible += " · " + k.Other
			}
		case k.Type == "number" || k.Type == "whole number":
			possible = fmt.Sprintf("%s to %s %s", shortNumber(k.Min), shortNumber(k.Max), k.Unit)
		}
		live := ""
		if k.Live {
			live = "yes"
		}
		value := "`" + k.Default + "`"
		if k.Default == "" {
			value = "empty"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", k.Name, value, strings.TrimSpace(possible), live, k.Tooltip)
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Error("docs/recipe.md does not say what the keys are: go test ./engine/recipe -run Documentation -update")
	}
}

const documentation = `# The recipe

One flat, versioned TOML document says everything about a run: the Build page edits it, the project file keeps it, ` + "`ganvas train`" + `
takes it, and ` + "`--set KEY=VALUE`" + ` changes one key of it. What is left out has the default of the table; unknown keys, values that are not
possible and combinations that make no sense are errors that name the key, its line and the remedy. Keys that are live can be changed
while a run goes on; such a change is recorded in the project. Those of ` + "`[d]`" + ` are those of ` + "`[g]`" + `.

What steadies training goes together, with these exceptions:

- ` + "`label_smoothing`" + ` needs a target for real items: minimax, nonsaturating or leastsquares.
- ` + "`pack`" + ` divides the batch, and not with classes or several generators, whose items would be in one pack. Penalties take the slope of a
  whole pack.
- ` + "`augment`" + ` is for pictures. Penalties take slopes through it, as they do through ` + "`instance_noise`" + `. The adaptive form raises the probability
  of each kind of change while E[sign D(x)] of real pictures is above 0.6, and lowers it below; it can go from 0 to 1 within 50,000 pictures.
- ` + "`unroll`" + ` foresees updates of D's own optimiser on the present batch, with the gradient through them: without penalties, clipping and
  layers of D that remember what goes through them (` + "`bn`, `sn`" + `), and in a game of one against one.
- ` + "`topk`, `instance_noise`" + ` and falling learning rates need to know the end of the run: ` + "`steps`" + ` above 0.
- ` + "`balance`" + ` keeps the share of pairs of a real and a generated item in which D rates the real one higher, of late, near 0.5 + balance: at 0.1
  beyond it the winner makes one update of twenty, and proportionally more nearer to it.

`
