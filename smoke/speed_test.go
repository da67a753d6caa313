//go:build smoke

package smoke

import (
	"context"
	"image"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// The tabs of the Train page in a window of 1280 by 800, and the layers of points that are off at
// first.
var (
	board, game = image.Pt(115, 43), image.Pt(174, 43)
	layers      = []image.Point{{780, 81}, {870, 81}, {511, 115}, {582, 115}}
)

// What is pressed to look at something, and to look away again.
type sight struct {
	name     string
	to, away []image.Point
}

// lookedAt is how long a view is looked at before the other is again.
const lookedAt = 8 * time.Second

// BenchmarkGame trains in the window, with the board in sight, with the game, and with all layers of
// points, in turn, and reports the steps a second of each. The window is drawn without a graphics
// card. Each iteration takes some 10 seconds for each of them.
func BenchmarkGame(b *testing.B) {
	exe := build(b)
	plain := sight{"board", []image.Point{board}, nil}
	played := sight{"game", []image.Point{game}, []image.Point{board}}
	for preset, sights := range map[string][]sight{
		"ring":   {plain, played, {"layers", layers, layers}},
		"digits": {plain, played},
	} {
		b.Run(preset, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "bench.ganvas")
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			train := exec.CommandContext(ctx, exe, "train", preset, "--steps", "30", "--set", "steps=100000000", "--out", path)
			if out, err := train.CombinedOutput(); err != nil {
				b.Fatalf("%v: %s", err, out)
			}
			p := start(b, exe, startDisplay(b), b.TempDir(), path)
			until(b, "something in the window", func() bool { return colours(p.screen()) > 20 })
			p.xdotool("key", "ctrl+3")
			p.stepsFor(exe, path) // warm up
			p.shoot("warm")
			rate := make([]float64, len(sights))
			for b.Loop() {
				for i, v := range sights {
					p.press(v.to)
					rate[i] += p.stepsFor(exe, path)
					p.shoot(v.name)
					p.press(v.away)
				}
			}
			for i, v := range sights {
				b.ReportMetric(rate[i]/float64(b.N), v.name+"-steps/s")
			}
		})
	}
}

// press clicks on one place after the other.
func (p *program) press(at []image.Point) {
	for _, q := range at {
		p.click(q)
	}
}

// stepsFor trains for a while, and returns the steps a second.
func (p *program) stepsFor(exe, path string) float64 {
	p.t.Helper()
	at := func() int64 {
		in, err := inspect(exe, path)
		if err != nil {
			p.t.Fatal(err)
		}
		return in.Step
	}
	before := at()
	p.xdotool("key", "space")
	began := time.Now()
	<-time.After(lookedAt)
	p.xdotool("key", "space")
	took := time.Since(began).Seconds()
	after, same := at(), 0
	until(p.t, "the paused step is saved", func() bool {
		now := at()
		if now == after && now > before {
			same++
		} else {
			after, same = now, 0
		}
		return same == 3
	})
	return float64(after-before) / took
}

// faces is where Start shows what a generator invents.
var faces = image.Rect(100, 60, 1260, 330)

// BenchmarkStart starts the program with nothing to open, and reports how long it takes until
// pictures of a generator move in its window.
func BenchmarkStart(b *testing.B) {
	exe := build(b)
	display := startDisplay(b)
	var took time.Duration
	for b.Loop() {
		began := time.Now()
		p := start(b, exe, display, b.TempDir())
		last := p.screen()
		until(b, "pictures that move", func() bool {
			next := p.screen()
			moved := colours(part(last, faces)) > 100 && different(last, next, faces) > 0
			last = next
			return moved
		})
		took += time.Since(began)
		_ = p.cmd.Process.Kill()
		until(b, "the end of the program", p.ended)
	}
	b.ReportMetric(took.Seconds()/float64(b.N), "s/moving")
}
