package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ganvas/app/export"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// menus are the main menu and those of its items that change.
type menus struct {
	app                  *App
	main                 *fyne.MainMenu
	recent               *fyne.MenuItem
	save, saveAs, export *fyne.MenuItem
	runs                 *fyne.MenuItem // of the project
	undo, redo           *fyne.MenuItem
	train                *fyne.MenuItem
	singles              []*fyne.MenuItem
	energy, examples     *fyne.MenuItem
	pages, schemes       []*fyne.MenuItem
	shown                menuState
}

// menuState is all that the items' looks depend on; the menu is rebuilt only when it changes.
type menuState struct {
	run, running, ready bool
	undo, redo          string
	page                pageID
	scheme              string
	energy              bool
}

func shortcut(key fyne.KeyName, modifiers fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: modifiers}
}

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
)

// item makes an item that is chosen or whose shortcut is pressed; s may be nil. Fyne calls an
// action whatever lies over the window: so act does.
func (m *menus) item(label string, s fyne.Shortcut, action func()) *fyne.MenuItem {
	i := fyne.NewMenuItem(label, func() { m.app.desk.Act(action) })
	i.Shortcut = s
	return i
}

func newMenus(a *App) *menus {
	m := &menus{app: a}
	m.recent = fyne.NewMenuItem("Open recent", nil)
	m.recent.ChildMenu = fyne.NewMenu("")
	m.save = m.item("Save", shortcut(fyne.KeyS, ctrl), a.ask.save)
	m.saveAs = m.item("Save as…", shortcut(fyne.KeyS, ctrlShift), a.ask.saveAs)
	m.runs = m.item("Runs…", nil, a.ask.askRuns)
	m.export = m.item("Export gallery…", shortcut(fyne.KeyE, ctrl), m.exportGallery)
	quit := fyne.NewMenuItem("Quit", a.close) // as the window's own button: whatever lies over the pages
	quit.Shortcut, quit.IsQuit = shortcut(fyne.KeyQ, ctrl), true
	file := fyne.NewMenu("File",
		m.item("New", shortcut(fyne.KeyN, ctrl), a.newProject),
		m.item("Open…", shortcut(fyne.KeyO, ctrl), m.askProject),
		m.recent,
		fyne.NewMenuItemSeparator(),
		m.save, m.saveAs, m.runs,
		fyne.NewMenuItemSeparator(),
		m.item("Open data folder…", nil, a.data.AskFolder),
		m.item("Open data file…", nil, a.data.AskFile),
		m.item("Download data…", nil, a.data.ShowCatalogue),
		m.item("Open recipe…", nil, a.ask.askRecipe),
		m.item("Save recipe…", nil, a.ask.saveRecipe),
		fyne.NewMenuItemSeparator(),
		m.export,
		fyne.NewMenuItemSeparator(),
		quit)
	m.undo = fyne.NewMenuItem("Undo", func() { m.edited(&fyne.ShortcutUndo{}, a.undoHere) })
	m.undo.Shortcut = &fyne.ShortcutUndo{}
	m.redo = fyne.NewMenuItem("Redo", func() { m.edited(&fyne.ShortcutRedo{}, a.redoHere) })
	m.redo.Shortcut = shortcut(fyne.KeyZ, ctrlShift)
	edit := fyne.NewMenu("Edit", m.undo, m.redo, fyne.NewMenuItemSeparator(), m.item("Preferences…", shortcut(fyne.KeyComma, ctrl), func() { showSettings(&settingsDialog{app: a}) }))
	m.train = m.item("Train (Space)", shortcut(fyne.KeyT, ctrl), a.ask.toggle)
	m.singles = []*fyne.MenuItem{
		m.item("Step discriminator", nil, func() { a.ask.start((*session.Session).StepD) }),
		m.item("Step generator", nil, func() { a.ask.start((*session.Session).StepG) }),
		m.item("Step both", nil, func() { a.ask.start((*session.Session).StepBoth) }),
	}
	m.energy = m.item("Save energy: train on one processor", nil, func() { a.s.SetEnergySaving(!a.prefs.EnergySaving()) })
	run := fyne.NewMenu("Run", m.train, fyne.NewMenuItemSeparator(), m.singles[0], m.singles[1], m.singles[2],
		fyne.NewMenuItemSeparator(), m.energy)
	view := fyne.NewMenu("View")
	for i, title := range pageTitles {
		key := fyne.KeyName(fmt.Sprint(i + 1))
		p := m.item(title, shortcut(key, ctrl), func() { a.show(pageID(i)); a.report.refresh() })
		m.pages = append(m.pages, p)
		view.Items = append(view.Items, p)
	}
	view.Items = append(view.Items, fyne.NewMenuItemSeparator())
	for i, label := range []string{"System theme", "Light", "Dark"} {
		s := m.item(label, nil, func() { a.setScheme(settings.Schemes[i]) })
		m.schemes = append(m.schemes, s)
		view.Items = append(view.Items, s)
	}
	m.examples = fyne.NewMenuItem("Examples", nil)
	m.examples.ChildMenu = fyne.NewMenu("", m.item(exampleTitle, nil, a.openExample))
	m.examples.Disabled = a.options.Example == nil
	help := fyne.NewMenu("Help", m.examples, fyne.NewMenuItemSeparator(), m.item("Keyboard and mouse", shortcut(fyne.KeySlash, ctrl), func() { showKeys(a) }), m.item("About Ganvas", nil, func() { about(a) }))
	m.main = fyne.NewMainMenu(file, edit, run, view, help)
	m.refreshRecent()
	return m
}

// edited gives an undo or redo to the entry that has the keyboard, for its text, or else to the
// page: a menu's shortcut would otherwise take it away from the entry.
func (m *menus) edited(s fyne.Shortcut, otherwise func()) {
	focused, ok := m.app.desk.Win.Canvas().Focused().(fyne.Shortcutable)
	if field, typed := focused.(interface{ Typing() bool }); typed && !field.Typing() {
		ok = false // nothing of its text is new
	}
	if ok {
		focused.TypedShortcut(s)
		return
	}
	m.app.desk.Act(otherwise)
}

// open opens one of the menus of the menu bar, where the window has one: it goes to the first and on
// from there, as Alt and the arrow keys do.
func (m *menus) open(i int) {
	c := m.app.desk.Win.Canvas()
	bar, ok := c.(interface{ ToggleMenu() })
	if !ok { // the system has it
		return
	}
	bar.ToggleMenu()
	for range i {
		c.FocusNext()
	}
}

// refreshRecent rebuilds the list of recent projects. Those whose file is gone are marked and
// cannot be opened.
func (m *menus) refreshRecent() {
	var items []*fyne.MenuItem
	for _, path := range m.app.prefs.Recent() {
		label := fmt.Sprintf("%s   (%s)", filepath.Base(path), filepath.Dir(path))
		i := m.item(label, nil, func() { m.app.openProject(path) })
		if !studio.Exists(path) {
			i.Label = filepath.Base(path) + "   (missing)"
			i.Disabled = true
		}
		items = append(items, i)
	}
	m.recent.Disabled = len(items) == 0
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator(), m.item("Forget these", nil, func() {
			m.app.prefs.SetStringList("recent", nil)
			m.refreshRecent()
		}))
	}
	m.recent.ChildMenu.Items = items
	m.main.Refresh()
}

// refresh brings the items to the state of the window.
func (m *menus) refresh() {
	a := m.app
	s := menuState{run: a.s.Run != nil, running: a.s.Status.Running, ready: a.s.Reason == "", page: a.page, scheme: a.prefs.Scheme(), energy: a.prefs.EnergySaving()}
	s.undo, s.redo = a.editLabels()
	if s == m.shown {
		return
	}
	m.shown = s
	m.save.Disabled, m.saveAs.Disabled, m.export.Disabled, m.runs.Disabled = !s.run, !s.run, !s.run, !s.run
	m.undo.Label, m.redo.Label = "Undo", "Redo"
	if s.undo != "" {
		m.undo.Label += " “" + s.undo + "”"
	}
	if s.redo != "" {
		m.redo.Label += " “" + s.redo + "”"
	}
	m.train.Label = "Train (Space)"
	if s.running {
		m.train.Label = "Pause (Space)"
	}
	m.train.Disabled = !s.ready && !s.running
	for _, i := range m.singles {
		i.Disabled = !s.ready || s.running
	}
	for i, p := range m.pages {
		p.Checked = pageID(i) == s.page
	}
	for i, p := range m.schemes {
		p.Checked = i == slices.Index(settings.Schemes, s.scheme)
	}
	m.energy.Checked = s.energy
	m.showKeys()
	m.main.Refresh()
}

// setScheme changes between light, dark and the system's choice.
func (a *App) setScheme(scheme string) {
	a.prefs.SetScheme(scheme)
	a.fyne.Settings().SetTheme(ui.NewTheme(scheme))
	a.menu.refresh()
}

// addKeys adds the keys that work where no entry has the keyboard.
func (m *menus) addKeys() {
	a := m.app
	c := a.desk.Win.Canvas()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape && widgets.HideMenus() {
			return
		}
		if a.desk.Overlay() != nil { // it has the keyboard
			if e.Name == fyne.KeyEscape {
				a.desk.Dismiss()
			}
			return
		}
		switch {
		case e.Name == fyne.KeyF10:
			m.open(0)
		case e.Name == fyne.KeySpace:
			// After the letter that comes with the key, which a dialog's entry would take.
			a.onScreen(func() { a.desk.Act(a.ask.toggle) })
		default:
			if p, ok := a.all()[a.page].(interface{ Key(e *fyne.KeyEvent) }); ok {
				p.Key(e)
			}
		}
	})
	c.AddShortcut(shortcut(fyne.KeyD, ctrl), func(fyne.Shortcut) {
		a.desk.Act(func() {
			if a.page == pageExplore {
				a.explore.SaveFind()
			}
		})
	})
	for i, menu := range m.main.Items {
		letter := fyne.KeyName(strings.ToUpper(menu.Label[:1]))
		c.AddShortcut(shortcut(letter, fyne.KeyModifierAlt), func(fyne.Shortcut) { a.desk.Act(func() { m.open(i) }) })
	}
	c.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { a.desk.Act(a.redoHere) })
}

// askProject asks for a project to open.
func (m *menus) askProject() {
	m.app.desk.AskFile("Open a project", "project", []string{studio.ProjectExtension}, m.app.openProject)
}

func (m *menus) exportGallery() { export.Gallery(m.app.s, m.app.desk, m.app.prefs) }

// exampleTitle is what menus call the example.
const exampleTitle = "Digits, finished"
