package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/engine/recipe"
	"ganvas/engine/wholefile"
)

func (a *App) askProject() {
	a.askFile("Open a project", "project", []string{projectExtension}, a.openProject)
}

// save saves a project that has a place, and asks for one otherwise.
func (a *App) save() {
	r := a.run
	if r == nil {
		return
	}
	if r.session.Draft() {
		a.saveAs()
		return
	}
	r.write(r.session.Save, a.showSaved)
}

// showSaved shows that the run was saved, or that it was not.
func (a *App) showSaved() {
	a.status = a.run.session.Status()
	a.showSaving(a.status)
	a.train.showStatus(a.status)
	a.train.showError(a.status)
	a.refreshStatus()
}

// saveAs gives the project a place. The session goes on there.
func (a *App) saveAs() {
	r := a.run
	if r == nil {
		return
	}
	name := givenName(r.recipe)
	if !r.session.Draft() {
		name = filepath.Base(r.session.Path())
	}
	a.askSave(a.thisProject(), "Save the project as", "project", name, projectExtension, func(path string) {
		a.saveTo(r, path)
	})
}

// saveTo gives the project of a run a place, if the run is still open.
func (a *App) saveTo(r *run, path string) {
	if a.activity.after(func() { a.saveTo(r, path) }) || a.run != r {
		return
	}
	old := r.session.Path()
	if path == old {
		a.save()
		return
	}
	a.activity.runFirm("Saving "+filepath.Base(path), func(context.Context, func(done, total int)) error {
		return r.session.SaveAs(path)
	}, func(err error) {
		if err != nil {
			a.fail(err)
			return
		}
		if !exists(old) {
			a.prefs.removeRecent(old)
		}
		a.prefs.addRecent(path)
		a.menu.refreshRecent()
		a.showSaved()
		a.refresh()
	})
}

func (a *App) askRecipe() {
	a.askFile("Open a recipe", "recipe", []string{recipeExtension}, a.openRecipe)
}

// openRecipe makes the recipe in a file the plan.
func (a *App) openRecipe(path string) {
	var r *recipe.Recipe
	a.jobs.start(func(context.Context) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read %s: %w: check the path and its permissions", path, errors.Unwrap(err))
		}
		r, err = recipe.Parse(data, path)
		return err
	}, func(err error) {
		if err != nil {
			a.fail(err)
			return
		}
		a.mayRead(r, func() {
			a.edit(r, "Open "+filepath.Base(path), false)
			a.show(pageBuild)
		})
	})
}

// saveRecipe writes the plan as a recipe.
func (a *App) saveRecipe() {
	data := a.plan.now.Bytes()
	a.askSave(always, "Save the recipe as", "recipe", a.plan.now.Name, recipeExtension, func(path string) {
		a.write(path, data)
	})
}

// write writes a file in the background, whole or not at all, and says so.
func (a *App) write(path string, data []byte) {
	a.jobs.startWriting(func(context.Context) error { return wholefile.WriteBytes(path, wholefile.Replace, data) }, func(err error) {
		if err != nil {
			a.fail(err)
			return
		}
		a.note.info("Written: " + path)
	})
}
