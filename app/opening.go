package app

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
)

// started opens what is to be opened. It runs once the event loop does.
func (a *App) started() {
	if a.damaged != nil {
		a.desk.Fail(a.damaged)
	}
	if a.options.Crash != "" {
		text := newText("An error in the program ended it. Everything up to the last save is kept. Please report the error with this file:\n" + a.options.Crash)
		text.Selectable = true
		a.desk.Inform("Ganvas stopped last time", container.New(fixedWidth(440), text))
	}
	if len(a.options.Files) > 0 {
		a.Open(a.options.Files...)
		return
	}
	if last := a.last(); last != "" {
		a.s.Projects.Open(studio.Opening{Path: last})
		return
	}
	a.openExample()
}

// last returns the project that was open last, empty if it is gone.
func (a *App) last() string {
	if path := a.prefs.Last(); path != "" && studio.Exists(path) {
		return path
	}
	return ""
}

// openExample opens the example and turns to what it has learnt.
func (a *App) openExample() { a.s.Projects.OpenExample(func() { a.show(pageExplore) }) }

// Open opens a project, a recipe or data: what is dropped on the window, named on the command line,
// or chosen.
func (a *App) Open(paths ...string) {
	if len(paths) == 0 {
		return
	}
	paths = slices.Clone(paths)
	for i, p := range paths {
		if abs, err := filepath.Abs(p); err == nil && studio.Exists(abs) {
			paths[i] = abs
		}
	}
	switch extension := strings.ToLower(filepath.Ext(paths[0])); {
	case len(paths) > 1:
		a.show(pageData)
		a.s.Data.OpenSeveral(paths)
	case extension == studio.ProjectExtension:
		a.openProject(paths[0])
	case extension == studio.RecipeExtension:
		a.ask.openRecipe(paths[0])
	default:
		a.show(pageData)
		a.s.Data.Choose(paths[0])
	}
}

// openProject closes the project that is open, saving it, and opens another.
func (a *App) openProject(path string) {
	if a.s.Projects.IsExample(path) {
		a.openExample()
		return
	}
	a.s.Projects.Open(studio.Opening{Path: path})
}

// newProject starts over, with the data.
func (a *App) newProject() { a.s.Projects.New(func() { a.show(pageData) }) }

// dropped opens what is dropped on the window, unless a dialog has it.
func (a *App) dropped(uris []fyne.URI) {
	if a.desk.Modal() {
		a.s.Inform("Close the dialog, then drop the files again.")
		return
	}
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	a.desk.Act(func() { a.Open(paths...) })
}

// announceFirst announces what started opens.
func (a *App) announceFirst() {
	switch last := a.last(); {
	case len(a.options.Files) > 0:
		if name := filepath.Base(a.options.Files[0]); filepath.Ext(name) == studio.ProjectExtension {
			a.s.Projects.Announce("Opening " + name + " …")
		}
	case last != "":
		a.s.Projects.Announce("Opening " + filepath.Base(last) + " …")
	case a.options.Example != nil:
		a.s.Projects.Announce("Opening the example …")
	}
}
