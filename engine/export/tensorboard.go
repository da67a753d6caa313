package export

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"ganvas/engine/ckpt"
	"ganvas/engine/export/tensorboard"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// mostPoints is how many points of each metric TensorBoard gets of a run: of more it shows a choice
// of its own. The CSV file has all.
const mostPoints = 20_000

// TensorBoard writes the runs of a project, or one if run is not 0, as a folder for "tensorboard
// --logdir": each run has its metrics and the doctor's checkups as scalars, its contact sheets as
// pictures, its recipe as text and as hyper-parameters. It returns what of the project could not be
// read. What is at path is kept.
func TensorBoard(ctx context.Context, project string, run int64, path string, o Options) (warnings []string, err error) {
	if err := wholefile.CheckFolder(path); err != nil {
		return nil, err
	}
	f, err := ckpt.OpenReadOnly(project)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	runs, err := runsOf(f, run)
	if err != nil {
		return nil, err
	}
	err = wholefile.WriteFolder(path, func(folder string) error {
		for i, r := range runs {
			plan, err := session.RecipeOf(f, r)
			if err != nil && run == 0 {
				warnings = append(warnings, fmt.Sprintf("run %d is left out: %v", r.ID, err))
				continue // the others are whole
			}
			if err != nil {
				return err
			}
			e := &eventFile{file: f, run: r, recipe: plan}
			e.progress = func(share float64) { o.progress(int64(1000*(float64(i)+share)), int64(1000*len(runs))) }
			if err := e.write(ctx, filepath.Join(folder, fmt.Sprintf("run-%d", r.ID))); err != nil {
				return err
			}
			warnings = append(warnings, e.warnings...)
		}
		return nil
	})
	return append(f.Warnings(), warnings...), err
}

// runsOf returns one run of a project, or all.
func runsOf(f *ckpt.File, run int64) ([]ckpt.Run, error) {
	if run == 0 {
		return f.Runs()
	}
	one, err := f.RunByID(run)
	return []ckpt.Run{one}, err
}

// An eventFile is what TensorBoard gets of a run.
type eventFile struct {
	file     *ckpt.File
	run      ckpt.Run
	recipe   *recipe.Recipe
	progress func(share float64)
	clock    clock
	warnings []string
	out      *tensorboard.Writer
}

func (e *eventFile) write(ctx context.Context, folder string) (err error) {
	if err := os.Mkdir(folder, 0o777); err != nil {
		return err
	}
	checkpoints, err := e.file.Checkpoints(e.run.ID)
	if err != nil {
		return err
	}
	e.clock = newClock(e.run, checkpoints)
	name := fmt.Sprintf("events.out.tfevents.%d.ganvas", e.run.Created.Unix())
	file, err := os.Create(filepath.Join(folder, name))
	if err != nil {
		return err
	}
	defer file.Close()
	b := bufio.NewWriterSize(&counted{Writer: file, err: ctx.Err, told: func(int64) {}}, 1<<16)
	e.out = tensorboard.NewWriter(b, e.clock.at(0))
	e.out.Text(e.clock.at(0), "recipe", "```toml\n"+string(publicRecipe(e.recipe))+"```\n")
	e.out.Settings(settings(e.recipe), e.clock.at(0), e.clock.at(e.run.Step))
	if err := errors.Join(e.numbers(ctx), e.sheets(ctx)); err != nil {
		return err
	}
	return errors.Join(e.out.Err(), b.Flush(), ctx.Err(), file.Close())
}

// numbers writes metrics and checkups.
func (e *eventFile) numbers(ctx context.Context) error {
	rec, err := readRecord(e.file, e.run.ID)
	if err != nil {
		return err
	}
	rows := 0
	if err := e.file.EachMetric(e.run.ID, 0, func(ckpt.MetricRow) { rows++ }); err != nil {
		return err
	}
	every, row := (rows+mostPoints-1)/mostPoints, 0
	err = e.file.EachMetric(e.run.ID, 0, func(r ckpt.MetricRow) {
		if row++; (row-1)%every != 0 || ctx.Err() != nil {
			return
		}
		var list []tensorboard.Number
		for i, name := range rec.columns[:min(len(rec.columns), len(r.Values))] {
			if v := r.Values[i]; v == v {
				list = append(list, tensorboard.Number{Tag: "metrics/" + name, Value: v})
			}
		}
		e.out.Numbers(r.Step, e.clock.at(r.Step), list)
		e.progress(float64(row) / float64(rows))
	})
	if every > 1 {
		e.warnings = append(e.warnings, fmt.Sprintf("run %d has %d steps: TensorBoard gets one in %d (ganvas export metrics has all)", e.run.ID, rows, every))
	}
	for _, m := range rec.marks {
		var list []tensorboard.Number
		for _, name := range rec.numbers {
			if v, ok := m.checkup[name]; ok {
				list = append(list, tensorboard.Number{Tag: "checkup/" + name, Value: float32(v)})
			}
		}
		if list != nil {
			e.out.Numbers(m.step, e.clock.at(m.step), list)
		}
	}
	if rec.unread > 0 {
		e.warnings = append(e.warnings, rec.warnings(e.file)...)
	}
	return err
}

// sheets writes the contact sheets.
func (e *eventFile) sheets(ctx context.Context) error {
	steps, err := e.file.SheetSteps(e.run.ID)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		sheet, err := e.file.SheetAt(e.run.ID, step)
		if err != nil || sheet.Step != step {
			continue // it is damaged, of which the project warns
		}
		size, err := png.DecodeConfig(bytes.NewReader(sheet.PNG))
		if err != nil {
			e.warnings = append(e.warnings, fmt.Sprintf("the contact sheet of step %d cannot be read and is left out", step))
			continue
		}
		e.out.Picture(step, e.clock.at(step), "sheet", sheet.PNG, size.Width, size.Height)
	}
	return nil
}

// settings are the keys of a recipe as hyper-parameters.
func settings(r *recipe.Recipe) map[string]any {
	all := map[string]any{}
	r = session.PublicRecipe(r)
	for _, k := range recipe.Keys() {
		text, err := r.Get(k.Name)
		if err != nil {
			panic(err) // a key of its own
		}
		all[k.Name] = text
		switch k.Type {
		case "whole number", "number":
			if v, err := strconv.ParseFloat(text, 64); err == nil {
				all[k.Name] = v
			}
		case "true or false":
			all[k.Name] = text == "true"
		}
	}
	return all
}

// A clock tells when a step was taken: at the checkpoints it is known, in between it is estimated.
type clock struct {
	steps   []int64
	seconds []float64
}

func newClock(run ckpt.Run, checkpoints []ckpt.Checkpoint) clock {
	c := clock{[]int64{run.FromStep}, []float64{seconds(run.Created)}}
	for _, k := range checkpoints {
		if last := len(c.steps) - 1; k.Step > c.steps[last] {
			c.steps, c.seconds = append(c.steps, k.Step), append(c.seconds, max(seconds(k.When), c.seconds[last]))
		}
	}
	return c
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// at returns the time of a step in seconds since 1970.
func (c clock) at(step int64) float64 {
	i, found := slices.BinarySearch(c.steps, step)
	switch {
	case found:
		return c.seconds[i]
	case i == 0:
		return c.seconds[0]
	case i == len(c.steps):
		return c.seconds[i-1]
	}
	share := float64(step-c.steps[i-1]) / float64(c.steps[i]-c.steps[i-1])
	return math.Round(1000*(c.seconds[i-1]+share*(c.seconds[i]-c.seconds[i-1]))) / 1000
}
