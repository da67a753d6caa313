package judgepage

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	"ganvas/app/ui"

	"ganvas/app/studio"
	"ganvas/app/titles"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/doctor"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/widgets"
)

// A Page says what the samples are worth: numbers beside what real data score, real beside
// generated items, and the training items that are most like a sample.
type Page struct {
	s    *studio.Studio
	host ui.Host
	box  *fyne.Container

	start   *widgets.TippedButton
	samples *widgets.Select
	wanted  string // of sampleCounts
	ema     *widgets.Check
	when    *ui.Note
	table   *fyne.Container
	tight   fyne.CanvasObject // the table in its theme
	notes   *widget.Label
	// Containers that place their objects anew when the report changes.
	head, left *fyne.Container
	scroll     *container.Scroll // of notes

	real, fake *widgets.PictureGrid
	plane      *widgets.DensityView
	ideal      *widgets.DensityView // over the best discriminator; shown where it is known
	planeTitle *widget.Label
	idealBox   fyne.CanvasObject
	planes     *fyne.Container
	pictures   *fyne.Container
	nearest    *widgets.PictureGrid
	copying    *fyne.Container // a sign of warning, in answer
	answer     *fyne.Container
	near       *ui.Note

	tabs   *container.AppTabs
	course *judgeCourse
	game   *guessGame
	tables *benchmarks

	run    *studio.Run // that the report is of
	step   int64
	set    datasets.Set
	report *judge.Report
}

// judgeSeed is that of the latents: the same for all, so that numbers of different steps can be
// compared.
const judgeSeed = 1

var sampleCounts = []string{"500", "1000", "2000", "5000"}

// New returns the page of a studio, which follows it from then on; version is that of the program.
func New(s *studio.Studio, host ui.Host, version string) *Page {
	p := &Page{s: s, host: host}
	p.start = widgets.TipButton(theme.MediaPlayIcon(), "Judge", "Draws samples from the generator as it is now and compares them with the data", p.judge)
	p.start.Importance = widget.HighImportance
	p.samples = widgets.NewSelect(sampleCounts, nil)
	p.wanted = "2000"
	p.samples.Selected = p.wanted
	p.samples.OnChanged = func(s string) {
		p.wanted = s
		p.course.load()
	}
	p.ema = widgets.NewCheck("Averaged weights", func(bool) { p.course.load() })
	p.ema.Checked = true
	p.when = ui.NewNoteLine("")
	p.table = container.New(layout.NewCustomPaddedVBoxLayout(0))
	p.tight = widgets.Dense(p.table)
	p.notes = widget.NewLabel("")
	p.notes.Wrapping, p.notes.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
	options := container.NewBorder(nil, nil, container.NewHBox(p.start, widgets.Tip(widget.NewLabel("Samples"), "More samples make smaller errors and take longer"),
		container.New(ui.FixedWidth(96), p.samples)), p.ema)
	p.head = container.NewVBox(ui.NewHeading("What the samples are worth"), options, p.when, p.tight)
	p.scroll = container.NewVScroll(p.notes)
	p.left = container.NewBorder(p.head, nil, nil, nil, p.scroll)
	samples := container.New(ui.Columns{456, 1}, ui.NewPanel(p.left), container.NewPadded(p.newItems()))
	p.course, p.game, p.tables = newJudgeCourse(p), newGuessGame(p), newBenchmarks(s, host, version)
	course := container.NewTabItem("Over the run", p.course.box)
	bench := container.NewTabItem("Benchmarks", p.tables.box)
	p.tabs = container.NewAppTabs(container.NewTabItem("Samples", samples), course, container.NewTabItem("Which is real?", p.game.box), bench)
	p.tabs.OnSelected = func(t *container.TabItem) {
		switch t {
		case course:
			p.course.load()
		case bench:
			p.tables.load()
		}
	}
	p.box = container.NewStack(p.tabs)
	return p
}

// count is how many samples the user wants, at most.
func (p *Page) count() int {
	n, err := strconv.Atoi(p.wanted)
	if err != nil {
		panic("app: " + err.Error()) // one of sampleCounts
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

// key names the judgements that may be compared with what the user wants.
func (p *Page) key() string {
	kind := datasets.Pictures
	if set := p.s.Data.Set; set != nil {
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
	for _, g := range []*widgets.PictureGrid{p.real, p.fake, p.nearest} {
		g.Close()
	}
	p.plane.Close()
	p.ideal.Close()
	p.course.close()
	p.game.close()
}

// newItems is the right side: real beside generated items.
func (p *Page) newItems() fyne.CanvasObject {
	none := func(int) image.Image { return nil }
	p.real, p.fake, p.nearest = widgets.NewPictureGrid(0, none, nil), widgets.NewPictureGrid(0, none, nil), widgets.NewPictureGrid(0, none, nil)
	p.real.Empty, p.fake.Empty = "Real items come here", "Samples come here: press Judge"
	p.nearest.Empty = "Choose a sample to see the training pictures that are most like it"
	p.nearest.OneRow = true
	p.fake.OnTapped = p.showNearest
	p.near = ui.NewNoteLine("")
	p.copying = container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(17), widget.NewIcon(ui.Sign(doctor.Warning))))
	p.copying.Hide()
	p.plane = widgets.NewDensityView()
	p.plane.ShowHeat = false
	p.plane.Empty = "Real and generated points come here: press Judge"
	titled := func(text string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewBorder(ui.NewSection(text), nil, nil, nil, o)
	}
	halves := container.New(ui.Columns{0.5, 0.5}, titled("Real, held out", p.real), titled("Generated", p.fake))
	question := container.NewHBox(ui.NewSection("Is it copying?"), p.copying)
	p.answer = container.NewBorder(nil, nil, question, nil, p.near)
	below := container.NewBorder(p.answer, nil, nil, nil,
		container.New(ui.FixedHeight(112), p.nearest))
	p.pictures = container.NewBorder(nil, below, nil, nil, halves)
	p.ideal = widgets.NewDensityView()
	p.planeTitle = ui.NewSection("")
	p.idealBox = titled("Over the best D, p/(p+q)", p.ideal)
	p.planes = container.New(ui.Columns{1}, container.NewBorder(p.planeTitle, nil, nil, nil, p.plane))
	p.planes.Hide()
	return container.NewStack(p.pictures, p.planes)
}

// Refresh shows the run as it is now; a report of another run goes.
func (p *Page) Refresh() {
	points := p.s.Data.Points()
	ui.SetShown(p.planes, points)
	ui.SetShown(p.pictures, !points)
	ui.SetEnabled(p.start, p.s.Run != nil && p.s.Data.Set != nil)
	ui.SetEnabled(p.course.all, p.s.Run != nil && p.s.Data.Set != nil)
	if p.report != nil && p.run != p.s.Run {
		p.show(nil, nil)
	}
	if p.report == nil || points {
		p.game.idle("") // there is none
	}
	p.course.load() // which also shows what was judged before
}

// judge compares the run's generator with its data, in the background.
func (p *Page) judge() {
	if p.s.Run == nil || p.s.Data.Set == nil || p.s.Work.After(p.judge) {
		return
	}
	r, set, ema, step := p.s.Run, p.s.Data.Set, p.ema.Checked, p.s.Status.Step
	key, still := p.key(), !p.s.Status.Running
	o := judge.Options{Samples: p.count(), Seed: judgeSeed, GiveWay: true, Alone: r.Alone, HeldOut: r.Recipe.HeldOut, Objective: r.Recipe.Objective}
	var report judge.Report
	p.s.Work.Run("Judging the generator", func(ctx context.Context, tell func(done, total int)) error {
		var err error
		o.Progress = func(_ string, share float64) { tell(int(share*studio.InPercent), studio.InPercent) }
		if set.Info().Kind == datasets.Points {
			o.D = r.Session.Discriminator()
		}
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
		}
	})
}

// show fills the page with a report; nil empties it.
func (p *Page) show(report *judge.Report, set datasets.Set) {
	p.report = report
	p.table.RemoveAll()
	ui.SetText(p.notes, "")
	p.near.Set("")
	ui.SetShown(p.copying, false)
	none := func(int) image.Image { return nil }
	p.nearest.SetItems(0, none, nil)
	if report == nil {
		p.real.SetItems(0, none, nil)
		p.fake.SetItems(0, none, nil)
		p.plane.Set(widgets.DensityData{})
		p.ideal.Set(widgets.DensityData{})
		p.planes.Objects, p.planes.Layout = p.planes.Objects[:1], ui.Columns{1}
		ui.SetText(p.planeTitle, "")
		ui.Relayout(p.planes)
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
	if set.Info().Kind == datasets.Points {
		p.showPoints(report, set)
	} else {
		p.showPictures(report, set)
	}
	p.settle()
}

// settle lays out anew: text that wraps knows its height once it has a width.
func (p *Page) settle() {
	p.tight.Refresh() // gives new rows the theme
	ui.Relayout(p.head, p.left)
	p.scroll.Refresh()
}

func (p *Page) showPoints(report *judge.Report, set datasets.Set) {
	d := widgets.DensityData{Fake: make([][2]float32, len(report.Samples)/2), Real: make([][2]float32, len(report.HeldOut))}
	for i := range d.Fake {
		d.Fake[i] = [2]float32(report.Samples[2*i : 2*i+2])
	}
	for i, item := range report.HeldOut {
		set.Read(item, d.Real[i][:])
	}
	d.XMin, d.XMax, d.YMin, d.YMax = studio.Bounds(d.Real)
	p.planes.Objects, p.planes.Layout = p.planes.Objects[:1], ui.Columns{1}
	title := "Real and generated points"
	p.plane.ShowHeat = false
	if g := report.Game; g != nil {
		d.XMin, d.XMax, d.YMin, d.YMax = g.XMin, g.XMax, g.YMin, g.YMax
		d.HeatW, d.HeatH, d.Heat = g.Side, g.Side, g.Best
		p.ideal.Set(d)
		p.planes.Objects, p.planes.Layout = append(p.planes.Objects, p.idealBox), ui.Columns{0.5, 0.5}
		if d.Heat = g.Played; d.Heat != nil {
			title, p.plane.ShowHeat = "Over the D that played", true
		} else {
			d.Heat = g.Best // not shown, but both planes leave the same room below them
		}
	}
	ui.SetText(p.planeTitle, title)
	p.plane.Refresh()
	p.plane.Set(d)
	ui.Relayout(p.planes)
}

func (p *Page) showPictures(report *judge.Report, set datasets.Set) {
	shape := set.Info().Shape
	size := shape[0] * shape[1] * shape[2]
	for _, g := range []*widgets.PictureGrid{p.real, p.fake, p.nearest} {
		g.CellSize = float32(min(96, max(56, shape[0])))
	}
	p.real.SetItems(len(report.HeldOut), func(i int) image.Image { return datasets.Picture(set, report.HeldOut[i]) }, nil)
	p.near.Set(copyingText(report))
	m, _ := copiesOf(report)
	ui.SetShown(p.copying, metrics.Copying(m.Value, m.Samples))
	ui.Relayout(p.answer)
	samples := slices.Clone(report.Samples)
	p.fake.SetItems(len(samples)/size, func(i int) image.Image {
		return datasets.ToImage(samples[i*size:(i+1)*size], shape[0], shape[1], shape[2])
	}, nil)
}

// shownNeighbours is how many training items are shown beside a sample.
const shownNeighbours = 8

// showNearest shows sample i and the training pictures that are most like it.
func (p *Page) showNearest(i int) {
	if p.report == nil {
		return
	}
	set, found := p.set, p.report.Nearest(i, shownNeighbours)
	shape := set.Info().Shape
	size := shape[0] * shape[1] * shape[2]
	sample := p.report.Samples[i*size : (i+1)*size]
	text := fmt.Sprintf("sample %d; held-out pictures are usually %.2f away", i+1, p.report.Usual)
	if len(found) > 0 && found[0].Distance < p.report.Limit {
		text = fmt.Sprintf("sample %d copies: 99 %% of held-out ones are over %.2f away", i+1, p.report.Limit)
	}
	p.near.Set(text)
	p.nearest.SetItems(1+len(found), func(k int) image.Image {
		if k == 0 {
			return datasets.ToImage(sample, shape[0], shape[1], shape[2])
		}
		return datasets.Picture(set, found[k-1].Item)
	}, func(k int) string {
		if k == 0 {
			return "sample"
		}
		return fmt.Sprintf("%.2f", found[k-1].Distance)
	})
}
