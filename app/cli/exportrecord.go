package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/engine/export"
	"ganvas/engine/export/charts"
	"ganvas/engine/wholefile"
)

type exportTensorBoardCmd struct {
	File string `arg:"" name:"run.ganvas" help:"Project file."`
	ID   int64  `name:"run" placeholder:"ID" help:"Run to export, as \"ganvas runs\" lists them (default: all)."`
	Out  string `short:"o" required:"" placeholder:"DIR" help:"New folder, for \"tensorboard --logdir DIR\"."`
}

// Run writes the runs of a project for TensorBoard.
func (c exportTensorBoardCmd) Run(ctx context.Context, env *Env) error {
	p := startProgress(env, "export tensorboard", "", 0, 0, nil)
	defer p.finish()
	warnings, err := export.TensorBoard(ctx, c.File, c.ID, c.Out, exportOptions(env, p, false))
	tellWarnings(env, warnings)
	return err
}

func exportOptions(env *Env, p *progress, force bool) export.Options {
	return export.Options{Version: env.Version, Replace: force, Progress: func(done, total int64) { p.set(done, total, 0, "") }}
}

type exportMetricsCmd struct {
	File  string `arg:"" name:"run.ganvas" help:"Project file."`
	ID    int64  `name:"run" placeholder:"ID" help:"Run to export, as \"ganvas runs\" lists them (default: the current one)."`
	Out   string `short:"o" required:"" placeholder:"METRICS.csv" help:"File to write."`
	Force bool   `help:"Replace the file if it exists."`
}

// Run writes all that a run has measured as a table.
func (c exportMetricsCmd) Run(ctx context.Context, env *Env) error {
	p := startProgress(env, "export metrics", "step", 0, 0, nil)
	defer p.finish()
	warnings, err := export.Metrics(ctx, c.File, c.ID, c.Out, exportOptions(env, p, c.Force))
	tellWarnings(env, warnings)
	return nameForce(err)
}

type exportChartsCmd struct {
	File   string `arg:"" name:"run.ganvas" help:"Project file."`
	ID     int64  `name:"run" placeholder:"ID" help:"Run to export, as \"ganvas runs\" lists them (default: the current one)."`
	Out    string `short:"o" required:"" placeholder:"DIR/|CHART.png|.svg|.pdf|.csv" help:"New folder for all charts, or a file for one."`
	Format string `enum:"png,svg,pdf,csv," default:"" placeholder:"png|svg|pdf|csv" help:"Format of the files in a folder (default: png)."`
	Chart  string `placeholder:"NAME" help:"Chart that a file shows: losses, scores, gradients, samples and so on (default: losses)."`
	Force  bool   `help:"Replace the file if it exists."`
}

// Run draws one chart, or all.
func (c exportChartsCmd) Run(ctx context.Context, env *Env) error {
	extension := strings.TrimPrefix(strings.ToLower(filepath.Ext(c.Out)), ".")
	folder := strings.HasSuffix(c.Out, "/") || strings.HasSuffix(c.Out, string(filepath.Separator)) || extension == ""
	switch {
	case !folder && !slices.Contains(charts.Formats(), extension):
		return usageError{fmt.Errorf("export charts: --out %s: choose a name that ends in .png, .svg, .pdf or .csv, or in / for a folder of all charts", c.Out)}
	case !folder && c.Format != "":
		return usageError{errors.New("export charts: --format is of the files in a folder: leave it out, or let --out end in /")}
	case folder && c.Chart != "":
		return usageError{errors.New("export charts: --chart is what one file shows: leave it out, or let --out end in .png, .svg, .pdf or .csv")}
	case folder && c.Force:
		return usageError{errors.New("export charts: --force replaces files, and a folder is always a new one: leave it out")}
	}
	if err := c.refuse(folder); err != nil {
		return err
	}
	all, warnings, err := export.ChartsOf(c.File, c.ID)
	if err != nil {
		return err
	}
	tellWarnings(env, warnings)
	p := startProgress(env, "export charts", "chart", 0, int64(len(all)), nil)
	defer p.finish()
	o := exportOptions(env, p, c.Force)
	if folder {
		if c.Format == "" {
			c.Format = "png"
		}
		return export.ChartFolder(ctx, all, c.Out, c.Format, o)
	}
	if c.Chart == "" {
		c.Chart = all[0].Name
	}
	return nameForce(export.ChartFile(all, c.Chart, c.Out, o))
}

// refuse fails if what is there must stay.
func (c exportChartsCmd) refuse(folder bool) error {
	if folder {
		return wholefile.CheckFolder(c.Out)
	}
	return refuseToReplace(c.Out, c.Force)
}
