package recipe_test

import (
	"fmt"
	"strings"

	"ganvas/engine/recipe"
)

// A recipe is read, one key is changed, and the whole is written. Keys that a document leaves out
// have their defaults.
func ExampleParse() {
	r, err := recipe.Parse([]byte(`
version = 1
data = "ring"
latent = 2
[g]
layers = ["linear 64", "relu", "linear 2"]
[d]
layers = ["linear 64", "lrelu 0.2", "linear 1"]
`), "mine.toml")
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := r.Set("objective", "nonsaturating"); err != nil {
		fmt.Println(err)
		return
	}
	for line := range strings.Lines(string(r.Bytes())) {
		if key, _, _ := strings.Cut(line, " "); key == "data" || key == "objective" || key == "latent_kind" {
			fmt.Print(line)
		}
	}
	fmt.Println(r.Set("objective", "vanilla"))
	// Output:
	// data = "ring"
	// latent_kind = "gaussian"
	// objective = "nonsaturating"
	// set objective: must be minimax, nonsaturating, leastsquares, hinge, wasserstein or relativistic, not "vanilla"
}
