package app

import (
	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A reporter says in title, menus, transport bar and banner how the run is.
type reporter struct {
	app     *App
	unsaved string // what the banner says of saving that fails
}

// refresh brings title, menus and transport bar to the state of the run.
func (r *reporter) refresh() {
	a := r.app
	a.desk.Win.SetTitle(r.title())
	s := a.s.Status
	health, word := widgets.HealthUnknown, ""
	if a.s.Run != nil {
		health, word = a.train.Diagnosis()
	}
	a.transport.Set(widgets.TransportState{
		Running: s.Running, Ready: a.s.Reason == "", Reason: a.s.Reason,
		Step: s.Step, Steps: s.Steps, Epoch: s.Epoch, Speed: r.speed(), Left: left(s),
		Message: r.message(), Health: health, Diagnosis: word,
	})
	a.menu.refresh()
}

func (r *reporter) title() string {
	a := r.app
	dot := ""
	if a.s.Run != nil && a.s.Run.Session.Draft() {
		dot = " •"
	}
	return a.s.Projects.Name() + dot + " – Ganvas"
}

// message is what the transport bar says at its end.
func (r *reporter) message() string {
	a := r.app
	s := a.s.Status
	switch {
	case a.s.Run == nil:
		return ""
	case s.Err != nil && !studio.Unsaved(s):
		return "stopped: see the Train page"
	case s.SaveErr != nil:
		return "not saved"
	case a.s.Differs:
		return "the recipe has changed: Train starts a new run"
	case s.Message != "":
		return s.Message
	case s.Running && !s.LastSave.IsZero():
		return "saved " + s.LastSave.Format("15:04:05")
	case s.Running:
		return ""
	case s.Steps > 0 && s.Step >= s.Steps:
		return "finished"
	case s.Step == 0:
		return "not trained yet"
	}
	return "paused, saved"
}

// left says how long the run still takes; empty where that is not known.
func left(s session.Status) string {
	if s.Left <= 0 {
		return ""
	}
	return words.Left(s.Left)
}

// speed is how many items a second the run learns from; empty where that is not measured.
func (r *reporter) speed() string {
	s := r.app.s
	if s.Run == nil || s.Status.ImagesPerSecond <= 0 {
		return ""
	}
	return s.Run.Kind().PerSecond(s.Status.ImagesPerSecond)
}

// showSaving says in the banner that saving fails, and takes that away once it works again.
func (r *reporter) showSaving(s session.Status) {
	a := r.app
	text := studio.NotSavedText(s)
	switch {
	case text == r.unsaved:
	case text != "":
		run := a.s.Run
		tryAgain := studio.Choice{Title: "Try again", Do: func() {
			r.unsaved = "" // where it fails again, the banner comes back
			a.s.Projects.TrySaving(run)
		}}
		a.s.Warn(text, tryAgain, studio.Choice{Title: "Save as…", Do: a.ask.saveAs})
	case a.note.Text.Text == r.unsaved:
		a.note.Clear()
	}
	r.unsaved = text
}
