package cli

import (
	"context"

	"ganvas/engine/export"
)

// exportFrom says of what an export is, and where it goes.
type exportFrom struct {
	File  string `arg:"" name:"run.ganvas" help:"Project file."`
	ID    int64  `name:"run" placeholder:"ID" help:"Run to export, as \"ganvas runs\" lists them (default: the current one)."`
	At    int64  `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Raw   bool   `help:"The generator that plays, instead of its average."`
	Force bool   `help:"Replace the file if it exists."`
}

type exportWebCmd struct {
	exportFrom
	Out string `short:"o" required:"" placeholder:"PAGE.html" help:"File to write."`
}

// Run writes the generator as a web page.
func (c exportWebCmd) Run(ctx context.Context, env *Env) error {
	return c.write(env, "export web", c.Out, func(s *export.Source, o export.Options) error { return s.Web(ctx, c.Out, o) })
}

type exportONNXCmd struct {
	exportFrom
	Part string `enum:"g,d" default:"g" help:"g: the generator; d: the discriminator (default ${default})."`
	Out  string `short:"o" required:"" placeholder:"MODEL.onnx" help:"File to write."`
}

// Run writes a player as an ONNX model.
func (c exportONNXCmd) Run(ctx context.Context, env *Env) error {
	return c.write(env, "export onnx", c.Out, func(s *export.Source, o export.Options) error {
		return s.ONNX(ctx, c.Out, export.Part(c.Part), o)
	})
}

type exportSafetensorsCmd struct {
	exportFrom
	Part string `enum:"g,d,all" default:"g" help:"g: the generator; d: the discriminator; all: both and the average, in one file (default ${default})."`
	Out  string `short:"o" required:"" placeholder:"WEIGHTS.safetensors" help:"File to write."`
}

// Run writes weights with PyTorch's names and shapes.
func (c exportSafetensorsCmd) Run(ctx context.Context, env *Env) error {
	return c.write(env, "export safetensors", c.Out, func(s *export.Source, o export.Options) error {
		part := export.Part(c.Part)
		if c.Part == "all" {
			part = ""
		}
		return s.Safetensors(ctx, c.Out, part, o)
	})
}

// write reads the checkpoint and has it written with a bar of progress. Nothing slow is done for a
// file that cannot be replaced.
func (c exportFrom) write(env *Env, what, out string, write func(*export.Source, export.Options) error) error {
	if err := refuseToReplace(out, c.Force); err != nil {
		return err
	}
	s, err := openSource(env, c.File, c.ID, c.At)
	if err != nil {
		return err
	}
	p := startProgress(env, what, "", 0, 0, nil)
	defer p.finish()
	o := exportOptions(env, p, c.Force)
	o.Raw = c.Raw
	return nameForce(write(s, o))
}
