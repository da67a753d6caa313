package app

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// TestMain computes on one thread: the networks here are so small that threads would only wait for
// each other, for long where other programs keep the processors busy.
func TestMain(m *testing.M) {
	if path := os.Getenv(storeChild); path != "" {
		writeForEver(path)
	}
	if os.Getenv(langChild) != "" {
		printWords()
		return
	}
	tensor.SetThreads(1)
	os.Exit(m.Run())
}

// patience is how long a test waits for something that happens in the background before it fails:
// long, as judging gives way to whatever else the processors do.
const patience = 10 * time.Minute

// A loop stands in for the event loop of a real driver: what is handed over from other goroutines
// waits in a queue until the test, whose goroutine is the UI goroutine, runs it. Fyne's test driver
// would run it where it comes from.
type loop struct {
	fyne.Driver
	mu    sync.Mutex
	queue []func()
	more  chan struct{}
}

func (l *loop) DoFromGoroutine(f func(), wait bool) {
	if wait {
		panic("app: waited for the UI goroutine")
	}
	l.mu.Lock()
	l.queue = append(l.queue, f)
	l.mu.Unlock()
	select {
	case l.more <- struct{}{}:
	default:
	}
}

// turn runs what waits.
func (l *loop) turn() {
	l.mu.Lock()
	queue := l.queue
	l.queue = nil
	l.mu.Unlock()
	for _, f := range queue {
		f()
	}
}

// testApp is Fyne's test application with a loop.
type testApp struct {
	fyne.App
	loop *loop
}

func (t *testApp) Driver() fyne.Driver { return t.loop }

// A rig is a window under test.
type rig struct {
	*App
	t      testing.TB
	loop   *loop
	closed bool
}

// newRig opens the window with drafts and settings of the test's own; remembered sets what an
// earlier start would have left.
func newRig(t testing.TB, o Options, remembered ...func(preferences)) *rig {
	t.Helper()
	o.Home = t.TempDir()
	t.Setenv("GANVAS_HOME", o.Home)
	inner := test.NewApp()
	l := &loop{Driver: inner.Driver(), more: make(chan struct{}, 1)}
	fa := &testApp{inner, l}
	fyne.SetCurrentApp(fa)
	for _, f := range remembered {
		s, err := openStore(filepath.Join(o.Home, settingsName))
		if err != nil {
			t.Fatal(err)
		}
		f(preferences{s})
		s.flush()
	}
	r := &rig{t: t, loop: l}
	r.App = New(fa, o)
	r.window.Resize(fyne.NewSize(1280, 800))
	r.window.SetOnClosed(func() { r.closed = true })
	t.Cleanup(r.shut)
	return r
}

// until turns the loop until done says so.
func (r *rig) until(what string, done func() bool) {
	r.t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		r.loop.turn()
		if done() {
			return
		}
		select {
		case <-r.loop.more:
		case <-limit.C:
			r.t.Fatalf("waited in vain until %s", what)
		}
	}
}

// shut closes the window as a user does, and waits for the end of everything behind it.
func (r *rig) shut() {
	r.close()
	r.until("the window is closed", func() bool { return r.closed })
	<-r.ending.rest
}

// tinyRecipe is a run of points that takes microseconds a step.
const tinyRecipe = `
name = "tiny"
data = "ring"
batch = 16
steps = 40
latent = 2
[g]
layers = ["linear 16", "relu", "linear 2"]
[d]
layers = ["linear 16", "relu", "linear 1"]
`

// tinyDigits is a run of pictures that takes little.
const tinyDigits = `
name = "tiny-digits"
data = "digits"
batch = 4
steps = 6
latent = 8
[g]
layers = ["linear 784", "unflatten 28 28 1", "tanh"]
[d]
layers = ["flatten", "linear 8", "lrelu 0.2", "linear 1"]
`

func parse(t *testing.T, text string) *recipe.Recipe {
	t.Helper()
	r, err := recipe.Parse([]byte(text), "test.toml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ready opens the window with the plan r and waits for its data.
func readyRig(t *testing.T, text string) *rig {
	t.Helper()
	r := newRig(t, Options{})
	r.started()
	r.edit(parse(t, text), "test", false)
	r.until("the data are read", func() bool { return r.source.set != nil && r.reason == "" })
	return r
}

// writePicture writes a PNG of side×side pixels.
func writePicture(t *testing.T, path string, side int) {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * 7)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
