package explorepage

import (
	"context"
	"fmt"
	"image"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/inversion"
	"ganvas/engine/latent"
	"ganvas/engine/session"
	"ganvas/internal/feed"
	"ganvas/widgets"
)

const (
	mostFound    = 16 // pictures that are found at once
	heldOutFound = 6  // held-out pictures that are found to compare with
	courseLength = 6  // pictures of the course of a search
)

// A findTool looks for the nearest pictures that the generator makes to somebody's own ones.
type findTool struct {
	page  *Page
	ready bool

	button  *widgets.TippedButton
	pair    *widgets.Strip // the picture, and what was found
	names   *fyne.Container
	course  *widgets.Strip
	all     *widgets.Strip // of several pictures what was found
	about   *ui.Note
	blend   *widgets.KnobSlider
	titles  [2]fyne.CanvasObject // of course and all
	box     *fyne.Container
	scroll  *container.Scroll
	news    feed.Feed[findNews]
	results *foundPictures
	shown   int  // which of the results
	begun   spot // where the page stood before
}

// foundPictures are the results of a search.
type foundPictures struct {
	targets []image.Image
	found   []latent.Found
	course  []image.Image // how the first was approached
	held    []float64     // distances of held-out pictures, ascending; none: not known
	step    int64         // of the generator
}

// findNews is how far a search has come.
type findNews struct {
	of     *foundPictures
	course []image.Image
	best   float64
}

func newFindTool(p *Page) tool {
	t := &findTool{page: p}
	t.button = widgets.TipButton(theme.SearchIcon(), "Choose a picture…", "Pictures are prepared as the data of this run are. They can also be dropped here, several or a folder of them", t.ask)
	t.pair, t.course, t.all = widgets.NewStrip("Drop a picture here"), widgets.NewStrip(""), widgets.NewStrip("")
	t.all.OnTapped = func(i int) { t.goTo(i) }
	t.about = ui.NewNote("")
	t.blend = widgets.NewKnobSlider("Blend", 0, 1, 1)
	t.blend.LabelWidth = 86
	t.blend.SetTip("From where you stood before, 0, to what was found, 1")
	t.blend.OnChanged = t.mix
	t.blend.OnChangeEnded = func(float64) { p.trail.Part() }
	t.names = container.New(ui.Columns{0.5, 0.5}, ui.NewNoteLine("Yours"), ui.NewNoteLine("Found"))
	t.titles[0], t.titles[1] = ui.NewSection("How it came near"), ui.NewSection("All that were found")
	room := func(s *widgets.Strip, height float32) fyne.CanvasObject {
		return container.New(ui.Columns{1}, container.New(tall{height}, s))
	}
	t.box = container.NewVBox(
		ui.NewNote("Looks for the nearest picture that this generator can make: it draws nothing that it has not learnt."),
		t.button, room(t.pair, 144), t.names, t.about, t.blend,
		t.titles[0], room(t.course, 48), t.titles[1], room(t.all, 48))
	t.scroll = container.NewVScroll(ui.ClearOfBar(t.box))
	t.news = feed.Feed[findNews]{Do: p.s.Do, Show: t.progress}
	t.clear()
	return t
}

// tall gives an object a height.
type tall struct{ height float32 }

// Layout is part of fyne.Layout.
func (tall) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

// MinSize is part of fyne.Layout.
func (l tall) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, l.height) }

func (t *findTool) title() string { return "Find mine" }

func (t *findTool) side() fyne.CanvasObject { return t.scroll }

func (t *findTool) over() fyne.CanvasObject { return nil }

func (t *findTool) serves(v kindView) bool { return v.pins() }

func (t *findTool) turn(bool) {}

func (t *findTool) drawn(frame) {}

func (t *findTool) enable(on bool) {
	t.ready = on
	ui.SetEnabled(t.button, on)
	if !on {
		t.clear()
	}
}

// clear forgets what was found.
func (t *findTool) clear() {
	t.results = nil
	t.about.Set("")
	t.show()
}

// ask has a picture chosen.
func (t *findTool) ask() {
	t.page.host.AskFile("Find a picture", "picture", datasets.Endings(), func(path string) { t.find([]string{path}) })
}

// find looks for the pictures in some files, in the background.
func (t *findTool) find(paths []string) {
	p := t.page
	if !t.ready || p.s.Run == nil || p.last.of == nil || p.s.Work.After(func() { t.find(paths) }) {
		return
	}
	r, set := p.s.Run, p.s.RunData()
	g := gan.NewGenerator(p.last.of.Net(), p.last.of.Kind())
	of := &foundPictures{step: p.last.step}
	if old := t.results; old != nil && old.step == of.step {
		of.held = old.held
	}
	begun := p.trail.Now
	title := "Looking for " + filepath.Base(paths[0])
	p.s.Work.Run(title, func(ctx context.Context, report func(done, total int)) error {
		return t.search(ctx, report, r, g, paths, of)
	}, func(err error) {
		switch {
		case err != nil:
			p.s.FailUnlessCancelled(err)
			t.about.Set("")
			t.show()
		case p.s.Run == r && t.ready && len(of.found[0].Z) == len(p.place.z):
			t.results, t.begun = of, begun
			t.goTo(0)
			t.compare(r, set, g)
		}
	})
}

// search reads the pictures and finds them. It runs on a goroutine of its own.
func (t *findTool) search(ctx context.Context, report func(done, total int), r *studio.Run, g *gan.Generator, paths []string, of *foundPictures) error {
	values, names, err := inversion.Pictures(ctx, paths, session.DataOptions(r.Recipe), g, mostFound)
	if err != nil {
		return err
	}
	shape := g.Out()
	size := shape.Size()
	for i := range names {
		of.targets = append(of.targets, toPicture(values[i*size:(i+1)*size], shape))
	}
	s := latent.Search{Seed: 1}
	next := 0 // step at which the next picture of the course is taken
	s.Progress = func(step int, best []latent.Found) {
		report(step, latent.MostSteps)
		if step < next {
			return
		}
		next = max(1, 3*step)
		if len(of.course) < courseLength {
			of.course = append(of.course, toPicture(best[0].Item, shape))
		}
		t.news.Put(findNews{of, of.course[:len(of.course):len(of.course)], best[0].Distance})
	}
	if of.found, err = latent.Find(ctx, g, values, len(names), s); err != nil {
		return err
	}
	of.course = append(of.course, toPicture(of.found[0].Item, shape))
	return nil
}

// compare finds held-out pictures with g, which has found others, in the background.
func (t *findTool) compare(r *studio.Run, set datasets.Set, g *gan.Generator) {
	of := t.results
	if of.held != nil || set == nil {
		return
	}
	p := t.page
	var held []float64
	p.s.Work.Run("Comparing with pictures that it has not seen", func(ctx context.Context, report func(done, total int)) (err error) {
		s := latent.Search{Seed: 1, Progress: func(step int, _ []latent.Found) { report(step, latent.MostSteps) }}
		held, err = inversion.HeldOut(ctx, g, set, r.Recipe.HeldOut, heldOutFound, s)
		return err
	}, func(err error) {
		if err != nil {
			p.s.FailUnlessCancelled(err)
			return
		}
		of.held = held
		if t.results == of {
			t.show()
		}
	})
}

// progress shows how near a search has come.
func (t *findTool) progress(n findNews) {
	if !t.ready || t.results == n.of {
		return
	}
	t.pair.Set([]image.Image{n.of.targets[0], n.course[len(n.course)-1]})
	t.about.Set("Difference so far: " + words.Significant(n.best, 3))
}

// goTo goes to what was found for one of the pictures.
func (t *findTool) goTo(i int) {
	if t.results == nil || i >= len(t.results.found) {
		return
	}
	t.shown = i
	f := t.results.found[i]
	t.blend.Set(1)
	t.page.goTo(spot{z: f.Z, class: f.Class, part: f.Part}, "the nearest picture")
	t.show()
}

// mix goes to a place between where the page stood and what was found.
func (t *findTool) mix(share float64) {
	if t.results == nil {
		return
	}
	f := t.results.found[t.shown]
	p := t.page
	if len(t.begun.z) != len(f.Z) {
		return
	}
	z := latent.Between(t.begun.z, f.Z, share, p.place.uniform)
	s := t.begun.at(z).called(fmt.Sprintf("%.0f %% of the way to the nearest picture", 100*share), f.Class, f.Part)
	p.jump(s, "Blend", true)
}

// show brings the column to the results.
func (t *findTool) show() {
	r := t.results
	ui.SetShown(t.blend, r != nil)
	ui.SetShown(t.names, r != nil)
	for k, s := range []*widgets.Strip{t.course, t.all} {
		on := r != nil && (k == 0 || len(r.found) > 1)
		ui.SetShown(s, on)
		ui.SetShown(t.titles[k], on)
	}
	if r == nil {
		t.pair.Set(nil)
		ui.Relayout(t.box)
		return
	}
	shape := t.page.last.of.Out()
	f := r.found[t.shown]
	t.pair.Set([]image.Image{r.targets[t.shown], toPicture(f.Item, shape)})
	t.course.Set(r.course)
	var all []image.Image
	for _, f := range r.found {
		all = append(all, toPicture(f.Item, shape))
	}
	t.all.Set(all)
	t.about.Set(nearness(f.Distance, r.held))
	ui.Relayout(t.box)
}

// nearness says how near a picture was found, and what can be expected.
func nearness(d float64, held []float64) string {
	text := fmt.Sprintf("Difference %s: the root of the mean square over all values, where black to white is 1.", words.Significant(d, 3))
	if len(held) == 0 {
		return text
	}
	least, most := words.Significant(held[0], 3), words.Significant(held[len(held)-1], 3)
	switch {
	case d > 1.2*held[len(held)-1]:
		return text + fmt.Sprintf(" Pictures like its data that it has not seen come to %s to %s: this one is unlike them.", least, most)
	case d < held[0]:
		return text + fmt.Sprintf(" Nearer than pictures that it has not seen, which come to %s to %s: it may know this one.", least, most)
	}
	return text + fmt.Sprintf(" As near as pictures that it has not seen: %s to %s.", least, most)
}

// Drop takes files that are dropped while pictures are looked for; false if none are.
func (p *Page) Drop(paths []string) bool {
	t, ok := p.tools.chosen().(*findTool)
	if ok {
		t.find(paths)
	}
	return ok
}
