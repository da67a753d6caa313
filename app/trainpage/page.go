package trainpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/export/charts"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A Page shows a run as it goes on: charts of all of it, what the generator makes now, and the
// settings that can be changed meanwhile.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnTrain trains on, OnExplore shows what the generator makes of a latent.
	OnTrain   func()
	OnExplore func(z []float32, class, part int, origin string)
	OnBranch  func() // goes on from the step that is looked at
	// OnLayers is told the names of the layers that are shown.
	OnLayers func(names []string)
	// OnChartMenu opens the menu of a chart, with the items of how it is looked at, at a place on
	// the canvas.
	OnChartMenu func(of func() (charts.Chart, bool), view []*fyne.MenuItem, at fyne.Position)

	box     *fyne.Container
	stopped *stopBanner
	charts  *board
	picture *picture
	status  *statusPanel
	doctor  *doctorPanel
	knobs   *knobs
	best    *bestPanel
	game    *gameView
	views   *widgets.Tabs // board and game
	// OnView is told that the game is shown, or the board.
	OnView func(game bool)
	side   *container.Scroll // the right column below the run's state
	seen   bool
	fold   *ui.Fold // of the columns
	time   *timeLine
	live   session.Snapshot // the newest
	past   session.Snapshot // what was made at the step of the past that is looked at
}

// The columns of the page, from the left.
const (
	chartColumn = iota
	pictureColumn
	sideColumn
)

// sideHeight is what of the doctor's words and of the knobs shows at least: in a lower window the
// whole column scrolls.
const sideHeight = 240

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnTrain: func() {}, OnExplore: func([]float32, int, int, string) {}, OnBranch: func() {}, OnView: func(bool) {}, OnLayers: func([]string) {}, OnChartMenu: func(func() (charts.Chart, bool), []*fyne.MenuItem, fyne.Position) {}, charts: newBoard(), status: newStatusPanel(), doctor: newDoctorPanel(s, host), knobs: newKnobs(s, host), best: newBestPanel(s)}
	p.picture = newPicture(scene{explore: p.explore, menu: copyMenu(p), looked: p.look, memory: s.Memory})
	giveMenus(p)
	p.stopped = &stopBanner{Banner: ui.NewBanner(), halve: p.knobs.halveRates, again: func() { p.OnTrain() }}
	p.doctor.set(nil)
	words := ui.NewPanel(p.doctor.box)
	column := container.NewVBox(words, ui.NewPanel(p.knobs.box), p.best.box)
	p.side = container.NewVScroll(ui.ClearOfBar(column))
	p.side.SetMinSize(fyne.NewSize(0, sideHeight))
	p.doctor.around = func() { ui.Relayout(p.doctor.list, p.doctor.box, words, column); p.side.Refresh() }
	p.knobs.list.OnChanged = func() { ui.Relayout(p.knobs.list.Box, p.knobs.box, column); p.side.Refresh() }
	p.best.around = func() { ui.Relayout(column); p.side.Refresh() }
	right := container.NewBorder(ui.NewPanel(p.status.box), nil, nil, nil, widgets.ScrollWithin(p.side))
	p.fold = ui.NewFold(pictureColumn,
		ui.Column{Title: "Charts", Width: 0.45, Least: 280, Content: p.charts.box},
		ui.Column{Title: "Picture", Width: 0.55, Least: 260, Content: p.picture.box},
		ui.Column{Title: "Run and settings", Width: 316, Content: right})
	p.game = newGameView(s, scene{explore: p.explore, menu: copyMenu(p), looked: p.look, memory: s.Memory})
	p.game.onTrain = func() { p.OnTrain() }
	p.time = newTimeLine(s, func() { p.OnBranch() })
	p.views = gameSwitch(p, p.fold)
	p.box = widgets.Border(p.stopped, nil, nil, nil, container.New(timeLayout{p.time.bar.PictureHeight()}, p.views, p.time.box))
	p.stopped.Around = p.box
	p.listen()
	return p
}

// listen has the page follow the run.
func (p *Page) listen() {
	p.s.RunChanged.On(func(studio.None) {
		p.clear()
		p.best.show()
	})
	p.s.Remarked.On(func(studio.None) { p.best.show() })
	p.s.Charted.On(func(h session.History) {
		p.showCharts(h)
		p.showStatus()
	})
	p.s.Related.On(func(studio.None) { p.showCharts(p.charts.shown) })
	p.s.Looked.On(func(studio.None) { p.lookBack() })
	p.s.Recalled.On(func(past studio.Past) {
		p.past = session.Snapshot{Sheet: past.Sheet, Points: past.Points}
		p.showPicture(p.past)
	})
	p.s.News.On(func(n studio.News) {
		p.showSnapshot(n.Snapshot)
		if n.Turned {
			p.Refresh()
		}
	})
	p.s.Saved.On(func(studio.None) {
		p.showStatus()
		p.stopped.show(p.s.Status)
	})
}

// showCharts shows the metrics of the run.
func (p *Page) showCharts(h session.History) {
	p.charts.show(h, recipeOf(p.s), p.doctor, p.s.TimeLine.Relatives)
}

// Diagnosis returns the light of the doctor's words, and the worst of them.
func (p *Page) Diagnosis() (widgets.Health, string) { return diagnosis(p.doctor.report) }

// ShowDoctor brings the doctor's words to sight.
func (p *Page) ShowDoctor() {
	p.ShowGame(false)
	p.fold.Show(sideColumn)
	p.side.ScrollToTop()
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// clear forgets the run that was shown.
func (p *Page) clear() {
	p.live, p.past = session.Snapshot{}, session.Snapshot{}
	p.picture.clear()
	p.game.clear()
	p.stopped.forget()
	p.charts.clear()
	p.doctor.set(nil)
}

// SetVisible says whether the page can be seen: it follows the run all the same, but has nothing
// computed that is only looked at here.
func (p *Page) SetVisible(on bool) {
	p.seen = on
	p.game.setSeen(on && p.views.Selected() == 1)
	p.look()
}

// look has the run compute what is looked at.
func (p *Page) look() {
	p.OnLayers(inSight(p).view.layerNames())
	r := p.s.Run
	if r == nil {
		return
	}
	at := session.Look{}
	if p.seen {
		at = inSight(p).view.looks()
	}
	r.Session.Look(at)
}

// Close ends the goroutines that draw.
func (p *Page) Close() {
	p.charts.close()
	p.picture.close()
	p.game.close()
}

// Refresh shows the live settings as the run has them, or else the plan.
func (p *Page) Refresh() {
	p.picture.turnTo(p.kind())
	p.game.turnTo(p.kind())
	p.look()
	if p.knobs.show(recipeOf(p.s), p.picture.view.senseless()) {
		p.knobs.list.OnChanged()
		ui.Relayout(p.box)
	}
	p.showStatus()
}

// recipeOf returns the recipe of the run, before there is one the plan.
func recipeOf(s *studio.Studio) *recipe.Recipe {
	if r := s.Run; r != nil {
		return r.Recipe
	}
	return s.Plan.Now()
}

// kind is that of the run's data, before there is one of the plan's.
func (p *Page) kind() datasets.Kind {
	if set := p.s.RunData(); set != nil {
		return set.Info().Kind
	}
	return datasets.Pictures // which most data are
}

func (p *Page) showStatus() {
	if t := p.s.TimeLine; t.Past() {
		p.status.showPast(t.Text(), t.At, p.charts.shown)
		return
	}
	p.status.show(p.s.Status, p.s.Run != nil)
}

// showSnapshot shows news of the run.
func (p *Page) showSnapshot(n session.Snapshot) {
	p.showStatus()
	p.best.show()
	p.doctor.set(n.Doctor)
	p.charts.showLayers(n.Gradients)
	if r := p.s.Run; r != nil {
		p.game.play(n.Game, r.Session.Classes())
	}
	if p.live = n; !p.s.TimeLine.Past() {
		p.showPicture(n)
	}
	p.stopped.show(n.Status)
}

// showPicture shows what was made at a step.
func (p *Page) showPicture(n session.Snapshot) {
	if r := p.s.Run; r != nil {
		of := madeBy{r.Session.Classes(), r.Recipe.Generators}
		p.picture.take(n, of)
		p.game.take(n, of)
	}
}

// explore goes to the latent of something that is shown.
func (p *Page) explore(at place) {
	r := p.s.Run
	if r == nil {
		return
	}
	n := r.Recipe.Latent
	z := make([]float32, (at.latent+1)*n)
	gan.NewStream(r.Recipe.Seed, "sheet").Latents(z, r.Recipe.LatentKind)
	p.OnExplore(z[at.latent*n:], at.class, at.part, at.origin)
}
