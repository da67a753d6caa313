package judgepage

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/export/charts"
	"ganvas/engine/judge"
	"ganvas/widgets"
)

// A Page says what the samples are worth: numbers beside what real data score, real beside
// generated items, and the training items that are most like a sample.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnChartMenu opens the menu of a chart, with the items of how it is looked at, at a place on
	// the canvas.
	OnChartMenu func(of func() (charts.Chart, bool), view []*fyne.MenuItem, at fyne.Position)

	// OnJudged is told of every report, and OnGuessed of every answer in the game.
	OnJudged, OnGuessed func()

	box *fyne.Container

	start   *widgets.TippedButton
	samples *widgets.Select
	wanted  string // of sampleCounts
	ema     *averagedCheck
	when    *ui.Note
	table   *fyne.Container
	tight   fyne.CanvasObject // the table in its theme
	notes   *widget.Label
	said    *fyne.Container   // table and notes, which it places anew when the report changes
	scroll  *container.Scroll // of said

	views map[datasets.Kind]kindView
	items *fyne.Container // with the views' objects
	fold  *ui.Fold        // of numbers and items

	tabs   *widgets.Tabs
	course *judgeCourse
	game   *guessGame
	tables *benchmarks

	run    *studio.Run // that the report is of
	step   int64
	set    datasets.Set
	report *judge.Report
}

// The tabs of the page.
const (
	samplesTab = iota
	courseTab
	gameTab
	benchTab
)

// judgeSeed is that of the latents: the same for all, so that numbers of different steps can be
// compared.
const judgeSeed = 1

var sampleCounts = []string{"500", "1000", "2000", "5000"}

// New returns the page of a studio, which follows it from then on; version is that of the program.
func New(s *studio.Studio, host ui.Host, version string) *Page {
	p := &Page{s: s, host: host, OnJudged: func() {}, OnGuessed: func() {}, OnChartMenu: func(func() (charts.Chart, bool), []*fyne.MenuItem, fyne.Position) {}}
	p.start = widgets.TipButton(theme.MediaPlayIcon(), "Judge", "Draws samples from the generator as it is now and compares them with the data", p.judge)
	p.start.Importance = widget.HighImportance
	p.samples = widgets.NewSelect(sampleCounts, nil)
	p.wanted = "2000"
	p.samples.Selected = p.wanted
	p.samples.OnChanged = func(s string) {
		p.wanted = s
		p.course.load()
	}
	p.ema = newAveragedCheck(func() { p.course.load() })
	p.when = ui.NewNoteLine("")
	p.table = container.New(layout.NewCustomPaddedVBoxLayout(0))
	p.tight = widgets.Dense(p.table)
	p.notes = widget.NewLabel("")
	p.notes.Wrapping, p.notes.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	options := container.NewBorder(nil, nil, container.NewHBox(p.start, widgets.Tip(widget.NewLabel("Samples"), "More samples make smaller errors and take longer"),
		container.New(ui.FixedWidth(96), p.samples)), p.ema.box)
	head := container.NewVBox(ui.NewHeading("What the samples are worth"), options, p.when)
	p.said = container.NewVBox(p.tight, p.notes)
	p.scroll = container.NewVScroll(ui.ClearOfBar(p.said))
	left := container.NewBorder(head, nil, nil, nil, p.scroll)
	p.views, p.items = make(map[datasets.Kind]kindView), container.NewStack()
	for kind, newView := range kinds {
		v := newView()
		p.views[kind] = v
		p.items.Add(v.object())
		v.object().Hide()
	}
	p.fold = ui.NewFold(0,
		ui.Column{Title: "Numbers", Width: 456, Content: ui.NewPanel(left)},
		ui.Column{Title: "Samples and real items", Width: 1, Least: 360, Content: container.NewPadded(p.items)})
	p.course, p.game, p.tables = newJudgeCourse(p), newGuessGame(p), newBenchmarks(s, host, version)
	p.tabs = widgets.NewTabs(widgets.Tab{Title: "Samples", Content: p.fold.Box}, widgets.Tab{Title: "Over the run", Content: p.course.box},
		widgets.Tab{Title: "Which is real?", Content: p.game.box}, widgets.Tab{Title: "Benchmarks", Content: p.tables.box})
	p.tabs.OnSelected = func(i int) {
		switch i {
		case courseTab:
			p.course.load()
		case benchTab:
			p.tables.load()
		}
	}
	p.box = container.NewStack(p.tabs)
	s.News.On(func(studio.News) { p.follow() })
	return p
}

// count is how many samples the user wants, at most.
func (p *Page) count() int {
	n, err := strconv.Atoi(p.wanted)
	if err != nil {
		panic("judgepage: " + err.Error()) // one of sampleCounts
	}
	return n
}

// showCount shows how many samples were used: fewer than are wanted if fewer items are held out. 0:
// none yet.
func (p *Page) showCount(used int) {
	text := p.wanted
	if used > 0 && used < p.count() {
		text = "all " + humanize.Comma(int64(used))
	}
	if p.samples.Selected != text {
		p.samples.Selected = text
		p.samples.Refresh()
	}
}

// heldOut is how many items are held out to stand beside samples, at most; 0: nobody knows.
func (p *Page) heldOut() int {
	set := p.s.RunData()
	if p.s.Run == nil || set == nil {
		return 0
	}
	return datasets.HeldOut(set.Len(), p.s.Run.Recipe.HeldOut)
}

// key names the judgements that may be compared with what the user wants.
func (p *Page) key() string {
	kind := datasets.Pictures
	if set := p.s.RunData(); set != nil {
		kind = set.Info().Kind
	}
	return judge.Key(kind, p.count(), p.ema.Checked)
}

// SetVisible says whether the page can be seen, which changes nothing.
func (p *Page) SetVisible(bool) {}

// Key answers with an arrow key, if the game is what is looked at.
func (p *Page) Key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		p.game.key(0)
	case fyne.KeyRight:
		p.game.key(1)
	}
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// Close ends what draws in the background and waits for it. Not on the UI goroutine.
func (p *Page) Close() {
	for _, v := range p.views {
		v.close()
	}
	p.course.close()
	p.game.close()
}

// view is that of the data of the run, before there is one of the plan.
func (p *Page) view() kindView { return p.viewOf(p.s.RunData()) }

// possible tells whether there are a generator and data to judge it by.
func (p *Page) possible() bool { return p.s.Run != nil && p.s.RunData() != nil }

// viewOf is the view of the kind of a set; nil: nobody knows.
func (p *Page) viewOf(set datasets.Set) kindView {
	if set != nil {
		if v := p.views[set.Info().Kind]; v != nil {
			return v
		}
	}
	return p.views[datasets.Pictures]
}

// Refresh shows the run as it is now; a report of another run goes.
func (p *Page) Refresh() {
	for _, v := range p.views {
		ui.SetShown(v.object(), v == p.view())
	}
	ui.SetEnabled(p.start, p.possible())
	ui.SetEnabled(p.course.all, p.possible())
	p.follow()
	if p.report != nil && p.run != p.s.Run {
		p.show(nil, nil)
	}
	if p.report == nil || p.view().noGame() != "" {
		p.game.idle("") // there is none
	}
	p.course.load() // which also shows what was judged before
}

// follow offers what the run can be asked for where it is now.
func (p *Page) follow() {
	p.ema.follow(p.s)
	p.course.follow()
}

// judge compares the run's generator with its data, in the background.
func (p *Page) judge() {
	if !p.possible() || p.s.Work.After(p.judge) {
		return
	}
	r, set, ema, step := p.s.Run, p.s.RunData(), p.ema.Checked, p.s.Status.Step
	key, still := p.key(), !p.s.Status.Running
	o := judge.Options{Samples: p.count(), Seed: judgeSeed, GiveWay: true, Alone: r.Alone, HeldOut: r.Recipe.HeldOut, Objective: r.Recipe.Objective}
	var report judge.Report
	p.s.Work.Run("Judging the generator", func(ctx context.Context, tell func(done, total int)) error {
		var err error
		o.Progress = func(_ string, share float64) { tell(int(share*studio.InPercent), studio.InPercent) }
		p.viewOf(set).needs(&o, r.Session)
		if report, err = judge.Evaluate(ctx, r.Session.Generator(ema), set, o); err != nil || !still {
			return err
		}
		return keepMeasures(r.Session, step, key, report.Measures)
	}, func(err error) {
		switch {
		case err != nil:
			p.s.FailUnlessCancelled(err)
		case p.s.Run == r:
			p.run, p.set, p.step = r, set, step
			p.show(&report, set)
			p.game.idle("")
			text := fmt.Sprintf("Step %s, %s beside %s held-out items", humanize.Comma(step),
				words.Counted(report.Measures[0].Samples, "sample"), humanize.Comma(int64(len(report.HeldOut))))
			if report.AllHeldOut {
				text += ": all that are held out"
			}
			p.when.Set(text)
			p.OnJudged()
		}
	})
}

// show fills the page with a report; nil empties it.
func (p *Page) show(report *judge.Report, set datasets.Set) {
	p.report = report
	p.table.RemoveAll()
	ui.SetText(p.notes, "")
	if report == nil {
		for _, v := range p.views {
			v.show(nil, nil)
		}
		p.explain()
		return
	}
	p.showCount(report.Measures[0].Samples)
	p.showNumbers(report.Measures)
	if len(report.Classes) > 0 {
		p.table.Add(classBars(report.Classes))
	}
	text := ""
	for _, n := range report.Notes {
		text += words.Sentence(titles.OfEngine(n)) + ".\n\n"
	}
	ui.SetText(p.notes, strings.TrimSpace(text))
	p.viewOf(set).show(report, set)
	p.settle()
}

// settle lays out anew: text that wraps knows its height once it has a width.
func (p *Page) settle() {
	p.tight.Refresh() // gives new rows the theme
	ui.Relayout(p.said)
	p.scroll.Refresh()
}
