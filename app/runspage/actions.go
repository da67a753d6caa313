package runspage

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/widgets"
)

// A toolbar has what can be done with the runs that are chosen.
type toolbar struct {
	page                                     *Page
	box                                      fyne.CanvasObject
	open, compare, duplicate, rename, remove *widgets.TippedButton
}

func newToolbar(p *Page) toolbar {
	t := toolbar{page: p}
	t.open = widgets.TipButton(theme.FolderOpenIcon(), "Open", "", p.open)
	t.open.Importance = widget.HighImportance
	t.compare = widgets.TipButton(theme.ViewRefreshIcon(), "Compare", "", p.compareChosen)
	t.compare.SetIcon(ui.IconJudge)
	t.duplicate = widgets.TipButton(theme.ContentCopyIcon(), "Duplicate", "Adds a copy of the run as it is saved. It can be trained on in another way, and the run stays as it is", p.duplicate)
	t.rename = widgets.TipButton(theme.DocumentCreateIcon(), "Rename", "Gives the run another name (F2)", p.rename)
	t.remove = widgets.TipButton(theme.DeleteIcon(), "Delete", "", p.remove)
	t.box = container.NewHBox(t.open, t.compare, t.duplicate, t.rename, t.remove)
	return t
}

// refresh enables what can be done now, and says why the rest cannot.
func (t *toolbar) refresh() {
	p := t.page
	l := p.table.current()
	writable := l != nil && p.s.Run != nil && !p.s.Run.Session.ReadOnly()
	why := p.whyNotOpen(l)
	ui.SetEnabled(t.open, why == "")
	t.open.SetTip("Shows the run, and goes on with it (Enter)")
	if why != "" {
		t.open.SetTip(why)
	}
	chosen := p.table.chosen()
	ui.SetEnabled(t.compare, len(chosen) > 1)
	t.compare.SetTip("Lays the ticked runs beside one another")
	if len(chosen) < 2 {
		t.compare.SetTip("Tick two runs or more to compare them")
	}
	ui.SetEnabled(t.duplicate, writable && l.problem == "" && l.entry.Step >= 0)
	ui.SetEnabled(t.rename, writable)
	why = p.whyNotDelete(chosen)
	ui.SetEnabled(t.remove, writable && why == "")
	t.remove.SetTip("Deletes the run. Undo brings it back until the project is closed (Delete)")
	title := "Delete"
	if len(chosen) > 1 {
		title = fmt.Sprintf("Delete %d", len(chosen))
		t.remove.SetTip("Deletes the ticked runs. Undo brings them back until the project is closed (Delete)")
	}
	if t.remove.Text != title {
		t.remove.SetText(title)
	}
	if why != "" {
		t.remove.SetTip(why)
	}
}

// whyNotOpen says why a run cannot be opened; "": it can.
func (p *Page) whyNotOpen(l *line) string {
	switch {
	case l == nil:
		return "Choose a run"
	case l.open:
		return "It is open"
	}
	return l.problem
}

// whyNotDelete says why runs cannot be deleted; "": they can.
func (p *Page) whyNotDelete(ids []int64) string {
	switch {
	case len(ids) == 0:
		return "Choose a run"
	case len(ids) == len(p.shown.Entries):
		return "One run has to stay"
	case p.s.Run != nil && slices.Contains(ids, p.s.Run.Session.RunID()):
		return "The run that is open cannot be deleted: open another one first"
	}
	return ""
}

// showMenu opens the menu of the current run.
func (p *Page) showMenu(at fyne.Position) {
	l := p.table.current()
	item := func(title string, b *widgets.TippedButton, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(title, do)
		i.Disabled = b.Disabled()
		return i
	}
	tick := fyne.NewMenuItem("Tick for comparing", func() { p.table.tick(l.entry.ID, !p.table.ticked[l.entry.ID]) })
	tick.Checked = p.table.ticked[l.entry.ID]
	menu := fyne.NewMenu("", item("Open", p.bar.open, p.open), tick, item("Compare the ticked", p.bar.compare, p.compareChosen), fyne.NewMenuItemSeparator(),
		item("Duplicate…", p.bar.duplicate, p.duplicate), item("Rename…", p.bar.rename, p.rename), item(p.bar.remove.Text, p.bar.remove, p.remove))
	widget.ShowPopUpMenuAtPosition(menu, p.host.Window().Canvas(), at)
}

// open opens the current run.
func (p *Page) open() {
	if l := p.table.current(); p.whyNotOpen(l) == "" {
		p.s.Projects.Open(studio.Opening{Path: p.s.Run.Session.Path(), Run: l.entry.ID})
	}
}

// compareChosen lays the runs beside one another that are ticked.
func (p *Page) compareChosen() {
	if ids := p.table.chosen(); len(ids) > 1 {
		p.compare.set(ids)
		p.tabs.Select(compareTab)
	}
}

// rename asks for another name of the current run.
func (p *Page) rename() {
	l := p.table.current()
	if l == nil || p.bar.rename.Disabled() {
		return
	}
	id, old := l.entry.ID, l.entry.Name
	p.host.Ask(ui.Question{
		About: p.s.ThisProject(), Title: fmt.Sprintf("Rename run %d", id), Label: "Name", Text: old, Action: "Rename",
		Take: func(name string) error {
			if err := ckpt.CheckRunName(name); err != nil {
				return err
			}
			if name != old {
				to := func(name string) func() { return func() { p.s.Runs.Rename(id, name) } }
				p.history.did(edit{"Rename run", to(old), to(name)})
				p.s.Runs.Rename(id, name)
			}
			return nil
		},
	})
}

// duplicate asks for the name of a copy of the current run, and from which of its steps.
func (p *Page) duplicate() {
	l := p.table.current()
	if l == nil || p.bar.duplicate.Disabled() {
		return
	}
	p.askDuplicate(l.entry)
}

// remove deletes the runs that are ticked, else the current one.
func (p *Page) remove() {
	ids := p.table.chosen()
	if p.bar.remove.Disabled() {
		if why := p.whyNotDelete(ids); why != "" {
			p.s.Inform(why + ".")
		}
		return
	}
	var bytes int64
	for _, id := range ids {
		bytes += p.shown.Weight.Runs[id].Bytes()
	}
	p.s.Runs.Delete(ids, func(gone []int64) {
		p.history.did(edit{"Delete run", func() { p.s.Runs.Restore(gone) }, func() { p.s.Runs.Delete(gone, func([]int64) {}) }})
		is := "is"
		if len(gone) > 1 {
			is = "are"
		}
		p.s.Inform(fmt.Sprintf("%s %s deleted. %s in the file are free once the project is closed.", studio.RunsText(gone), is, words.ByteSize(bytes)), studio.Choice{Title: "Undo", Do: p.Undo})
	})
}

// askSmaller asks before deleted runs go for good and the file is copied.
func (p *Page) askSmaller() {
	w := p.shown.Weight
	var gone int64
	for _, r := range p.shown.Deleted {
		gone += w.Runs[r.ID].Bytes()
	}
	text := fmt.Sprintf("The %s that are needed are copied to a new file beside the old one, which then goes: about %s come free. Until then the disk has both.",
		words.ByteSize(max(0, w.Bytes-w.Free-gone)), words.ByteSize(w.Free+gone))
	if n := len(p.shown.Deleted); n > 0 {
		text = fmt.Sprintf("%s will be gone for good: Undo cannot bring back what this removes. ", words.Sentence(words.Counted(n, "deleted run"))) + text
	}
	p.host.Confirm(p.s.ThisProject(), "Make the file smaller?", "Make it smaller", text, func(ok bool) {
		if ok {
			p.history.clear()
			p.s.Runs.Compact()
		}
	})
}

// An edit is a change of the list that can be taken back.
type edit struct {
	label      string
	undo, redo func()
}

// changes are the edits of the list, for undo.
type changes struct {
	page *Page
	done []edit
	next []edit // that were taken back, the last first
}

func (c *changes) did(e edit) {
	c.done, c.next = append(c.done, e), nil
	c.page.OnEdited()
}

func (c *changes) clear() {
	c.done, c.next = nil, nil
	c.page.OnEdited()
}

func (c *changes) undo() {
	if n := len(c.done); n > 0 {
		e := c.done[n-1]
		c.done, c.next = c.done[:n-1], append(c.next, e)
		c.page.s.Said.Emit(studio.Message{})
		e.undo()
		c.page.OnEdited()
	}
}

func (c *changes) redo() {
	if n := len(c.next); n > 0 {
		e := c.next[n-1]
		c.next, c.done = c.next[:n-1], append(c.done, e)
		e.redo()
		c.page.OnEdited()
	}
}

func (c *changes) labels() (undo, redo string) {
	if n := len(c.done); n > 0 {
		undo = c.done[n-1].label
	}
	if n := len(c.next); n > 0 {
		redo = c.next[n-1].label
	}
	return undo, redo
}
