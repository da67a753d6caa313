package app

import (
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/session"
)

// askForData asks for the new place of a project's data or, where they have changed, whether to go
// on with them.
func (q *questions) askForData(o studio.Opening, wrong *session.DataError) {
	name := filepath.Base(wrong.Project)
	title := "Where are the data of " + name + "?"
	text := fmt.Sprintf("%s\n\nChoose where they are now. Ganvas checks that they are the same.", words.Sentence(fmt.Sprint(wrong.Err)))
	if wrong.Err == nil {
		title = "The data of " + name + " have changed"
		text = fmt.Sprintf("In %s: %s.\n\nThe run can continue with them as they are now, and records that, or with the old ones, if they are somewhere else.", wrong.Data, wrong.Changes)
	}
	d := ui.NewDialog(title, ui.WithWidth(500, ui.NewText(text)), q.desk.Win)
	from := func(ask func(chosen func(path string))) func() {
		return func() {
			d.Hide()
			ask(func(path string) {
				o.Data, o.Changed = path, false
				q.s.Projects.Open(o)
			})
		}
	}
	folder := ui.DialogButton("Folder…", theme.FolderOpenIcon(), from(func(chosen func(string)) {
		q.desk.AskFolder("Where are the data of "+name+"?", "data", chosen)
	}))
	file := ui.DialogButton("File…", theme.FileIcon(), from(func(chosen func(string)) {
		q.desk.AskFile("Where are the data of "+name+"?", "data", datasets.Endings(), chosen)
	}))
	cancel := ui.DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() })
	if wrong.Err != nil {
		folder.Importance = widget.HighImportance
		ui.SetButtons(d, cancel, file, folder)
		q.desk.Present(d, ui.Always)
		q.desk.Win.Canvas().Focus(folder)
		return
	}
	on := ui.DialogButton("Go on with them", theme.ConfirmIcon(), func() {
		d.Hide()
		o.Data, o.Changed = wrong.Data, true
		q.s.Projects.Open(o)
	})
	on.Importance = widget.HighImportance
	ui.SetButtons(d, cancel, file, folder, on)
	q.desk.Present(d, ui.Always)
	q.desk.Win.Canvas().Focus(cancel)
}
