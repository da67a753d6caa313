package app

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/engine/session"
)

// close saves and closes the window.
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
	bar := widget.NewProgressBarInfinite()
	d := a.newDialog("Saving "+filepath.Base(a.run.session.Path()),
		container.New(fixedWidth(320), container.NewVBox(newText("The step under way is finished, then everything is saved."), bar)))
	a.presentFirm(d)
	r := a.run
	a.activity.stop()
	a.jobs.start(func(context.Context) error {
		return r.close()
	}, func(err error) {
		bar.Stop()
		d.Hide()
		if err == nil {
			a.leave()
			return
		}
		a.closing = false
		a.confirm(always, "Close without saving?", "Close without saving", sentence(err.Error())+".\n\nWhat was trained since the last save would be lost.", func(ok bool) {
			if ok {
				a.leave()
			}
		})
	})
}

// saveAndClose closes a session that can be saved; one that cannot stays open, so that it can be tried again. It waits for a
// step and for the disk.
func saveAndClose(s *session.Session) error {
	s.Pause()
	_ = s.Wait() // what stopped it by itself was said already
	if err := s.Save(); err != nil {
		return err
	}
	return s.Close()
}

// leave ends all background work and then closes the window.
func (a *App) leave() {
	a.closing = true
	go func() {
		a.jobs.close()
		a.data.close()
		a.explore.plane.Close()
		a.train.close()
		a.judge.close()
		a.do(func() {
			a.window.SetCloseIntercept(nil)
			a.window.Close()
		})
	}()
}
