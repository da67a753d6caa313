package export

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/export/charts"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// ChartsOf returns the charts of a run of a project, the current one if it is 0, and what of it
// could not be read.
func ChartsOf(project string, run int64) (all []charts.Chart, warnings []string, err error) {
	f, err := ckpt.OpenReadOnly(project)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	r, err := f.RunByID(run)
	if err != nil {
		return nil, nil, err
	}
	plan, err := session.RecipeOf(f, r)
	if err != nil {
		return nil, nil, err
	}
	h, warnings, err := session.HistoryOf(f, r.ID)
	if err != nil {
		return nil, nil, err
	}
	if all = charts.Of(plan, h); len(all) == 0 {
		return nil, nil, fmt.Errorf("draw charts of %s: nothing was measured yet: train run %d first", project, r.ID)
	}
	return all, append(f.Warnings(), warnings...), nil
}

// ChartFile writes one of the charts, in the format that the name of the file ends in.
func ChartFile(all []charts.Chart, name, path string, o Options) error {
	c, ok := charts.Find(all, name)
	if !ok {
		names := make([]string, len(all))
		for i, c := range all {
			names[i] = c.Name
		}
		return fmt.Errorf("draw %s: the run has no such chart: choose %s", name, strings.Join(names, ", "))
	}
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(path)), ".")
	return wholefile.Write(path, wholefile.Mode(o.Replace), func(w io.Writer) error { return c.Write(w, format) })
}

// ChartFolder writes all charts into a new folder, in a format.
func ChartFolder(ctx context.Context, all []charts.Chart, path, format string, o Options) error {
	return wholefile.WriteFolder(path, func(folder string) error {
		for i, c := range all {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := writeChart(filepath.Join(folder, c.Name+"."+format), c, format); err != nil {
				return err
			}
			o.progress(int64(i+1), int64(len(all)))
		}
		return nil
	})
}

func writeChart(path string, c charts.Chart, format string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := c.Write(f, format); err != nil {
		return err
	}
	return f.Close()
}
