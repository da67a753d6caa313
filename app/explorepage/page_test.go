package explorepage

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
	"ganvas/widgets"
)

// newPage returns a page that fetches newer generators without waiting.
func newPage(r *uitest.Rig) *Page {
	p := New(r.S, r.Host)
	p.pause = 0
	return p
}

// explored opens the page on a run whose steps are done.
func explored(t *testing.T, recipe string) (*uitest.Rig, *Page) {
	t.Helper()
	r := uitest.Start(t, nil)
	p := newPage(r)
	r.Ready(recipe)
	r.Train() // before the page is seen, which would take in generators of earlier steps
	r.Show(p)
	r.Until("something is drawn", func() bool { return p.ready && p.last.step == r.S.Status.Step })
	return r, p
}

// pad and plane return what shows pictures and points.
func pad(p *Page) *widgets.LatentPad  { return p.views[datasets.Pictures].(*pictureView).pad }
func plane(p *Page) *widgets.PlanePad { return p.views[datasets.Points].(*pointsView).pad }

// TestNothingToExplore: without a generator nothing can be pressed that does nothing, and the page
// says what is missing.
func TestNothingToExplore(t *testing.T) {
	r := uitest.Start(t, nil)
	p := newPage(r)
	r.Show(p)
	check := func(on bool) {
		t.Helper()
		for _, title := range []string{"Random", "Reset", "Save this one"} {
			if b := uitest.Button(p.Content(), title).(*widgets.TippedButton); b.Disabled() == on {
				t.Errorf("%s: can be pressed %v, want %v", title, !b.Disabled(), on)
			}
		}
		if p.seed.Disabled() == on || p.knobs.axes[0].Disabled() == on || p.weights.check.Disabled() == on || p.knobs.empty.Visible() == on {
			t.Errorf("with a generator %v: seed %v, axis %v, weights %v, a word on sliders %v", on, !p.seed.Disabled(), !p.knobs.axes[0].Disabled(), !p.weights.check.Disabled(), p.knobs.empty.Visible())
		}
	}
	check(false)
	if pad(p).Empty != nothingYet || p.caption.note.Segment.Text != "" {
		t.Errorf("says %q and %q", pad(p).Empty, p.caption.note.Segment.Text)
	}
	r.Ready(apptest.Points)
	coming := ""
	r.S.RunChanged.On(func(studio.None) { coming = pad(p).Empty })
	r.Train()
	if coming != comesAtOnce {
		t.Errorf("a run without a generator as yet: says %q, want %q", coming, comesAtOnce)
	}
	r.Until("a generator has come", func() bool { return p.ready })
	check(true)
}

func TestExploreDrag(t *testing.T) {
	r := uitest.Start(t, nil)
	p := newPage(r)
	r.Show(p)
	r.Ready(apptest.Digits)
	r.Train()
	r.Until("a picture shows", func() bool { return p.ready && p.picture() != nil })
	if p.choice.parts[0].Visible() || p.choice.parts[1].Visible() {
		t.Error("there is a class or a generator to choose where there is one of each")
	}
	for i, s := range p.knobs.axes {
		text := fyne.MeasureText("Direction 24", theme.TextSize(), fyne.TextStyle{}).Width
		if room := s.Size().Width - theme.IconInlineSize() - 4*theme.InnerPadding(); room < text {
			t.Errorf("axis %d: %v for a direction's name, want %v", i, room, text)
		}
	}
	frames := 0
	p.OnFrame(func(FrameTime) { frames++ })
	before := p.picture()
	z := slices.Clone(p.place.z)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(pad(p))
	test.Drag(r.Host.Window().Canvas(), at.AddXY(pad(p).Size().Width/2, pad(p).Size().Height/2), 40, 25)
	r.Until("the picture has changed", func() bool { return p.picture() != before })
	if slices.Equal(z, p.place.z) || frames == 0 {
		t.Errorf("latent moved: %v, frames: %d", !slices.Equal(z, p.place.z), frames)
	}
	p.pins.pin(0)
	p.random()
	r.Until("it went to the seed", func() bool { return p.trail.Now.origin != "moved" && p.trail.Now.origin == "seed "+p.seed.Text })
	moved := p.picture()
	r.Until("its picture shows", func() bool { return p.picture() != moved || frames > 2 })
	p.pins.pin(1)
	r.Until("the way between the pins shows", func() bool { return p.pins.strip.Count() == stripLength })
	p.saved.add()
	r.Until("the latent is kept", func() bool { return len(p.saved.latents) == 1 })
	p.saved.choose(0)
	p.saved.remove()
	want := []string{fmt.Sprintf("%q is deleted from the project.", p.saved.latents[0].Name)}
	if !slices.Equal(r.Host.Texts, want) {
		t.Errorf("before deleting says %q, want %q", r.Host.Texts, want)
	}
	r.Host.Yes = true
	p.saved.remove()
	r.Until("the latent is gone", func() bool { return len(p.saved.latents) == 0 })
	p.weights.check.SetChecked(false)
	last := p.picture()
	r.Until("the raw weights draw", func() bool { return p.picture() != last })
}

func TestExplorePoints(t *testing.T) {
	r := uitest.Start(t, nil)
	p := newPage(r)
	r.Ready(apptest.Points)
	r.Train() // before the page is seen, which would take in generators of earlier steps
	frames := 0
	p.OnFrame(func(FrameTime) { frames++ })
	r.Show(p)
	r.Until("the plane is drawn", func() bool { return p.ready && frames > 0 })
	if !plane(p).Visible() || pad(p).Visible() {
		t.Error("points are not shown on the plane")
	}
	z, before := slices.Clone(p.place.z), frames
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(plane(p))
	test.Drag(r.Host.Window().Canvas(), at.AddXY(50, 50), 40, 25)
	if slices.Equal(z, p.place.z) {
		t.Error("dragging on the plane does not move the latent")
	}
	r.Until("the new place is drawn", func() bool { return frames > before })
	var f frame
	p.handed = nil
	p.frames.Show = func(shown frame) { f = shown }
	p.moved()
	r.Until("a frame comes", func() bool { return slices.Equal(f.z, p.place.z) })
	g := r.S.Run.Session.Generator(true)
	want := toPoints(g.Render(f.z, 1))[0]
	if here := f.content.(*pointsContent).here; here != want {
		t.Errorf("points out %v, want %v", here, want)
	}
}
