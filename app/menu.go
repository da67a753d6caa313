package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/lesson"
	"ganvas/widgets"
)

// menus are the main menu and those of its items that change.
type menus struct {
	app              *App
	main             *fyne.MainMenu
	recent           *fyne.MenuItem
	save, saveAs     *fyne.MenuItem
	runs             *fyne.MenuItem // of the project
	export, weights  *fyne.MenuItem
	exports          []*fyne.MenuItem // of export.Entries
	undo, redo, copy *fyne.MenuItem
	train            *fyne.MenuItem
	singles          []*fyne.MenuItem
	energy, examples *fyne.MenuItem
	pages, schemes   []*fyne.MenuItem
	shown            menuState
}

// menuState is all that the items' looks depend on; the menu is rebuilt only when it changes.
type menuState struct {
	run, running, ready bool
	measured            bool
	undo, redo          string
	page                pageID
	scheme              string
	energy              bool
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

// open opens one of the menus of the menu bar, where the window has one: it goes to the first and
// on from there, as Alt and the arrow keys do.
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
	s.measured = a.s.Status.Step > 0
	s.undo, s.redo = a.editLabels()
	if s == m.shown {
		return
	}
	m.shown = s
	for _, i := range []*fyne.MenuItem{m.save, m.saveAs, m.runs, m.weights} {
		i.Disabled = !s.run
	}
	m.refreshExports()
	_, m.copy.Disabled = a.all()[s.page].(copier)
	m.copy.Disabled = !m.copy.Disabled || !s.run
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

// askProject asks for a project to open, or for a lesson.
func (m *menus) askProject() {
	m.app.desk.AskFile("Open a project or a lesson", "project", []string{studio.ProjectExtension, lesson.Extension}, func(path string) { m.app.open(path) })
}
