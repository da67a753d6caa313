package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/recipe"
	"ganvas/engine/wholefile"
)

// save saves a project that has a place, and asks for one otherwise.
func (q *questions) save() {
	if !q.s.Projects.Save() {
		q.saveAs()
	}
}

// saveAs asks for a place for the project. The session goes on there.
func (q *questions) saveAs() {
	r := q.s.Run
	if r == nil {
		return
	}
	name := studio.GivenName(r.Recipe)
	if !r.Session.Draft() {
		name = filepath.Base(r.Session.Path())
	}
	q.desk.AskSave(q.s.ThisProject(), "Save the project as", "project", name, studio.ProjectExtension, func(path string) {
		q.s.Projects.SaveAs(r, path)
	})
}

// askRecipe asks for a file with a recipe.
func (q *questions) askRecipe() {
	q.desk.AskFile("Open a recipe", "recipe", []string{studio.RecipeExtension}, q.openRecipe)
}

// openRecipe makes the recipe in a file the plan.
func (q *questions) openRecipe(path string) {
	var r *recipe.Recipe
	q.s.Jobs.Start(func(context.Context) error {
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read %s: %w: check the path and its permissions", path, errors.Unwrap(err))
		}
		r, err = recipe.Parse(data, path)
		return err
	}, func(err error) {
		if err != nil {
			q.desk.Fail(err)
			return
		}
		q.useRecipe(r, "Open "+filepath.Base(path))
	})
}

// useRecipe makes a recipe the plan; label is for undo.
func (q *questions) useRecipe(r *recipe.Recipe, label string) {
	q.s.Data.MayRead(r, func() {
		q.s.Plan.Edit(r, label, false)
		q.show(pageBuild)
	})
}

// saveRecipe writes the plan as a recipe.
func (q *questions) saveRecipe() {
	data := q.s.Plan.Now().Bytes()
	q.desk.AskSave(ui.Always, "Save the recipe as", "recipe", q.s.Plan.Now().Name, studio.RecipeExtension, func(path string) {
		q.write(path, data)
	})
}

// write writes a file in the background, whole or not at all, and says so.
func (q *questions) write(path string, data []byte) {
	q.s.Jobs.StartWriting(func(context.Context) error { return wholefile.WriteBytes(path, wholefile.Replace, data) }, func(err error) {
		if err != nil {
			q.desk.Fail(err)
			return
		}
		q.s.Inform("Saved " + path + ".")
	})
}
