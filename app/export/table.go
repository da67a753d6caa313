package export

import (
	"context"
	"errors"
	"io"

	"ganvas/app/studio"
	engine "ganvas/engine/export"
	"ganvas/engine/export/charts"
	"ganvas/engine/wholefile"
)

// An Entry of File ▸ Export is a way to take something away.
type Entry struct {
	Name  string // in the menu
	About string // what it is, in one sentence
	// Own opens a dialog of its own; nil: the dialog asks what Asks says, and calls Write.
	Own       func(w *Window)
	Measured  bool // there is nothing to export before the first step
	Asks      Asks
	Called    string // ends the name that is proposed: "metrics"; "": it is that of the part
	Extension string // of the file; "": it is a new folder
	Write     func(ctx context.Context, j *Job) (warnings []string, err error)
}

// Asks says what a dialog asks for.
type Asks struct {
	Runs    Runs
	Step    bool   // the checkpoint, or the run as it is now
	Parts   []Part // of the game; nil: none
	Formats []string
	Saved   bool // what is written is as it was saved last
	Folders bool // what is written says where the data lie
}

// Runs says which run a dialog asks for.
type Runs int

// What a dialog can ask for.
const (
	OneRun  Runs = iota // if the project has several
	AllRuns             // or one of them
)

// A Part is what can be chosen of a game, and what its file is called.
type Part struct {
	Title, Called string
	Part          engine.Part // "": all
}

var (
	generator     = Part{"Generator", "generator", engine.Generator}
	discriminator = Part{"Discriminator", "discriminator", engine.Discriminator}
	bothPlayers   = Part{"Both networks", "weights", ""}
)

// Entries returns all ways to take something away, in the order of the menu.
func Entries() []Entry {
	return []Entry{
		{Name: "Gallery", About: "Many generated items in one picture.", Own: func(w *Window) { Gallery(w.S, w.Host, w.Prefs) }},
		{Name: "Picture", About: "The picture that Explore shows, at any size.", Own: func(w *Window) { w.Picture() }},
		{Name: "Finds", About: "All that is saved on Explore, in one picture.", Own: func(w *Window) { Finds(w.S, w.Host, w.Prefs) }},
		{
			Name: "Samples", About: "Any number of items: pictures in folders, an array or a table.",
			Own: func(w *Window) { Samples(w.S, w.Host, w.Prefs) },
		},
		{
			Name: "Charts", About: "The charts of a run, for a page or a talk, or their numbers.", Measured: true,
			Asks: Asks{Formats: charts.Formats()}, Called: "charts", Write: writeCharts,
		},
		{
			Name: "Metrics", About: "All that a run has measured, as a table with a line for each step.", Measured: true,
			Asks: Asks{Saved: true}, Called: "metrics", Extension: ".csv",
			Write: func(ctx context.Context, j *Job) ([]string, error) {
				return engine.Metrics(ctx, j.project(), j.Run, j.Path, j.options)
			},
		},
		{
			Name: "Recipe", About: "How a run is made: data, networks and settings, to train the same again.",
			Asks: Asks{Folders: true}, Called: "recipe", Extension: studio.RecipeExtension, Write: writeRecipe,
		},
		{
			Name: "Web page", About: "One file that draws in a browser, without Ganvas and without a network.",
			Asks: Asks{Step: true, Parts: []Part{generator}}, Called: "page", Extension: ".html",
			Write: ofSource(func(ctx context.Context, s *engine.Source, j *Job) error {
				return s.Web(ctx, j.Path, j.options)
			}),
		},
		{
			Name: "ONNX", About: "A network as a model that other programs run, such as ONNX Runtime.",
			Asks: Asks{Step: true, Parts: []Part{generator, discriminator}}, Extension: ".onnx",
			Write: ofSource(func(ctx context.Context, s *engine.Source, j *Job) error {
				return s.ONNX(ctx, j.Path, j.Part, j.options)
			}),
		},
		{
			Name: "safetensors", About: "The weights, named and shaped as in PyTorch. Ganvas can import them again.",
			Asks: Asks{Step: true, Parts: []Part{generator, discriminator, bothPlayers}}, Extension: weightsExtension,
			Write: ofSource(func(ctx context.Context, s *engine.Source, j *Job) error {
				return s.Safetensors(ctx, j.Path, j.Part, j.options)
			}),
		},
		{
			Name: "PyTorch project", About: "Model, training and weights as Python, to train on with PyTorch, and to import again.", Measured: true,
			Asks: Asks{Step: true}, Called: "pytorch",
			Write: ofSource(func(ctx context.Context, s *engine.Source, j *Job) error {
				return s.PyTorch(ctx, j.Path, j.options)
			}),
		},
		{
			Name: "TensorBoard", About: "Metrics, pictures and settings, in a folder that TensorBoard shows.", Measured: true,
			Asks: Asks{Runs: AllRuns, Saved: true}, Called: "tensorboard",
			Write: func(ctx context.Context, j *Job) ([]string, error) {
				return engine.TensorBoard(ctx, j.project(), j.Run, j.Path, j.options)
			},
		},
	}
}

// ofSource is the Write of what is made of a run at a step.
func ofSource(write func(ctx context.Context, s *engine.Source, j *Job) error) func(ctx context.Context, j *Job) ([]string, error) {
	return func(ctx context.Context, j *Job) ([]string, error) {
		s, err := j.source()
		if err != nil {
			return nil, err
		}
		return s.Warnings, write(ctx, s, j)
	}
}

// writeCharts draws all charts of a run: of the one that is open as they are now.
func writeCharts(ctx context.Context, j *Job) (warnings []string, err error) {
	all := charts.Of(j.run.Session.Recipe(), j.run.Session.History())
	if !j.open() {
		if all, warnings, err = engine.ChartsOf(j.project(), j.Run); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, errors.New("draw charts: nothing was measured in this run yet: train it first")
	}
	return warnings, engine.ChartFolder(ctx, all, j.Path, j.Format, j.options)
}

// writeRecipe writes the recipe of a run, of the one that is open with all changes.
func writeRecipe(_ context.Context, j *Job) ([]string, error) {
	r := j.run.Session.Recipe()
	if !j.open() {
		s, err := engine.Open(j.project(), j.Run, -1)
		if err != nil {
			return nil, err
		}
		r = s.Recipe
	}
	return nil, wholefile.Write(j.Path, wholefile.Mode(j.options.Replace), func(w io.Writer) error {
		_, err := w.Write(r.Bytes())
		return err
	})
}

// Lacks says why something cannot be exported yet, in a few words; "": it can.
func (e Entry) Lacks(s *studio.Studio) string {
	switch {
	case s.Run == nil:
		return "open a project or train first"
	case e.Measured && s.Status.Step == 0:
		return "train a step first"
	}
	return ""
}
