package app

import (
	"path/filepath"
	"sync/atomic"

	"ganvas/app/titles"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/datasets/catalog"
	"ganvas/engine/memory"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
	"ganvas/widgets"
)

// Options are what the window starts with.
type Options struct {
	Files   []string // to open: a project, a recipe or data; none: what was open last, or the example
	Version string   // for the about box
	Example []byte   // a project with a trained generator, shown at the first start; may be nil
	Home    string   // folder for settings and drafts; empty: session.Home()
	// OldSettings are files with the settings of earlier versions, the newest first.
	OldSettings []string
	Crash       string // file with the error that ended the program last time; "": none did
	// Exit ends the process at once where the window cannot end properly; nil: it does not.
	Exit func(code int)
}

// An App is Ganvas' window. Its methods belong to the UI goroutine.
type App struct {
	fyne    fyne.App
	options Options
	window  fyne.Window
	prefs   preferences
	do      func(func()) // onScreen
	over    atomic.Bool  // the window has ended, or is about to
	jobs    *jobs
	ending  ending
	shown   atomic.Pointer[run] // run, for other goroutines

	activity  *activity
	note      *banner
	transport *widgets.TransportBar
	rail      []*railItem
	stack     *fyne.Container // of the pages
	page      pageID
	data      *dataPage
	build     *buildPage
	train     *trainPage
	explore   *explorePage
	judge     *judgePage
	menu      *menus

	catalogue catalogue
	plan      history[*recipe.Recipe]
	source    source
	run       *run           // nil: nothing has been trained or opened yet
	status    session.Status // of run, as last shown
	forecast  forecast
	reason    string // why the plan cannot be trained; empty: it can
	planned   bool   // the plan is another run than the one that is open
	closing   bool
	unsaved   string // what the banner says of saving that fails
	coming    string // what is about to be opened; "": nothing
	damaged   error  // why the settings could not be read; nil: they could
	dialogs   []shownDialog

	processors int                   // that training may use unless it saves energy
	free       func() (int64, error) // bytes of memory that are free
	told       int                   // process that the window has said to be training as well

	afterReading func() // called once the data of the plan are read; may be nil
}

// A page is one of the four.
type page interface {
	content() fyne.CanvasObject
	refresh() // shows the plan, the data and the run as they are now
}

// New builds the window. It does no slow work: what is to be opened is opened once the application
// has started.
func New(fa fyne.App, o Options) *App {
	if o.Home == "" {
		o.Home = session.Home()
	}
	if o.Exit == nil {
		o.Exit = func(int) {}
	}
	settings, damaged := openStore(filepath.Join(o.Home, settingsName), o.OldSettings...)
	a := &App{fyne: fa, options: o, prefs: preferences{settings}, processors: tensor.Threads(), free: memory.Free}
	a.useProcessors()
	a.do = a.onScreen
	a.ending.ended, a.ending.rest = make(chan struct{}), make(chan struct{})
	if err := speakEnglish(); err != nil {
		fyne.LogError("words of dialogs", err)
	}
	fa.Settings().SetTheme(newLook(a.prefs.scheme()))
	a.window = fa.NewWindow("Ganvas")
	a.jobs = newJobs(a.do)
	a.plan.reset(recipe.Default())
	if r, err := recipe.Named(recipe.DefaultPreset); err == nil {
		a.plan.reset(r)
	}
	a.catalogue = catalogue{app: a, sets: catalog.Sets()}
	a.activity = newActivity(a.jobs)
	a.note = newBanner()
	a.transport = widgets.NewTransportBar()
	a.transport.OnTrain = a.trainPressed
	a.transport.OnPause = a.pause
	a.transport.OnHealth = a.showDoctor
	a.transport.OnStepD = func() { a.start((*session.Session).StepD) }
	a.transport.OnStepG = func() { a.start((*session.Session).StepG) }
	a.transport.OnStepBoth = func() { a.start((*session.Session).StepBoth) }
	a.data, a.build, a.train, a.explore, a.judge = newDataPage(a), newBuildPage(a), newTrainPage(a), newExplorePage(a), newJudgePage(a)
	a.window.SetContent(a.frame())
	a.menu = newMenus(a)
	a.window.SetMainMenu(a.menu.main)
	a.addKeys()
	a.window.SetMaster()
	a.window.SetPadded(false)
	a.window.Resize(a.prefs.windowSize())
	a.window.CenterOnScreen()
	a.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { a.dropped(uris) })
	a.window.SetCloseIntercept(a.close)
	a.show(pageID(min(max(a.prefs.IntWithFallback("page", int(pageExplore)), 0), len(pageTitles)-1)))
	a.announceFirst()
	a.refresh()
	settings.fail = func(err error) { a.do(func() { a.note.warn("The settings are not kept: " + err.Error() + ".") }) }
	a.damaged = damaged
	fa.Lifecycle().SetOnStarted(a.started)
	return a
}

// Window returns the window.
func (a *App) Window() fyne.Window { return a.window }

// onScreen calls f on the UI goroutine, as fyne.Do does, as long as there is a screen: after its
// end Fyne would call f on whatever goroutine asks.
func (a *App) onScreen(f func()) {
	if a.over.Load() {
		return
	}
	fyne.Do(func() {
		if !a.over.Load() {
			f()
		}
	})
}

// frame lays out what is always visible around the pages.
func (a *App) frame() fyne.CanvasObject {
	rail, items := newRail(a.show)
	a.rail = items
	a.stack = container.NewStack()
	for _, p := range a.pages() {
		p.content().Hide()
		a.stack.Add(p.content())
	}
	bar := container.NewStack(newSurface(theme.ColorNameHeaderBackground),
		container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), a.transport))
	bottom := container.NewVBox(a.activity.line, widget.NewSeparator(), bar)
	centre := container.NewBorder(a.note, nil, nil, nil, container.NewPadded(a.stack))
	all := container.NewBorder(nil, bottom, rail, nil, centre)
	a.note.around = centre
	a.activity.around = []*fyne.Container{bottom, all}
	return widgets.WithTips(all)
}

func (a *App) pages() []page { return []page{a.data, a.build, a.train, a.explore, a.judge} }

// show turns to a page.
func (a *App) show(id pageID) {
	widgets.HideTips()
	if id != a.page {
		a.leaveFocus()
	}
	a.page = id
	for i, p := range a.pages() {
		setShown(p.content(), pageID(i) == id)
		a.rail[i].setSelected(pageID(i) == id)
	}
	a.prefs.SetInt("page", int(id))
	a.explore.setVisible(id == pageExplore)
	if id == pageData {
		a.data.loadThumbnails()
		a.readLabels()
		a.data.examine()
	}
	if id == pageBuild {
		a.measure()
	}
	a.stack.Refresh()
}

// leaveFocus takes the keyboard away from what is on the page that is left; the rail keeps it.
func (a *App) leaveFocus() {
	c := a.window.Canvas()
	if _, onRail := c.Focused().(*railItem); !onRail {
		c.Unfocus()
	}
}

// edit makes r the plan.
func (a *App) edit(r *recipe.Recipe, label string, joinable bool) {
	if r.Equal(a.plan.now) {
		a.refresh()
		return
	}
	a.plan.push(r, label, joinable)
	a.planChanged()
}

func (a *App) undo() {
	if _, ok := a.plan.back(); ok {
		a.note.hide()
		a.planChanged()
	}
}

func (a *App) redo() {
	if _, ok := a.plan.forward(); ok {
		a.note.hide()
		a.planChanged()
	}
}

// planChanged brings everything that depends on the plan up to it.
func (a *App) planChanged() {
	a.syncData()
	a.syncLive()
	a.refresh()
	a.measure()
}

// syncLive hands changes that a run takes while it goes on to the run, if nothing else has changed.
func (a *App) syncLive() {
	if a.run == nil {
		return
	}
	changes := recipe.Diff(a.run.recipe, a.plan.now)
	for _, c := range changes {
		if !titles.IsLive(c.Key) {
			return
		}
	}
	for _, c := range changes {
		a.run.set(c.Key, c.To)
	}
}

// refresh brings the screen to the state of the window.
func (a *App) refresh() {
	a.endDialogs()
	a.planned = a.run != nil && !a.run.recipe.Equal(a.plan.now)
	a.reason = a.whyNot()
	for _, p := range a.pages() {
		p.refresh()
	}
	a.refreshStatus()
}

// refreshStatus brings title, menus and transport bar to the state of the run.
func (a *App) refreshStatus() {
	a.window.SetTitle(a.title())
	s := a.status
	health, word := widgets.HealthUnknown, ""
	if a.run != nil {
		health, word = diagnosis(a.train.doctor.report)
	}
	a.transport.Set(widgets.TransportState{
		Running: s.Running, Ready: a.reason == "", Reason: a.reason,
		Step: s.Step, Steps: s.Steps, Epoch: s.Epoch, ImagesPerSecond: s.ImagesPerSecond, Items: a.itemsWord(), Left: s.Left,
		Message: a.message(), Health: health, Diagnosis: word,
	})
	a.menu.refresh()
}

func (a *App) title() string {
	dot := ""
	if a.run != nil && a.run.session.Draft() {
		dot = " •"
	}
	return a.projectName() + dot + " – Ganvas"
}

// projectName is what the project is called.
func (a *App) projectName() string {
	switch {
	case a.run == nil:
		return "untitled"
	case a.run.session.Draft():
		return givenName(a.run.recipe) + " (draft)"
	}
	return filepath.Base(a.run.session.Path())
}

// message is what the transport bar says at its end.
func (a *App) message() string {
	s := a.status
	switch {
	case a.run == nil:
		return ""
	case s.Err != nil && !unsaved(s):
		return "stopped: see the Train page"
	case s.SaveErr != nil:
		return "not saved"
	case a.planned:
		return "the recipe has changed: Train starts a new run"
	case s.Message != "":
		return s.Message
	case s.Running && !s.LastSave.IsZero():
		return "saved " + s.LastSave.Format("15:04:05")
	case s.Running:
		return ""
	case s.Steps > 0 && s.Step >= s.Steps:
		return "finished"
	case s.Step == 0:
		return "not trained yet"
	}
	return "paused, saved"
}

// showSnapshot shows news of the run.
func (a *App) showSnapshot(s session.Snapshot) {
	wasRunning := a.status.Running
	failed := s.Status.Err != nil && a.status.Err == nil
	a.status = s.Status
	a.train.showSnapshot(s)
	a.showSaving(s.Status)
	a.refreshStatus()
	a.explore.fetch()
	if s.Status.Running && !wasRunning {
		a.lookForOthers()
	}
	if wasRunning != s.Status.Running {
		a.train.refresh()
		a.build.refresh()
	}
	if failed {
		a.show(pageTrain)
	}
}
