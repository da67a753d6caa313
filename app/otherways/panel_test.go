package otherways

import (
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/others"
	"ganvas/widgets"
)

// start shows a panel in a window of a size, which ends with the test.
func start(t *testing.T, size fyne.Size) (*Panel, *apptest.Loop) {
	t.Helper()
	a, loop := uitest.NewApp()
	a.Settings().SetTheme(ui.NewTheme("dark"))
	p := New(loop.Do, func(err error) { t.Error(err) })
	p.tick = time.Millisecond
	w := test.NewWindow(widgets.WithTips(p.Content()))
	w.Resize(size)
	t.Cleanup(func() {
		p.Close()
		w.Close()
	})
	return p, loop
}

// TestLearns: the models learn once somebody sees them and presses Train, wait when asked to, and
// begin anew with other data.
func TestLearns(t *testing.T) {
	p, loop := start(t, fyne.NewSize(1200, 700))
	if p.arena != nil {
		t.Fatal("models are made that nobody sees")
	}
	p.SetVisible(true)
	p.Toggle()
	all := func(done func(c *column) bool) func() bool {
		return func() bool {
			for _, c := range p.columns {
				if !done(c) {
					return false
				}
			}
			return true
		}
	}
	loop.Until(t, "all have learnt", all(func(c *column) bool { return c.state.steps >= 5 && len(c.state.fakes) == shown }))
	for _, c := range p.columns {
		if !strings.Contains(c.cells[0].Text, "steps") || !strings.Contains(c.verdict.Segment.Text, "of 8 modes") {
			t.Errorf("%s says %q, %q", c.of.title, c.cells[0].Text, c.verdict.Segment.Text)
		}
		if hasShade := c.of.kind != others.Denoising; hasShade != (len(c.state.shade) > 0) {
			t.Errorf("%s: a ground of %d cells", c.of.title, len(c.state.shade))
		}
	}
	p.Toggle()
	if p.train.Text != "Train" {
		t.Errorf("the button of what waits says %q", p.train.Text)
	}

	p.Ask([2]float32{1, 0.5})
	loop.Until(t, "all were asked", all(func(c *column) bool { return c.state.point != nil }))
	for _, c := range p.columns {
		if z := strings.HasPrefix(c.cells[1].Text, "z = ("); z != (c.of.kind != others.Undirected) {
			t.Errorf("%s answers %q", c.of.title, c.cells[1].Text)
		}
	}

	p.Sample()
	loop.Until(t, "all ways are shown", all(func(c *column) bool { return len(c.state.way) > 0 && c.revealed == 1 }))
	for _, c := range p.columns {
		if far := len(c.state.way) > 1; far != (c.state.passes > 1) {
			t.Errorf("%s: a way of %d places, %d passes", c.of.title, len(c.state.way), c.state.passes)
		}
	}

	p.data.SetSelected("Moons")
	loop.Until(t, "all begin anew", all(func(c *column) bool { return c.state.steps == 0 && len(c.state.fakes) > 0 && c.state.modes == 0 }))
	if text := p.columns[0].verdict.Segment.Text; strings.Contains(text, "modes") {
		t.Errorf("the moons, which have no modes, are told as %q", text)
	}
}

// TestSheet: planes stand side by side where there is room and two by two where there is not, and
// nothing lies over anything else.
func TestSheet(t *testing.T) {
	for _, of := range []struct {
		width float32
		rows  int
	}{{1200, 1}, {1000, 1}, {620, 2}} {
		p, _ := start(t, fyne.NewSize(of.width, 600))
		for _, c := range p.columns {
			c.show(state{kind: c.of.kind, steps: 12345, spent: time.Minute, point: &[2]float32{1, 1}, inferred: others.Inference{Z: []float32{-1, 2}, Spread: []float32{1, 1}}})
		}
		ui.Relayout(p.sheet)
		tops := make(map[float32]bool)
		for _, c := range p.columns {
			tops[c.plane.Position().Y] = true
		}
		if len(tops) != of.rows {
			t.Errorf("%g wide: planes in %d rows, not %d", of.width, len(tops), of.rows)
		}
		objects := p.sheet.Objects
		for i, a := range objects {
			if a.Position().X+a.Size().Width > of.width+1 {
				t.Errorf("%g wide: object %d ends at %g", of.width, i, a.Position().X+a.Size().Width)
			}
			for k, b := range objects[:i] {
				const slack = 8 // rows stand closer than labels, which have room around their texts
				x := min(a.Position().X+a.Size().Width, b.Position().X+b.Size().Width) - max(a.Position().X, b.Position().X)
				y := min(a.Position().Y+a.Size().Height, b.Position().Y+b.Size().Height) - max(a.Position().Y, b.Position().Y)
				if x > 1 && y > slack {
					t.Errorf("%g wide: objects %d and %d overlap by %g × %g", of.width, k, i, x, y)
				}
			}
		}
	}
}

// TestCells: what the table says of numbers that are there or not.
func TestCells(t *testing.T) {
	s := state{kind: others.Directed, steps: 1, spent: time.Millisecond, logP: others.LogP{Knowledge: others.Bounded, Mean: -1.24, ELBO: math.NaN()}}
	if got, want := densityCell(s), "at least −1.2 (ELBO –)"; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if got := nats(-0.02); got != "0.0" {
		t.Errorf("nearly nothing is %q", got)
	}
	if got := densityAbout(state{steps: 1, truth: 2.88}); !strings.HasSuffix(got, "The data themselves: 2.9.") {
		t.Errorf("the row of p(x) says %q", got)
	}
	for _, w := range ways {
		for _, r := range rows {
			if text := r.cell(state{kind: w.kind}); text == "" {
				t.Errorf("%s says nothing of %s", w.title, r.title)
			}
			if r.paper[columnOf(w.kind)] == "" {
				t.Errorf("the paper's %s of %s is missing", r.title, w.title)
			}
		}
	}
	if got := verdict(state{quality: others.Quality{Modes: -1, Divergence: 0.5}, perfect: others.Quality{Divergence: 0.25}, good: 1500 * time.Millisecond}); got != "off by 0.25, good after 1.5 s" {
		t.Errorf("the verdict is %q", got)
	}
}
