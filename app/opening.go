package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/lesson"
)

// An opener opens what the window is given: at its start, by a drop, or as it is chosen.
type opener struct {
	s       *studio.Studio
	desk    *ui.Desk
	ask     *questions
	pages   *pages
	options Options
	damaged error             // why the settings could not be read; nil: they could
	lesson  func(path string) // opens a lesson
}

// started opens what is to be opened. It runs once the event loop does.
func (o *opener) started() {
	if o.damaged != nil {
		o.desk.Fail(o.damaged)
	}
	if o.options.Crash != "" {
		text := ui.NewText("An error stopped the program. Everything up to the last save is kept. Please report the error with this file:\n" + o.options.Crash)
		text.Selectable = true
		o.desk.Inform("Ganvas stopped last time", container.New(ui.FixedWidth(440), text))
	}
	files := o.options.Files
	if o.options.Opened != nil {
		files = append(slices.Clone(files), o.options.Opened.Take(o.opened)...)
	}
	if len(files) > 0 {
		o.open(files...)
		return
	}
	if last := o.last(); last != "" {
		o.s.Projects.Open(studio.Opening{Path: last})
		return
	}
	o.s.Projects.OpenNothing()
}

// firstPage returns the page that is seen first: Start where nothing is to be opened.
func (o *opener) firstPage() pageID {
	if len(o.options.Files) == 0 && o.last() == "" {
		return pageStart
	}
	return o.pages.lastPage()
}

// last returns the project that was open last, empty if it is gone.
func (o *opener) last() string {
	if path := o.desk.Prefs.Last(); path != "" && studio.Exists(path) {
		return path
	}
	return ""
}

// openExample opens an example and turns to what it has learnt.
func (o *opener) openExample(e studio.Example) {
	o.s.Projects.OpenExample(e, func() { o.pages.show(pageExplore) })
}

// open opens a project, a recipe, a picture that says how it was made, or data: what is dropped on
// the window, named on the command line, or chosen.
func (o *opener) open(paths ...string) {
	paths = slices.DeleteFunc(slices.Clone(paths), func(p string) bool { return p == "" })
	if len(paths) == 0 {
		return
	}
	for i, p := range paths {
		if abs, err := filepath.Abs(p); err == nil && studio.Exists(abs) {
			paths[i] = abs
		}
	}
	switch extension := strings.ToLower(filepath.Ext(paths[0])); {
	case len(paths) > 1:
		o.showData()
		o.s.Data.OpenSeveral(paths)
	case extension == studio.ProjectExtension:
		o.openProject(paths[0])
	case extension == lesson.Extension:
		o.lesson(paths[0])
	case extension == studio.RecipeExtension:
		o.ask.openRecipe(paths[0])
	default:
		o.s.Pictures.Open(paths[0], func() {
			o.showData()
			o.s.Data.Choose(paths[0])
		})
	}
}

// showData turns to what is said of data: on Start, ways to learn from them.
func (o *opener) showData() {
	if o.pages.page == pageStart {
		o.pages.start.ShowOwn()
		return
	}
	o.pages.show(pageData)
}

// openProject closes the project that is open, saving it, and opens another.
func (o *opener) openProject(path string) {
	if e, is := o.s.Projects.ExampleAt(path); is {
		o.openExample(e)
		return
	}
	o.s.Projects.Open(studio.Opening{Path: path})
}

// newProject starts over, with the data.
func (o *opener) newProject() { o.s.Projects.New(func() { o.pages.show(pageData) }) }

// opened opens what another program, such as the Finder, hands over, unless a dialog has the window.
func (o *opener) opened(paths []string) {
	if o.desk.Modal() {
		o.s.Inform("Close the dialog, then open the files again.")
		return
	}
	o.desk.Act(func() { o.open(paths...) })
}

// dropped opens what is dropped on the window, unless a dialog has it.
func (o *opener) dropped(uris []fyne.URI) {
	if o.desk.Modal() {
		o.s.Inform("Close the dialog, then drop the files again.")
		return
	}
	var paths []string
	for _, u := range uris {
		if err := refuseDrop(u); err != nil {
			o.desk.Fail(err)
			return
		}
		paths = append(paths, u.Path())
	}
	o.desk.Act(func() {
		if o.pages.page == pageExplore && !opensItself(paths) && o.pages.explore.Drop(paths) {
			return
		}
		o.open(paths...)
	})
}

// opensItself tells whether files are a project, a recipe or a lesson, which open wherever they are
// dropped.
func opensItself(paths []string) bool {
	if len(paths) == 0 {
		return true
	}
	extension := strings.ToLower(filepath.Ext(paths[0]))
	return extension == studio.ProjectExtension || extension == lesson.Extension || extension == studio.RecipeExtension
}

// refuseDrop fails for what is no file of this computer. Fyne takes an address on the web for a path,
// and no name at all for the folder that the program runs in: both as seen from that folder.
func refuseDrop(u fyne.URI) error {
	path := filepath.FromSlash(u.Path())
	here, err := os.Getwd()
	if err != nil {
		return nil // whatever it is, it is not there
	}
	below, err := filepath.Rel(here, path)
	if err != nil {
		return nil // it lies elsewhere
	}
	if below == "." || below == "file:" { // of "file://"
		return fmt.Errorf("open what was dropped: it has no name: save it as a file first, and drop that. If you meant the folder %s, choose File ▸ Open data folder", here)
	}
	scheme, rest, _ := strings.Cut(filepath.ToSlash(below), "/")
	if strings.HasSuffix(scheme, ":") && !studio.Exists(path) {
		return fmt.Errorf("open %s//%s: it is no file of this computer: save it as one first, and drop that", scheme, words.Shortened(rest))
	}
	return nil
}

// announceFirst announces what started opens.
func (o *opener) announceFirst() {
	switch last := o.last(); {
	case len(o.options.Files) > 0:
		if name := filepath.Base(o.options.Files[0]); filepath.Ext(name) == studio.ProjectExtension {
			o.s.Projects.Announce("Opening " + name + " …")
		}
	case last != "":
		o.s.Projects.Announce("Opening " + filepath.Base(last) + " …")
	}
}
