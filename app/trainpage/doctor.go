package trainpage

import (
	"fmt"
	"slices"
	"strings"
	"time"

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
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A doctorPanel has the doctor's words: what is wrong, on what evidence, and buttons that change
// it.
type doctorPanel struct {
	s      *studio.Studio
	host   ui.Host
	box    *fyne.Container
	state  *widget.Icon
	words  *ui.Note
	cards  map[doctor.Kind]*findingCard
	list   *fyne.Container
	report *doctor.Report
	behind bool   // some numbers are older than the report
	around func() // gives the panel the height that its texts need
}

func newDoctorPanel(s *studio.Studio, host ui.Host) *doctorPanel {
	p := &doctorPanel{s: s, host: host, state: widget.NewIcon(nil), words: ui.NewNote(""), cards: make(map[doctor.Kind]*findingCard), list: container.NewVBox()}
	head := container.NewBorder(nil, nil, ui.NewSection("The doctor"), container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(17), p.state)))
	p.box = container.NewVBox(head, p.words, p.list)
	return p
}

// A findingCard shows one finding.
type findingCard struct {
	box      *fyne.Container
	sees     *widget.Label
	evidence *ui.Note
	advice   *ui.Note
	buttons  *fyne.Container
	remedies []string
	written  time.Time
}

// evidenceInterval is how long numbers stand before newer ones take their place: faster nobody
// reads.
const evidenceInterval = 2 * time.Second

func newFindingCard(f *doctor.Finding) *findingCard {
	c := &findingCard{sees: ui.NewText(""), evidence: ui.NewNote(""), advice: ui.NewNote(""), buttons: container.NewVBox()}
	c.advice.Segment.Style.ColorName = theme.ColorNameForeground
	icon := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(17), widget.NewIcon(ui.Sign(f.Severity))))
	title := widget.NewLabelWithStyle(f.Kind.Title(), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.Truncation = fyne.TextTruncateEllipsis
	back := ui.NewSurface(theme.ColorNameInputBackground)
	back.Rounded = true
	body := container.New(layout.NewCustomPaddedVBoxLayout(0), container.NewBorder(nil, nil, icon, nil, title), c.sees, c.evidence, c.advice, c.buttons)
	c.box = container.NewStack(back, container.New(layout.NewCustomPaddedLayout(4, 6, 6, 6), body))
	return c
}

// set shows a report; nil is that of no run.
func (p *doctorPanel) set(r *doctor.Report) {
	if r == p.report && r != nil && !p.behind {
		return
	}
	p.report, p.behind = r, false
	health, _ := diagnosis(r)
	icon := ui.Sign(doctor.Note)
	switch health {
	case widgets.Healthy:
		icon = theme.NewSuccessThemedResource(theme.ConfirmIcon())
	case widgets.HealthWarning:
		icon = ui.Sign(doctor.Warning)
	case widgets.HealthAlarm:
		icon = ui.Sign(doctor.Alarm)
	}
	if p.state.Resource == nil || p.state.Resource.Name() != icon.Name() {
		p.state.SetResource(icon)
	}
	p.words.Set(summary(r))
	p.showCards(r)
	if p.around != nil {
		p.around()
	}
}

// summary says in a sentence how often the doctor looked, and what it did not find.
func summary(r *doctor.Report) string {
	switch {
	case r == nil || r.Checkups == 0 && len(r.Findings) == 0:
		return "Starts at step 50 of a run."
	case len(r.Findings) == 0:
		text := fmt.Sprintf("No problem found in %s up to step %s.", words.Counted(r.Checkups, "checkup"), humanize.Comma(r.Step))
		if n := len(r.Past); n > 0 {
			last := r.Past[n-1]
			text += fmt.Sprintf(" Over since step %s: %s.", humanize.Comma(last.To), strings.ToLower(last.Kind.Title()))
		}
		return text
	}
	return fmt.Sprintf("Found in %s up to step %s:", words.Counted(r.Checkups, "checkup"), humanize.Comma(r.Step))
}

// showCards brings the cards to the report. Cards stay as long as their findings, so that a button
// does not go from below the mouse.
func (p *doctorPanel) showCards(r *doctor.Report) {
	var objects []fyne.CanvasObject
	cards := make(map[doctor.Kind]*findingCard)
	if r != nil {
		for i := range r.Findings {
			f := &r.Findings[i]
			c := p.cards[f.Kind]
			if c == nil {
				c = newFindingCard(f)
			}
			p.fill(c, f)
			cards[f.Kind] = c
			objects = append(objects, c.box)
		}
	}
	p.cards = cards
	if !slices.Equal(p.list.Objects, objects) {
		p.list.Objects = objects
		p.list.Refresh()
	}
}

func (p *doctorPanel) fill(c *findingCard, f *doctor.Finding) {
	ui.SetText(c.sees, titles.OfEngine(f.Sees))
	c.advice.Set(titles.OfEngine(f.Advice))
	if now := time.Now(); p.s.Status.Running && now.Sub(c.written) < evidenceInterval {
		p.behind = true
	} else {
		c.written = now
		c.evidence.Set(fmt.Sprintf("Steps %s to %s: %s.", humanize.Comma(f.From), humanize.Comma(f.To), titles.OfEngine(f.Evidence)))
	}
	var buttons []string
	for _, m := range f.Remedies {
		buttons = append(buttons, m.Title+titles.Changes(m.Changes))
	}
	if slices.Equal(buttons, c.remedies) {
		return
	}
	c.remedies = buttons
	c.buttons.RemoveAll()
	for _, m := range f.Remedies {
		title, tip := m.Title, titles.Changes(m.Changes)+", from the next step on. Undo takes it back."
		if !m.Live {
			title, tip = m.Title+"…", titles.Changes(m.Changes)+", in a new run of this project. Asks first."
		}
		b := widgets.TipButton(nil, title, tip, func() { p.apply(m) })
		c.buttons.Add(widgets.Dense(b))
	}
}

// diagnosis returns the light of a report and its words.
func diagnosis(r *doctor.Report) (widgets.Health, string) {
	if r == nil || r.Word() == "" {
		return widgets.HealthUnknown, ""
	}
	health := widgets.Healthy
	switch worst, ok := r.Worst(); {
	case ok && worst == doctor.Alarm:
		health = widgets.HealthAlarm
	case ok:
		health = widgets.HealthWarning
	}
	return health, r.Word()
}

// apply changes the run that goes on, or asks to start another.
func (p *doctorPanel) apply(m doctor.Remedy) {
	next, done, err := p.s.Training.Apply(m)
	switch {
	case err != nil:
		p.host.Fail(err)
	case !done:
		p.askNewRun(m, next)
	case p.s.Run != nil:
		p.s.Inform(fmt.Sprintf("Changed: %s. It holds from the next step on and is marked on the charts.", titles.Changes(m.Changes)), studio.Choice{Title: "Undo", Do: p.s.Plan.Undo})
	}
}

// askNewRun asks before a remedy ends the run that is open, and then trains the changed recipe from
// step 0.
func (p *doctorPanel) askNewRun(m doctor.Remedy, next *recipe.Recipe) {
	p.host.Confirm(p.s.ThisPlan(), "Start a new run?", "Start a new run", p.s.Training.NewRunText(next), func(ok bool) {
		if ok {
			p.s.Training.Restart(next, studio.RemedyLabel(m))
		}
	})
}

// marksOf returns the steps of the evidence for the kinds of findings that a chart shows.
func (p *doctorPanel) marksOf(kinds ...doctor.Kind) []widgets.Mark {
	if p.report == nil {
		return nil
	}
	var marks []widgets.Mark
	for _, f := range p.report.Findings {
		if slices.Contains(kinds, f.Kind) {
			marks = append(marks, widgets.Mark{X: float64(f.From), To: float64(f.To), Text: f.Kind.Title()})
		}
	}
	return marks
}

// checkupSeries returns one number of all checkups as a line.
func checkupSeries(checkups []doctor.Checkup, name string, of func(c *doctor.Checkup) float32) widgets.Series {
	s := widgets.Series{Name: name}
	for i := range checkups {
		if y := float64(of(&checkups[i])); y == y {
			s.X, s.Y = append(s.X, float64(checkups[i].Step)), append(s.Y, y)
		}
	}
	return s
}
