package app

import (
	"path/filepath"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/export"
	"ganvas/app/lessons"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/memory"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/internal/clipboard"
	"ganvas/internal/finder"
	"ganvas/widgets"
)

// Options are what the window starts with.
type Options struct {
	Files []string // to open: a project, a recipe or data; none: what was open last, or the example
	// Opened is where the files of macOS's Finder come in; nil: none do.
	Opened  *finder.Inbox
	Version string // for the about box, as are the next two
	// Licences lists what the program contains: lines "### title" above each text; empty: it is not
	// shown.
	Licences string
	Releases string // address of newer versions; empty: none is known
	// Examples are projects with trained generators; the first invents the pictures of Start.
	Examples []studio.Example
	Home     string // folder for settings and drafts; empty: session.Home()
	// OldSettings are files with the settings of earlier versions, the newest first.
	OldSettings []string
	Crash       string // file with the error that ended the program last time; "": none did
	// Exit ends the process at once where the window cannot end properly; nil: it does not.
	Exit func(code int)
}

// An App is Ganvas' window: it puts a studio, the pages and the menus together. Its methods belong
// to the UI goroutine.
type App struct {
	fyne    fyne.App
	options Options
	prefs   settings.Preferences
	s       *studio.Studio
	desk    *ui.Desk

	over   atomic.Bool // the window has ended, or is about to
	still  bool        // the system asks for less movement
	ending ending

	*pages
	*opener

	away      *export.Window
	lessons   *lessons.Column
	activity  *ui.Activity
	note      *ui.Banner
	transport *widgets.TransportBar
	menu      *menus
	ask       *questions
	report    *reporter
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
	kept, damaged := settings.Open(filepath.Join(o.Home, settings.FileName), o.OldSettings...)
	a := &App{fyne: fa, options: o, prefs: settings.Preferences{Store: kept}, ending: newEnding()}
	if err := speakEnglish(); err != nil {
		fyne.LogError("words of dialogs", err)
	}
	fa.Settings().SetTheme(ui.NewTheme(a.prefs.Scheme()))
	a.desk = &ui.Desk{Win: fa.NewWindow("Ganvas"), Prefs: a.prefs}
	a.s = studio.New(studio.Options{Do: a.onScreen, Home: o.Home, Memory: a.prefs, Free: memory.Free, Examples: o.Examples, Version: o.Version, Copy: clipboard.Copy})
	a.pages = newPages(a.s, a.desk, o.Version)
	a.ask = &questions{s: a.s, desk: a.desk, show: a.show}
	a.opener = &opener{s: a.s, desk: a.desk, ask: a.ask, pages: a.pages, options: o, damaged: damaged}
	a.report = &reporter{app: a}
	a.lessons = lessons.New(a.s, a.desk, settings.Lessons{Store: kept})
	a.opener.lesson = a.lessons.OpenFile
	a.away = &export.Window{S: a.s, Host: a.desk, Prefs: a.prefs, Version: o.Version, Picture: a.savePicture}
	a.makeParts()
	a.listen()
	askSystem(a)
	a.makeWindow()
	a.show(a.firstPage())
	a.announceFirst()
	a.s.Refresh()
	kept.Fail = func(err error) { a.onScreen(func() { a.s.Warn("The settings are not kept: " + err.Error() + ".") }) }
	fa.Lifecycle().SetOnStarted(a.started)
	return a
}

// makeParts makes what the window is put together of.
func (a *App) makeParts() {
	a.activity = ui.NewActivity(a.s.Work)
	a.note = ui.NewBanner()
	a.note.After = a.after
	a.transport = widgets.NewTransportBar()
	a.transport.OnTrain = a.ask.train
	a.transport.OnPause = a.s.Training.Pause
	a.transport.OnHealth = a.showDoctor
	a.transport.OnStepD = func() { a.step((*session.Session).StepD) }
	a.transport.OnStepG = func() { a.step((*session.Session).StepG) }
	a.transport.OnStepBoth = func() { a.step((*session.Session).StepBoth) }
	a.start.Calm = func() bool { return calm(a) }
	a.start.OnLearn = a.learn
	a.start.OnWatch = func(r *recipe.Recipe) {
		a.train.ShowGame(true)
		a.learn(r)
	}
	a.start.OnPlay = func() { a.openExample(a.options.Examples[0]) }
	a.start.OnOpen = a.openProject
	a.data.OnBuild = func() { a.show(pageBuild) }
	a.data.OnUse = func() { a.show(pageData) }
	a.train.OnTrain, a.train.OnBranch = a.ask.train, a.ask.askBranch
	a.train.ShowGame(a.prefs.Bool("game"))
	a.train.OnExplore = func(z []float32, class, part int, origin string) {
		a.show(pageExplore)
		a.explore.GoTo(z, class, part, origin)
	}
	a.train.OnChartMenu, a.judge.OnChartMenu = a.away.ChartMenu, a.away.ChartMenu
	a.judge.OnLook = func() { a.show(pageTrain) }
	a.explore.OnMoved = func() {
		a.menu.refresh()
		a.lessons.Count("moved")
	}
	a.runs.OnEdited = func() { a.menu.refresh() }
	a.explore.OnSavePicture = a.savePicture
	a.wireLessons()
	a.explore.OnSaveFinds = func() { export.Finds(a.s, a.desk, a.prefs) }
	a.explore.OnSaveLoop = func() { export.Loop(a.s, a.desk, a.prefs) }
}

// listen has the window follow the studio. The pages, which were made before, have heard of it
// first.
func (a *App) listen() {
	s := a.s
	s.Changed.On(func(studio.None) {
		a.desk.EndDialogs()
		for _, p := range a.all() {
			p.Refresh()
		}
		a.report.refresh()
	})
	s.SetToWork.On(func(studio.None) {
		if a.page == pageStart || a.page == pageData || a.page == pageBuild { // where nothing of the training could be seen
			a.show(pageTrain)
		}
	})
	s.Looked.On(func(studio.None) { a.menu.refresh() })
	s.News.On(func(n studio.News) {
		a.report.showSaving(n.Status)
		a.report.refresh()
		if n.Failed {
			a.show(pageTrain)
		}
	})
	s.Saved.On(func(studio.None) {
		a.report.showSaving(s.Status)
		a.report.refresh()
	})
	s.RunChanged.On(func(studio.None) {
		if s.Run != nil && a.page == pageStart {
			a.show(a.lastPage())
		}
		if s.Run != nil && s.Run.Session.ReadOnly() {
			a.ask.sayReadOnly()
		}
	})
	s.Announced.On(func(coming string) {
		if coming == "" && s.Run == nil { // what was to be opened is not
			a.show(pageStart)
		}
	})
	s.Remembered.On(func(studio.None) {
		a.menu.refreshRecent()
		a.menu.refresh()
	})
	s.Visited.On(func(studio.Visit) { a.show(pageExplore) })
	s.Said.On(a.note.Say)
	s.Failed.On(a.desk.Fail)
	s.Asked.On(a.ask.answer)
}

// makeWindow fills the window.
func (a *App) makeWindow() {
	w := a.desk.Win
	w.SetContent(a.frame())
	a.menu = newMenus(a)
	a.menu.showKeys()
	w.SetMainMenu(a.menu.main)
	a.menu.addKeys()
	w.SetMaster()
	w.SetPadded(false)
	w.Resize(fyne.NewSize(a.prefs.WindowSize()))
	w.CenterOnScreen()
	w.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { a.dropped(uris) })
	w.SetCloseIntercept(a.close)
}

// learn trains a recipe as a new project.
func (a *App) learn(r *recipe.Recipe) {
	a.s.Projects.Begin(r, func() {
		a.show(pageTrain)
		a.s.Training.WhenReady(a.ask.train)
	})
}

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

// after has f called on the UI goroutine after d, unless stop is called before.
func (a *App) after(d time.Duration, f func()) (stop func()) {
	stopped := false
	t := time.AfterFunc(d, func() {
		a.onScreen(func() {
			if !stopped {
				f()
			}
		})
	})
	return func() {
		stopped = true
		t.Stop()
	}
}

// frame lays out what is always visible around the pages.
func (a *App) frame() fyne.CanvasObject {
	bar := container.NewStack(ui.NewSurface(theme.ColorNameHeaderBackground),
		container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), a.transport))
	bottom := container.NewVBox(a.activity.Line, widget.NewSeparator(), bar)
	centre := container.New(ui.Under{Banner: a.note}, container.NewPadded(a.stack), a.note)
	left := container.NewBorder(nil, nil, a.column, nil, a.lessons.Content())
	all := container.NewBorder(nil, bottom, left, nil, centre)
	a.lessons.Around = []*fyne.Container{left, all}
	a.note.Around = centre
	a.activity.Around = []*fyne.Container{bottom, all}
	return widgets.WithTips(all)
}
