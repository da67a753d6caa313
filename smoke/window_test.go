//go:build smoke

package smoke

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"ganvas/internal/xdnd"
)

// teal is a colour that the program itself does not use.
var teal = color.RGBA{R: 0, G: 180, B: 90, A: 255}

// pictures writes a folder of pictures of a colour with a dark disc each, and returns it.
func pictures(t *testing.T, colour color.RGBA) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "my pictures") // with a space, as people name things
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 48 {
		m := image.NewRGBA(image.Rect(0, 0, 32, 32))
		for y := range 32 {
			for x := range 32 {
				c := colour
				if dx, dy := x-10-i%12, y-10-i/4; dx*dx+dy*dy < 30 {
					c = color.RGBA{R: 60, G: 20, B: 40, A: 255}
				}
				m.SetRGBA(x, y, c)
			}
		}
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("%d.png", i)))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, m); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// count returns how many pixels in r have a colour.
func count(m *image.RGBA, r image.Rectangle, want color.RGBA) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if m.RGBAAt(x, y) == want {
				n++
			}
		}
	}
	return n
}

// colours returns how many colours there are in a picture.
func colours(m *image.RGBA) int {
	seen := make(map[color.RGBA]bool)
	for y := m.Rect.Min.Y; y < m.Rect.Max.Y; y++ {
		for x := m.Rect.Min.X; x < m.Rect.Max.X; x++ {
			seen[m.RGBAAt(x, y)] = true
		}
	}
	return len(seen)
}

// part returns a piece of a picture.
func part(m *image.RGBA, r image.Rectangle) *image.RGBA {
	piece := image.NewRGBA(r)
	draw.Draw(piece, r, m, r.Min, draw.Src)
	return piece
}

// different returns how many pixels in r differ.
func different(a, b *image.RGBA, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if a.RGBAAt(x, y) != b.RGBAAt(x, y) {
				n++
			}
		}
	}
	return n
}

// block finds the first square of a side within r, line by line, all of whose pixels satisfy is,
// and returns its centre.
func block(m *image.RGBA, r image.Rectangle, side int, is func(color.RGBA) bool) (image.Point, bool) {
	for y := r.Min.Y; y+side <= r.Max.Y; y++ {
	next:
		for x := r.Min.X; x+side <= r.Max.X; x++ {
			for i := range side * side {
				if !is(m.RGBAAt(x+i%side, y+i/side)) {
					continue next
				}
			}
			return image.Pt(x+side/2, y+side/2), true
		}
	}
	return image.Point{}, false
}

// inspection is what the program itself says about a project.
type inspection struct {
	Step   int64 `json:"step"`
	Recipe struct {
		Data string `json:"data"`
	} `json:"recipe"`
}

func inspect(exe, path string) (in inspection, err error) {
	out, err := exec.Command(exe, "inspect", path, "--json").Output()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return in, fmt.Errorf("%w: %s", err, exit.Stderr)
	case err != nil:
		return in, err
	}
	return in, json.Unmarshal(out, &in)
}

// The parts of the window, which is 1280 by 800.
var (
	whole       = image.Rect(0, 0, 1280, 800)
	transport   = image.Rect(0, 757, 1280, 800)
	mainPicture = image.Rect(290, 110, 930, 610)
	curves      = image.Rect(84, 50, 480, 740)     // of the Train page
	panel       = image.Rect(1040, 100, 1160, 740) // sliders of the Explore page
)

// TestWindow uses the window as a person does: drops a folder, trains, moves a slider, exports,
// closes.
func TestWindow(t *testing.T) {
	exe := build(t)
	display := startDisplay(t)
	home := t.TempDir()
	data := pictures(t, teal)
	p := start(t, exe, display, home)
	until(t, "something in the window", func() bool { return colours(p.screen()) > 20 })
	p.shoot("opened")
	accent := accentOf(t, p)
	p.xdotool("key", "ctrl+n") // leaves the example as it is

	mouse, err := xdnd.New(display)
	if err != nil {
		t.Fatal(err)
	}
	defer mouse.Close()
	if err := mouse.Drop(p.window, 640, 400, data); err != nil {
		t.Fatalf("drop %s: %v", data, err)
	}
	until(t, "the dropped pictures", func() bool { return count(p.screen(), whole, teal) > 2000 })
	p.shoot("dropped")

	project := p.train(exe, data)
	p.moveSlider()
	p.export(accent)

	before, err := inspect(exe, project)
	if err != nil {
		t.Fatal(err)
	}
	p.closeWindow(mouse)
	p.wait()
	after, err := inspect(exe, project)
	if err != nil || after.Step < before.Step {
		t.Errorf("after closing the project is at step %d, %v; before at %d", after.Step, err, before.Step)
	}
	if left, err := filepath.Glob(filepath.Join(home, "drafts", "*")); err != nil || len(left) != 1 || left[0] != project {
		t.Errorf("after closing there are %v, %v, want the project alone, as nothing was changed in the example", left, err)
	}
	openAndEnd(t, exe, display, home, project, syscall.SIGINT)
	heeded := make(chan os.Signal, 1) // what runs under nohup would have the program ignore it
	signal.Notify(heeded, syscall.SIGHUP)
	defer signal.Stop(heeded)
	openAndEnd(t, exe, display, home, project, syscall.SIGHUP)
}

// accentOf returns the colour of the button in the transport bar that trains, once what was opened
// can be trained.
func accentOf(t *testing.T, p *program) (accent color.RGBA) {
	t.Helper()
	const side = 5
	until(t, "a coloured button in the transport bar", func() bool {
		m := p.screen()
		at, ok := block(m, transport, side, func(c color.RGBA) bool {
			return max(c.R, c.G, c.B)-min(c.R, c.G, c.B) > 60 && max(c.R, c.G, c.B) > 120
		})
		if ok {
			accent = m.RGBAAt(at.X, at.Y)
		}
		return ok
	})
	return accent
}

// train trains on the dropped pictures, pauses, and returns the project file.
func (p *program) train(exe, data string) string {
	t := p.t
	t.Helper()
	p.xdotool("key", "space")
	var project string
	until(t, "a project file", func() bool {
		files, err := filepath.Glob(filepath.Join(p.home, "drafts", "2*.ganvas")) // named by the time
		if err != nil || len(files) == 0 {
			return false
		}
		project = files[0]
		_, err = inspect(exe, project)
		return err == nil
	})
	p.xdotool("key", "ctrl+3")
	p.moving()
	p.shoot("training")
	p.xdotool("key", "space")
	until(t, "a saved step", func() bool {
		in, err := inspect(exe, project)
		return err == nil && in.Step > 0
	})
	in, err := inspect(exe, project)
	if err != nil {
		t.Fatal(err)
	}
	if in.Recipe.Data != data {
		t.Errorf("it was trained on %s, want what was dropped, %s", in.Recipe.Data, data)
	}
	return project
}

// moving waits until the curves of the Train page have changed several times, as they do as long as
// training goes on.
func (p *program) moving() {
	p.t.Helper()
	last, changes := p.screen(), 0
	until(p.t, "a Train page whose curves move", func() bool {
		next := p.screen()
		if different(last, next, curves) > 0 {
			changes++
		}
		last = next
		return changes >= 3
	})
}

// moveSlider drags the first slider of the Explore page, which must change the picture.
func (p *program) moveSlider() {
	p.t.Helper()
	other := p.screen()
	p.xdotool("key", "ctrl+4")
	bright := func(c color.RGBA) bool { return min(c.R, c.G, c.B) > 215 }
	var knob image.Point
	var before *image.RGBA
	until(p.t, "a slider of the Explore page", func() bool { // the Train page has some in the same place
		if before = p.steady(); different(other, before, whole) < 100_000 {
			return false
		}
		var ok bool
		knob, ok = block(before, panel, 6, bright)
		return ok
	})
	to := image.Pt(panel.Min.X+20, knob.Y)
	if knob.X < (panel.Min.X+panel.Max.X)/2 {
		to.X = panel.Max.X - 20
	}
	p.drag(knob, to)
	p.xdotool("mousemove", "640", "780") // away, so that nothing is drawn for hovering
	until(p.t, "another picture after the slider was moved", func() bool { return different(before, p.screen(), mainPicture) > 100 })
	p.shoot("explored")
}

// export writes a gallery by the menu's shortcut and the two dialogs that follow.
func (p *program) export(accent color.RGBA) {
	p.t.Helper()
	path := filepath.Join(p.t.TempDir(), "gallery.png")
	isAccent := func(c color.RGBA) bool { return c == accent }
	// Behind a dialog everything is dimmed: its button is the only large thing in this colour.
	button := func(what string) (at image.Point) {
		until(p.t, what, func() bool {
			m := p.screen()
			if _, below := block(m, transport, 5, isAccent); below {
				return false
			}
			var ok bool
			at, ok = block(m, image.Rect(300, 120, 980, 757), 5, isAccent)
			return ok
		})
		return at
	}
	p.xdotool("key", "ctrl+e")
	at := button("the export dialog")
	p.shoot("gallery")
	p.click(at)
	p.xdotool("mousemove", "640", "780")
	// The second dialog has the keyboard once its button is in another place.
	until(p.t, "the dialog for a name", func() bool {
		m := p.screen()
		next, ok := block(m, image.Rect(300, 120, 980, 757), 5, isAccent)
		return ok && next.Y != at.Y
	})
	p.xdotool("key", "ctrl+a")
	p.xdotool("type", "--delay", "20", path)
	p.shoot("named")
	p.xdotool("key", "Return")
	until(p.t, "the exported gallery", func() bool {
		content, err := os.ReadFile(path)
		if err != nil {
			return false
		}
		m, err := png.Decode(bytes.NewReader(content))
		return err == nil && m.Bounds().Dx() >= 100 && m.Bounds().Dy() >= 100
	})
	p.complain()
}

// openAndEnd starts the program again with the project as its argument, trains, and sends the
// signal of Ctrl-C or of a closed terminal, after which it must save.
func openAndEnd(t *testing.T, exe, display, home, project string, signal syscall.Signal) {
	t.Helper()
	before, err := inspect(exe, project)
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, exe, display, home, project)
	p.xdotool("key", "ctrl+3")
	until(t, "the curves of the project that was named", func() bool { return colours(part(p.screen(), curves)) > 20 })
	p.steady()
	p.shoot("opened-again")
	p.xdotool("key", "space")
	p.moving()
	if err := p.cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	p.wait()
	after, err := inspect(exe, project)
	if err != nil {
		t.Fatal(err)
	}
	if after.Step <= before.Step {
		t.Errorf("signal %v while training left the project at step %d, where it was before; want what was trained to be saved", signal, after.Step)
	}
}
