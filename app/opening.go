package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/datasets"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// started opens what is to be opened. It runs once the event loop does.
func (a *App) started() {
	if a.damaged != nil {
		a.fail(a.damaged)
	}
	if a.options.Crash != "" {
		text := newText("An error in the program ended it. Everything up to the last save is kept. Please report the error with this file:\n" + a.options.Crash)
		text.Selectable = true
		a.inform("Ganvas stopped last time", container.New(fixedWidth(440), text))
	}
	if len(a.options.Files) > 0 {
		a.Open(a.options.Files...)
		return
	}
	if last := a.prefs.last(); last != "" {
		a.open(opening{path: last})
		return
	}
	a.openExample()
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

// Open opens a project, a recipe or data: what is dropped on the window, named on the command line,
// or chosen.
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

// dropped opens what is dropped on the window, unless a dialog has it.
func (a *App) dropped(uris []fyne.URI) {
	if a.modal() {
		a.note.info("Close the dialog, then drop the files again.")
		return
	}
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	a.act(func() { a.Open(paths...) })
}

// announce says, where nothing is open, what is about to be; "" for nothing.
func (a *App) announce(text string) {
	a.coming = text
	if text == "" {
		text = nothingYet
	}
	a.explore.pad.Empty, a.explore.plane.Empty = text, text
	a.explore.pad.Refresh()
	a.explore.plane.Refresh()
}

// announceFirst announces what started opens.
func (a *App) announceFirst() {
	switch last := a.prefs.last(); {
	case len(a.options.Files) > 0:
		if name := filepath.Base(a.options.Files[0]); filepath.Ext(name) == projectExtension {
			a.announce("Opening " + name + " …")
		}
	case last != "":
		a.announce("Opening " + filepath.Base(last) + " …")
	case a.options.Example != nil:
		a.announce("Opening the example …")
	}
}

// An opening is what is to be opened, and what was answered to questions about its data.
type opening struct {
	path    string // of the project
	run     int64  // 0: the current one
	data    string // where the data lie now; "": where they were
	read    bool   // though they were never read before
	changed bool   // though they have changed
	example bool   // the project is a copy of the example
}

// options are a session's options for it.
func (o opening) options(s session.Options) session.Options {
	s.Run, s.Data, s.ReadData, s.Changed = o.run, o.data, o.read, o.changed
	return s
}

// openProject closes the project that is open, saving it, and opens another.
func (a *App) openProject(path string) {
	if a.isExample(path) {
		a.openExample()
		return
	}
	a.open(opening{path: path})
}

// open opens a project, or another run of the one that is open.
func (a *App) open(o opening) {
	if a.activity.after(func() { a.open(o) }) {
		return
	}
	old := a.run
	if old != nil && old.session.Path() == o.path {
		if o.run != 0 {
			a.switchRun(o)
		}
		return
	}
	r := newRun(a)
	a.activity.runFirm("Opening "+filepath.Base(o.path), func(ctx context.Context, report func(done, total int)) error {
		s, err := session.Open(ctx, o.path, o.options(r.options(report)))
		if err != nil {
			return err
		}
		r.session, r.recipe, r.data = s, s.Recipe(), s.Data()
		if o.example {
			r.example = o.path
			r.opened, err = sumOf(o.path) // opening brings files of earlier versions up to date
		}
		if err := errors.Join(err, ctx.Err()); err != nil {
			return errors.Join(err, s.Close())
		}
		if old != nil {
			if err := old.close(); err != nil {
				return errors.Join(err, s.Close())
			}
			old.cancel()
		}
		return nil
	}, func(err error) {
		if err != nil {
			r.cancel()
			a.notOpened(o, err)
			return
		}
		a.adopt(r)
	})
}

// switchRun goes on with another run of the project that is open.
func (a *App) switchRun(o opening) {
	r := a.run
	a.activity.runFirm("Opening run "+fmt.Sprint(o.run), func(ctx context.Context, report func(done, total int)) error {
		r.session.Pause()
		_ = r.session.Wait() // why it stopped by itself was said already
		return r.session.SwitchRun(ctx, o.options(session.Options{DataProgress: report}))
	}, func(err error) {
		if err != nil {
			a.notOpened(o, err)
			return
		}
		r.recipe, r.data, r.points = r.session.Recipe(), r.session.Data(), nil
		r.renew()
		a.showRun(r)
		r.command(r.session.Refresh)
	})
}

// notOpened says why something was not opened, or asks what that depends on.
func (a *App) notOpened(o opening, err error) {
	a.announce("")
	foreign, wrong := new(session.ForeignDataError), new(session.DataError)
	asks := errors.As(err, &foreign) || errors.As(err, &wrong)
	if open := a.run != nil && a.run.session.Path() == o.path; !open && !asks && a.prefs.String("last") == o.path {
		a.prefs.SetString("last", "")
	}
	if a.run == nil {
		a.syncData()
	}
	a.refresh()
	switch {
	case errors.As(err, &foreign):
		a.askToRead(o, foreign)
	case errors.As(err, &wrong):
		a.askForData(o, wrong)
	default:
		a.failUnlessCancelled(err)
	}
}

func (a *App) failUnlessCancelled(err error) {
	if !errors.Is(err, context.Canceled) {
		a.fail(err)
	}
}

func (a *App) setRun(r *run) {
	a.run = r
	a.shown.Store(r)
}

// adopt shows a session from now on.
func (a *App) adopt(r *run) {
	if a.run != nil {
		a.run.cancel()
	}
	a.setRun(r)
	a.announce("")
	if path := r.session.Path(); r.example != "" { // which is not worth a place in the list until it is changed
		a.prefs.SetString("last", path)
	} else {
		a.prefs.addRecent(path)
	}
	a.menu.refreshRecent()
	r.begin()
	a.showRun(r)
}

// showRun shows a run as it was opened.
func (a *App) showRun(r *run) {
	a.status, r.first = r.session.Status(), r.recipe
	a.plan.reset(r.recipe)
	o := dataOptions(r.recipe)
	whole, _ := datasets.Whole(r.data, 0)
	a.source = source{name: r.recipe.Data, options: o, whole: whole, set: r.data, bare: session.DataOptions(r.recipe) != o}
	a.note.hide()
	if w := r.session.Warnings(); len(w) > 0 {
		a.note.warn(filepath.Base(r.session.Path()) + ": " + strings.Join(w, "; "))
	}
	if r.session.ReadOnly() {
		a.sayReadOnly(r)
	}
	a.explore.leave()
	a.train.clear()
	a.explore.saved.reload()
	a.explore.fetch()
	a.refresh()
	a.measure()
	a.readLabels()
}

// newProject puts the run aside and starts over with the default preset. The file of the run stays
// where it is.
func (a *App) newProject() {
	if a.activity.after(a.newProject) {
		return
	}
	old := a.run
	a.activity.runFirm("Closing the project", func(context.Context, func(done, total int)) error {
		if old == nil {
			return nil
		}
		return old.close()
	}, func(err error) {
		if err != nil {
			a.fail(err)
			return
		}
		if old != nil {
			old.cancel()
		}
		a.menu.refreshRecent()
		a.setRun(nil)
		a.status = session.Status{}
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
