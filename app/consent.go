package app

import (
	"errors"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/datasets"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// readText is the question whether data may be read that somebody else's project names: what is
// read and what for.
func readText(f *session.ForeignDataError) string {
	if f.Whole {
		return fmt.Sprintf("The data would be everything in\n%s\n\nGanvas would look through all of its files. That is hardly ever meant.", f.Data)
	}
	return fmt.Sprintf("The project names data that you have not opened before:\n%s\n\nGanvas would read the files there, to train and to compare with. Nothing is read until you say so.", f.Data)
}

// askToRead asks before the data of a project from elsewhere are read.
func (a *App) askToRead(o opening, foreign *session.ForeignDataError) {
	name := filepath.Base(o.path)
	d := a.newDialog("Read the data of "+name+"?", withWidth(520, newText(readText(foreign))))
	other := func(ask func(chosen func(path string))) func() {
		return func() {
			d.Hide()
			ask(func(path string) {
				o.data = path
				a.open(o)
			})
		}
	}
	cancel := dialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() })
	folder := dialogButton("Other folder…", theme.FolderOpenIcon(), other(func(chosen func(string)) {
		a.askFolder("Where are the data of "+name+"?", "data", chosen)
	}))
	file := dialogButton("Other file…", theme.FileIcon(), other(func(chosen func(string)) {
		a.askFile("Where are the data of "+name+"?", "data", datasets.Endings(), chosen)
	}))
	read := dialogButton("Read it", theme.ConfirmIcon(), func() {
		d.Hide()
		o.read = true
		a.open(o)
	})
	read.Importance = widget.HighImportance
	setButtons(d, cancel, file, folder, read)
	a.present(d, always)
	a.window.Canvas().Focus(cancel)
}

// mayRead calls then if the data of a recipe are a place for data, or after it was asked whether a
// whole disk or a home folder is to be read.
func (a *App) mayRead(r *recipe.Recipe, then func()) {
	foreign := new(session.ForeignDataError)
	if err := session.CheckSource(r); !errors.As(err, &foreign) {
		then()
		return
	}
	a.confirm(always, "Read all of it?", "Read it", readText(foreign), func(ok bool) {
		if ok {
			session.RememberRead(r)
			then()
		}
	})
}
