package explorepage

import (
	"context"
	"sync/atomic"
	"time"

	"ganvas/app/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/internal/feed"
	"ganvas/widgets"
)

// maxDirections is how many principal directions have a slider: the weak ones change little that an
// eye sees.
const maxDirections = 24

// A Page moves through the space of latents: one large picture that follows the mouse,
// sliders, and a way between two pinned pictures.
type Page struct {
	s    *studio.Studio
	host ui.Host
	// OnMoved is told whenever the page stands elsewhere.
	OnMoved func()

	box *fyne.Container
	// The column in the middle, and what is below the picture in it.
	middle, below *fyne.Container
	said          *fyne.Container // where the page stands, and the button for finds

	pad   *widgets.LatentPad
	plane *widgets.DensityView
	note  *ui.Note

	seed       *widgets.TypedEntry
	ema        *widgets.Check
	axes       [2]*widgets.Select // which direction dragging right and down goes along
	tabs       *container.AppTabs
	directions *widgets.KnobList
	raw        *widgets.KnobList
	pins       *pinBoard
	saved      *savedLatents
	choice     *choicePicker
	asItWas    *widgets.TippedButton // between a find as it was saved and as it is now

	place    place
	trail    studio.History[spot] // where the page stands and stood
	axis     [2]int
	last     frame // the newest drawing
	points   bool  // the generator makes points
	ready    bool  // a generator has come
	renderer *renderer
	frames   feed.Feed[frame]
	strips   feed.Feed[strip]
	handed   func(FrameTime) // told of every picture that was handed to the canvas; may be nil

	wantEMA atomic.Bool
	visible atomic.Bool
	refetch chan struct{} // a newer generator is wanted
	pause   time.Duration // after one was fetched
}

// nothingYet is what the page says without a generator.
const nothingYet = "Nothing to explore yet: open a project, or press Train"

// New returns the page of a studio, which follows it from then on.
func New(s *studio.Studio, host ui.Host) *Page {
	p := &Page{s: s, host: host, OnMoved: func() {}, pad: widgets.NewLatentPad(), plane: widgets.NewDensityView(), refetch: make(chan struct{}, 1), pause: time.Second}
	p.wantEMA.Store(true)
	p.frames = feed.Feed[frame]{Do: s.Do, Show: p.show}
	p.strips = feed.Feed[strip]{Do: s.Do, Show: func(s strip) { p.pins.drawn(s) }}
	p.renderer = newRenderer(p.frames.Put, p.strips.Put)
	p.choice = newChoicePicker(p.chose)
	p.pad.Empty = nothingYet
	p.pad.OnDrag = p.drag
	p.pad.OnDragEnd = p.dragEnd
	p.pad.OnScroll = func(dy float32) { p.moveAlong(2, float64(dy)/100*p.place.reach()) }
	p.plane.Empty = p.pad.Empty
	p.plane.OnDrag, p.plane.OnDragEnd = p.drag, p.dragEnd
	p.plane.ShowHeat, p.plane.ShowManifold = false, true
	p.plane.Hide()
	p.pins = newPinBoard(p)
	p.saved = newSavedLatents(p)
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
		r.Go(p.renderer.run)
	})
	p.s.RunChanged.On(func(studio.None) {
		p.leave()
		p.saved.reload()
		p.fetch()
	})
	p.s.News.On(func(studio.News) { p.fetch() })
	p.s.Announced.On(p.announce)
}

// announce says what is about to be opened, where nothing is open; "" for nothing.
func (p *Page) announce(text string) {
	if text == "" {
		text = nothingYet
	}
	p.pad.Empty, p.plane.Empty = text, text
	p.pad.Refresh()
	p.plane.Refresh()
}

func (p *Page) layout() *fyne.Container {
	p.seed = widgets.NewTypedEntry(checkSeed, func(text string) { p.goToSeed(text, "Seed "+text) })
	p.seed.SetPlaceHolder("seed")
	p.seed.SetTip("Type a number and press Enter: the same seed always gives the same picture")
	p.ema = widgets.NewCheck("Averaged weights", func(on bool) {
		p.wantEMA.Store(on)
		p.fetch()
	})
	p.ema.Checked = true
	random := widgets.TipButton(ui.IconDice, "Random", "Go to a random latent (R)", p.random)
	reset := widgets.TipButton(theme.ViewRestoreIcon(), "Reset", "Go back to where the last random latent or seed was", p.reset)
	p.note = ui.NewNoteLine("")
	p.note.Segment.Style.Alignment = fyne.TextAlignCenter
	top := container.NewBorder(nil, nil, container.NewHBox(random, reset,
		container.New(ui.FixedWidth(84), p.seed)),
		widgets.Tip(p.ema, "The average of the generator's weights over the last steps (EMA): calmer and usually better than the raw weights"))
	for i := range p.axes {
		p.axes[i] = widgets.NewSelect(nil, nil)
		p.axes[i].OnChanged = func(string) { p.axis[i] = p.axes[i].SelectedIndex() }
	}
	p.directions = widgets.NewKnobList(func() int { return len(p.place.directions) }, newKnobRow, p.bindDirection)
	p.raw = widgets.NewKnobList(func() int { return len(p.place.z) }, newKnobRow, p.bindCoordinate)
	p.tabs = container.NewAppTabs(
		container.NewTabItem("Directions", p.directions),
		container.NewTabItem("Coordinates", p.raw))
	p.tabs.OnSelected = func(*container.TabItem) { p.refreshSliders() }
	drags := container.New(ui.Columns{0.5, 0.5},
		container.NewBorder(nil, nil, widget.NewIcon(ui.IconAcross), nil, p.axes[0]),
		container.NewBorder(nil, nil, widget.NewIcon(ui.IconDown), nil, p.axes[1]))
	right := ui.NewPanel(widgets.Border(
		container.NewVBox(widgets.Tip(drags, "Dragging on the picture across and down moves along these directions; the wheel moves along the third")), nil, nil, nil, p.tabs))
	centre := container.NewStack(p.pad, p.plane)
	p.asItWas = widgets.TipButton(nil, "", "Change between the find as it was saved and what the generator makes of it now", p.saved.turn)
	button := widgets.Dense(p.asItWas)
	button.Hide()
	p.said = container.New(ui.Beside{}, p.note, button)
	p.below = container.NewVBox(p.said, p.pins.box)
	p.middle = container.NewBorder(container.NewVBox(top, p.choice.box), p.below, nil, nil, centre)
	return container.NewBorder(nil, nil,
		container.New(ui.FixedWidth(196), p.saved.box), container.New(ui.FixedWidth(320), right),
		container.NewPadded(p.middle))
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

// SaveFind keeps what is shown in the project.
func (p *Page) SaveFind() { p.saved.add() }

// EditLabels returns what Undo and Redo would take back and do again, empty where there is nothing.
func (p *Page) EditLabels() (undo, redo string) { return p.trail.Labels() }

// Close ends what draws in the background and waits for it. Not on the UI goroutine.
func (p *Page) Close() { p.plane.Close() }

// Content is what the window shows of the page.
func (p *Page) Content() fyne.CanvasObject { return p.box }

// SetVisible starts and stops asking for newer generators while the page cannot be seen.
func (p *Page) SetVisible(on bool) {
	p.visible.Store(on)
	if on {
		p.fetch()
	}
}

// Refresh has nothing to do: the page follows the run, not the plan.
func (p *Page) Refresh() {}

// enable switches everything that needs a generator.
func (p *Page) enable(on bool) {
	p.ready = on
	for _, w := range []fyne.Disableable{p.seed, p.ema, p.axes[0], p.axes[1]} {
		ui.SetEnabled(w, on)
	}
	p.saved.enable(on)
	if !on {
		p.pad.SetPicture(nil)
	}
}

// leave forgets the run that was explored.
func (p *Page) leave() {
	p.renderer.forget()
	p.place, p.last = place{}, frame{}
	p.trail.Reset(spot{})
	p.seed.SetValue("")
	p.choice.set(nil, 1)
	p.enable(false)
	p.pins.clear()
	p.saved.set(nil)
	p.directions.Refresh()
	p.raw.Refresh()
	p.showFind()
}

// fetch asks for today's generator.
func (p *Page) fetch() {
	select {
	case p.refetch <- struct{}{}:
	default:
	}
}

// show hands a finished drawing to the canvas.
func (p *Page) show(f frame) {
	if !p.ready {
		return
	}
	p.last, p.pins.current = f, f.picture
	if p.showFind(); p.trail.Now.saved {
		return
	}
	if p.points {
		p.plane.Set(p.planeData(f))
	} else {
		p.pad.SetPicture(f.picture)
	}
	if p.handed != nil {
		p.handed(FrameTime{Asked: f.asked, Handed: time.Now()})
	}
}

// A FrameTime says when a picture of Explore was asked for, by a drag, a slider or a newer
// generator, and when it was handed to the canvas.
type FrameTime struct{ Asked, Handed time.Time }

// OnFrame has f called on the UI goroutine for every picture that Explore hands to the
// canvas, for measuring; nil ends that.
func (p *Page) OnFrame(f func(FrameTime)) { p.handed = f }

// planeData puts a drawing of points into the frame of the real ones.
func (p *Page) planeData(f frame) widgets.DensityData {
	d := widgets.DensityData{Fake: f.fake, Manifold: f.manifold, Here: f.here, XMin: -2, XMax: 2, YMin: -2, YMax: 2}
	if r := p.s.Run; r != nil {
		d.Real = r.Sample()
		d.XMin, d.XMax, d.YMin, d.YMax = studio.Bounds(d.Real)
	}
	return d
}

// moved draws the place anew.
func (p *Page) moved() {
	s := scene{z: p.place.z, asked: time.Now()}
	if p.points {
		s.grid = p.grid()
	}
	p.renderer.draw(s)
	p.showFind()
}

// grid returns the lines of latents around the place whose images are the manifold: along both
// dragging directions.
func (p *Page) grid() [][]float32 {
	const lines, fine = 13, 49
	if len(p.place.directions) == 0 {
		return nil
	}
	var out [][]float32
	reach := p.place.reach()
	for k := range p.axis {
		across, along := p.axis[1-k], p.axis[k]
		for i := range lines {
			side := place{z: p.place.z, uniform: p.place.uniform, directions: p.place.directions}
			side.setAlong(across, reach*(2*float64(i)/(lines-1)-1))
			line := make([]float32, 0, fine*len(p.place.z))
			for j := range fine {
				at := place{z: side.z, uniform: side.uniform, directions: side.directions}
				at.setAlong(along, reach*(2*float64(j)/(fine-1)-1))
				line = append(line, at.z...)
			}
			out = append(out, line)
		}
	}
	return out
}

// refreshSliders brings the sliders that can be seen to the place.
func (p *Page) refreshSliders() {
	if p.tabs.SelectedIndex() == 0 {
		p.directions.Refresh()
	} else {
		p.raw.Refresh()
	}
}
