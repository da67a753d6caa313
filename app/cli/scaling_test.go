package cli

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganvas/engine/bench"
)

func TestScaling(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scaling.png")
	var out, progress bytes.Buffer
	env := &Env{Stdout: &out, Stderr: &progress, Every: time.Hour}
	seconds := 1e-3
	c := benchCmd{
		Scaling: true, Seconds: &seconds, Out: path,
		sweep: bench.Sweep{BatchPixels: []int{16}, Batches: []int{2, 4}, Pictures: []int{16}},
	}
	if err := c.Run(t.Context(), env); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[0], "PIXELS") || !strings.Contains(lines[2], "left out") || !strings.Contains(lines[4], "cliff") {
		t.Errorf("got %q, want a heading, three points and what is to be said of cliffs", lines)
	}
	if err := c.Run(t.Context(), env); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Errorf("the picture is replaced: %v", err)
	}
}

func TestPlotScaling(t *testing.T) {
	sweep := func(pixels, batch []int, ms ...float64) []bench.Point {
		var points []bench.Point
		for i, v := range ms {
			p := bench.Point{Pixels: pixels[min(i, len(pixels)-1)], Batch: batch[min(i, len(batch)-1)], MACs: 1e6, MS: v}
			if p.ItemMS = v / float64(p.Batch); v == 0 {
				p.LeftOut = "too long"
			}
			points = append(points, p)
		}
		return points
	}
	s := bench.Scaling{
		Batches:  [][]bench.Point{sweep([]int{16}, []int{16, 32, 64}, 10, 20, 90), sweep([]int{128}, []int{16}, 0)},
		Pictures: sweep([]int{16, 32}, []int{32}, 10, 40),
	}
	s.Batches[0][2].Cliff = "dearer"
	var b bytes.Buffer
	if err := plotScaling(&b, s); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("GANVAS_TEST_PICTURES"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "scaling.png"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	img, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds().Size(); got.X != 1280 || got.Y != 533 && got.Y != 534 {
		t.Errorf("the picture is %v, want 960×400 points at 96 a inch", got)
	}
}
