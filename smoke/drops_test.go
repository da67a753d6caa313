//go:build smoke

package smoke

import (
	"archive/zip"
	"fmt"
	"image"
	"image/color"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/internal/xdnd"
)

// TestDrops drops every kind of thing on the window, one after the other: an archive, two folders
// at once, a table of points, a project.
func TestDrops(t *testing.T) {
	exe := build(t)
	display := startDisplay(t)
	red, blue := color.RGBA{R: 190, G: 40, B: 30, A: 255}, color.RGBA{R: 20, G: 60, B: 200, A: 255}
	packed := zipped(t, pictures(t, teal))
	points := filepath.Join(t.TempDir(), "points.csv")
	table := "x;y\n"
	for i := range 500 {
		table += fmt.Sprintf("%.3f;%.3f\n", math.Cos(float64(i)), math.Sin(float64(2*i)))
	}
	if err := os.WriteFile(points, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	project := filepath.Join(t.TempDir(), "dropped.ganvas")
	if out, err := exec.Command(exe, "train", "ring", "--out", project, "--steps", "20").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p := start(t, exe, display, t.TempDir())
	until(t, "something in the window", func() bool { return colours(p.screen()) > 20 })
	p.xdotool("key", "ctrl+n") // leaves the example as it is
	mouse, err := xdnd.New(display)
	if err != nil {
		t.Fatal(err)
	}
	defer mouse.Close()
	drop := func(what string, there func() bool, paths ...string) {
		t.Helper()
		if err := mouse.Drop(p.window, 640, 400, paths...); err != nil {
			t.Fatalf("drop %s: %v", what, err)
		}
		until(t, what, there)
		p.shoot("dropped-" + what)
	}
	// The grid has room for the pictures of one folder. The card, which stays, shows those of both.
	grid, everywhere := image.Rect(400, 0, 1280, 800), image.Rect(0, 0, 1280, 800)
	shows := func(place image.Rectangle, c color.RGBA) bool { return count(p.screen(), place, c) > 1000 }
	drop("archive", func() bool { return shows(grid, teal) }, packed)
	drop("folders", func() bool { return shows(everywhere, red) && shows(everywhere, blue) }, pictures(t, red), pictures(t, blue))
	drop("points", func() bool { return !shows(grid, red) && !shows(grid, blue) }, points)
	drop("project", func() bool { return strings.Contains(p.title(), "dropped.ganvas") }, project)
	p.closeWindow(mouse)
	p.wait()
}

// title returns what the window calls itself.
func (p *program) title() string { return p.xdotool("getwindowname", fmt.Sprint(uint32(p.window))) }

// zipped packs a folder.
func zipped(t *testing.T, dir string) string {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "packed.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := zip.NewWriter(f)
	if err := w.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}
