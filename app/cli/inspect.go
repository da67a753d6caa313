package cli

import (
	"errors"
	"fmt"
	"strings"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/nn"
	"ganvas/engine/provenance"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

type inspectCmd struct {
	File string `arg:"" name:"run.ganvas" help:"Project file, or a picture that Ganvas wrote."`
	ID   int64  `name:"run" placeholder:"ID" help:"Run to describe, as \"ganvas runs\" lists them (default: the current one)."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

// inspection is the JSON that others rely on.
type inspection struct {
	Step        int64            `json:"step"`
	ImagesSeen  int64            `json:"images_seen"`
	Recipe      *recipe.Recipe   `json:"recipe"`
	GParams     int              `json:"g_params"`
	DParams     int              `json:"d_params"`
	StateSHA256 string           `json:"state_sha256"` // of everything that the next step depends on
	Run         int64            `json:"run"`          // the one that is described
	Runs        []runLine        `json:"runs"`
	Checkpoints []checkpointLine `json:"checkpoints"`
	Findings    []findingLine    `json:"findings"` // of the doctor, those that hold first
	Damaged     []string         `json:"damaged"`  // what is not as it was saved
	Warnings    []string         `json:"warnings"` // what else was found
	Weight      weightLine       `json:"weight"`   // of the whole file
}

type checkpointLine struct {
	Step   int64  `json:"step"`
	Kind   string `json:"kind"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`

	GeneratorOnly bool `json:"generator_only"`    // training cannot go on from it; sha256 is that of all that was saved
	Damaged       bool `json:"damaged,omitempty"` // the state is not as it was saved
}

// Run looks into a project, or a picture, without changing it.
func (c inspectCmd) Run(env *Env) error {
	if provenance.IsPNG(c.File) {
		return c.picture(env)
	}
	in, err := inspect(c.File, c.ID)
	if err != nil {
		return err
	}
	if err := in.verify(env, c.File); err != nil {
		return err
	}
	if c.JSON {
		return printJSON(env.Stdout, in)
	}
	return in.print(env)
}

// inspect describes a run of a project, the current one if it is 0, at its newest checkpoint.
func inspect(path string, id int64) (*inspection, error) {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	run, err := f.RunByID(id)
	if err != nil {
		return nil, err
	}
	lines, err := runLines(f)
	if err != nil {
		return nil, err
	}
	weight, err := f.Weight()
	if err != nil {
		return nil, err
	}
	in := &inspection{Run: run.ID, Runs: lines, Weight: weightOf(weight), Checkpoints: []checkpointLine{}, Damaged: []string{}, Warnings: []string{}}
	damaged := run.Damaged
	run.Damaged = false // it is shown as far as it can be read
	if in.Recipe, err = session.RecipeOf(f, run); err != nil {
		if damaged {
			return nil, fmt.Errorf("inspect %s: %w (recipe of run %d): use an older copy of the project", path, ckpt.ErrDamaged, run.ID)
		}
		return nil, err
	}
	classes, known, err := classesOf(f, run.ID, in.Recipe)
	if err != nil {
		return nil, err
	}
	if known {
		if in.GParams, in.DParams, err = countParams(in.Recipe, classes); err != nil {
			return nil, fmt.Errorf("inspect %s: %w", path, err)
		}
	}
	checkpoints, err := f.Checkpoints(run.ID)
	if err != nil {
		return nil, err
	}
	for _, k := range checkpoints {
		in.Checkpoints = append(in.Checkpoints, checkpointLine{Step: k.Step, Kind: k.Kind, SHA256: k.SHA256, Bytes: k.Bytes, GeneratorOnly: k.Thinned})
		in.Step, in.ImagesSeen, in.StateSHA256 = k.Step, k.ImagesSeen, k.SHA256
	}
	events, err := f.Events(run.ID)
	if err != nil {
		return nil, err
	}
	unread := 0
	if in.Findings, unread = findingsOf(events, in.Step, in.Recipe); unread > 0 {
		in.Damaged = append(in.Damaged, fmt.Sprintf("%d of the doctor's checkups", unread))
	}
	return in, nil
}

// verify reads the whole project and notes what in it is damaged.
func (in *inspection) verify(env *Env, path string) error {
	f, err := ckpt.OpenReadOnly(path)
	if err != nil {
		return err
	}
	defer f.Close()
	p := startProgress(env, "read "+path, "checkpoint", 0, int64(len(in.Checkpoints)), nil)
	damage, err := f.Verify(func(done, total int) { p.set(int64(done), int64(total), 0, "") })
	p.finish()
	if err != nil {
		return err
	}
	in.Warnings = append(in.Warnings, f.Warnings()...)
	for _, d := range damage {
		in.Damaged = append(in.Damaged, d.What)
		for i := range in.Checkpoints {
			if c := &in.Checkpoints[i]; d.Run == in.Run && d.Step == c.Step {
				c.Damaged = true
			}
		}
	}
	return nil
}

// classesOf returns how many classes the networks of a run are told of, as a checkpoint that is
// whole knows it.
func classesOf(f *ckpt.File, run int64, r *recipe.Recipe) (classes int, known bool, err error) {
	if !r.Classes() {
		return 0, true, nil
	}
	step, err := f.NewestGood(run)
	if errors.Is(err, ckpt.ErrNoCheckpoint) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	state, err := f.Load(run, step)
	if err != nil {
		return 0, false, err
	}
	return len(session.ClassNames(state)), true, nil
}

// countParams counts what training changes in all networks.
func countParams(r *recipe.Recipe, classes int) (g, d int, err error) {
	latent, _ := r.Inputs(nil)
	shapes, err := nn.Infer(r.G.Layers, latent)
	if err != nil {
		return 0, 0, err
	}
	item := nn.Shape{r.Latent}
	if len(shapes) > 0 {
		item = shapes[len(shapes)-1]
	}
	return r.CountParams(item, classes)
}

func (in *inspection) print(env *Env) error {
	rows := [][]string{
		{"run", fmt.Sprint(in.Run)},
		{"name", in.Recipe.Name},
		{"data", in.Recipe.Data},
		{"step", words.Thousands(in.Step)},
		{"items seen", words.Thousands(in.ImagesSeen)},
		{"objective", in.Recipe.Objective},
		{"generator", words.Thousands(in.GParams) + " parameters"},
		{"discriminator", words.Thousands(in.DParams) + " parameters"},
		{"state", in.StateSHA256},
	}
	if err := printTable(env.Stdout, rows); err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout)
	if err := printRuns(env, in.Runs); err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout)
	points := [][]string{{"CHECKPOINT", "KIND", "MIB"}}
	for _, k := range in.Checkpoints {
		kind := k.Kind
		if k.GeneratorOnly {
			kind += ", generator only"
		}
		if k.Damaged {
			kind += ", damaged"
		}
		points = append(points, []string{words.Thousands(k.Step), kind, fmt.Sprintf("%.1f", float64(k.Bytes)/(1<<20))})
	}
	if err := printTable(env.Stdout, points); err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout)
	if err := in.Weight.print(env); err != nil {
		return err
	}
	if len(in.Damaged) > 0 {
		fmt.Fprintf(env.Stdout, "\ndamaged: %s: the rest can be used, or an older copy of the project\n", cell(strings.Join(in.Damaged, "; ")))
	}
	tellWarnings(env, in.Warnings)
	for i, l := range in.Findings {
		if i == 0 {
			fmt.Fprintln(env.Stdout)
		}
		holds := "holds"
		if !l.Holds {
			holds = "is over"
		}
		fmt.Fprintf(env.Stdout, "doctor, steps %s to %s, %s: %s %s. %s\n", words.Thousands(l.From), words.Thousands(l.To), holds, l.Sees, upperFirst(l.Evidence), l.Advice)
	}
	return nil
}
