package cli

import (
	"context"
	"fmt"

	"ganvas/app/words"
	"ganvas/engine/export"
)

type importCmd struct {
	File    string `arg:"" name:"run.ganvas" help:"Project file."`
	Weights string `arg:"" name:"weights.safetensors|project" help:"Weights with PyTorch's names and shapes, as \"ganvas export safetensors\" writes them, or the folder or zip file of \"ganvas export pytorch\"."`
	ID      int64  `name:"run" placeholder:"ID" help:"Run to go on from, as \"ganvas runs\" lists them (default: the current one)."`
	At      int64  `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Part    string `enum:"g,d," default:"" help:"Whose weights they are, if the file does not say: g, the generator, or d, the discriminator."`
	JSON    bool   `name:"json" help:"Print one JSON document."`
}

// Run adds a run that goes on with the weights.
func (c importCmd) Run(ctx context.Context, env *Env) error {
	in, err := export.Import(ctx, c.File, c.ID, c.At, c.Weights, export.Part(c.Part))
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Stdout, struct {
			Run    int64 `json:"run"`
			Step   int64 `json:"step"`
			Arrays int   `json:"arrays"`
		}{in.Run, in.Step, in.Arrays})
	}
	_, err = fmt.Fprintf(env.Stdout, "run %d of %s goes on from step %s with %d arrays of %s: ganvas resume %[2]s\n", in.Run, c.File, words.Thousands(in.Step), in.Arrays, c.Weights)
	return err
}
