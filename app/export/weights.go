package export

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	engine "ganvas/engine/export"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// weightsExtension is what files of weights end in.
const weightsExtension = ".safetensors"

// ImportWeights has a file of weights chosen, and makes a run of them that goes on from the one
// that is open.
func (w *Window) ImportWeights() {
	if w.S.Run == nil {
		w.S.Warn("Weights go into a project: open one, or train one first.")
		return
	}
	w.Host.AskFile("Import weights", "export", []string{weightsExtension, ".zip"}, func(path string) { w.checkWeights(engine.ProjectOf(path)) })
}

// checkWeights looks at a file before anything is asked or paused for it.
func (w *Window) checkWeights(path string) {
	if w.S.Work.After(func() { w.checkWeights(path) }) || w.S.Run == nil {
		return
	}
	about := w.S.ThisRun()
	w.S.Work.Run("Reading "+filepath.Base(path), func(context.Context, func(done, total int)) error {
		return engine.CheckWeights(path)
	}, func(err error) {
		unknown := errors.Is(err, engine.ErrWhose)
		switch {
		case !about():
		case err != nil && !unknown:
			w.S.FailUnlessCancelled(err)
		default:
			w.confirmWeights(path, unknown)
		}
	})
}

// confirmWeights says what becomes of weights, and asks whose they are where the file does not say.
func (w *Window) confirmWeights(path string, whose bool) {
	r := w.S.Run
	from := "step " + words.Thousands(w.S.Status.Step) + " of “" + r.Recipe.Name + "”"
	switch {
	case w.S.Status.Looking: // at a step that nothing can go on from
		from = "the newest step of “" + r.Recipe.Name + "” that is kept whole"
	case w.S.Status.Running:
		from = "where “" + r.Recipe.Name + "” is now, and training pauses"
	}
	text := fmt.Sprintf("The weights become a new run, which goes on from %s. The run so far stays in the project: the Runs page opens it.", from)
	if engine.IsProject(path) {
		text = "What PyTorch has trained becomes a new run, at the step that it has reached there. The run so far stays in the project: the Runs page opens it."
	}
	parts := widgets.NewSelect([]string{generator.Title, discriminator.Title}, nil)
	parts.SetSelectedIndex(0)
	row := container.NewVBox(ui.NewNote("The file does not say whose weights they are."), container.New(ui.Columns{80, 1}, ui.NewLine("Network"), parts))
	row.Hidden = !whose
	d := ui.NewDialog("Import "+filepath.Base(path), ui.WithWidth(440, container.NewVBox(ui.NewText(text), row)), w.Host.Window())
	do := ui.DialogButton("Import", theme.DownloadIcon(), func() {
		d.Hide()
		part := engine.Part("")
		if whose {
			part = []engine.Part{generator.Part, discriminator.Part}[parts.SelectedIndex()]
		}
		w.addWeights(r, path, part)
	})
	do.Importance = widget.HighImportance
	ui.SetButtons(d, ui.DialogButton("Cancel", theme.CancelIcon(), d.Hide), do)
	w.Host.Present(d, w.S.ThisRun())
	w.Host.Window().Canvas().Focus(do)
}

// addWeights adds the run, and goes on with it.
func (w *Window) addWeights(r *studio.Run, path string, part engine.Part) {
	w.S.Projects.AddRun(r, filepath.Base(path), func(ctx context.Context, s *session.Session) (int64, error) {
		in, err := engine.ImportInto(ctx, s, path, part)
		return in.Run, err
	})
}
