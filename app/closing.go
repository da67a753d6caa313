package app

import (
	"context"
	"path/filepath"
	"time"

	"ganvas/app/words"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/engine/session"
)

// savingShown is how long saving takes before the window says so.
const savingShown = 300 * time.Millisecond

// close saves and closes the window. Where nothing is to be saved, that is at once.
func (a *App) close() {
	if a.closing {
		return
	}
	a.closing = true
	a.prefs.setWindowSize(a.window.Canvas().Size())
	if a.run == nil {
		a.leave()
		return
	}
	r := a.run
	bar := widget.NewProgressBarInfinite()
	d := a.newDialog("Saving "+filepath.Base(r.session.Path()),
		container.New(fixedWidth(320), container.NewVBox(newText("The step under way is finished, then everything is saved."), bar)))
	say := time.AfterFunc(savingShown, func() {
		a.do(func() {
			if a.closing {
				a.presentFirm(d)
			}
		})
	})
	if a.status.Running && say.Stop() {
		a.presentFirm(d)
	}
	a.activity.stop()
	a.data.health.stop()
	a.jobs.startWriting(func(context.Context) error {
		return r.close()
	}, func(err error) {
		say.Stop()
		bar.Stop()
		if err == nil {
			a.leave()
			return
		}
		a.closing = false
		d.Hide()
		a.refresh()
		a.confirm(always, "Close without saving?", "Close without saving", words.Sentence(err.Error())+".\n\nWhat was trained since the last save would be lost.", func(ok bool) {
			if ok {
				a.leave()
			}
		})
	})
}

// saveAndClose closes a session that can be saved; one that cannot stays open, so that it can be
// tried again. It waits for a step and for the disk.
func saveAndClose(s *session.Session) error {
	s.Pause()
	_ = s.Wait() // what stopped it by itself was said already
	if err := s.Save(); err != nil {
		return err
	}
	return s.Close()
}

// leave closes the window at once, and then ends all background work.
func (a *App) leave() {
	a.closing = true
	a.window.SetCloseIntercept(nil)
	a.window.Close()
	a.end(0)
}
