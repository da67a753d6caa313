package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ganvas/app/export"
	"ganvas/app/settings"
	"ganvas/engine/session"
)

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
	m.main = fyne.NewMainMenu(m.fileMenu(), m.editMenu(), m.runMenu(), m.viewMenu(), m.helpMenu())
	m.refreshRecent()
	return m
}

func (m *menus) fileMenu() *fyne.Menu {
	a := m.app
	m.recent = fyne.NewMenuItem("Open recent", nil)
	m.recent.ChildMenu = fyne.NewMenu("")
	m.save = m.item("Save", shortcut(fyne.KeyS, ctrl), a.ask.save)
	m.saveAs = m.item("Save as…", shortcut(fyne.KeyS, ctrlShift), a.ask.saveAs)
	m.runs = m.item("Runs", nil, func() { a.show(pageRuns) })
	m.weights = m.item("Import weights…", nil, a.away.ImportWeights)
	m.makeExports()
	quit := fyne.NewMenuItem("Quit", a.close) // as the window's own button: whatever lies over the pages
	quit.Shortcut, quit.IsQuit = shortcut(fyne.KeyQ, ctrl), true
	return fyne.NewMenu("File",
		m.item("Start", nil, func() { a.show(pageStart); a.report.refresh() }),
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
		m.export, m.weights,
		fyne.NewMenuItemSeparator(),
		quit)
}

// makeExports makes the menu of all ways to take something away.
func (m *menus) makeExports() {
	for _, e := range export.Entries() {
		m.exports = append(m.exports, m.item(e.Name+"…", nil, func() { m.app.away.Start(e) }))
	}
	m.exports[0].Shortcut = shortcut(fyne.KeyE, ctrl)
	m.export = fyne.NewMenuItem("Export", nil)
	m.export.ChildMenu = fyne.NewMenu("", m.exports...)
}

// refreshExports says beside what cannot be exported what is missing.
func (m *menus) refreshExports() {
	m.export.Label, m.export.Disabled = "Export", m.app.s.Run == nil
	for i, e := range export.Entries() {
		item, why := m.exports[i], e.Lacks(m.app.s)
		item.Label, item.Disabled = e.Name+"…", why != ""
		switch {
		case m.export.Disabled:
			m.export.Label = "Export   (" + why + ")"
		case item.Disabled:
			item.Label += "   (" + why + ")"
		}
	}
}

func (m *menus) editMenu() *fyne.Menu {
	a := m.app
	m.undo = fyne.NewMenuItem("Undo", func() { m.edited(&fyne.ShortcutUndo{}, a.undoHere) })
	m.undo.Shortcut = &fyne.ShortcutUndo{}
	m.redo = fyne.NewMenuItem("Redo", func() { m.edited(&fyne.ShortcutRedo{}, a.redoHere) })
	m.redo.Shortcut = shortcut(fyne.KeyZ, ctrlShift)
	m.copy = fyne.NewMenuItem("Copy picture", m.copied)
	m.copy.Shortcut = &fyne.ShortcutCopy{}
	return fyne.NewMenu("Edit", m.undo, m.redo, fyne.NewMenuItemSeparator(), m.copy, fyne.NewMenuItemSeparator(),
		m.item("Preferences…", shortcut(fyne.KeyComma, ctrl), func() { showSettings(&settingsDialog{app: a}) }))
}

func (m *menus) runMenu() *fyne.Menu {
	a := m.app
	m.train = m.item("Train (Space)", shortcut(fyne.KeyT, ctrl), a.ask.toggle)
	m.singles = []*fyne.MenuItem{
		m.item("Step discriminator", nil, func() { a.step((*session.Session).StepD) }),
		m.item("Step generator", nil, func() { a.step((*session.Session).StepG) }),
		m.item("Step both", nil, func() { a.step((*session.Session).StepBoth) }),
	}
	m.energy = m.item("Save energy: train on one processor", nil, func() { a.s.SetEnergySaving(!a.prefs.EnergySaving()) })
	return fyne.NewMenu("Run", m.train, fyne.NewMenuItemSeparator(), m.singles[0], m.singles[1], m.singles[2],
		fyne.NewMenuItemSeparator(), m.energy)
}

func (m *menus) viewMenu() *fyne.Menu {
	a := m.app
	view := fyne.NewMenu("View")
	for i, title := range pageTitles {
		key := fyne.KeyName(fmt.Sprint(i)) // Start is 0
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
	return view
}

func (m *menus) helpMenu() *fyne.Menu {
	a := m.app
	m.examples = fyne.NewMenuItem("Examples", nil)
	m.examples.ChildMenu = fyne.NewMenu("")
	for _, e := range a.options.Examples {
		m.examples.ChildMenu.Items = append(m.examples.ChildMenu.Items, m.item(e.Title, nil, func() { a.openExample(e) }))
	}
	m.examples.Disabled = len(a.options.Examples) == 0
	return fyne.NewMenu("Help", m.item("Lessons…", nil, a.lessons.ShowList), m.examples, fyne.NewMenuItemSeparator(),
		m.item("Words…", nil, func() { showWords(a) }),
		m.item("Keyboard and mouse", shortcut(fyne.KeySlash, ctrl), func() { showKeys(a) }),
		m.item("About Ganvas", nil, func() { about(a) }))
}

// A copier is a page with a picture to copy.
type copier interface{ CopyPicture() }

// copied copies the text that is selected where the keyboard is, or else the picture of the page.
func (m *menus) copied() {
	a := m.app
	focused := a.desk.Win.Canvas().Focused()
	if text, ok := focused.(interface{ SelectedText() string }); ok && text.SelectedText() != "" {
		focused.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{Clipboard: a.fyne.Clipboard()})
		return
	}
	a.desk.Act(func() {
		if page, ok := a.all()[a.page].(copier); ok {
			page.CopyPicture()
		}
	})
}
