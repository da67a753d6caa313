package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ganvas/datasets"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

// started opens what is to be opened. It runs once the event loop does.
func (a *App) started() {
	if len(a.options.Files) > 0 {
		a.Open(a.options.Files...)
		return
	}
	if last := a.prefs.last(); last != "" {
		a.openProject(last)
		return
	}
	a.openExample()
}

// openExample opens a copy of the example, so that whatever is done to it can be undone by deleting it.
func (a *App) openExample() {
	if a.options.Example == nil {
		a.syncData()
		a.refresh()
		return
	}
	path := ""
	a.activity.run("Opening the example", func(context.Context, func(done, total int)) error {
		dir := session.DraftDir()
		if a.options.Home != "" {
			dir = filepath.Join(a.options.Home, "drafts")
		}
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("copy the example: %w: set GANVAS_HOME to a folder that can be written", err)
		}
		path = freePath(filepath.Join(dir, "example"), projectExtension)
		return wholefile.WriteBytes(path, wholefile.Keep, a.options.Example)
	}, func(err error) {
		if err != nil {
			a.failUnlessCancelled(err)
			return
		}
		a.show(pageExplore)
		a.openProject(path)
	})
}

// freePath returns base with a number where needed, so that nothing has that name yet.
func freePath(base, extension string) string {
	for i := 1; ; i++ {
		path := base + extension
		if i > 1 {
			path = fmt.Sprintf("%s %d%s", base, i, extension)
		}
		if !exists(path) {
			return path
		}
	}
}

const (
	projectExtension = ".ganvas"
	recipeExtension  = ".toml"
)

// Open opens a project, a recipe or data: what is dropped on the window, named on the command line, or chosen.
func (a *App) Open(paths ...string) {
	if len(paths) == 0 {
		return
	}
	paths = slices.Clone(paths)
	for i, p := range paths {
		if abs, err := filepath.Abs(p); err == nil && exists(abs) {
			paths[i] = abs
		}
	}
	switch extension := strings.ToLower(filepath.Ext(paths[0])); {
	case len(paths) > 1:
		a.openSeveral(paths)
	case extension == projectExtension:
		a.openProject(paths[0])
	case extension == recipeExtension:
		a.openRecipe(paths[0])
	default:
		a.show(pageData)
		a.chooseData(paths[0])
	}
}

func (a *App) dropped(uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	a.Open(paths...)
}

// openProject closes the project that is open, saving it, and opens another.
func (a *App) openProject(path string) { a.openProjectWith(path, "", false) }

// openProjectWith opens a project whose data lie in data now, "": where they were, and may have changed.
func (a *App) openProjectWith(path, data string, changed bool) {
	if a.activity.after(func() { a.openProjectWith(path, data, changed) }) {
		return
	}
	old := a.run
	r := newRun(a)
	a.activity.runFirm("Opening "+filepath.Base(path), func(ctx context.Context, report func(done, total int)) error {
		if old != nil && old.session.Path() == path {
			return errSame
		}
		o := r.options(report)
		o.Data, o.Changed = data, changed
		s, err := session.Open(ctx, path, o)
		if err != nil {
			return err
		}
		r.session, r.recipe, r.data = s, s.Recipe(), s.Data()
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), s.Close())
		}
		if old != nil {
			if err := saveAndClose(old.session); err != nil {
				return errors.Join(err, s.Close())
			}
			old.cancel()
		}
		return nil
	}, func(err error) {
		switch {
		case errors.Is(err, errSame):
			return
		case err != nil:
			r.cancel()
			if a.prefs.String("last") == path {
				a.prefs.SetString("last", "")
			}
			if a.run == nil {
				a.syncData()
			}
			a.refresh()
			if wrong := new(session.DataError); errors.As(err, &wrong) {
				a.askForData(wrong)
				return
			}
			a.failUnlessCancelled(err)
			return
		}
		a.adopt(r)
	})
}

var errSame = errors.New("open: it is open already")

func (a *App) failUnlessCancelled(err error) {
	if !errors.Is(err, context.Canceled) {
		a.fail(err)
	}
}

// adopt shows a session from now on.
func (a *App) adopt(r *run) {
	if a.run != nil {
		a.run.cancel()
	}
	a.run = r
	a.status = r.session.Status()
	a.plan.reset(r.recipe)
	o := dataOptions(r.recipe)
	whole, _ := datasets.Whole(r.data, 0)
	a.source = source{name: r.recipe.Data, options: o, whole: whole, set: r.data, bare: session.DataOptions(r.recipe) != o}
	a.prefs.addRecent(r.session.Path())
	a.menu.refreshRecent()
	a.note.hide()
	if w := r.session.Warnings(); len(w) > 0 {
		a.note.warn(filepath.Base(r.session.Path()) + ": " + strings.Join(w, "; "))
	}
	a.explore.leave()
	a.train.clear()
	r.begin()
	a.explore.saved.reload()
	a.explore.fetch()
	a.refresh()
	a.measure()
	a.readLabels()
}

// newProject puts the run aside and starts over with the default preset. The file of the run stays where it is.
func (a *App) newProject() {
	if a.activity.after(a.newProject) {
		return
	}
	old := a.run
	a.activity.runFirm("Closing the project", func(context.Context, func(done, total int)) error {
		if old == nil {
			return nil
		}
		return saveAndClose(old.session)
	}, func(err error) {
		if err != nil {
			a.fail(err)
			return
		}
		if old != nil {
			old.cancel()
		}
		a.run, a.status = nil, session.Status{}
		a.prefs.SetString("last", "")
		r, err := recipe.Named(recipe.DefaultPreset)
		if err != nil {
			r = recipe.Default()
		}
		a.plan.reset(r)
		a.note.hide()
		a.explore.leave()
		a.train.clear()
		a.syncData()
		a.refresh()
		a.show(pageData)
	})
}
