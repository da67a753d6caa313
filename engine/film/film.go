// Package film writes pictures that move, as GIF or as animated PNG. A Loop draws the way through some latents; other films are handed over frame by frame.
package film

import (
	"context"
	"fmt"
	"image"
	"math"
	"time"
)

// A Film is frames of one size that are shown one after the other, again and again.
type Film struct {
	W, H   int // pixels
	Frames int
	// Time is how long all frames are shown together.
	Time time.Duration
	// Frame draws frame i, from 0, opaque: what it returns may be drawn over by the next call. Frames
	// are asked for in order, by some formats twice.
	Frame func(ctx context.Context, i int) (*image.RGBA, error)
	// Done is told how much of the work is done; it may be nil.
	Done func(done, total int)
}

// Limits of films: what more is no picture that a program would show.
const (
	mostFrames = 10_000
	mostPixels = 1 << 30 // of all frames
)

// Check says why a film cannot be written.
func (f *Film) Check() error {
	switch {
	case f.Frames < 2 || f.Frames > mostFrames:
		return fmt.Errorf("a film of %d frames: choose 2 to %d", f.Frames, mostFrames)
	case f.W < 1 || f.H < 1 || f.W > 1<<15 || f.H > 1<<15 || f.W*f.H > mostPixels/f.Frames:
		return fmt.Errorf("a film of %d frames of %d×%d pixels is too large: choose fewer frames or a smaller size", f.Frames, f.W, f.H)
	case f.Time < time.Duration(f.Frames)*10*time.Millisecond || f.Time > time.Hour:
		return fmt.Errorf("%d frames in %v: choose 10 ms to an hour a frame, and an hour at most", f.Frames, f.Time)
	}
	return nil
}

// frame draws frame i and tells that part of all passes is done.
func (f *Film) frame(ctx context.Context, i, pass, passes int) (*image.RGBA, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	img, err := f.Frame(ctx, i)
	if err != nil {
		return nil, err
	}
	if img.Rect.Dx() != f.W || img.Rect.Dy() != f.H {
		return nil, fmt.Errorf("frame %d has %v pixels, want %d×%d", i+1, img.Rect.Size(), f.W, f.H)
	}
	if f.Done != nil {
		f.Done(pass*f.Frames+i+1, passes*f.Frames)
	}
	return img, nil
}

// delay returns how long frame i is shown in units, of which there are so many in a second: rounded
// so that all of them together take as long as they should.
func (f *Film) delay(i, units int) int {
	until := func(i int) int {
		return int(math.Round(f.Time.Seconds() * float64(units) * float64(i) / float64(f.Frames)))
	}
	return until(i+1) - until(i)
}
