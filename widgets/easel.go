package widgets

import (
	"image"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ganvas/internal/feed"
)

// drawInterval is the shortest time between two drawings of the same easel.
const drawInterval = 200 * time.Millisecond

// A view is everything around a content that its drawing depends on.
type view struct {
	w, h  int     // device pixels
	scale float32 // device pixels in one of Fyne's units
	style style
}

func (v view) equal(o view) bool {
	return v.w == o.w && v.h == o.h && v.scale == o.scale && v.style.equal(o.style)
}

// An easel draws a content of type C on its own goroutine, and only while its last picture was
// painted on the screen: what nobody sees costs nothing. P is a finished picture with whatever
// belongs to it.
//
// Nothing but the finished picture changes when it is done, so that a canvas may be captured at the
// same time.
type easel[C, P any] struct {
	owner   fyne.Widget
	draw    func(C, view) P // runs on the easel's goroutine
	imageOf func(P) *image.RGBA
	done    func(P) // called on the UI goroutine; may be nil

	shown  *picture
	drawn  atomic.Pointer[P]
	drawer drawer[struct{}]
	feed   feed.Feed[P]

	mu      sync.Mutex
	content C
	view    view
	version int64 // counts changes of content
	asked   int64 // the version that drawing was last asked for
	seen    bool  // the last picture was painted
}

// setUp makes the easel ready; fields draw and imageOf are set before.
func (e *easel[C, P]) setUp(owner fyne.Widget, content C) {
	e.owner, e.content = owner, content
	e.shown = newPicture(canvas.ImageScaleFastest)
	e.shown.wanted = e.painted
	e.drawer.draw = func(struct{}) { e.drawNow() }
	if e.drawer.interval == 0 {
		e.drawer.interval = drawInterval
	}
	e.feed.Do, e.feed.Show = fyne.Do, e.show
}

// change alters the content; f runs at once, under a lock. It may be called from any goroutine.
func (e *easel[C, P]) change(f func(*C)) {
	e.mu.Lock()
	f(&e.content)
	e.version++
	ask := e.seen && e.view.w > 0
	if ask {
		e.asked = e.version
	}
	e.mu.Unlock()
	if ask {
		e.drawer.put(struct{}{})
	}
}

// current returns the content.
func (e *easel[C, P]) current() C {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.content
}

// painted is told on the UI goroutine that the picture goes to the screen at w×h device pixels.
func (e *easel[C, P]) painted(w, h int) {
	v := view{w: w, h: h, scale: pixelScale(e.owner), style: currentStyle(e.owner)}
	e.mu.Lock()
	ask := w > 0 && h > 0 && (!v.equal(e.view) || e.asked != e.version)
	e.view, e.seen, e.asked = v, true, e.version
	e.mu.Unlock()
	if ask {
		e.drawer.put(struct{}{})
	}
}

func (e *easel[C, P]) drawNow() {
	e.mu.Lock()
	content, v := e.content, e.view
	e.mu.Unlock()
	p := e.draw(content, v)
	e.mu.Lock()
	e.seen = false
	e.mu.Unlock()
	e.feed.Put(p)
}

func (e *easel[C, P]) show(p P) {
	e.drawn.Store(&p)
	e.shown.image.Store(e.imageOf(p))
	canvas.Refresh(e.shown.Raster)
	if e.done != nil {
		e.done(p)
	}
}

// last returns the finished picture, or false where there is none yet.
func (e *easel[C, P]) last() (p P, ok bool) {
	if at := e.drawn.Load(); at != nil {
		return *at, true
	}
	return p, false
}

func (e *easel[C, P]) close() { e.drawer.close() }
