package app

import (
	"fmt"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/export"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A strangePicture is a picture whose project is not known.
type strangePicture struct {
	*questions
	studio.MadePicture
}

// ask asks what to do with the picture: it says which project made it.
func (p strangePicture) ask() {
	name := words.Shortened(p.Name())
	d := ui.NewDialog("Where is the project of "+name+"?", ui.WithWidth(500, ui.NewText(p.text())), p.desk.Win)
	find := ui.DialogButton("Find it…", theme.FolderOpenIcon(), func() {
		d.Hide()
		p.desk.AskFile("Which project made "+name+"?", "project", []string{studio.ProjectExtension}, func(path string) {
			p.s.Pictures.OpenIn(p.MadePicture, path)
		})
	})
	data := ui.DialogButton("Use it as data", theme.FileImageIcon(), func() {
		d.Hide()
		p.show(pageData)
		p.s.Data.Choose(p.Path)
	})
	use := ui.DialogButton("Use its recipe", theme.DocumentIcon(), func() {
		d.Hide()
		p.useItsRecipe()
	})
	use.Importance = widget.HighImportance
	ui.SetButtons(d, ui.DialogButton("Cancel", theme.CancelIcon(), func() { d.Hide() }), data, find, use)
	p.desk.Present(d, ui.Always)
	p.desk.Win.Canvas().Focus(use)
}

// text says which project made the picture, and what can be done without it.
func (p strangePicture) text() string {
	r := p.Record
	run, step := r.RunOf(0)
	which := fmt.Sprint(run)
	if run == r.Run { // the name is that of this run alone
		which += " (" + words.Shortened(r.Name) + ")"
	}
	return fmt.Sprintf("It was made by %s, run %s, at step %s. That project is not open, not among the recent ones, and not beside the picture.\n\n"+
		"Its recipe is in the picture: train with it, and you get a generator of the same kind.",
		words.Shortened(r.Project), which, words.Thousands(step))
}

// useItsRecipe makes the recipe of the picture the plan.
func (p strangePicture) useItsRecipe() {
	r, err := recipe.Parse([]byte(p.Record.Recipe), p.Path)
	if err != nil {
		p.desk.Fail(err)
		return
	}
	p.useRecipe(session.PublicRecipe(r), "Open "+p.Name())
}

// savePicture asks how large the picture is to be that Explore shows, and writes it.
func (a *App) savePicture() {
	shown, has := a.explore.Shown()
	export.Picture(a.s, a.desk, a.prefs, shown, has)
}
