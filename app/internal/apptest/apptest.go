// Package apptest has what tests of the window and of its parts share. The program does not use it.
package apptest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// patience is how long a test waits for something that happens in the background before it fails:
// long, as judging gives way to whatever else the processors do.
const patience = 10 * time.Minute

// A Loop stands in for the event loop of a window: what is handed over from other goroutines waits
// in a queue until the test, whose goroutine is the window's, runs it.
type Loop struct {
	mu    sync.Mutex
	queue []func()
	more  chan struct{}
}

// NewLoop returns a loop.
func NewLoop() *Loop { return &Loop{more: make(chan struct{}, 1)} }

// Do has f run on the window's goroutine. It may be called from any goroutine.
func (l *Loop) Do(f func()) {
	l.mu.Lock()
	l.queue = append(l.queue, f)
	l.mu.Unlock()
	select {
	case l.more <- struct{}{}:
	default:
	}
}

// Turn runs what waits.
func (l *Loop) Turn() {
	l.mu.Lock()
	queue := l.queue
	l.queue = nil
	l.mu.Unlock()
	for _, f := range queue {
		f()
	}
}

// Until turns the loop until done says so.
func (l *Loop) Until(t testing.TB, what string, done func() bool) {
	t.Helper()
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		l.Turn()
		if done() {
			return
		}
		select {
		case <-l.more:
		case <-limit.C:
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// Points is the recipe of a run of points that takes microseconds a step.
const Points = `
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

// Digits is the recipe of a run of pictures that takes little.
const Digits = `
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

// Folder is the recipe of a run of a folder's pictures that takes little, with room for the folder.
const Folder = `
name = "tiny-pictures"
data = %q
image_size = 8
batch = 4
steps = 3
latent = 4
[g]
layers = ["linear 64", "unflatten 8 8 1", "tanh"]
[d]
layers = ["flatten", "linear 4", "lrelu 0.2", "linear 1"]
`

// Parse reads a recipe.
func Parse(t testing.TB, text string) *recipe.Recipe {
	t.Helper()
	r, err := recipe.Parse([]byte(text), "test.toml")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// WritePicture writes a PNG of side×side pixels.
func WritePicture(t testing.TB, path string, side int) {
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

// Project trains a little and returns the project file.
func Project(t testing.TB, recipe string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.ganvas")
	s, err := session.Create(context.Background(), Parse(t, recipe), nil, path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Train()
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
