package explorepage

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/internal/feed"
)

// A stage has the place drawn, and shows what was drawn.
type stage struct {
	box      *fyne.Container // holds the objects of all views, of which one is visible
	views    map[datasets.Kind]kindView
	view     kindView // of the generator
	renderer *renderer
	frames   feed.Feed[frame]
	strips   feed.Feed[strip]
	last     frame           // the newest drawing
	handed   func(FrameTime) // told of every picture that was handed to the canvas; may be nil
}

// newStage returns a stage for what w comes to; drawn and stripped are told of what was drawn, on
// the UI goroutine.
func newStage(s *studio.Studio, w *walk, drawn func(frame), stripped func(strip)) *stage {
	t := &stage{box: container.NewStack(), views: map[datasets.Kind]kindView{}}
	for _, k := range kinds {
		v := k.make(s, w)
		t.views[k.kind] = v
		t.box.Add(v.object())
	}
	t.frames = feed.Feed[frame]{Do: s.Do, Show: drawn}
	t.strips = feed.Feed[strip]{Do: s.Do, Show: stripped}
	t.renderer = newRenderer(t.views, t.frames.Put, t.strips.Put)
	t.view = t.views[datasets.Pictures]
	t.announce(nothingYet)
	t.front(t.view)
	return t
}

// announce says what stands where nothing was drawn yet.
func (t *stage) announce(text string) {
	for _, v := range t.views {
		v.announce(text)
	}
}

// front brings a view to the front.
func (t *stage) front(front kindView) {
	for _, v := range t.views {
		ui.SetShown(v.object(), v == front)
	}
}

// Close ends what draws in the background and waits for it. Not on the UI goroutine.
func (t *stage) Close() {
	for _, v := range t.views {
		v.close()
	}
}

// clear takes away what is shown.
func (t *stage) clear() {
	for _, v := range t.views {
		v.clear()
	}
}

// draw has the place drawn anew.
func (t *stage) draw(w *walk) {
	t.renderer.draw(scene{z: w.place.z, inside: w.trail.Now.inside, grid: t.view.grid(w), asked: time.Now()})
}

// picture returns the newest drawing as a picture, nil where it is none.
func (t *stage) picture() image.Image {
	if t.last.content == nil {
		return nil
	}
	return t.last.content.picture()
}

// show hands the newest drawing to the canvas.
func (t *stage) show() {
	t.last.content.show()
	if t.handed != nil {
		t.handed(FrameTime{Asked: t.last.asked, Handed: time.Now()})
	}
}

// A FrameTime says when a picture of Explore was asked for, by a drag, a slider or a newer
// generator, and when it was handed to the canvas.
type FrameTime struct{ Asked, Handed time.Time }

// OnFrame has f called on the UI goroutine for every picture that Explore hands to the
// canvas, for measuring; nil ends that.
func (t *stage) OnFrame(f func(FrameTime)) { t.handed = f }
