package cli

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"ganvas/engine/export"
	"ganvas/engine/wholefile"
)

type exportPyTorchCmd struct {
	File  string `arg:"" name:"run.ganvas" help:"Project file."`
	ID    int64  `name:"run" placeholder:"ID" help:"Run to export, as \"ganvas runs\" lists them (default: the current one)."`
	At    int64  `default:"-1" placeholder:"STEP" help:"Checkpoint of this step instead of the newest."`
	Out   string `short:"o" required:"" placeholder:"DIR|PROJECT.zip" help:"New folder, or zip file, to write."`
	Force bool   `help:"Replace the zip file if it exists."`
}

// Run writes a project of PyTorch that goes on with a run.
func (c exportPyTorchCmd) Run(ctx context.Context, env *Env) error {
	from := exportFrom{File: c.File, ID: c.ID, At: c.At, Force: c.Force}
	if !strings.EqualFold(filepath.Ext(c.Out), ".zip") {
		if c.Force {
			return usageError{errors.New("export pytorch: --force replaces a zip file, and a folder is always a new one: leave it out")}
		}
		if err := wholefile.CheckFolder(c.Out); err != nil {
			return err
		}
	}
	return from.write(env, "export pytorch", c.Out, func(s *export.Source, o export.Options) error {
		return s.PyTorch(ctx, c.Out, o)
	})
}
