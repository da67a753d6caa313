package app

import (
	"fmt"
	"path/filepath"

	"ganvas/app/words"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/datasets"
	"ganvas/engine/session"
)

// askForData asks for the new place of a project's data or, where they have changed, whether to go
// on with them.
func (a *App) askForData(o opening, wrong *session.DataError) {
	name := filepath.Base(wrong.Project)
	title := "Where are the data of " + name + "?"
	text := fmt.Sprintf("%s\n\nChoose where they lie now. Ganvas checks that they are the same.", words.Sentence(fmt.Sprint(wrong.Err)))
	if wrong.Err == nil {
		title = "The data of " + name + " have changed"
		text = fmt.Sprintf("In %s: %s.\n\nThe run can go on with them as they are now, which is recorded in it, or with the old ones, if they lie somewhere else.", wrong.Data, wrong.Changes)
	}
	d := a.newDialog(title, withWidth(500, newText(text)))
	from := func(ask func(chosen func(path string))) func() {
		return func() {
			d.Hide()
			ask(func(path string) {
				o.data, o.changed = path, false
				a.open(o)
			})
		}
	}
	folder := dialogButton("Folder…", theme.FolderOpenIcon(), from(func(chosen func(string)) {
		a.askFolder("Where are the data of "+name+"?", "data", chosen)
	}))
	file := dialogButton("File…", theme.FileIcon(), from(func(chosen func(string)) {
		a.askFile("Where are the data of "+name+"?", "data", datasets.Endings(), chosen)
	}))
	cancel := dialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() })
	if wrong.Err != nil {
		folder.Importance = widget.HighImportance
		setButtons(d, cancel, file, folder)
		a.present(d, always)
		a.window.Canvas().Focus(folder)
		return
	}
	on := dialogButton("Go on with them", theme.ConfirmIcon(), func() {
		d.Hide()
		o.data, o.changed = wrong.Data, true
		a.open(o)
	})
	on.Importance = widget.HighImportance
	setButtons(d, cancel, file, folder, on)
	a.present(d, always)
	a.window.Canvas().Focus(cancel)
}
