//go:build smoke

package smoke

import (
	"bytes"
	"image"
	"image/png"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"ganvas/internal/clipboard"
)

// TestClipboard copies pictures, of which one is too large for a request of X11, and pastes them as
// another program does.
func TestClipboard(t *testing.T) {
	display := startDisplay(t)
	t.Setenv("DISPLAY", display)
	t.Setenv("WAYLAND_DISPLAY", "")
	p := newPaster(t, display)
	for _, side := range []int{40, 700} { // noise of 700×700 is 1.5 MB
		img := noise(side)
		if err := clipboard.Copy(img); err != nil {
			t.Fatal(err)
		}
		if got := p.paste(t, "UTF8_STRING"); got != nil {
			t.Errorf("a picture is pasted as the text %q", got)
		}
		got, err := png.Decode(bytes.NewReader(p.paste(t, "image/png")))
		if err != nil {
			t.Fatal(err)
		}
		for y := range side {
			for x := range side {
				if r, g, b, _ := got.At(x, y).RGBA(); uint8(r>>8) != img.Pix[img.PixOffset(x, y)] || uint8(g>>8) != img.Pix[img.PixOffset(x, y)+1] || uint8(b>>8) != img.Pix[img.PixOffset(x, y)+2] {
					t.Fatalf("%d×%d: pixel %d, %d is another", side, side, x, y)
				}
			}
		}
	}
}

// noise is a picture that no compression makes smaller.
func noise(side int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range img.Pix {
		img.Pix[i] = uint8(r.Uint32()) | 0xff*uint8(i%4/3)
	}
	return img
}

// TestClipboardOfTwo: who goes while a large picture is handed over does not keep it in memory
// after another one was copied.
func TestClipboardOfTwo(t *testing.T) {
	display := startDisplay(t)
	t.Setenv("DISPLAY", display)
	t.Setenv("WAYLAND_DISPLAY", "")
	if err := clipboard.Copy(noise(700)); err != nil {
		t.Fatal(err)
	}
	gone := newPaster(t, display)
	xproto.ConvertSelection(gone.x, gone.window, gone.atom(t, "CLIPBOARD"), gone.atom(t, "image/png"), gone.atom(t, "GANVAS_PASTED"), xproto.TimeCurrentTime)
	for begun := false; !begun; { // what comes in chunks is not taken
		event, err := gone.x.WaitForEvent()
		if event == nil || err != nil {
			t.Fatal(event, err)
		}
		_, begun = event.(xproto.SelectionNotifyEvent)
	}
	if err := clipboard.Copy(noise(40)); err != nil {
		t.Fatal(err)
	}
	if err := xproto.DestroyWindowChecked(gone.x, gone.window).Check(); err != nil {
		t.Fatal(err)
	}
	p := newPaster(t, display)
	const turns = 20_000 // each asks the display, which meanwhile tells the owners
	for range turns {
		stacks := make([]byte, 1<<20)
		stacks = stacks[:runtime.Stack(stacks, true)]
		if bytes.Count(stacks, []byte("(*owner).serve(")) <= 1 {
			return
		}
		p.atom(t, "CLIPBOARD")
	}
	t.Error("the first picture is still kept")
}

// A paster is another program on the same display.
type paster struct {
	x      *xgb.Conn
	window xproto.Window
}

func newPaster(t *testing.T, display string) *paster {
	t.Helper()
	x, err := xgb.NewConnDisplay(display)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(x.Close)
	p := &paster{x: x}
	if p.window, err = xproto.NewWindowId(x); err != nil {
		t.Fatal(err)
	}
	screen := xproto.Setup(x).DefaultScreen(x)
	err = xproto.CreateWindowChecked(x, screen.RootDepth, p.window, screen.Root, 0, 0, 1, 1, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, xproto.CwEventMask, []uint32{xproto.EventMaskPropertyChange}).Check()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// atom returns the display's number of a name.
func (p *paster) atom(t *testing.T, name string) xproto.Atom {
	t.Helper()
	reply, err := xproto.InternAtom(p.x, false, uint16(len(name)), name).Reply()
	if err != nil {
		t.Fatal(err)
	}
	return reply.Atom
}

// paste asks for what is on the clipboard in a form; nil: there is no such thing.
func (p *paster) paste(t *testing.T, form string) []byte {
	t.Helper()
	atom := func(name string) xproto.Atom { return p.atom(t, name) }
	property := atom("GANVAS_PASTED")
	take := func() (xproto.Atom, []byte) {
		reply, err := xproto.GetProperty(p.x, true, p.window, property, xproto.GetPropertyTypeAny, 0, 1<<24).Reply()
		if err != nil {
			t.Fatal(err)
		}
		return reply.Type, reply.Value
	}
	xproto.ConvertSelection(p.x, p.window, atom("CLIPBOARD"), atom(form), property, xproto.TimeCurrentTime)
	var content []byte
	chunks := false
	for {
		event, err := p.x.WaitForEvent()
		if err != nil {
			t.Fatal(err)
		}
		switch e := event.(type) {
		case nil:
			t.Fatal("the display is gone")
		case xproto.SelectionNotifyEvent:
			if e.Property == xproto.AtomNone {
				return nil
			}
			kind, value := take()
			if kind != atom("INCR") {
				return value
			}
			chunks = true
		case xproto.PropertyNotifyEvent:
			if !chunks || e.Atom != property || e.State != xproto.PropertyNewValue {
				continue
			}
			_, value := take()
			if len(value) == 0 {
				return content
			}
			content = append(content, value...)
		}
	}
}
