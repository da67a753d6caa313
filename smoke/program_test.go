//go:build smoke

package smoke

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jezek/xgb/xproto"

	"ganvas/internal/xdnd"
)

// patience is how long anything may take that the test waits for, on a slow and busy machine.
const patience = 90 * time.Second

// until asks again and again until done says yes.
func until(t testing.TB, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited %v in vain for %s", patience, what)
		}
	}
}

// build builds the program as users get it, but with Fyne's checks for calls from the wrong thread.
func build(t testing.TB) string {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "ganvas")
	c := exec.Command("go", "build", "-o", exe, "ganvas")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return exe
}

// startDisplay starts an X server on a free display and returns its name.
func startDisplay(t testing.TB) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	c := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
	c.ExtraFiles = []*os.File{w}
	if err := c.Start(); err != nil {
		t.Fatalf("start Xvfb: %v", err)
	}
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	})
	w.Close()
	var number int
	if _, err := fmt.Fscan(r, &number); err != nil {
		t.Fatalf("Xvfb does not say its display: %v", err)
	}
	return fmt.Sprintf(":%d", number)
}

// program is the running program and the display that it is on.
type program struct {
	t       testing.TB
	display string
	home    string
	cmd     *exec.Cmd
	stderr  *lockedBuffer
	done    chan error
	window  xproto.Window
	shots   int
}

// lockedBuffer is written by the program and read by the test.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start starts the program in an empty folder and waits for its window.
func start(t testing.TB, exe, display, home string, args ...string) *program {
	t.Helper()
	p := &program{t: t, display: display, home: home, stderr: &lockedBuffer{}, done: make(chan error, 1)}
	dir := t.TempDir() // Fyne reads FyneApp.toml where it is started
	p.cmd = exec.Command(exe, args...)
	p.cmd.Dir = dir
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "WAYLAND_DISPLAY=") {
			p.cmd.Env = append(p.cmd.Env, v)
		}
	}
	p.cmd.Env = append(p.cmd.Env, "DISPLAY="+display, "GANVAS_HOME="+home, "HOME="+dir, "XDG_RUNTIME_DIR="+dir, "LIBGL_ALWAYS_SOFTWARE=1")
	p.cmd.Stderr = p.stderr
	began := time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	t.Cleanup(func() {
		if t.Failed() {
			p.shoot("failed")
			t.Logf("the program's standard error:\n%s", p.stderr)
		}
		_ = p.cmd.Process.Kill()
	})
	until(t, "the window", func() bool {
		if p.ended() {
			t.Fatal("the program ended before it opened its window")
		}
		id, err := strconv.ParseUint(strings.TrimSpace(p.xdotool("search", "--onlyvisible", "--name", "Ganvas")), 10, 32)
		p.window = xproto.Window(id)
		return err == nil
	})
	t.Logf("the window was there after %v", time.Since(began).Round(time.Millisecond))
	return p
}

func (p *program) ended() bool {
	select {
	case err := <-p.done:
		p.done <- err
		return true
	default:
		return false
	}
}

// wait waits until the program has ended, and complains if it did not end well.
func (p *program) wait() {
	p.t.Helper()
	until(p.t, "the end of the program", p.ended)
	if err := <-p.done; err != nil {
		p.t.Errorf("the program ended with %v", err)
	}
	p.complain()
}

// complain fails the test if the program has reported what must not happen.
func (p *program) complain() {
	p.t.Helper()
	for _, bad := range []string{"Error in Fyne call thread", "panic:", "fatal error:", "DATA RACE", "stopped by an error"} {
		if strings.Contains(p.stderr.String(), bad) {
			p.t.Errorf("the program reports %q:\n%s", bad, p.stderr)
		}
	}
}

// xdotool does something with mouse or keyboard and returns what it prints; a search that finds
// nothing prints nothing.
func (p *program) xdotool(args ...string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, "xdotool", args...)
	c.Env = append(os.Environ(), "DISPLAY="+p.display)
	out, err := c.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		p.t.Fatalf("xdotool %v: %v", args, err)
	}
	return string(out)
}

// drag presses the mouse at a place and moves it to another in several steps.
func (p *program) drag(from, to image.Point) {
	p.t.Helper()
	at := func(q image.Point) []string {
		return []string{"mousemove", "--sync", strconv.Itoa(q.X), strconv.Itoa(q.Y)}
	}
	args := append(at(from), "mousedown", "1")
	const steps = 8
	for i := 1; i <= steps; i++ {
		args = append(args, at(from.Add(to.Sub(from).Mul(i).Div(steps)))...)
	}
	p.xdotool(append(args, "mouseup", "1")...)
}

func (p *program) click(at image.Point) {
	p.t.Helper()
	p.xdotool("mousemove", "--sync", strconv.Itoa(at.X), strconv.Itoa(at.Y), "click", "1")
}

// screen photographs the whole screen from outside.
func (p *program) screen() *image.RGBA {
	p.t.Helper()
	c := exec.Command("import", "-window", "root", "png:-")
	c.Env = append(os.Environ(), "DISPLAY="+p.display)
	out, err := c.Output()
	if err != nil {
		p.t.Fatalf("photograph the screen: %v", err)
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		p.t.Fatal(err)
	}
	m := image.NewRGBA(img.Bounds())
	draw.Draw(m, m.Rect, img, m.Rect.Min, draw.Src)
	return m
}

// shoot keeps a photograph with the results of the test: see go help test, -artifacts.
func (p *program) shoot(name string) *image.RGBA {
	p.t.Helper()
	m := p.screen()
	p.shots++
	f, err := os.Create(filepath.Join(p.t.ArtifactDir(), fmt.Sprintf("%02d-%s.png", p.shots, name)))
	if err != nil {
		p.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, m); err != nil {
		p.t.Fatal(err)
	}
	return m
}

// steady photographs the screen until nothing moves any more.
func (p *program) steady() *image.RGBA {
	p.t.Helper()
	last := p.screen()
	until(p.t, "a screen on which nothing moves", func() bool {
		next := p.screen()
		same := bytes.Equal(last.Pix, next.Pix)
		last = next
		return same
	})
	return last
}

// closeWindow does what the button of a window manager does.
func (p *program) closeWindow(d *xdnd.Dragger) {
	p.t.Helper()
	if err := d.CloseWindow(p.window); err != nil {
		p.t.Fatal(err)
	}
}
