package explorepage

import (
	"context"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/gan"
	"ganvas/widgets"
)

// A Page moves through the space of latents: one large picture that follows the mouse,
// sliders, and a way between two pinned pictures.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnMoved is told whenever the page stands elsewhere.
	OnMoved func()
	// OnSavePicture is told to write what is shown as a file, OnSaveFinds a gallery of the finds, and
	// OnSaveLoop the way through them as a film.
	OnSavePicture, OnSaveFinds, OnSaveLoop func()
	// OnSaved is told that a find was saved, and OnPinned that an end of the way was pinned.
	OnSaved, OnPinned func()

	*walk
	*stage
	*follower
	weights *weights
	knobs   *sliders
	tools   *toolbox
	choice  *choicePicker
	pins    *pinBoard
	saved   *savedLatents
	caption *caption

	wanted *studio.Visit // where to go once a generator has come; nil: nowhere

	seed  *widgets.TypedEntry
	moves []*widgets.TippedButton // to random places and back
	box   *fyne.Container
	fold  *ui.Fold
	// The column in the middle, and what is below the picture in it.
	middle, below *fyne.Container
	time          *ui.TimeBar
}

// nothingYet is what the page says without a run, and comesAtOnce until the generator of one shows.
const (
	nothingYet  = "Nothing to explore yet: open a project, or press Train"
	comesAtOnce = "Drawing the first picture …"
)

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnMoved: func() {}, OnSavePicture: func() {}, OnSaveFinds: func() {}, OnSaveLoop: func() {}, OnSaved: func() {}, OnPinned: func() {}}
	p.follower = newFollower(s, p.learn)
	p.walk = &walk{s: s, ema: p.wantEMA.Load, arrived: p.arrived, settled: func() { p.knobs.refresh() }}
	p.stage = newStage(s, p.walk, p.drawn, func(s strip) { p.pins.drawn(s) })
	p.weights = newWeights(s, func(averaged bool) {
		p.wantEMA.Store(averaged)
		p.fetch()
		p.recall()
	})
	p.knobs = newSliders(p.walk)
	p.choice = newChoicePicker(p.chose)
	p.tools = newToolbox(p, p.knobs)
	p.pins = newPinBoard(p.walk, p.stage, p.choice.chosen, func() { p.OnPinned() })
	p.saved = newSavedLatents(p)
	p.caption = newCaption(p.saved.turn)
	p.giveMenus()
	p.box = p.layout()
	p.choice.set(nil, 1)
	p.enable(false)
	p.listen()
	return p
}

// listen has the page follow the run.
func (p *Page) listen() {
	p.s.Began.On(func(r *studio.Run) {
		r.Go(func(ctx context.Context) { p.follow(ctx, r) })
		r.Go(func(ctx context.Context) { p.lookBack(ctx, r) })
		r.Go(p.renderer.run)
	})
	p.s.RunChanged.On(func(studio.None) {
		p.leave()
		p.announceComing()
		p.saved.reload()
		p.fetch()
	})
	p.s.Visited.On(p.visit)
	p.s.News.On(func(studio.News) {
		p.weights.refresh(p.ready, p.wantEMA.Load())
		p.fetch()
	})
	p.s.Looked.On(func(studio.None) { showStep(p) })
	p.s.Announced.On(func(string) { p.announceComing() })
}

// announceComing says what stands where nothing was drawn yet: what is about to be opened, or to be
// drawn.
func (p *Page) announceComing() {
	switch {
	case p.s.Projects.Coming != "":
		p.announce(p.s.Projects.Coming)
	case p.s.Run != nil:
		p.announce(comesAtOnce)
	default:
		p.announce(nothingYet)
	}
}

// Key goes to a random place or back.
func (p *Page) Key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyR:
		p.random()
	case fyne.KeyHome:
		p.reset()
	}
}

// SaveFind keeps what is shown in the project, and shows the list that it comes into.
func (p *Page) SaveFind() {
	p.fold.Show(savedColumn)
	p.saved.add()
}

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// SetVisible starts and stops asking for newer generators while the page cannot be seen.
func (p *Page) SetVisible(on bool) {
	p.visible.Store(on)
	if on {
		p.fetch()
		p.recall()
	}
}

// Refresh has nothing to do: the page follows the run, not the plan.
func (p *Page) Refresh() {}

// enable switches everything that needs a generator.
func (p *Page) enable(on bool) {
	p.ready = on
	ui.SetEnabled(p.seed, on)
	for _, b := range p.moves {
		ui.SetEnabled(b, on)
	}
	p.weights.refresh(on, p.wantEMA.Load())
	p.knobs.enable(on)
	p.tools.enable(on)
	p.saved.enable(on)
	if !on {
		p.clear()
	}
}

// leave forgets the run that was explored.
func (p *Page) leave() {
	p.renderer.forget()
	p.steered.Store(false)
	p.wanted = nil
	p.place, p.last = place{}, frame{}
	p.trail.Reset(spot{})
	p.seed.SetValue("")
	p.choice.set(nil, 1)
	p.enable(false)
	p.pins.clear()
	p.saved.set(nil)
	p.knobs.directions.Refresh()
	p.knobs.raw.Refresh()
}

// learn takes over a newer generator.
func (p *Page) learn(l learnt, g *gan.Generator) {
	p.view = p.views[l.kind]
	p.choice.set(l.classes, l.makers)
	ui.Relayout(p.middle)
	class, part := p.choice.chosen()
	p.renderer.choose(class, part)
	p.place.uniform = l.uniform
	if l.directions != nil {
		p.steered.Store(len(l.directions) > 0)
		p.knobs.setDirections(l.directions)
	}
	first := len(p.place.z) != l.latent
	if first {
		p.trail.Reset(spot{class: class, part: part}.atSeed("1", l.start))
	}
	if !p.ready {
		p.enable(true)
		p.front(p.view)
		p.tools.of(p.view)
		if ui.SetShown(p.pins.box, p.view.pins()) {
			ui.Relayout(p.below, p.middle)
		}
		p.saved.ofPictures(p.view.pins())
	}
	p.renderer.setGenerator(g, l.step, l.averaged)
	if first {
		p.arrive()
		p.knobs.refresh()
	} else if l.directions != nil {
		p.knobs.refresh()
	}
	visitWanted(p)
}

// arrived shows the spot where the page stands.
func (p *Page) arrived() {
	now := p.trail.Now
	p.choice.choose(now.class, now.part)
	p.renderer.choose(p.choice.chosen())
	p.seed.SetValue(now.seed)
	p.moved()
	p.OnMoved()
}

// moved has the place drawn anew, and shows a find that is to be seen as it was saved.
func (p *Page) moved() {
	p.draw(p.walk)
	p.saved.show()
}

// drawn shows a finished drawing, unless a find is to be seen as it was saved.
func (p *Page) drawn(f frame) {
	if !p.ready {
		return
	}
	p.last = f
	p.tools.drawn(f)
	if p.saved.show(); !p.trail.Now.saved {
		p.stage.show()
	}
}
