package explorepage

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
)

// quickDigits changes its pictures with every step.
var quickDigits = strings.Replace(apptest.Digits, "[g]\n", "ema = 0\n[g]\nlr = 0.05\n", 1)

// trainOn trains another step and waits until Explore draws what it learnt.
func trainOn(r *uitest.Rig, p *Page) {
	next := r.S.Status.Step + 1
	r.S.Run.Command(r.S.Run.Session.StepBoth)
	r.Until("its generator draws", func() bool { return p.last.step == next })
}

// TestFindsStay: a kept find shows as it was when it was kept, also once the generator has learnt
// on, and as it is now when asked.
func TestFindsStay(t *testing.T) {
	r, p := explored(t, quickDigits)
	p.drag(0.2, 0.1)
	p.dragEnd()
	r.Until("the place is drawn", func() bool { return slices.Equal(p.last.z, p.place.z) })
	was := p.last.picture
	p.saved.add()
	r.Until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	p.random()
	r.Until("it went elsewhere", func() bool { return p.trail.Now.seed != "" })
	trainOn(r, p)
	p.saved.choose(0)
	shown := func() image.Image { return p.saved.pictures[0] }
	if got := p.note.Segment.Text; got != "latent 1: as saved at step 6" || !p.said.Objects[1].Visible() || !p.saved.save.Disabled() {
		t.Errorf("says %q, can change %v, can be saved again %v", got, p.said.Objects[1].Visible(), !p.saved.save.Disabled())
	}
	if !samePicture(shown(), was) || p.pad.Picture() == nil || !samePicture(p.pad.Picture(), was) {
		t.Error("the find does not show as it was saved")
	}
	r.Until("the present generator has drawn it too", func() bool { return slices.Equal(p.last.z, p.saved.latents[0].Z) })
	if !samePicture(p.pad.Picture(), was) {
		t.Error("the present generator's picture replaces the find's")
	}
	frames := 0
	p.OnFrame(func(FrameTime) { frames++ })
	test.Tap(p.asItWas)
	r.Until("it is drawn as it is now", func() bool { return frames > 0 })
	if got := p.note.Segment.Text; got != "latent 1: as it is now, at step 7" || samePicture(p.pad.Picture(), was) {
		t.Errorf("says %q; the picture is the same: %v", got, samePicture(p.pad.Picture(), was))
	}
	p.drag(0.1, 0)
	if p.said.Objects[1].Visible() || p.saved.selected >= 0 || p.note.Segment.Text != "moved" {
		t.Errorf("away from the find: button %v, card %d, %q", p.said.Objects[1].Visible(), p.saved.selected, p.note.Segment.Text)
	}
	r.S.Plan.Undo()
	p.Undo()
	if p.saved.selected != 0 {
		t.Error("undo does not lead back to the find")
	}
}

// TestFindsOfPoints: of a generator of points the cloud and the place of the latent are kept.
func TestFindsOfPoints(t *testing.T) {
	r, p := explored(t, apptest.Points)
	p.drag(0.2, 0.1)
	p.dragEnd()
	r.Until("the place is drawn", func() bool { return slices.Equal(p.last.z, p.place.z) })
	was := p.last
	p.saved.add()
	r.Until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	trainOn(r, p)
	p.saved.choose(0)
	l := p.saved.latents[0]
	if l.Step != 40 || len(l.Points) != 1+len(was.fake) || l.Points[0] != *was.here || !slices.Equal(l.Points[1:], was.fake) || p.saved.pictures[0] == nil {
		t.Errorf("step %d, %d points, picture %v", l.Step, len(l.Points), p.saved.pictures[0] != nil)
	}
	if got := p.note.Segment.Text; got != "latent 1: as saved at step 40" || !p.plane.Visible() {
		t.Errorf("says %q, on the plane: %v", got, p.plane.Visible())
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
