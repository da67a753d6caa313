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
	page                                                  *Page
	box                                                   fyne.CanvasObject
	opening, comparing, copying, naming, deleting, trying *widgets.TippedButton
}

func newToolbar(p *Page) *toolbar {
	t := &toolbar{page: p}
	t.opening = widgets.TipButton(theme.FolderOpenIcon(), "Open", "", t.open)
	t.opening.Importance = widget.HighImportance
	t.comparing = widgets.TipButton(theme.ViewRefreshIcon(), "Compare", "", t.compareChosen)
	t.comparing.SetIcon(ui.IconJudge)
	t.copying = widgets.TipButton(theme.ContentCopyIcon(), "Duplicate", "Adds a copy of the run as it is saved. It can be trained on in another way, and the run stays as it is", t.duplicate)
	t.naming = widgets.TipButton(theme.DocumentCreateIcon(), "Rename", "Gives the run another name (F2)", t.rename)
	t.deleting = widgets.TipButton(theme.DeleteIcon(), "Delete", "", t.remove)
	t.trying = widgets.TipButton(theme.ListIcon(), "Try values", "Trains a run for each of several values, and says which is best", func() { p.tabs.Select(triesTab) })
	t.box = container.NewHBox(t.opening, t.comparing, t.copying, t.naming, t.deleting, t.trying)
	return t
}

// refresh enables what can be done now, and says why the rest cannot.
func (t *toolbar) refresh() {
	p := t.page
	l := p.table.current()
	writable := l != nil && p.s.Run != nil && !p.s.Run.Session.ReadOnly()
	why := t.whyNotOpen(l)
	ui.SetEnabled(t.opening, why == "")
	t.opening.SetTip("Shows the run, and goes on with it (Enter)")
	if why != "" {
		t.opening.SetTip(why)
	}
	chosen := p.table.chosen()
	ui.SetEnabled(t.comparing, len(chosen) > 1)
	t.comparing.SetTip("Lays the ticked runs beside one another")
	if len(chosen) < 2 {
		t.comparing.SetTip("Tick two runs or more to compare them")
	}
	ui.SetEnabled(t.copying, writable && l.problem == "" && l.entry.Step >= 0)
	ui.SetEnabled(t.naming, writable)
	why = t.whyNotDelete(chosen)
	ui.SetEnabled(t.deleting, writable && why == "")
	t.deleting.SetTip("Deletes the run. Undo brings it back until the project is closed (Delete)")
	title := "Delete"
	if len(chosen) > 1 {
		title = fmt.Sprintf("Delete %d", len(chosen))
		t.deleting.SetTip("Deletes the ticked runs. Undo brings them back until the project is closed (Delete)")
	}
	if t.deleting.Text != title {
		t.deleting.SetText(title)
	}
	if why != "" {
		t.deleting.SetTip(why)
	}
}

// whyNotOpen says why a run cannot be opened; "": it can.
func (t *toolbar) whyNotOpen(l *line) string {
	switch {
	case l == nil:
		return "Choose a run"
	case l.open:
		return "It is open"
	}
	return l.problem
}

// whyNotDelete says why runs cannot be deleted; "": they can.
func (t *toolbar) whyNotDelete(ids []int64) string {
	p := t.page
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
func (t *toolbar) showMenu(at fyne.Position) {
	p := t.page
	l := p.table.current()
	item := func(title string, b *widgets.TippedButton, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(title, do)
		i.Disabled = b.Disabled()
		return i
	}
	tick := fyne.NewMenuItem("Tick for comparing", func() { p.table.tick(l.entry.ID, !p.table.ticked[l.entry.ID]) })
	tick.Checked = p.table.ticked[l.entry.ID]
	menu := fyne.NewMenu("", item("Open", t.opening, t.open), tick, item("Compare the ticked", t.comparing, t.compareChosen), fyne.NewMenuItemSeparator(),
		item("Duplicate…", t.copying, t.duplicate), item("Rename…", t.naming, t.rename), item(t.deleting.Text, t.deleting, t.remove))
	widget.ShowPopUpMenuAtPosition(menu, p.host.Window().Canvas(), at)
}

// open opens the current run.
func (t *toolbar) open() {
	p := t.page
	if l := p.table.current(); t.whyNotOpen(l) == "" {
		p.s.Projects.Open(studio.Opening{Path: p.s.Run.Session.Path(), Run: l.entry.ID})
	}
}

// compareChosen lays the runs beside one another that are ticked.
func (t *toolbar) compareChosen() {
	p := t.page
	if ids := p.table.chosen(); len(ids) > 1 {
		p.compare.set(ids)
		p.tabs.Select(compareTab)
	}
}

// rename asks for another name of the current run.
func (t *toolbar) rename() {
	p := t.page
	l := p.table.current()
	if l == nil || t.naming.Disabled() {
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
func (t *toolbar) duplicate() {
	p := t.page
	l := p.table.current()
	if l == nil || t.copying.Disabled() {
		return
	}
	t.askDuplicate(l.entry)
}

// remove deletes the runs that are ticked, else the current one.
func (t *toolbar) remove() {
	p := t.page
	ids := p.table.chosen()
	if t.deleting.Disabled() {
		if why := t.whyNotDelete(ids); why != "" {
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
func (t *toolbar) askSmaller() {
	p := t.page
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
