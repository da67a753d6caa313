package startpage

import (
	"context"
	"image"
	"math"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/tensor"
	"ganvas/internal/feed"
)

// tiny returns a generator of pictures in colour that has learnt nothing.
func tiny(t *testing.T) *gan.Generator {
	t.Helper()
	n, err := nn.New([]string{"linear 48", "unflatten 4 4 3", "tanh"}, nn.Shape{6})
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range n.Params {
		for k := range p.Value.Data {
			p.Value.Data[k] = float32(math.Sin(float64(i + k)))
		}
	}
	return gan.NewGenerator(n, "gaussian")
}

// TestFilm draws while it is seen, once where it stands still, and nothing before it knows how large
// it is, or while it is hidden.
func TestFilm(t *testing.T) {
	threads := tensor.Threads()
	tensor.SetThreads(1)
	defer tensor.SetThreads(threads)
	synctest.Test(t, func(t *testing.T) {
		var drawn atomic.Int32
		rows := func() int { return int(drawn.Load()) }
		f := &film{wake: make(chan struct{}, 1), begun: true}
		f.feed = feed.Feed[*image.RGBA]{Do: func(f func()) { f() }, Show: func(*image.RGBA) { drawn.Add(1) }}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			f.play(ctx, newReel(tiny(t)))
			close(ended)
		}()
		second := func() int {
			synctest.Wait()
			before := rows()
			time.Sleep(time.Second)
			synctest.Wait()
			return rows() - before
		}
		f.setSeen(true, false)
		if got := second(); got != 0 {
			t.Errorf("before it knows how large it is %d rows are drawn", got)
		}
		f.change(func() { f.w, f.h = 90, 16 })
		if got := second(); got < 10 || got > 16 {
			t.Errorf("in a second %d rows are drawn, want about 15", got)
		}
		f.setSeen(false, false)
		if got := second(); got != 0 {
			t.Errorf("hidden, %d rows are drawn", got)
		}
		before := rows()
		f.setSeen(true, true)
		if second(); rows() != before+1 {
			t.Errorf("standing still, %d rows are drawn, want 1", rows()-before)
		}
		f.change(func() { f.w = 100 })
		if second(); rows() != before+2 {
			t.Errorf("standing still and larger, %d rows are drawn, want 1", rows()-before-1)
		}
		cancel()
		<-ended
	})
}

// TestReel fills the row that it is given, moves a little in a little time, and is the same for the
// same time.
func TestReel(t *testing.T) {
	r := newReel(tiny(t))
	for _, c := range []struct{ w, h, n, side int }{{1180, 140, 9, 8}, {60, 8, 8, 7}, {8, 8, 1, 8}, {3, 8, 1, 3}} {
		r.fit(c.w, c.h)
		img := r.draw(1)
		if c.h > 8 { // more is enlarged by whoever shows it
			c.w, c.h = c.w*8/c.h, 8
		}
		if img.Rect.Dx() != c.w || img.Rect.Dy() != c.h || r.n != c.n || r.side > c.side {
			t.Errorf("%d×%d: %v with %d pictures of %d, want %d of at most %d", c.w, c.h, img.Rect, r.n, r.side, c.n, c.side)
		}
		if used := r.n*r.side + (r.n-1)*r.gap(); used > c.w || used <= c.w-r.n {
			t.Errorf("%d×%d: %d pixels are used", c.w, c.h, used)
		}
	}
	r.fit(200, 16)
	if !slices.Equal(r.draw(2.5).Pix, r.draw(2.5).Pix) {
		t.Error("two rows of one time differ")
	}
	for step := range 200 { // over the ends of several walks
		a, b := r.at(3, float64(step)/10), r.at(3, float64(step)/10+0.01)
		far := 0.0
		for k := range a {
			far = max(far, math.Abs(float64(a[k]-b[k])))
		}
		if far > 0.03 {
			t.Fatalf("after %g s it leaps by %g", float64(step)/10, far)
		}
	}
}
