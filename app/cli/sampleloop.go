package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"ganvas/engine/film"
)

// loopFlags say how a loop looks: pictures on the way through some latents and back to the first.
type loopFlags struct {
	Pins    int     `default:"5" placeholder:"P" help:"Of a loop: how many random latents it goes through (default ${default})."`
	Frames  int     `placeholder:"F" help:"Pictures of a loop (default: 20 a second). With it a .png is an animated one."`
	Seconds float64 `placeholder:"S" help:"How long a loop takes (default: one second from pin to pin)."`
	Ease    float64 `placeholder:"E" help:"How much a loop rests at its pins: 0, not at all, to 1 (default: 0)."`
	Smooth  bool    `help:"Enlarge the pictures of a loop smoothly instead of as squares."`
}

// isLoop tells whether the output is a film.
func (c sampleCmd) isLoop() bool {
	switch strings.ToLower(filepath.Ext(c.Out)) {
	case ".gif", ".apng":
		return true
	case ".png":
		return c.Loop.Frames > 0
	}
	return false
}

// check says what is wrong with the flags of a loop.
func (l loopFlags) check() error {
	switch {
	case l.Pins < 2 || l.Pins > 1000:
		return usageError{fmt.Errorf("sample: --pins %d: choose 2 to 1,000", l.Pins)}
	case l.Seconds < 0 || l.Seconds > 3600:
		return usageError{fmt.Errorf("sample: --seconds %g: choose up to 3600", l.Seconds)}
	case l.Frames < 0:
		return usageError{fmt.Errorf("sample: --frames %d: choose 2 or more", l.Frames)}
	case !(l.Ease >= 0 && l.Ease <= 1):
		return usageError{fmt.Errorf("sample: --ease %g: choose 0 to 1", l.Ease)}
	}
	return nil
}

// loop writes a film.
func (c *sampling) loop(w io.Writer) error {
	if !c.g.Out().Picture() {
		return fmt.Errorf("sample %s: the generator makes points, and a loop is of pictures: choose --out gallery.png", c.File)
	}
	f := c.film()
	p := startProgress(c.env, "sample", "frame", 0, int64(f.Frames), nil)
	defer p.finish()
	f.Done = func(done, total int) { p.set(int64(done), int64(total), 0, "") }
	if strings.EqualFold(filepath.Ext(c.Out), ".gif") {
		return f.GIF(c.ctx, w)
	}
	return f.APNG(c.ctx, w)
}

// film returns the film of a closed way through random latents. Where the generator knows classes
// and none was chosen, each pin is of another one, and they are blended on the way.
func (c *sampling) film() *film.Film {
	shape := c.g.Out()
	seconds := c.Loop.Seconds
	if seconds == 0 {
		seconds = float64(c.Loop.Pins)
	}
	frames := c.Loop.Frames
	if frames == 0 {
		frames = max(2, int(20*seconds))
	}
	scale := c.Scale
	if scale == 0 {
		scale = max(1, 256/shape[1])
	}
	class, part := c.g.Choice()
	k := c.g.Latent()
	z := append([]float32(nil), c.g.Noise(c.Seed, c.Loop.Pins)...)
	l := film.Loop{Frames: frames, Time: time.Duration(seconds * float64(time.Second)), Ease: c.Loop.Ease, Scale: scale, Smooth: c.Loop.Smooth}
	for i := range c.Loop.Pins {
		pin := film.Pin{Z: z[i*k : (i+1)*k], Class: class, Part: max(part, 0)} // another network would be a jump
		if n := c.g.Classes(); n > 0 && class < 0 {
			pin.Class = i % n
		}
		l.Pins = append(l.Pins, pin)
	}
	return l.Film(c.g)
}

// errLoopOnly is the error of flags that only loops have.
var errLoopOnly = errors.New("sample: --frames, --seconds, --ease and --smooth are for loops: choose --out loop.gif or loop.apng")
