package datapage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/widgets"
)

// A Page chooses what the generator learns to imitate, and shows what was understood of it.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnBuild turns to the networks, OnUse to this page, where downloaded data are to be learnt
	// from.
	OnBuild, OnUse func()

	fold      *ui.Fold
	right     *fyne.Container // findings above the views
	choices   *choices
	findings  *findings
	views     map[datasets.Kind]view
	catalogue *catalogue
	shown     string // the data that were brought to sight last
	visible   bool
}

// The columns of the page.
const (
	choosing = iota
	looking
)

// leastRight is the width that pictures need with one of them before and after.
const leastRight = 580

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnBuild: func() {}, OnUse: func() {}, views: make(map[datasets.Kind]view)}
	p.findings = newFindings(s, host, p.choose, p.Refresh, func() { p.OnBuild() })
	p.catalogue = newCatalogue(s, host, func() { p.OnUse() })
	middle := container.NewStack()
	made := make(map[datasets.Kind][]madeHere)
	for _, l := range looks {
		v := l.view(s, host)
		v.content().Hide()
		middle.Add(v.content())
		p.views[l.kind], made[l.kind] = v, v.cards()
	}
	p.choices = newChoices(s, p.AskFolder, p.AskFile, p.ShowCatalogue, made)
	p.right = widgets.Border(p.findings.box, nil, nil, nil, middle)
	p.fold = ui.NewFold(looking,
		ui.Column{Title: "Choose data", Width: 262, Content: p.choices.box},
		ui.Column{Title: "Chosen data", Width: 1, Least: leastRight, Content: container.NewPadded(p.right)})
	p.shown = s.Plan.Now().Data
	return p
}

// AskFile lets the user choose a file of data.
func (p *Page) AskFile() {
	p.host.AskFile("Choose data: an archive, a table, an array, a picture", "data", datasets.Endings(), p.s.Data.Choose)
}

// AskFolder lets the user choose a folder of pictures.
func (p *Page) AskFolder() {
	p.host.AskFolder("Choose a folder of pictures", "data", p.s.Data.Choose)
}

// StopExamining ends the examination of the data; the next one begins anew.
func (p *Page) StopExamining() { p.findings.health.stop() }

// ShowCatalogue offers sets of data that their makers let everybody download.
func (p *Page) ShowCatalogue() { p.catalogue.show() }

// SetVisible says whether the page can be seen.
func (p *Page) SetVisible(on bool) {
	p.visible = on
	p.choices.setVisible(on)
	p.s.Data.SetSeen(on)
	if on {
		p.examine()
	}
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.fold.Box }

// Close ends what draws in the background, and lets go of the files. Not on the UI goroutine, and
// after all jobs have ended.
func (p *Page) Close() {
	for _, v := range p.views {
		v.close()
	}
}

// Refresh shows the plan's data as they are now.
func (p *Page) Refresh() {
	p.choices.refresh()
	p.findings.refresh()
	p.examine()
	ui.Relayout(p.findings.head)
	p.place()
	p.place() // notes that wrap know their height once they have a width
	kind := kindNow(p.s)
	for _, l := range looks {
		ui.SetShown(p.views[l.kind].content(), l.kind == kind)
		p.views[l.kind].refresh()
	}
	data := p.s.Plan.Now().Data
	if p.visible {
		p.choices.sight.bring(data)
	}
	if data != p.shown {
		p.shown = data
		p.fold.Show(looking)
	}
}

// place lays out what is below the findings, which are as high as what they say.
func (p *Page) place() {
	p.findings.health.place()
	ui.Relayout(p.findings.box, p.right)
}

// examine has the data examined, if the page is seen. What is drawn by hand is as its drawer wants
// it.
func (p *Page) examine() {
	switch s := p.s.Data; {
	case !p.visible:
	case p.s.Plan.Now().Data == studio.Drawn, s.Coming != "":
		p.findings.health.examine(nil)
	default:
		p.findings.health.examine(s.Set)
	}
	p.place()
}

// choose shows some items of the whole set alone, or all if items is nil.
func (p *Page) choose(items []int) {
	p.views[kindNow(p.s)].choose(items)
	p.place()
}
