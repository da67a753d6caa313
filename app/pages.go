package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/buildpage"
	"ganvas/app/datapage"
	"ganvas/app/explorepage"
	"ganvas/app/judgepage"
	"ganvas/app/runspage"
	"ganvas/app/startpage"
	"ganvas/app/studio"
	"ganvas/app/trainpage"
	"ganvas/app/ui"
	"ganvas/widgets"
)

// A page is one of the entries of the rail.
type page interface {
	Content() fyne.CanvasObject
	Refresh() // shows the plan, the data and the run as they are now
	SetVisible(on bool)
	Close() // ends what draws in the background; not on the UI goroutine, and after all jobs have ended
}

// An undoer is a page on which undo takes back moves, and not edits of the plan.
type undoer interface {
	Undo()
	Redo()
	EditLabels() (undo, redo string)
}

// pages are all pages, the rail that turns to them, and which of them is seen.
type pages struct {
	s       *studio.Studio
	desk    *ui.Desk
	rail    []*railItem
	column  fyne.CanvasObject // of the rail
	stack   *fyne.Container   // of the pages
	page    pageID
	start   *startpage.Page
	data    *datapage.Page
	build   *buildpage.Page
	train   *trainpage.Page
	explore *explorepage.Page
	judge   *judgepage.Page
	runs    *runspage.Page
	turned  func() // told whenever another page is shown; may be nil
}

// newPages makes the pages; version is that of the program.
func newPages(s *studio.Studio, desk *ui.Desk, version string) *pages {
	p := &pages{s: s, desk: desk, stack: container.NewStack()}
	p.start = startpage.New(s, desk)
	p.data, p.build, p.train = datapage.New(s, desk), buildpage.New(s, desk), trainpage.New(s, desk)
	p.explore, p.judge, p.runs = explorepage.New(s, desk), judgepage.New(s, desk, version), runspage.New(s, desk)
	p.column, p.rail = newRail(p.show)
	for _, page := range p.all() {
		page.Content().Hide()
		p.stack.Add(page.Content())
	}
	return p
}

// lastPage returns the page that was seen last, other than Start.
func (p *pages) lastPage() pageID {
	last := p.desk.Prefs.IntWithFallback("page", int(pageExplore-pageData))
	return pageData + pageID(min(max(last, 0), len(pageTitles)-1-int(pageData)))
}

// all returns the pages in the order of the rail.
func (p *pages) all() []page {
	return []page{p.start, p.data, p.build, p.train, p.explore, p.judge, p.runs}
}

// show turns to a page.
func (p *pages) show(id pageID) {
	widgets.HideTips()
	widgets.HideMenus()
	if id != p.page {
		p.leaveFocus()
	}
	p.page = id
	if id != pageStart { // to which nothing comes back
		p.desk.Prefs.SetInt("page", int(id-pageData))
	}
	for i, page := range p.all() {
		ui.SetShown(page.Content(), pageID(i) == id)
		p.rail[i].setSelected(pageID(i) == id)
	}
	for i, page := range p.all() {
		page.SetVisible(pageID(i) == id)
	}
	p.stack.Refresh()
	if p.turned != nil {
		p.turned()
	}
}

// leaveFocus takes the keyboard away from what is on the page that is left; the rail keeps it.
func (p *pages) leaveFocus() {
	c := p.desk.Win.Canvas()
	if _, onRail := c.Focused().(*railItem); !onRail {
		c.Unfocus()
	}
}

// showDoctor opens the doctor's words.
func (p *pages) showDoctor() {
	p.show(pageTrain)
	p.train.ShowDoctor()
}

// undoHere takes back the newest move on a page that has its own, on others the newest edit of the
// plan.
func (p *pages) undoHere() {
	if u, ok := p.all()[p.page].(undoer); ok {
		u.Undo()
		return
	}
	p.s.Plan.Undo()
}

// redoHere does again what undoHere took back.
func (p *pages) redoHere() {
	if u, ok := p.all()[p.page].(undoer); ok {
		u.Redo()
		return
	}
	p.s.Plan.Redo()
}

// editLabels returns what undoHere and redoHere would take back and do again, empty where there is
// nothing.
func (p *pages) editLabels() (undo, redo string) {
	if u, ok := p.all()[p.page].(undoer); ok {
		return u.EditLabels()
	}
	return p.s.Plan.Labels()
}
