package app

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/widgets"
)

func TestExploreDrag(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.show(pageExplore)
	p := r.explore
	r.until("a picture shows", func() bool { return p.ready && p.pins.current != nil })
	if p.choice.parts[0].Visible() || p.choice.parts[1].Visible() {
		t.Error("there is a class or a generator to choose where there is one of each")
	}
	for i, s := range p.axes {
		text := fyne.MeasureText("Direction 24", theme.TextSize(), fyne.TextStyle{}).Width
		if room := s.Size().Width - theme.IconInlineSize() - 4*theme.InnerPadding(); room < text {
			t.Errorf("axis %d: %v for a direction's name, want %v", i, room, text)
		}
	}
	frames := 0
	r.OnExploreFrame(func(FrameTime) { frames++ })
	before := p.pins.current
	z := slices.Clone(p.place.z)
	pad := r.loop.AbsolutePositionForObject(p.pad)
	test.Drag(r.desk.Win.Canvas(), pad.AddXY(p.pad.Size().Width/2, p.pad.Size().Height/2), 40, 25)
	r.until("the picture has changed", func() bool { return p.pins.current != before })
	if slices.Equal(z, p.place.z) || frames == 0 {
		t.Errorf("latent moved: %v, frames: %d", !slices.Equal(z, p.place.z), frames)
	}
	p.pins.pin(0)
	p.random()
	r.until("it went to the seed", func() bool { return p.trail.Now.origin != "moved" && p.trail.Now.origin == "seed "+p.seed.Text })
	moved := p.pins.current
	r.until("its picture shows", func() bool { return p.pins.current != moved || frames > 2 })
	p.pins.pin(1)
	r.until("the way between the pins shows", func() bool { return p.pins.strip.Count() == stripLength })
	p.saved.add()
	r.until("the latent is kept", func() bool { return len(p.saved.latents) == 1 })
	p.saved.choose(0)
	p.saved.remove()
	test.Tap(r.button("Delete"))
	r.until("the latent is gone", func() bool { return len(p.saved.latents) == 0 })
	p.ema.SetChecked(false)
	last := p.pins.current
	r.until("the raw weights draw", func() bool { return p.pins.current != last })
}

func TestExplorePoints(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.show(pageTrain) // Explore, which is shown first, would take in generators of earlier steps
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	frames := 0
	r.OnExploreFrame(func(FrameTime) { frames++ })
	r.show(pageExplore)
	r.until("the plane is drawn", func() bool { return r.explore.ready && frames > 0 })
	if !r.explore.plane.Visible() || r.explore.pad.Visible() {
		t.Error("points are not shown on the plane")
	}
	z, before := slices.Clone(r.explore.place.z), frames
	plane := r.loop.AbsolutePositionForObject(r.explore.plane)
	test.Drag(r.desk.Win.Canvas(), plane.AddXY(50, 50), 40, 25)
	if slices.Equal(z, r.explore.place.z) {
		t.Error("dragging on the plane does not move the latent")
	}
	r.until("the new place is drawn", func() bool { return frames > before })
	var f frame
	r.explore.handed = nil
	r.explore.frames.Show = func(shown frame) { f = shown }
	r.explore.moved()
	r.until("a frame comes", func() bool { return slices.Equal(f.z, r.explore.place.z) })
	g := r.s.Run.Session.Generator(true)
	want := toPoints(g.Render(f.z, 1))[0]
	if f.here == nil || *f.here != want {
		t.Errorf("points out %v, want %v", f.here, want)
	}
}

func TestGalleryExport(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	r.exportGallery()
	r.until("the preview is drawn", func() bool { return !r.button("Export…").Disabled() })
	test.Tap(r.button("Export…"))
	path := filepath.Join(t.TempDir(), "gallery")
	r.saveAsPath(path)
	path += ".png"
	r.until("the file is written", func() bool { return studio.Exists(path) && r.note.Visible() })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w < 8*28*2 {
		t.Errorf("the gallery is %d pixels wide, want at least %d", w, 8*28*2)
	}
	// A file that exists is replaced only after asking.
	r.exportGallery()
	r.until("the preview is drawn", func() bool { return !r.button("Export…").Disabled() })
	test.Tap(r.button("Export…"))
	r.saveAsPath(path)
	if !strings.Contains(r.dialogText(), "exists already") {
		t.Errorf("writes over a file without asking: %q", r.dialogText())
	}
	test.Tap(r.button("Replace"))
	r.note.hide()
	r.until("the file is written again", func() bool { return r.note.Visible() })
}

// TestGalleryOfPoints exports a plot: the dialog asks for points, not for rows of pictures.
func TestGalleryOfPoints(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	r.exportGallery()
	r.until("the preview is drawn", func() bool { return !r.button("Export…").Disabled() })
	text := r.dialogText()
	for word, want := range map[string]bool{"Points": true, "Seed": true, "Rows": false, "Spacing": false} {
		if got := strings.Contains(text, word); got != want {
			t.Errorf("the dialog says %q: %v, want %v: %s", word, got, want, text)
		}
	}
	test.Tap(r.button("Export…"))
	path := filepath.Join(t.TempDir(), "plot.png")
	r.saveAsPath(path)
	r.until("the file is written", func() bool { return studio.Exists(path) && r.note.Visible() })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Dx() != 2*640 {
		t.Errorf("the plot: %v, want 1280 pixels wide", err)
	}
}

// explored opens Explore on a run of n steps that has ended.
func explored(t *testing.T, recipe string, n int64) (*rig, *explorePage) {
	t.Helper()
	r := readyRig(t, recipe)
	r.show(pageTrain) // Explore, which is shown first, would take in generators of earlier steps
	r.ask.train()
	r.until("the run has ended", func() bool { return r.s.Status.Step == n && !r.s.Status.Running })
	r.show(pageExplore)
	r.until("something is drawn", func() bool { return r.explore.ready && r.explore.last.step == n })
	return r, r.explore
}

// quickDigits changes its pictures with every step.
var quickDigits = strings.Replace(apptest.Digits, "[g]\n", "ema = 0\n[g]\nlr = 0.05\n", 1)

// trainOn trains another step and waits until Explore draws what it learnt.
func (r *rig) trainOn() {
	r.t.Helper()
	next := r.s.Status.Step + 1
	r.s.Run.Command(r.s.Run.Session.StepBoth)
	r.until("its generator draws", func() bool { return r.explore.last.step == next })
}

// TestExploreUndo: every move is taken back by one Ctrl+Z and done again by one Ctrl+Shift+Z, with
// the seed and the class of its place.
func TestExploreUndo(t *testing.T) {
	r, p := explored(t, apptest.Digits, 6)
	plan := r.s.Plan.Now()
	type seen struct {
		z            []float32
		origin, seed string
	}
	now := func() seen { return seen{p.place.z, p.trail.Now.origin, p.seed.Text} }
	places := []seen{now()}
	if got := now(); got.origin != "seed 1" || got.seed != "1" {
		t.Errorf("begins at %q with %q in the seed's box", got.origin, got.seed)
	}
	knob := newKnobRow().(*widgets.KnobSlider)
	for _, move := range []struct {
		label string
		do    func()
		seed  bool // the picture is a seed's
	}{
		{"Random", p.random, true},
		{"Drag", func() { p.drag(0.1, 0); p.drag(0.1, 0.2); p.dragEnd() }, false},
		{"Drag", func() { p.drag(0.1, 0); p.dragEnd() }, false},
		{"Direction 2", func() {
			p.bindDirection(1, knob)
			knob.OnChanged(1)
			knob.OnChanged(2)
			knob.OnChangeEnded(2)
			p.bindDirection(1, knob)
		}, false},
		{"Direction 2", knob.Reset, false}, // as a double click on its name does
		{"Wheel", func() { p.moveAlong(2, 0.1); p.moveAlong(2, 0.1) }, false},
		{"Reset", p.reset, true},
		{"Seed 7", func() { p.seed.SetText("7"); p.seed.OnSubmitted("7") }, true},
		{"Picture 3 of the contact sheet", func() { p.GoTo(make([]float32, 8), -1, -1, "picture 3 of the contact sheet") }, false},
	} {
		before := now()
		move.do()
		r.until(move.label+" is done", func() bool { return !slices.Equal(now().z, before.z) })
		if undo, _ := r.editLabels(); undo != move.label {
			t.Errorf("%s: undo says %q", move.label, undo)
		}
		if got := now(); (got.seed != "") != move.seed || move.seed && got.origin != "seed "+got.seed {
			t.Errorf("%s: the seed's box says %q at %q", move.label, got.seed, got.origin)
		}
		places = append(places, now())
	}
	check := func(what string, want seen) {
		t.Helper()
		if got := now(); !slices.Equal(got.z, want.z) || got.origin != want.origin || got.seed != want.seed {
			t.Errorf("%s: at %q, seed %q; want %q, seed %q", what, got.origin, got.seed, want.origin, want.seed)
		}
	}
	for i := len(places) - 2; i >= 0; i-- {
		r.menu.undo.Action()
		check("undone", places[i])
	}
	r.menu.undo.Action() // there is nothing left
	for _, want := range places[1:] {
		r.menu.redo.Action()
		check("done again", want)
	}
	if r.s.Plan.Now() != plan {
		t.Error("undo on Explore changes the plan")
	}
	r.show(pageBuild)
	if undo, _ := r.editLabels(); undo != "test" {
		t.Errorf("on Build undo says %q, want the plan's", undo)
	}
}

// TestExploreSeedRefuses: what is no seed is marked at the box; no dialog comes up.
func TestExploreSeedRefuses(t *testing.T) {
	r, p := explored(t, apptest.Digits, 6)
	for _, text := range []string{"x", "-1", "1.5"} {
		p.seed.SetText(text)
		p.seed.OnSubmitted(text)
		if p.trail.Now.origin != "seed 1" || p.seed.Text != text || r.desk.Win.Canvas().Overlays().Top() != nil {
			t.Errorf("%q: at %q, the box shows %q, dialog: %v", text, p.trail.Now.origin, p.seed.Text, r.desk.Win.Canvas().Overlays().Top() != nil)
		}
	}
}

// TestFindsStay: a kept find shows as it was when it was kept, also once the generator has learnt
// on, and as it is now when asked.
func TestFindsStay(t *testing.T) {
	r, p := explored(t, quickDigits, 6)
	p.drag(0.2, 0.1)
	p.dragEnd()
	r.until("the place is drawn", func() bool { return slices.Equal(p.last.z, p.place.z) })
	was := p.last.picture
	p.saved.add()
	r.until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	p.random()
	r.until("it went elsewhere", func() bool { return p.trail.Now.seed != "" })
	r.trainOn()
	p.saved.choose(0)
	shown := func() image.Image { return p.saved.pictures[0] }
	if got := p.note.segment.Text; got != "latent 1: as saved at step 6" || !p.said.Objects[1].Visible() || !p.saved.save.Disabled() {
		t.Errorf("says %q, can change %v, can be saved again %v", got, p.said.Objects[1].Visible(), !p.saved.save.Disabled())
	}
	if !samePicture(shown(), was) || p.pad.Picture() == nil || !samePicture(p.pad.Picture(), was) {
		t.Error("the find does not show as it was saved")
	}
	r.until("the present generator has drawn it too", func() bool { return slices.Equal(p.last.z, p.saved.latents[0].Z) })
	if !samePicture(p.pad.Picture(), was) {
		t.Error("the present generator's picture replaces the find's")
	}
	frames := 0
	r.OnExploreFrame(func(FrameTime) { frames++ })
	test.Tap(p.asItWas)
	r.until("it is drawn as it is now", func() bool { return frames > 0 })
	if got := p.note.segment.Text; got != "latent 1: as it is now, at step 7" || samePicture(p.pad.Picture(), was) {
		t.Errorf("says %q; the picture is the same: %v", got, samePicture(p.pad.Picture(), was))
	}
	p.drag(0.1, 0)
	if p.said.Objects[1].Visible() || p.saved.selected >= 0 || p.note.segment.Text != "moved" {
		t.Errorf("away from the find: button %v, card %d, %q", p.said.Objects[1].Visible(), p.saved.selected, p.note.segment.Text)
	}
	r.s.Plan.Undo()
	r.undoHere()
	if p.saved.selected != 0 {
		t.Error("undo does not lead back to the find")
	}
}

// TestFindsOfPoints: of a generator of points the cloud and the place of the latent are kept.
func TestFindsOfPoints(t *testing.T) {
	r, p := explored(t, apptest.Points, 40)
	p.drag(0.2, 0.1)
	p.dragEnd()
	r.until("the place is drawn", func() bool { return slices.Equal(p.last.z, p.place.z) })
	was := p.last
	p.saved.add()
	r.until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	r.trainOn()
	p.saved.choose(0)
	l := p.saved.latents[0]
	if l.Step != 40 || len(l.Points) != 1+len(was.fake) || l.Points[0] != *was.here || !slices.Equal(l.Points[1:], was.fake) || p.saved.pictures[0] == nil {
		t.Errorf("step %d, %d points, picture %v", l.Step, len(l.Points), p.saved.pictures[0] != nil)
	}
	if got := p.note.segment.Text; got != "latent 1: as saved at step 40" || !p.plane.Visible() {
		t.Errorf("says %q, on the plane: %v", got, p.plane.Visible())
	}
}

// TestPinsAgree: the pins are drawn by the generator that draws the strip between them.
func TestPinsAgree(t *testing.T) {
	r, p := explored(t, quickDigits, 6)
	p.pins.pin(0)
	first := p.pins.slots[0].Picture()
	r.trainOn()
	r.until("the pin alone is drawn anew", func() bool { return !samePicture(p.pins.slots[0].Picture(), first) })
	p.random()
	r.until("it went to a seed and drew it", func() bool { return p.trail.Now.origin != "seed 1" && slices.Equal(p.last.z, p.place.z) })
	p.pins.pin(1)
	r.until("the way shows", func() bool { return p.pins.strip.Count() == stripLength })
	old := p.pins.slots[1].Picture()
	r.trainOn()
	r.until("both pins are drawn anew", func() bool { return !samePicture(p.pins.slots[1].Picture(), old) })
	g, _ := r.s.Run.Session.GeneratorNow(true)
	for i, pin := range p.pins.pins {
		if !samePicture(p.pins.slots[i].Picture(), toPicture(g.Render(pin.z, 1), g.Out())) {
			t.Errorf("pin %d is not what the present generator makes", i)
		}
	}
}

func samePicture(a, b image.Image) bool {
	if a == nil || b == nil || a.Bounds().Size() != b.Bounds().Size() {
		return false
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			p, q := a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y), b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y)
			if color.NRGBAModel.Convert(p) != color.NRGBAModel.Convert(q) {
				return false
			}
		}
	}
	return true
}
