package app

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/words"
)

// savingShown is how long saving takes before the window says so.
const savingShown = 300 * time.Millisecond

// close saves and closes the window, having asked where that would cut an export off.
func (a *App) close() {
	what := a.s.Work.Exporting()
	if what == "" || a.desk.Closing {
		a.saveAndClose()
		return
	}
	a.desk.Confirm(func() bool { return a.s.Work.Exporting() == what }, "Stop and close?", "Stop and close", what+" has not ended yet. If Ganvas closes now, nothing of it is left.", func(ok bool) {
		if ok {
			a.saveAndClose()
		}
	})
}

// saveAndClose saves and closes the window. Where nothing is to be saved, that is at once.
func (a *App) saveAndClose() {
	if a.desk.Closing {
		return
	}
	a.desk.Closing = true
	size := a.desk.Win.Canvas().Size()
	a.prefs.SetWindowSize(size.Width, size.Height)
	if a.s.Run == nil {
		a.leave()
		return
	}
	r := a.s.Run
	bar := widget.NewProgressBarInfinite()
	d := ui.NewDialog("Saving "+filepath.Base(r.Session.Path()),
		container.New(ui.FixedWidth(320), container.NewVBox(ui.NewText("The step under way is finished, then everything is saved."), bar)), a.desk.Win)
	say := time.AfterFunc(savingShown, func() {
		a.onScreen(func() {
			if a.desk.Closing {
				a.desk.PresentFirm(d)
			}
		})
	})
	if a.s.Status.Running && say.Stop() {
		a.desk.PresentFirm(d)
	}
	a.s.Work.Stop()
	a.data.StopExamining()
	a.s.Jobs.StartWriting(func(context.Context) error {
		return r.Close()
	}, func(err error) {
		say.Stop()
		bar.Stop()
		if err == nil {
			a.leave()
			return
		}
		a.desk.Closing = false
		d.Hide()
		a.s.Refresh()
		a.desk.Confirm(ui.Always, "Close without saving?", "Close without saving", words.Sentence(err.Error())+".\n\nWhat was trained since the last save would be lost.", func(ok bool) {
			if ok {
				a.leave()
			}
		})
	})
}

// leave closes the window at once, and then ends all background work.
func (a *App) leave() {
	a.desk.Closing = true
	a.desk.Win.SetCloseIntercept(nil)
	a.desk.Win.Close()
	a.end(0)
}
