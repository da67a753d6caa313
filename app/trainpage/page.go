package trainpage

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"ganvas/app/ui"

	"ganvas/app/studio"
	"ganvas/app/titles"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/words"
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

	box     *fyne.Container
	stopped *ui.Banner

	losses, scores, gradients, samples *widgets.Chart

	doctor *doctorPanel
	side   *container.Scroll // the right column below the run's state

	sheet   *widgets.ContactSheet
	plane   *widgets.DensityView
	toggles *fyne.Container
	centre  *fyne.Container
	caption *ui.Note

	knobs  map[string]*widgets.KnobSlider
	fields map[string]*ui.Field // of live keys that are not on a slider
	rows   map[string]fyne.CanvasObject
	status [6]*widget.Label

	shownSheet  *session.Sheet
	shownPoints *session.Points
	shownError  error
}

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnTrain: func() {}, OnExplore: func([]float32, int, int, string) {}, stopped: ui.NewBanner(), knobs: make(map[string]*widgets.KnobSlider), fields: make(map[string]*ui.Field), rows: make(map[string]fyne.CanvasObject)}
	p.doctor = newDoctorPanel(s, host)
	p.doctor.set(nil)
	words := ui.NewPanel(p.doctor.box)
	column := container.NewVBox(words, ui.NewPanel(p.newKnobs()))
	p.side = container.NewVScroll(ui.ClearOfBar(column))
	p.doctor.around = func() { ui.Relayout(p.doctor.list, p.doctor.box, words, column); p.side.Refresh() }
	right := container.NewBorder(ui.NewPanel(p.newStatus()), nil, nil, nil, p.side)
	p.box = container.NewBorder(p.stopped, nil, nil, nil,
		container.New(ui.Columns{0.45, 0.55, 296}, p.newCharts(), p.newPicture(), right))
	p.stopped.Around = p.box
	p.listen()
	return p
}

// listen has the page follow the run.
func (p *Page) listen() {
	p.s.RunChanged.On(func(studio.None) { p.clear() })
	p.s.Charted.On(p.showHistory)
	p.s.News.On(func(n studio.News) {
		p.showSnapshot(n.Snapshot)
		if n.Turned {
			p.Refresh()
		}
	})
	p.s.Saved.On(func(studio.None) {
		p.showStatus(p.s.Status)
		p.showError(p.s.Status)
	})
}

// Diagnosis returns the light of the doctor's words, and the worst of them.
func (p *Page) Diagnosis() (widgets.Health, string) { return diagnosis(p.doctor.report) }

// ShowDoctor scrolls to the doctor's words.
func (p *Page) ShowDoctor() { p.side.ScrollToTop() }

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

func (p *Page) newCharts() fyne.CanvasObject {
	p.losses = widgets.NewChart("Losses", "step", "loss")
	p.scores = widgets.NewChart("D's judgement", "step", "")
	p.gradients = widgets.NewChart("Gradient norms", "step", "norm")
	p.gradients.SetLogY(true)
	p.samples = widgets.NewChart("Samples beside real items", "step", "")
	for _, c := range p.charts() {
		c.SetEmpty("Appears with the first steps")
	}
	p.samples.SetEmpty("Appears with the first checkup")
	return container.NewGridWithRows(4, p.losses, p.scores, p.gradients, p.samples)
}

func (p *Page) charts() []*widgets.Chart {
	return []*widgets.Chart{p.losses, p.scores, p.gradients, p.samples}
}

func (p *Page) newPicture() fyne.CanvasObject {
	p.sheet = widgets.NewContactSheet()
	p.sheet.Spacing = 1
	p.sheet.Empty = "Press Train: what the generator makes appears here"
	p.sheet.OnTapped = p.explore
	p.plane = widgets.NewDensityView()
	p.plane.Empty = p.sheet.Empty
	p.plane.Hide()
	layer := func(name, tip string, on *bool) fyne.CanvasObject {
		c := widgets.NewCheck(name, nil)
		c.Checked = *on
		c.OnChanged = func(checked bool) {
			*on = checked
			p.plane.Refresh()
		}
		return widgets.Tip(c, tip)
	}
	p.toggles = container.NewHBox(
		layer("Real", "Points of the data", &p.plane.ShowReal),
		layer("Generated", "What the generator makes of random latents", &p.plane.ShowFake),
		layer("D's heat-map", "Where the discriminator believes in real points", &p.plane.ShowHeat),
		layer("Manifold", "Where a grid of latents goes", &p.plane.ShowManifold))
	p.toggles.Hide()
	p.caption = ui.NewNote("")
	p.caption.Segment.Style.Alignment = fyne.TextAlignCenter
	p.centre = container.NewBorder(container.NewCenter(p.toggles), p.caption, nil, nil, container.NewStack(p.sheet, p.plane))
	return p.centre
}

// A knobRange is how a live key's slider is laid out.
type knobRange struct {
	key      string
	min, max float64
	step     float64
	log      bool
}

// knobRanges are the sliders of the live keys; exact values, also beyond the slider, are set on the
// Build page.
var knobRanges = []knobRange{
	{key: "g.lr", min: 1e-6, max: 0.1, log: true},
	{key: "d.lr", min: 1e-6, max: 0.1, log: true},
	{key: "r1", max: 10, log: true},
	{key: "r2", max: 10, log: true},
	{key: "gp", max: 20, log: true},
	{key: "dragan", max: 20, log: true},
	{key: "consistency", max: 50, log: true},
	{key: "clip", max: 0.1, log: true},
	{key: "d_steps", min: 1, max: 10, step: 1},
	{key: "balance", max: 0.5},
	{key: "unroll", max: 10, step: 1},
	{key: "topk", min: 0.05, max: 1},
	{key: "feature_matching", max: 1},
	{key: "penalty_every", min: 1, max: 32, step: 1},
	{key: "label_smoothing", max: 0.5},
	{key: "instance_noise", max: 1},
	{key: "ema", max: 0.9999},
	{key: "ema_warmup", max: 1},
}

func (p *Page) newKnobs() fyne.CanvasObject {
	box := container.NewVBox(ui.NewSection("While it runs"))
	for _, k := range knobRanges {
		knob := widgets.NewKnobSlider(titles.Key(k.key), k.min, k.max, k.min)
		knob.Step = k.step
		knob.LabelWidth = 106
		knob.SetLog(k.log)
		knob.Format = words.Number
		knob.SetTip(titles.Tip(k.key))
		knob.OnChangeEnded = func(v float64) { p.set(k.key, strconv.FormatFloat(v, 'g', 4, 64)) }
		p.knobs[k.key] = knob
		box.Add(widgets.Dense(knob))
	}
	for _, key := range []string{"objective", "augment", "steps"} {
		f := ui.NewField(key, p.set, nil)
		p.fields[key] = f
		p.rows[key] = widgets.Dense(container.New(ui.Columns{94, 1}, ui.FieldLabel(key, f.Key), f.Control))
		box.Add(p.rows[key])
	}
	box.Add(ui.NewNote("Changes hold from the next step on and are marked on the charts."))
	return box
}

func (p *Page) newStatus() fyne.CanvasObject {
	box := container.NewVBox(ui.NewSection("This run"))
	for i, name := range []string{"Step", "Passes", "Items seen", "One step", "Time left", "Saved"} {
		p.status[i] = ui.NewLine("")
		box.Add(widgets.Dense(container.New(ui.Columns{94, 1}, ui.NewLine(name), p.status[i])))
	}
	return box
}

// set changes a live key in the run and in the plan.
func (p *Page) set(key, value string) {
	if err := p.s.Plan.SetLive(key, value, "Change "+titles.Whose(key)); err != nil {
		p.host.Fail(err)
		p.Refresh()
	}
}

// clear forgets the run that was shown.
func (p *Page) clear() {
	p.shownSheet, p.shownPoints, p.shownError = nil, nil, nil
	p.sheet.Set(nil, 0, 0)
	p.plane.Set(widgets.DensityData{})
	p.stopped.Clear()
	for _, c := range p.charts() {
		c.Set(nil, nil)
	}
	p.caption.Set("")
	p.doctor.set(nil)
}

// SetVisible says whether the page can be seen: it follows the run all the same.
func (p *Page) SetVisible(bool) {}

// Close ends the goroutines that draw.
func (p *Page) Close() {
	for _, c := range p.charts() {
		c.Close()
	}
	p.plane.Close()
}

// Refresh shows the live settings as the run has them, or else the plan.
func (p *Page) Refresh() {
	r := p.recipe()
	for _, k := range knobRanges {
		text, err := r.Get(k.key)
		v, errNumber := strconv.ParseFloat(text, 64)
		if err != nil || errNumber != nil {
			panic(fmt.Sprintf("app: live key %s is no number", k.key))
		}
		knob := p.knobs[k.key]
		if v > k.max { // the slider reaches as far as the value
			knob.SetRange(k.min, v)
		}
		knob.Set(v)
		knob.SetInitial(p.initial(k.key, v))
	}
	for key, f := range p.fields {
		value, err := r.Get(key)
		if err != nil {
			panic("app: " + err.Error())
		}
		f.Show(value)
	}
	points := p.isPoints()
	if ui.SetShown(p.rows["augment"], !points) {
		ui.Relayout(p.box)
	}
	ui.SetShown(p.sheet, !points)
	ui.SetShown(p.plane, points)
	if ui.SetShown(p.toggles, points) {
		ui.Relayout(p.centre)
	}
	p.showStatus(p.s.Status)
}

// initial is the value that a knob's reset goes back to: what the run, or before there is one the
// plan, began with.
func (p *Page) initial(key string, now float64) float64 {
	first := p.s.Plan.First()
	if r := p.s.Run; r != nil && r.First != nil {
		first = r.First
	}
	if text, err := first.Get(key); err == nil {
		if v, err := strconv.ParseFloat(text, 64); err == nil {
			return v
		}
	}
	return now
}

func (p *Page) recipe() *recipe.Recipe {
	if r := p.s.Run; r != nil {
		return r.Recipe
	}
	return p.s.Plan.Now()
}

func (p *Page) isPoints() bool {
	if r := p.s.Run; r != nil {
		return len(r.Data.Info().Shape) == 1
	}
	s := p.s.Data.Shape()
	return s != nil && !s.Picture()
}

func (p *Page) showStatus(s session.Status) {
	texts := [6]string{"–", "–", "–", "–", "–", "–"}
	if p.s.Run != nil {
		texts[0] = humanize.Comma(s.Step)
		if s.Steps > 0 {
			texts[0] += " of " + humanize.Comma(s.Steps)
		}
		texts[1] = fmt.Sprintf("%.1f over the data", s.Epoch)
		texts[2] = humanize.Comma(s.ImagesSeen)
		if s.SecondsPerStep > 0 {
			texts[3] = words.Duration(words.Seconds(s.SecondsPerStep))
		}
		if s.Left > 0 {
			texts[4] = words.Duration(s.Left)
		}
		if !s.LastSave.IsZero() {
			texts[5] = "at " + s.LastSave.Format("15:04:05")
		}
	}
	for i, t := range texts {
		ui.SetText(p.status[i], t)
	}
}

// showSnapshot shows news of the run.
func (p *Page) showSnapshot(s session.Snapshot) {
	p.showStatus(s.Status)
	p.doctor.set(s.Doctor)
	if s.Sheet != nil && s.Sheet != p.shownSheet {
		p.shownSheet = s.Sheet
		p.sheet.Set(s.Sheet.Image, s.Sheet.Columns, s.Sheet.Rows)
		text := sheetText(s.Sheet, p.classes())
		if s.Status.Exam != "" {
			text += " " + s.Status.Exam + "."
		}
		p.say(text)
	}
	if q := s.Points; q != nil && q != p.shownPoints {
		p.shownPoints = q
		p.plane.Set(widgets.DensityData{
			Real: q.Real, Fake: q.Fake, Heat: q.Heat, HeatW: q.HeatW, HeatH: q.HeatH,
			XMin: q.XMin, XMax: q.XMax, YMin: q.YMin, YMax: q.YMax, Manifold: q.Manifold,
		})
		text := "Step " + humanize.Comma(q.Step)
		if q.ModesTotal > 0 {
			text += fmt.Sprintf(": %d of %d modes found by %s, %.0f %% of them near one", q.Modes, q.ModesTotal, words.Counted(len(q.Fake), "point"), 100*q.HighQuality)
		}
		p.say(text)
	}
	p.showError(s.Status)
}

// say puts a line or two below the picture.
func (p *Page) say(text string) {
	p.caption.Set(text)
	ui.Relayout(p.centre)
}

// showError explains why training stopped by itself, and offers what usually helps. That saving
// failed is said in the banner of the window.
func (p *Page) showError(s session.Status) {
	err := s.Err
	if studio.Unsaved(s) {
		err = nil
	}
	if err == p.shownError {
		return
	}
	p.shownError = err
	var bad *gan.NonFinite
	switch {
	case err == nil:
		p.stopped.Clear()
	case errors.As(err, &bad):
		p.stopped.Warn(fmt.Sprintf("Training stopped by itself at step %s: the %s's numbers overflowed. The run went back to its last save at step %s. A lower learning rate usually helps.",
			humanize.Comma(bad.Step), bad.Player, humanize.Comma(p.s.Status.Step)),
			studio.Choice{Title: "Halve both rates and train", Do: p.halveRates})
	default:
		p.stopped.Warn("Training stopped: "+err.Error()+".", studio.Choice{Title: "Try again", Do: p.OnTrain})
	}
}

func (p *Page) halveRates() {
	r := p.recipe()
	p.set("g.lr", strconv.FormatFloat(r.G.LR/2, 'g', -1, 64))
	p.set("d.lr", strconv.FormatFloat(r.D.LR/2, 'g', -1, 64))
	p.OnTrain()
}

// explore goes to the latent of a cell of the contact sheet.
func (p *Page) explore(cell int) {
	r := p.s.Run
	if r == nil {
		return
	}
	n := r.Recipe.Latent
	at, class, part := cell, -1, -1
	if p.shownSheet != nil {
		at, class, part = placeOf(p.shownSheet, cell, r.Recipe.Generators)
	}
	z := make([]float32, (at+1)*n)
	gan.NewStream(r.Recipe.Seed, "sheet").Latents(z, r.Recipe.LatentKind)
	p.OnExplore(z[at*n:], class, part, fmt.Sprintf("picture %d of the contact sheet", cell+1))
}

// classes returns the names of the classes that the run's generator is told apart.
func (p *Page) classes() []string {
	if p.s.Run == nil {
		return nil
	}
	return p.s.Run.Session.Classes()
}

// hasValues tells whether a column was ever measured.
func hasValues(h session.History, column string) bool {
	c := slices.Index(h.Columns, column)
	return c >= 0 && slices.ContainsFunc(h.Max[c], func(v float64) bool { return !math.IsNaN(v) })
}
