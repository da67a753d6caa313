package explorepage

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
)

// TestShown: what is to be written is what is shown: a seed, a place between, a find as it was
// saved.
func TestShown(t *testing.T) {
	r, p := explored(t, quickDigits)
	wished := 0
	p.OnSavePicture = func() { wished++ }
	p.OnSaveFinds = func() { wished += 10 }
	test.Tap(p.saved.picture)
	n, ok := p.Shown()
	if !ok || wished != 1 || n.Seed == nil || *n.Seed != 1 || n.Step != 6 || n.Picture != p.picture() || !p.saved.gallery.Disabled() {
		t.Fatalf("of a seed: %+v, %v; %d wishes", n, ok, wished)
	}
	p.drag(0.2, 0.1)
	p.dragEnd()
	r.Until("the place is drawn", func() bool { return slices.Equal(p.last.z, p.place.z) })
	moved, _ := p.Shown()
	if moved.Seed != nil || !slices.Equal(moved.Z, p.place.z) {
		t.Errorf("of a place between: seed %v, %v", moved.Seed, moved.Z)
	}
	p.saved.add()
	r.Until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	test.Tap(p.saved.gallery)
	trainOn(r, p)
	p.saved.choose(0)
	n, ok = p.Shown()
	if !ok || wished != 11 || n.Find == nil || n.Step != 6 || !samePicture(n.Picture, moved.Picture) {
		t.Errorf("of a find as it was saved: %+v, %v; %d wishes", n, ok, wished)
	}
	made, err := n.Record(r.S.Run)
	if err != nil || made.Weights != "" {
		t.Fatalf("%+v, %v", made, err)
	}
	if run, step := made.RunOf(0); run != 1 || step != 6 || made.Step != 6 {
		t.Errorf("it is of run %d, step %d", run, step)
	}
}

// TestNothingShown: of points there is no picture to write, and no button for it.
func TestNothingShown(t *testing.T) {
	_, p := explored(t, apptest.Points)
	if _, ok := p.Shown(); ok || p.saved.picture.Visible() || p.saved.gallery.Visible() {
		t.Errorf("a picture is there: %v; the buttons: %v, %v", ok, p.saved.picture.Visible(), p.saved.gallery.Visible())
	}
}

// TestVisit: a picture leads to its latent, and to the weights that it was made with; undo leads
// back.
func TestVisit(t *testing.T) {
	r, p := explored(t, quickDigits)
	z := []float32{1, 2, 3, 4, 5, 6, 7, 8}
	r.S.Visited.Emit(studio.Visit{Picture: "x.png", Z: z, Class: -1, Part: -1})
	r.Until("it is there", func() bool { return slices.Equal(p.last.z, z) && !p.last.averaged })
	if p.weights.check.Checked || p.caption.note.Segment.Text != "x.png" {
		t.Errorf("averaged weights are ticked: %v; says %q", p.weights.check.Checked, p.caption.note.Segment.Text)
	}
	p.Undo()
	if slices.Equal(p.place.z, z) {
		t.Error("undo does not lead back")
	}
}
