package app

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"ganvas/app/words"

	"ganvas/engine/ckpt"
	"ganvas/engine/session"
)

// notSavedText says that a run goes on without being saved: why, and what has been kept. It is
// empty while saving works.
func notSavedText(s session.Status) string {
	if s.SaveErr == nil {
		return ""
	}
	why := words.Sentence(s.SaveErr.Error())
	if errors.Is(s.SaveErr, ckpt.ErrDiskFull) {
		why = "The disk is full: free some space"
	}
	kept := "nothing since it was opened is saved"
	if !s.LastSave.IsZero() {
		kept = "what was learnt up to " + s.LastSave.Format(time.TimeOnly) + " is saved"
	}
	goesOn := "Press Try again, or save it elsewhere."
	if s.Running {
		goesOn = "Training goes on, and saving is tried again."
	}
	return fmt.Sprintf("%s; %s. %s", why, kept, goesOn)
}

// unsaved tells that a run came to its end but for saving.
func unsaved(s session.Status) bool { return s.SaveErr != nil && errors.Is(s.Err, s.SaveErr) }

// showSaving says in the banner that saving fails, and takes that away once it works again.
func (a *App) showSaving(s session.Status) {
	text := notSavedText(s)
	switch {
	case text == a.unsaved:
	case text != "":
		r := a.run
		a.note.warn(text, choice{"Try again", func() { a.trySaving(r) }}, choice{"Save as…", a.saveAs})
	case a.note.text.Text == a.unsaved:
		a.note.hide()
	}
	a.unsaved = text
}

// sayReadOnly says that a project can be looked at and not trained, and offers a copy that can.
func (a *App) sayReadOnly(r *run) {
	a.note.warn(filepath.Base(r.session.Path())+" is write-protected: it can be looked at. To train it, save it as another file.", choice{"Save as…", a.saveAs})
}

// trySaving saves now. Where that fails again, the banner comes back.
func (a *App) trySaving(r *run) {
	a.unsaved = ""
	r.write(func() error {
		if err := r.session.Save(); err != nil && r.session.Status().SaveErr == nil {
			return err
		}
		return nil
	}, a.showSaved)
}
