package startpage

import (
	"context"
	"image"
	"sync"
	"time"

	"ganvas/app/studio"
	"ganvas/engine/session"
	"ganvas/internal/feed"
	"ganvas/widgets"
)

// A film has a generator invent pictures on a goroutine of its own, for as long as they are seen.
type film struct {
	s     *studio.Studio
	strip *widgets.Film
	feed  feed.Feed[*image.RGBA]
	wake  chan struct{}
	begun bool
	face  func(image.Image) // told a few pictures that were invented, once

	mu    sync.Mutex
	w, h  int // pixels of the screen that the strip covers; 0: nobody knows yet
	seen  bool
	still bool // only one picture of each is drawn
}

// stripHeight is the height of the row of pictures.
const stripHeight = 140

// A row is drawn at most every so often, and drawing takes at most one part of so many of the time
// of a processor.
const (
	leastFrame = time.Second / 15
	shareOf    = 11
)

func newFilm(s *studio.Studio, face func(image.Image)) *film {
	f := &film{s: s, wake: make(chan struct{}, 1), face: face}
	f.strip = widgets.NewFilm(stripHeight, func(w, h int) { f.change(func() { f.w, f.h = w, h }) })
	f.feed = feed.Feed[*image.RGBA]{Do: s.Do, Show: f.strip.SetPicture}
	return f
}

// setSeen says whether the film can be seen, and whether it stands still.
func (f *film) setSeen(seen, still bool) {
	f.change(func() { f.seen, f.still = seen, still })
	if seen && !f.begun && len(f.s.Examples) > 0 {
		f.begun = true
		f.s.Jobs.Start(f.run, func(err error) {
			if err != nil {
				f.s.FailUnlessCancelled(err)
			}
		})
	}
}

// change changes what the goroutine looks at, and has it look if that is news.
func (f *film) change(what func()) {
	f.mu.Lock()
	w, h, seen, still := f.w, f.h, f.seen, f.still
	what()
	news := w != f.w || h != f.h || seen != f.seen || still != f.still
	f.mu.Unlock()
	if news {
		select {
		case f.wake <- struct{}{}:
		default:
		}
	}
}

// run draws until ctx ends.
func (f *film) run(ctx context.Context) error {
	path, err := f.s.Examples[0].Lay(f.s.Home)
	if err != nil {
		return err
	}
	g, err := session.FinishedGenerator(path)
	if err != nil {
		return err
	}
	r := newReel(g)
	faces := r.block()
	f.s.Do(func() { f.face(faces) })
	f.play(ctx, r)
	return nil
}

// play draws until ctx ends.
func (f *film) play(ctx context.Context, r *reel) {
	var at time.Duration
	pause := time.NewTimer(0)
	defer pause.Stop()
	for last := time.Now(); ; {
		f.mu.Lock()
		w, h, seen, still := f.w, f.h, f.seen, f.still
		f.mu.Unlock()
		wait := time.Duration(-1)
		if begin := time.Now(); seen && w > 0 && h > 0 {
			at += min(begin.Sub(last), time.Second/4) // nothing leaps
			last = begin
			r.fit(w, h)
			f.feed.Put(r.draw(at.Seconds()))
			wait = max(leastFrame-time.Since(begin), r.spent*(shareOf-1))
			if still {
				wait = -1
			}
		}
		if !sleep(ctx, f.wake, pause, wait) {
			return
		}
	}
}

// sleep waits for so long, without end if that is negative, or until it is woken. It tells whether
// ctx goes on.
func sleep(ctx context.Context, wake <-chan struct{}, t *time.Timer, wait time.Duration) bool {
	var rung <-chan time.Time
	if wait >= 0 {
		t.Reset(wait)
		rung = t.C
	}
	select {
	case <-ctx.Done():
	case <-wake:
	case <-rung:
	}
	return ctx.Err() == nil
}
