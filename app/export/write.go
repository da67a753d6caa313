package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/app/words"
	engine "ganvas/engine/export"
)

// A Choice is what was chosen in a dialog.
type Choice struct {
	Run    int64 // 0: all
	Step   int64 // of a checkpoint; −1: the run as it is now
	Part   engine.Part
	Raw    bool // the generator that plays, instead of its average
	Format string
}

// A Job is something that is being exported. Its methods wait for the disk or for a step: not on
// the UI goroutine.
type Job struct {
	Choice
	Path    string
	run     *studio.Run
	options engine.Options
	step    int64 // that was exported; −1: it is of no step
}

// newJob returns a job that writes to a place that was asked for. What is there may be replaced.
func (w *Window) newJob(r *studio.Run, path string, c Choice) *Job {
	return &Job{Choice: c, Path: path, run: r, step: -1, options: engine.Options{Version: w.Version, Raw: c.Raw, Replace: studio.Exists(path)}}
}

func (j *Job) project() string { return j.run.Session.Path() }

// open tells whether the job is about the run that is open.
func (j *Job) open() bool { return j.Run == j.run.Session.RunID() }

// source reads the run at the step that was chosen.
func (j *Job) source() (s *engine.Source, err error) {
	if j.Step < 0 && j.open() {
		s, err = engine.Now(j.run.Session)
	} else {
		s, err = engine.Open(j.project(), j.Run, j.Step)
	}
	if err == nil {
		j.step = s.Step
	}
	return s, err
}

// write exports something in the background, and says what became of it.
func (w *Window) write(e Entry, j *Job) {
	if waits(w.S, j.Path, func() { w.write(e, j) }) {
		return
	}
	var warnings []string
	whole := false // also where it was stopped too late
	w.S.Work.RunExport("Writing "+filepath.Base(j.Path), func(ctx context.Context, report func(done, total int)) (err error) {
		j.options.Progress = func(done, total int64) {
			report(int(float64(done)/float64(max(1, total))*studio.InPercent), studio.InPercent)
		}
		warnings, err = e.Write(ctx, j)
		whole = err == nil
		return err
	}, func(err error) {
		switch {
		case whole:
			saved(w.S, j.Path, j.step, warnings)
		case errors.Is(err, context.Canceled):
			stopped(w.S, j.Path)
		default:
			w.S.Failed.Emit(err)
		}
	})
}

// waits has write called at the end of what is being written, says that it waits, and tells whether
// it does. What waits for a run that is closed meanwhile is not written.
func waits(s *studio.Studio, path string, write func()) bool {
	about := s.ThisRun()
	later := func() {
		if !about() {
			stopped(s, path)
			return
		}
		write()
	}
	if !s.Work.AfterWriting(later) {
		return false
	}
	s.Inform(filepath.Base(path) + " comes next, after what is being written.")
	return true
}

// stopped says that something was not written.
func stopped(s *studio.Studio, path string) {
	s.Inform(filepath.Base(path) + " was not written: the export was stopped.")
}

// saved says what was written, of a step unless that is negative, and what of it could not be.
func saved(on *studio.Studio, path string, step int64, warnings []string) {
	text := fmt.Sprintf("Saved %s (%s)", filepath.Base(path), words.ByteSize(sizeOf(path)))
	if step >= 0 {
		text += ", step " + words.Thousands(step) + ","
	}
	text += " in " + filepath.Dir(path) + "."
	copyPath := studio.Choice{Title: "Copy path", Do: func() { fyne.CurrentApp().Clipboard().SetContent(path) }}
	if len(warnings) > 0 {
		on.Warn(text+" "+words.Sentence(strings.Join(warnings, "; "))+".", copyPath)
		return
	}
	on.Inform(text, copyPath)
}

// sizeOf returns what a file, or all of a small folder, weighs.
func sizeOf(path string) (bytes int64) {
	_ = filepath.WalkDir(path, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if info, err := d.Info(); err == nil {
				bytes += info.Size()
			}
		}
		return nil // what has gone since weighs nothing
	})
	return bytes
}
