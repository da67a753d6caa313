package app

import (
	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// refreshStatus brings title, menus and transport bar to the state of the run.
func (a *App) refreshStatus() {
	a.desk.Win.SetTitle(a.title())
	s := a.s.Status
	health, word := widgets.HealthUnknown, ""
	if a.s.Run != nil {
		health, word = a.train.Diagnosis()
	}
	a.transport.Set(widgets.TransportState{
		Running: s.Running, Ready: a.s.Reason == "", Reason: a.s.Reason,
		Step: s.Step, Steps: s.Steps, Epoch: s.Epoch, ImagesPerSecond: s.ImagesPerSecond, Items: itemsWord(a.s.Run), Left: s.Left,
		Message: a.message(), Health: health, Diagnosis: word,
	})
	a.menu.refresh()
}

func (a *App) title() string {
	dot := ""
	if a.s.Run != nil && a.s.Run.Session.Draft() {
		dot = " •"
	}
	return a.s.Projects.Name() + dot + " – Ganvas"
}

// message is what the transport bar says at its end.
func (a *App) message() string {
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

// itemsWord is what a run learns from, as a speed names it.
func itemsWord(r *studio.Run) string {
	if r == nil || r.Data == nil {
		return "items"
	}
	switch r.Data.Info().Kind {
	case datasets.Pictures:
		return "img"
	case datasets.Points:
		return "points"
	}
	return "items"
}

// showSaving says in the banner that saving fails, and takes that away once it works again.
func (a *App) showSaving(s session.Status) {
	text := studio.NotSavedText(s)
	switch {
	case text == a.unsaved:
	case text != "":
		r := a.s.Run
		tryAgain := studio.Choice{Title: "Try again", Do: func() {
			a.unsaved = "" // where it fails again, the banner comes back
			a.s.Projects.TrySaving(r)
		}}
		a.s.Warn(text, tryAgain, studio.Choice{Title: "Save as…", Do: a.ask.saveAs})
	case a.note.text.Text == a.unsaved:
		a.note.hide()
	}
	a.unsaved = text
}
