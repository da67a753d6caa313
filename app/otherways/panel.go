// Package otherways shows four ways to learn to make the same points beside one another: the
// adversarial pair and the three other kinds of model of Goodfellow et al. 2014, table 2. All learn
// live, and each row of that table has something to do or a number to read. The package keeps
// nothing: what was learnt is gone when it is closed.
package otherways

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/internal/feed"
	"ganvas/widgets"
)

// sets are the data to choose from.
var sets = []struct{ title, name string }{{"Ring of 8", "ring"}, {"Two Gaussians", "two-gaussians"}, {"Moons", "moons"}}

// legend says what the planes show.
const legend = "Rings: real points. Crosses: generated. Ground: what D says (orange real, blue generated), or how dense the model says points are. Dot: the point you asked about."

// What a person can have done.
const (
	Raced   = "raced"
	Sampled = "sampled"
	Asked   = "asked"
)

// A Panel is the table alive. It belongs to the UI goroutine.
type Panel struct {
	// OnDone is told what a person has had done: one of Raced, Sampled and Asked.
	OnDone func(what string)

	do   func(func())
	fail func(error)
	now  func() time.Time
	tick time.Duration // between two places of a way that is shown
	seed uint64

	data                *widgets.Select
	train, again        *widgets.TippedButton
	sampleOne, askPoint *widgets.TippedButton
	columns             []*column
	sheet               *fyne.Container
	scroll              *container.Scroll
	box                 *fyne.Container
	set                 datasets.Set
	arena               *arena
	playing, visible    bool
	samples             uint64 // that were asked for
	ctx                 context.Context
	stop                context.CancelFunc
	way                 context.Context // of the ways that are shown; stopWay ends it
	stopWay             context.CancelFunc
	real                [][2]float32
	random              *rand.Rand
}

// New returns a panel that waits to be seen. do runs a function on the UI goroutine; fail is told
// what went wrong.
func New(do func(func()), fail func(error)) *Panel {
	p := &Panel{OnDone: func(string) {}, do: do, fail: fail, now: time.Now, tick: 60 * time.Millisecond, seed: 1, stopWay: func() {}, random: rand.New(rand.NewPCG(1, 1))}
	p.ctx, p.stop = context.WithCancel(context.Background())
	titles := make([]string, len(sets))
	for i, s := range sets {
		titles[i] = s.title
	}
	p.data = widgets.NewSelect(titles, nil)
	p.data.Selected = titles[0]
	p.data.OnChanged = func(string) { p.begin() }
	p.train = widgets.TipButton(theme.MediaPlayIcon(), "Train", "All four learn, each for the same time", p.Toggle)
	p.train.Importance = widget.HighImportance
	p.again = widgets.TipButton(theme.ViewRefreshIcon(), "Reset", "All four forget what they learnt and begin anew", p.begin)
	p.sampleOne = widgets.TipButton(nil, "Sample once", "Each makes one point; the energy model and the denoising autoencoder show their way to it", p.Sample)
	p.askPoint = widgets.TipButton(nil, "Ask a point", "Takes a real point, asks each for its z, and shows where that comes back; a click on a plane asks for that place", p.askAny)
	bar := container.NewHBox(container.New(ui.FixedWidth(150), p.data), p.train, p.again, p.sampleOne, p.askPoint)
	legend := ui.NewNote(legend)
	p.build()
	p.box = container.NewBorder(container.NewVBox(container.NewHScroll(bar), legend), nil, nil, nil, container.New(&frame{p.sheet.Layout.(*sheet)}, p.scroll))
	return p
}

// build makes the columns and the table below them.
func (p *Panel) build() {
	for _, w := range ways {
		c := newColumn(w, func(x [2]float32) { p.Ask(x) })
		c.feed = feed.Feed[state]{Do: p.do, Show: func(s state) { p.take(c, s) }}
		p.columns = append(p.columns, c)
	}
	p.sheet = newSheet(p.columns)
	p.scroll = container.NewVScroll(p.sheet)
}

// Content is what a window shows of the panel.
func (p *Panel) Content() fyne.CanvasObject { return p.box }

// SetVisible has the models wait while nobody sees them.
func (p *Panel) SetVisible(on bool) {
	p.visible = on
	if on && p.arena == nil {
		p.begin()
		return
	}
	p.tell()
}

// Close ends all that goes on. The panel keeps showing what it showed.
func (p *Panel) Close() {
	p.stop()
	if p.arena != nil {
		p.arena.close()
	}
	for _, c := range p.columns {
		c.plane.Close()
	}
}

// Toggle has all models learn, or wait.
func (p *Panel) Toggle() {
	p.playing = !p.playing
	p.tell()
	if p.playing {
		p.OnDone(Raced)
	}
}

// tell hands over whether models learn.
func (p *Panel) tell() {
	if p.playing {
		p.train.SetIcon(theme.MediaPauseIcon())
		p.train.SetText("Pause")
	} else {
		p.train.SetIcon(theme.MediaPlayIcon())
		p.train.SetText("Train")
	}
	if p.arena != nil {
		p.arena.play(p.playing && p.visible)
	}
}

// begin makes the models anew, for the data that are chosen.
func (p *Panel) begin() {
	p.stopWay()
	if p.arena != nil {
		p.arena.close()
		p.arena = nil
	}
	name := sets[max(0, slices.Index(p.data.Options, p.data.Selected))].name
	set, err := datasets.Open(p.ctx, name, datasets.Options{Labels: "none", Seed: p.seed}, nil)
	if err == nil {
		p.set, p.real = set, realPoints(set)
		round := new(int) // tells what an arena of before still says
		for _, c := range p.columns {
			c.clear(p.real, round)
		}
		p.arena, err = newArena(match{set: set, seed: p.seed, now: p.now, show: func(s state) {
			s.round = round
			p.column(s.kind).feed.Put(s)
		}})
	}
	if err != nil {
		p.fail(fmt.Errorf("begin the other ways: %w", err))
		return
	}
	p.tell()
}

// realPoints returns some points of a set, to be shown.
func realPoints(set datasets.Set) [][2]float32 {
	x := make([]float32, 2*shown)
	for i := range shown {
		set.Read(i, x[2*i:2*i+2])
	}
	return toPoints(x)
}

func (p *Panel) column(kind string) *column {
	return p.columns[slices.IndexFunc(p.columns, func(c *column) bool { return c.of.kind == kind })]
}

// take shows a state that a model has come to.
func (p *Panel) take(c *column, s state) {
	if s.round != c.round {
		return
	}
	asked := s.ways != c.state.ways
	c.show(s)
	p.sheet.Layout.(*sheet).heads[densityRow].about.Set(densityAbout(s))
	if asked {
		c.revealed = 0
		go p.walk(p.way, c)
	}
	if c.changed {
		c.changed = false
		ui.Relayout(p.sheet)
	}
}

// Sample has each model make one point, and shows its way to it.
func (p *Panel) Sample() {
	if p.arena == nil {
		return
	}
	p.OnDone(Sampled)
	p.samples++
	seed := p.samples
	p.stopWay()
	p.way, p.stopWay = context.WithCancel(p.ctx)
	p.arena.each(func(c *contestant) { c.sample(seed) })
}

// waySteps is in how many pictures a way is shown.
const waySteps = 40

// walk shows more and more of the way that a model has answered with, until all is shown or ctx
// ends. Each begins when its model has answered: some take longer than others.
func (p *Panel) walk(ctx context.Context, c *column) {
	ticker := time.NewTicker(p.tick)
	defer ticker.Stop()
	for i := range waySteps {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		p.do(func() {
			if ctx.Err() == nil {
				c.reveal(float64(i+1) / waySteps)
			}
		})
	}
}

// Ask asks each model for the latent of a point.
func (p *Panel) Ask(x [2]float32) {
	if p.arena != nil {
		p.OnDone(Asked)
		p.arena.each(func(c *contestant) { c.infer(x) })
	}
}

// askAny asks for a real point.
func (p *Panel) askAny() {
	if len(p.real) > 0 {
		p.Ask(p.real[p.random.IntN(len(p.real))])
	}
}
