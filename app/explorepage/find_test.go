package explorepage

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
)

// write puts a picture into a file.
func write(t *testing.T, img image.Image) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "mine.png")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFindMine finds what the generator made itself, says how near, blends, and undo leads back.
func TestFindMine(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	f := p.tools.tools[0].(*findTool)
	p.tools.tabs.Select(2)
	if f.blend.Visible() || f.course.Visible() {
		t.Error("before anything is found there is a blend")
	}
	begun := p.place.z
	p.random()
	r.Until("it stands elsewhere", func() bool { return &p.place.z[0] != &begun[0] && p.last.z != nil && &p.last.z[0] == &p.place.z[0] })
	r.Host.Path = write(t, p.picture())
	p.reset()
	before := p.place.z
	test.Tap(f.button)
	r.Until("it is found and compared", func() bool { return f.results != nil && f.results.held != nil })
	if f.results.found[0].Distance > f.results.held[0] || len(f.results.held) == 0 || !strings.Contains(f.about.Segment.Text, "Nearer than") {
		t.Errorf("distance %v, held-out ones %v, says %q", f.results.found[0].Distance, f.results.held, f.about.Segment.Text)
	}
	if &p.place.z[0] == &before[0] || !f.blend.Visible() || f.course.Count() < 2 || f.all.Visible() {
		t.Errorf("blend %v, course of %d, all %v", f.blend.Visible(), f.course.Count(), f.all.Visible())
	}
	f.mix(0)
	for i, v := range p.place.z {
		if d := v - before[i]; d > 1e-5 || d < -1e-5 {
			t.Fatalf("blend 0 is %v, not where the page stood, %v", p.place.z, before)
		}
	}
	p.trail.Part()
	p.Undo()
	p.Undo()
	if &p.place.z[0] != &before[0] {
		t.Error("undo does not lead to where the page stood before")
	}
}

// TestFindRefuses: what is no picture is said, and what was found before stays.
func TestFindRefuses(t *testing.T) {
	r, p := explored(t, apptest.Digits)
	f := p.tools.tools[0].(*findTool)
	if p.Drop([]string{"x.png"}) {
		t.Error("with the sliders in sight a drop is taken")
	}
	p.tools.tabs.Select(2)
	grey := image.NewGray(image.Rect(0, 0, 9, 9))
	grey.SetGray(4, 4, color.Gray{Y: 255})
	if !p.Drop([]string{write(t, grey)}) {
		t.Fatal("a drop is not taken")
	}
	r.Until("it is found", func() bool { return f.results != nil })
	kept := f.results
	path := filepath.Join(t.TempDir(), "broken.png")
	if err := os.WriteFile(path, []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.Drop([]string{path})
	r.Until("it is refused", func() bool { return len(r.Host.Failed) > 0 })
	if got := r.Host.Failed[0].Error(); !strings.Contains(got, "broken.png") || f.results != kept {
		t.Errorf("says %q", got)
	}
	r.Host.Failed = nil
}

// TestFindNotOfPoints: where there are no pictures the tab is not there.
func TestFindNotOfPoints(t *testing.T) {
	_, p := explored(t, apptest.Points)
	p.tools.tabs.Select(2)
	if f := p.tools.tools[0].(*findTool); f.serves(p.view) {
		t.Error("pictures are looked for among points")
	}
}
