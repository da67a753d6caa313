package app

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

func TestExploreDrag(t *testing.T) {
	r := readyRig(t, tinyDigits)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 6 && !r.status.Running })
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
	test.Drag(r.window.Canvas(), pad.AddXY(p.pad.Size().Width/2, p.pad.Size().Height/2), 40, 25)
	r.until("the picture has changed", func() bool { return p.pins.current != before })
	if slices.Equal(z, p.place.z) || frames == 0 {
		t.Errorf("latent moved: %v, frames: %d", !slices.Equal(z, p.place.z), frames)
	}
	p.pins.pin(0)
	p.random()
	r.until("it went to the seed", func() bool { return p.origin == "seed "+p.seed.Text })
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
	r := readyRig(t, tinyRecipe)
	r.show(pageTrain) // Explore, which is shown first, would take in generators of earlier steps
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
	frames := 0
	r.OnExploreFrame(func(FrameTime) { frames++ })
	r.show(pageExplore)
	r.until("the plane is drawn", func() bool { return r.explore.ready && frames > 0 })
	if !r.explore.plane.Visible() || r.explore.pad.Visible() {
		t.Error("points are not shown on the plane")
	}
	z, before := slices.Clone(r.explore.place.z), frames
	plane := r.loop.AbsolutePositionForObject(r.explore.plane)
	test.Drag(r.window.Canvas(), plane.AddXY(50, 50), 40, 25)
	if slices.Equal(z, r.explore.place.z) {
		t.Error("dragging on the plane does not move the latent")
	}
	r.until("the new place is drawn", func() bool { return frames > before })
	var f frame
	r.explore.handed = nil
	r.explore.frames.Show = func(shown frame) { f = shown }
	r.explore.moved()
	r.until("a frame comes", func() bool { return slices.Equal(f.z, r.explore.place.z) })
	g := r.run.session.Generator(true)
	want := toPoints(g.Render(f.z, 1))[0]
	if f.here == nil || *f.here != want {
		t.Errorf("points out %v, want %v", f.here, want)
	}
}

func TestGalleryExport(t *testing.T) {
	r := readyRig(t, tinyDigits)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 6 && !r.status.Running })
	r.exportGallery()
	r.until("the preview is drawn", func() bool { return !r.button("Export…").Disabled() })
	test.Tap(r.button("Export…"))
	path := filepath.Join(t.TempDir(), "gallery")
	r.saveAsPath(path)
	path += ".png"
	r.until("the file is written", func() bool { return exists(path) && r.note.Visible() })
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
	r := readyRig(t, tinyRecipe)
	r.trainPressed()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
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
	r.until("the file is written", func() bool { return exists(path) && r.note.Visible() })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if img, err := png.Decode(f); err != nil || img.Bounds().Dx() != 2*640 {
		t.Errorf("the plot: %v, want 1280 pixels wide", err)
	}
}
