package runspage

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/runs"
	"ganvas/widgets"
)

// A Page lists the runs of the project, and lays some of them beside one another.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnEdited is called when there is something else to undo.
	OnEdited func()

	box     *fyne.Container
	tabs    *widgets.Tabs
	table   *table
	detail  *detail
	bar     toolbar
	sum     *ui.Note // how many runs there are, and what they take
	smaller *widgets.TippedButton
	by      *widgets.Select
	names   []string // of measures, as by lists their titles
	pages   *fyne.Container
	list    fyne.CanvasObject
	empty   fyne.CanvasObject
	compare *comparison

	shown   studio.RunList
	thumbs  thumbs
	history changes
	visible bool
	stale   bool  // the runs have changed since they were read
	reading bool  // they are just read
	saved   int64 // step of the run's last save, as last told
}

// The tabs of the page.
const (
	listTab = iota
	compareTab
)

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnEdited: func() {}, stale: true}
	p.history.page, p.thumbs.page = p, p
	p.table, p.detail, p.compare = newTable(p), newDetail(p), newComparison(p)
	p.bar = newToolbar(p)
	p.sum = ui.NewNoteLine("")
	p.smaller = widgets.TipButton(theme.ViewRestoreIcon(), "Make the file smaller", "", p.askSmaller)
	p.smaller.Hide()
	p.by = widgets.NewSelect(nil, func(string) { p.fill() })
	p.by.PlaceHolder = "–"
	tools := container.NewBorder(nil, nil, p.bar.box, container.NewHBox(widgets.Tip(widget.NewLabel("Best by"), "The number by which the best step of each run is chosen. Judge measures it"), container.New(ui.FixedWidth(176), p.by)))
	bottom := container.NewVBox(container.NewBorder(nil, nil, nil, p.smaller, p.sum), p.detail.box)
	p.list = container.NewBorder(tools, bottom, nil, nil, p.table)
	p.empty = newEmpty()
	p.pages = container.NewStack(p.list, p.empty)
	p.tabs = widgets.NewTabs(widgets.Tab{Title: "All runs", Content: p.pages}, widgets.Tab{Title: "Compare", Content: p.compare.box})
	p.tabs.OnSelected = func(i int) {
		if i == compareTab {
			p.compare.load()
		}
	}
	p.box = container.NewStack(p.tabs)
	s.RunChanged.On(func(studio.None) { p.forget() })
	s.Runs.Changed.On(func(studio.None) { p.renew() })
	s.Saved.On(func(studio.None) { p.renew() })
	s.News.On(func(n studio.News) {
		if at := n.Status.LastSave.UnixNano(); n.Turned || at != p.saved {
			p.saved = at
			p.renew()
		}
	})
	p.fill()
	return p
}

// newEmpty says what runs are, where there are none.
func newEmpty() fyne.CanvasObject {
	text := ui.NewText("There are no runs yet.\n\nA run is one training, from its first step. Press Train to start one. Other data or other settings start another, and every run stays in the project: here you see in what they differ and which is best.")
	text.Alignment = fyne.TextAlignCenter
	return container.NewCenter(container.New(ui.FixedWidth(440), text))
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// SetVisible says whether the page can be seen: otherwise nothing is read for it.
func (p *Page) SetVisible(on bool) {
	p.visible = on
	if on {
		p.read()
	} else {
		p.detail.keep()
	}
}

// Refresh shows the run that is open as it is now.
func (p *Page) Refresh() { p.bar.refresh() }

// Close ends the goroutines that draw. Not on the UI goroutine.
func (p *Page) Close() { p.compare.close() }

// Undo takes back the newest change of the list, Redo does it again.
func (p *Page) Undo() { p.history.undo() }

// Redo does again what Undo took back.
func (p *Page) Redo() { p.history.redo() }

// EditLabels returns what Undo and Redo would do, empty where that is nothing.
func (p *Page) EditLabels() (undo, redo string) { return p.history.labels() }

// forget shows nothing of the project that was open.
func (p *Page) forget() {
	if f := p.s.Runs.File(); f != p.thumbs.file {
		p.thumbs.clear(f)
		p.history.clear()
		p.table.reset()
		p.shown = studio.RunList{}
		p.compare.forget()
		p.fill()
	}
	if r := p.s.Run; r != nil {
		p.detail.keep()
		p.table.at = r.Session.RunID()
	}
	p.renew()
}

// renew has the runs read anew, once the page can be seen.
func (p *Page) renew() {
	p.stale = true
	p.read()
}

// read reads the runs where what is shown is no longer true.
func (p *Page) read() {
	if !p.visible || !p.stale || p.reading {
		return
	}
	p.stale, p.reading = false, true
	f := p.s.Runs.File()
	p.s.Runs.Read(func(list studio.RunList) {
		p.reading = false
		if p.s.Runs.File() == f {
			p.shown = list
			p.fill()
			p.thumbs.load(list.Entries)
		}
		p.read()
	})
	if f == nil {
		p.reading = false
	}
}

// fill shows what was read.
func (p *Page) fill() {
	none := len(p.shown.Entries) == 0
	ui.SetShown(p.list, !none)
	ui.SetShown(p.empty, none && (!p.reading || p.s.Run == nil))
	p.fillMeasures()
	p.table.set(p.rows())
	p.detail.show(p.table.current())
	p.fillSum()
	p.bar.refresh()
}

// fillMeasures offers what was measured of any run.
func (p *Page) fillMeasures() {
	names := runs.Measured(p.shown.Entries)
	if slices.Equal(names, p.names) {
		return
	}
	p.names = names
	var list []string
	for _, n := range names {
		title, _ := titles.Measure(n)
		list = append(list, title)
	}
	p.by.Options = list
	ui.SetEnabled(p.by, len(list) > 0)
	if !slices.Contains(list, p.by.Selected) {
		p.by.Selected = ""
		if len(list) > 0 {
			p.by.Selected = list[0]
		}
	}
	p.by.Refresh()
}

// measure is the number by which the best step is chosen, "" where nothing was measured.
func (p *Page) measure() string {
	if i := slices.Index(p.by.Options, p.by.Selected); i >= 0 && i < len(p.names) {
		return p.names[i]
	}
	return ""
}

// fillSum says what the runs take.
func (p *Page) fillSum() {
	w := p.shown.Weight
	text := words.Counted(len(p.shown.Entries), "run") + ", " + words.ByteSize(w.Bytes) + " in the project file"
	var gone int64
	for _, r := range p.shown.Deleted {
		gone += w.Runs[r.ID].Bytes()
	}
	switch {
	case len(p.shown.Deleted) > 0:
		text += ". " + words.Counted(len(p.shown.Deleted), "deleted run") + ": " + words.ByteSize(gone) + " are free once the project is closed; Undo brings them back until then"
	case w.Free >= leastFree:
		text += ", of which " + words.ByteSize(w.Free) + " are free for what is saved next"
	}
	p.sum.Set(text + ".")
	if ui.SetShown(p.smaller, len(p.shown.Deleted) > 0 || w.Free >= leastFree) {
		p.list.Refresh()
	}
}

// leastFree is how many bytes are worth giving back to the disk.
const leastFree = 1 << 20
