package app

import (
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/session"
)

// readText is the question whether data may be read that somebody else's project names: what is
// read and what for.
func readText(f *session.ForeignDataError) string {
	if f.Whole {
		return fmt.Sprintf("The data would be everything in\n%s\n\nGanvas would look through all of its files. That is rarely what you want.", f.Data)
	}
	return fmt.Sprintf("The project names data that you have not opened before:\n%s\n\nGanvas would read the files there, to train and to compare with. Nothing is read until you say so.", f.Data)
}

// askToRead asks before the data of a project from elsewhere are read.
func (q *questions) askToRead(o studio.Opening, foreign *session.ForeignDataError) {
	name := filepath.Base(o.Path)
	d := ui.NewDialog("Read the data of "+name+"?", ui.WithWidth(520, ui.NewText(readText(foreign))), q.desk.Win)
	other := func(ask func(chosen func(path string))) func() {
		return func() {
			d.Hide()
			ask(func(path string) {
				o.Data = path
				q.s.Projects.Open(o)
			})
		}
	}
	cancel := ui.DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() })
	folder := ui.DialogButton("Other folder…", theme.FolderOpenIcon(), other(func(chosen func(string)) {
		q.desk.AskFolder("Where are the data of "+name+"?", "data", chosen)
	}))
	file := ui.DialogButton("Other file…", theme.FileIcon(), other(func(chosen func(string)) {
		q.desk.AskFile("Where are the data of "+name+"?", "data", datasets.Endings(), chosen)
	}))
	read := ui.DialogButton("Read it", theme.ConfirmIcon(), func() {
		d.Hide()
		o.Read = true
		q.s.Projects.Open(o)
	})
	read.Importance = widget.HighImportance
	ui.SetButtons(d, cancel, file, folder, read)
	q.desk.Present(d, ui.Always)
	q.desk.Win.Canvas().Focus(cancel)
}
