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
	"ganvas/widgets"
)

// quickDigits changes its pictures with every step.
var quickDigits = strings.Replace(apptest.Digits, "[g]\n", "ema = 0\n[g]\nlr = 0.05\n", 1)

// trainOn trains another step and waits until Explore draws what it learnt.
func trainOn(r *uitest.Rig, p *Page) {
	next := r.S.Status.Step + 1
	r.S.Run.Command(r.S.Run.Session.StepBoth)
	r.Until("its generator draws", func() bool { return p.last.step == next && r.S.Status.Step == next })
}

// TestFindsStay: a kept find shows as it was when it was kept, also once the generator has learnt
// on, and as it is now when asked.
func TestFindsStay(t *testing.T) {
	r, p := explored(t, quickDigits)
	p.drag(0.2, 0.1)
	p.dragEnd()
	r.Until("the place is drawn", func() bool { return slices.Equal(p.last.z, p.place.z) })
	was := p.picture()
	p.saved.add()
	r.Until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	p.random()
	r.Until("it went elsewhere", func() bool { return p.trail.Now.seed != "" })
	trainOn(r, p)
	p.saved.choose(0)
	shown := func() image.Image { return p.saved.contents[0].picture() }
	if got := p.caption.note.Segment.Text; got != "latent 1: as saved at step 6" || !p.caption.button.Visible() || !p.saved.save.Disabled() {
		t.Errorf("says %q, can change %v, can be saved again %v", got, p.caption.button.Visible(), !p.saved.save.Disabled())
	}
	if !samePicture(shown(), was) || pad(p).Picture() == nil || !samePicture(pad(p).Picture(), was) {
		t.Error("the find does not show as it was saved")
	}
	r.Until("the present generator has drawn it too", func() bool { return slices.Equal(p.last.z, p.saved.latents[0].Z) })
	if !samePicture(pad(p).Picture(), was) {
		t.Error("the present generator's picture replaces the find's")
	}
	frames := 0
	p.OnFrame(func(FrameTime) { frames++ })
	test.Tap(p.caption.asItWas)
	r.Until("it is drawn as it is now", func() bool { return frames > 0 })
	if got := p.caption.note.Segment.Text; got != "latent 1: as it is now, at step 7" || samePicture(pad(p).Picture(), was) {
		t.Errorf("says %q; the picture is the same: %v", got, samePicture(pad(p).Picture(), was))
	}
	p.drag(0.1, 0)
	if p.caption.button.Visible() || p.saved.selected >= 0 || p.caption.note.Segment.Text != "moved" {
		t.Errorf("away from the find: button %v, card %d, %q", p.caption.button.Visible(), p.saved.selected, p.caption.note.Segment.Text)
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
	was := p.last.content.(*pointsContent)
	p.saved.add()
	r.Until("it is kept", func() bool { return len(p.saved.latents) == 1 })
	trainOn(r, p)
	p.saved.choose(0)
	l := p.saved.latents[0]
	if l.Step != 40 || len(l.Points) != 1+len(was.cloud) || l.Points[0] != was.here || !slices.Equal(l.Points[1:], was.cloud) || len(l.Thumb) == 0 {
		t.Errorf("step %d, %d points, picture of %d bytes", l.Step, len(l.Points), len(l.Thumb))
	}
	if card := p.saved.contents[0].card(); inkOf(card, widgets.Generated) == 0 || inkOf(card, widgets.Real) > 0 {
		t.Error("the points of a generator are not in their colour on the find's card")
	}
	if got := p.caption.note.Segment.Text; got != "latent 1: as saved at step 40" || !plane(p).Visible() {
		t.Errorf("says %q, on the plane: %v", got, plane(p).Visible())
	}
}

// inkOf returns how many pixels of a picture have a role's colour.
func inkOf(img image.Image, role widgets.Role) (n int) {
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if color.NRGBAModel.Convert(img.At(x, y)) == color.Color(role.ColorOnAny()) {
				n++
			}
		}
	}
	return n
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
