package datapage

import (
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestBeforeAndAfter(t *testing.T) {
	r := garden(t)
	p := r.prep
	left, top, right, bottom, movable := p.before.Part()
	if left != 0.25 || top != 0 || right != 0.75 || bottom != 1 || !movable {
		t.Fatalf("the crop is %g, %g to %g, %g, movable: %v; want the middle of 60×30", left, top, right, bottom, movable)
	}
	p.before.OnMove(0.9, 0) // beyond the edge
	if left, _, right, _, _ := p.before.Part(); left != 0.5 || right != 1 {
		t.Errorf("dragged to %g to %g, want the right half", left, right)
	}
	if got := r.S.Plan.Now().FocusX; got != 0.5 {
		t.Errorf("the plan's focus is %g while dragging, want 0.5", got)
	}
	p.before.OnMoveEnd()
	if got := r.S.Plan.Now(); got.FocusX != 0.75 || got.FocusY != 0.5 {
		t.Errorf("the focus is %g, %g, want 0.75, 0.5", got.FocusX, got.FocusY)
	}
	r.Until("all are cropped there", func() bool { return r.S.Data.Set != nil && !r.S.Data.Opening })
	values := make([]float32, 32*32*r.S.Data.Set.Info().Shape[2])
	r.S.Data.Set.Read(2, values)
	if values[0] < 0 { // the right half is bright
		t.Errorf("the first value of the crop is %g, want that of the right half", values[0])
	}
	test.Tap(p.centre)
	if got := r.S.Plan.Now().FocusX; got != 0.5 {
		t.Errorf("the centre is at %g", got)
	}
	p.fit.SetSelected("Pad")
	p.background.SetSelected("Black")
	if got := r.S.Plan.Now(); got.Fit != "pad" || got.Background != "#000000" {
		t.Errorf("fit %q before %q", got.Fit, got.Background)
	}
	if _, _, _, _, movable := p.before.Part(); movable {
		t.Error("a crop that is none can be dragged")
	}
	r.Until("all are padded", func() bool { return r.S.Data.Set != nil && !r.S.Data.Opening && r.S.Data.Options.Fit == "pad" })
	r.S.Data.Set.Read(0, values)
	if values[0] != -1 {
		t.Errorf("the margin is %g, want black", values[0])
	}
}

// Of a video's frames one in so many can be taken, where there are frames.
func TestFramesWithAStride(t *testing.T) {
	r := newRig(t)
	open := func(file string, items int) {
		t.Helper()
		r.S.Data.Choose(file)
		r.Until("the data are listed", func() bool { return r.S.Plan.Now().Data == file && len(r.items.items) == items })
	}
	open(testdata(t, "frames/video.avi"), 6)
	p := r.prep
	if !p.strideBox.Visible() || p.stride.Selected != "Every frame" {
		t.Fatalf("%q shown: %v, want every frame", p.stride.Selected, p.strideBox.Visible())
	}
	p.stride.SetSelected("1 frame in 5")
	r.Until("two are left", func() bool { return len(r.items.items) == 2 })
	if r.S.Plan.Now().Stride != 5 {
		t.Errorf("a stride of %d", r.S.Plan.Now().Stride)
	}
	r.S.Data.SetPreprocessing("stride", "4")
	if p.stride.Selected != "1 frame in 4" {
		t.Errorf("%q, want what was typed", p.stride.Selected)
	}
	open(testdata(t, "frames/sprites_8x8.png"), 10)
	if p.strideBox.Visible() || r.S.Plan.Now().Stride != 1 {
		t.Errorf("of pictures that do not move %q is shown: %v, a stride of %d", p.stride.Selected, p.strideBox.Visible(), r.S.Plan.Now().Stride)
	}
}

// The controls change the plan, and what cannot be stays in its field.
func TestPreprocessingControls(t *testing.T) {
	r := newRig(t)
	p := r.prep
	p.size.SetText("32")
	p.size.OnSubmitted("32")
	shape := func(want ...int) func() bool {
		return func() bool { return r.S.Data.Set != nil && slices.Equal(r.S.Data.Set.Info().Shape, want) }
	}
	r.Until("the digits are read at 32 pixels", shape(32, 32, 1))
	if r.S.Reason != "" {
		t.Errorf("cannot be trained at 32 pixels: %s", r.S.Reason)
	}
	p.mirror.SetChecked(true)
	r.Until("they are mirrored", func() bool { return r.S.Data.Set != nil && p.flip.Visible() })
	p.channels.SetSelected("Colour")
	r.Until("they are in colour", shape(32, 32, 3))
	p.size.SetText("2")
	p.size.OnSubmitted("2")
	if size := p.size; r.Host.Dialog() != nil || size.Text != "2" || !size.Typing() || r.S.Plan.Now().ImageSize != 32 {
		t.Errorf("a size of 2: dialog %q, the field shows %q, the plan has %d", r.Host.DialogText(), size.Text, r.S.Plan.Now().ImageSize)
	}
}

// What is used of a picture and what is made of it are drawn at one size.
func TestBeforeAndAfterAreOfOneSize(t *testing.T) {
	r := garden(t)
	p := r.prep
	sizes := func() (used, made float32) {
		left, _, right, _, _ := p.before.Part()
		return p.before.Drawn().Width * (right - left), p.after.Drawn().Width
	}
	for _, size := range []fyne.Size{{Width: 1180, Height: 700}, {Width: 1180, Height: 560}} {
		r.Host.Window().Resize(size)
		r.Until("the picture is prepared", func() bool { return p.about.Segment.Text != "" })
		if used, made := sizes(); max(used, made)-min(used, made) > 0.5 || made < 48 {
			t.Errorf("at %v the part of 30 pixels is drawn %v wide, 32 pixels of it %v", size, used, made)
		}
	}
	p.mirror.SetChecked(true)
	r.Until("it is mirrored", func() bool { return p.flip.Visible() && p.flip.Drawn().Width > 0 })
	if used, made := sizes(); max(used, made)-min(used, made) > 0.5 || p.flip.Drawn().Width != made {
		t.Errorf("drawn %v, %v and mirrored %v wide", used, made, p.flip.Drawn().Width)
	}
}

func TestSideOf(t *testing.T) {
	for _, c := range []struct{ room, used, size, want int }{
		{172, 28, 28, 168}, // as they are
		{172, 64, 32, 128}, // whole pixels of both
		{172, 512, 32, 160},
		{172, 100, 32, 160}, // no size near is whole for both
		{172, 30, 128, 172}, // larger than its pixels, but not twice
		{30, 64, 32, 0},     // thin
	} {
		if got := sideOf(c.room, c.used, c.size); got != c.want {
			t.Errorf("%d pixels and the %d that are made of them, in %d: %d, want %d", c.used, c.size, c.room, got, c.want)
		}
	}
}

// TestRefusedSizeKeepsTrainFromStarting: what a field does not take keeps Train from starting until
// it is mended.
func TestRefusedSizeKeepsTrainFromStarting(t *testing.T) {
	r := newRig(t)
	r.Ready(apptest.Digits)
	size := r.prep.size
	size.SetText("2")
	size.OnSubmitted("2")
	if got := r.S.Reason; !strings.HasPrefix(got, "Size ") || !strings.HasSuffix(got, ": fix it on the Data page") {
		t.Errorf("Train waits for %q", got)
	}
	size.SetText("28")
	size.OnSubmitted("28")
	if got := r.S.Reason; got != "" {
		t.Errorf("mended, Train waits for %q", got)
	}
}
