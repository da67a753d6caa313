package app

import (
	"fmt"
	"image"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	results "ganvas/docs/reproduce"
	"ganvas/engine/metrics"
	"ganvas/engine/reproduce"
)

// TestJudge trains a little on points, judges, and sees the report go with the run.
func TestJudge(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.show(pageJudge)
	if !r.judge.start.Disabled() {
		t.Error("there is something to judge before there is a generator")
	}
	r.ask.toggle()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	r.judge.samples.SetSelected("500")
	test.Tap(r.judge.start)
	r.until("the samples are judged", func() bool { return r.judge.report != nil })
	var words []string
	for _, l := range findAll[*widget.Label](r.judge.table) {
		words = append(words, l.Text)
	}
	text := strings.Join(words, " | ")
	for _, want := range []string{"Modes found", "High quality", "Divergence (JS)", "Real data", "worse"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if !strings.HasPrefix(r.judge.when.segment.Text, "Step 40, 500 samples") || !r.judge.plane.Visible() || r.judge.pictures.Visible() {
		t.Errorf("the page says %q", r.judge.when.segment.Text)
	}
	if g := r.judge.game; !g.start.Disabled() || !strings.HasPrefix(g.says.Text, "This game is for pictures") {
		t.Errorf("of points the game says %q", g.says.Text)
	}
	r.judge.show(nil, nil)
	r.judge.refresh()
	r.until("the numbers are read from the project", func() bool { return strings.HasPrefix(r.judge.when.segment.Text, "Step 40, judged before") })
	if got := len(r.judge.table.Objects); got < 4 {
		t.Errorf("%d rows of numbers that were judged before", got)
	}
	r.s.Run = nil
	r.judge.refresh()
	if r.judge.report != nil || len(r.judge.table.Objects) > 0 {
		t.Error("the report outlived its run")
	}
}

// noisyPictures is a run of a folder of 240 small pictures, which takes little to judge.
func noisyPictures(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 240 {
		img := image.NewGray(image.Rect(0, 0, 8, 8))
		for k := range img.Pix {
			img.Pix[k] = uint8(random.IntN(256))
		}
		f, err := os.Create(filepath.Join(folder, fmt.Sprint(i, ".png")))
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, img); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return `
name = "tiny"
data = "` + filepath.ToSlash(folder) + `"
image_size = 8
channels = 1
batch = 4
steps = 6
latent = 8
[g]
layers = ["linear 64", "unflatten 8 8 1", "tanh"]
[d]
layers = ["flatten", "linear 8", "lrelu 0.2", "linear 1"]
`
}

// TestJudgePictures shows what is nearest to a sample.
func TestJudgePictures(t *testing.T) {
	r := readyRig(t, noisyPictures(t))
	r.show(pageJudge)
	r.ask.toggle()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	test.Tap(r.judge.start)
	r.until("the samples are judged", func() bool { return r.judge.report != nil })
	if got, want := len(r.judge.report.Samples), 120*8*8; got != want {
		t.Errorf("%d values of samples, want %d: as many as items are held out", got, want)
	}
	if got, want := r.judge.samples.Selected, "all 120"; got != want {
		t.Errorf("%q samples are shown, want %q", got, want)
	}
	if got, want := r.judge.when.segment.Text, "Step 6, 120 samples beside 120 held-out items: all that are held out"; got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
	r.judge.fake.OnTapped(3)
	if !strings.HasPrefix(r.judge.near.segment.Text, "sample 4;") {
		t.Errorf("after choosing a sample the page says %q", r.judge.near.segment.Text)
	}
}

// TestJudgeCourse measures every checkpoint once, shows how a number changed, and goes back to the
// best one.
func TestJudgeCourse(t *testing.T) {
	r := readyRig(t, apptest.Points)
	r.show(pageJudge)
	r.ask.toggle()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 40 && !r.s.Status.Running })
	r.judge.samples.SetSelected("500")
	c := r.judge.course
	test.Tap(c.all)
	r.until("the checkpoints are judged", func() bool { return !r.s.Work.Busy() && len(c.points) > 1 })
	if first, last := c.points[0], c.points[len(c.points)-1]; first.step != 0 || last.step != 40 || len(first.measures) == 0 {
		t.Fatalf("judged steps %d to %d", first.step, last.step)
	}
	c.metric.SetSelected(measureTitles["js"][0])
	if !strings.HasPrefix(c.best.segment.Text, "Best of ") || c.goTo.Disabled() {
		t.Errorf("the page says %q", c.best.segment.Text)
	}
	kept, err := r.s.Run.Session.Judgements()
	if err != nil || len(kept) != len(c.points) {
		t.Errorf("%d judgements are kept of %d, %v", len(kept), len(c.points), err)
	}
	c.bestStep = 0
	test.Tap(c.goTo)
	test.Tap(r.button("Go there"))
	r.until("the run is back at its beginning", func() bool { return r.s.Status.Step == 0 })
	if again, err := r.s.Run.Session.Judgements(); err != nil || len(again) != len(kept) {
		t.Errorf("%d judgements after going back, %v; nothing is lost until training goes on", len(again), err)
	}
}

// TestWhichIsReal plays a game and keeps the score.
func TestWhichIsReal(t *testing.T) {
	r := readyRig(t, noisyPictures(t))
	r.show(pageJudge)
	g := r.judge.game
	if !g.start.Disabled() {
		t.Error("a game can be started without samples")
	}
	if g.pairs.Visible() || !g.rest.Visible() {
		t.Error("a pair is shown before there is a game")
	}
	r.ask.toggle()
	r.until("the run has ended", func() bool { return r.s.Status.Step == 6 && !r.s.Status.Running })
	test.Tap(r.judge.start)
	r.until("the samples are judged", func() bool { return r.judge.report != nil })
	test.Tap(g.start)
	r.typed(fyne.KeyLeft)
	if g.of != 0 {
		t.Error("an arrow key answers while other numbers are looked at")
	}
	r.judge.tabs.SelectIndex(2)
	if !g.pairs.Visible() || g.rest.Visible() {
		t.Error("no pair is shown, or another game can be started")
	}
	for pair := 1; pair <= pairsOfGame; pair++ {
		if want := fmt.Sprintf("Pair %d of 10", pair); !strings.HasPrefix(g.says.Text, want) {
			t.Fatalf("the page says %q, want %q", g.says.Text, want)
		}
		side := g.real
		if pair > 8 {
			side = 1 - side
		}
		if pair%2 == 0 {
			test.Tap(g.choose[side])
			continue
		}
		r.typed([]fyne.KeyName{fyne.KeyLeft, fyne.KeyRight}[side])
	}
	r.until("the score is kept", func() bool { return strings.Contains(g.says.Text, "8 of 10 pairs so far") })
	kept, err := r.s.Run.Session.Judgements()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, j := range kept {
		found = found || j.Key == guessKey && j.Step == 6 && j.Text == `{"right":8,"of":10}`
	}
	if !found {
		t.Errorf("kept %+v", kept)
	}
	c := r.judge.course
	r.until("the score is among the numbers", func() bool { return slices.Contains(c.names, guessMeasure) })
	c.metric.SetSelected(measureTitles[guessMeasure][0])
	if want := "Best of 1 checkpoint: step 6, 0.8 ± 0.1"; c.best.segment.Text != want {
		t.Errorf("the page says %q, want %q", c.best.segment.Text, want)
	}
}

func TestValueText(t *testing.T) {
	for _, c := range []struct {
		value, stdErr float64
		want          string
	}{
		{4.0612, 0.43, "4.1 ± 0.4"},
		{4.35, 2.6, "4 ± 3"},
		{0.8405, 0.0082, "0.841 ± 0.008"},
		{0.8405, 0.0097, "0.84 ± 0.01"},
		{127.6, 5.2, "128 ± 5"},
		{12345.6, 96.1, "12,346 ± 96"},
		{3, 0, "3"},
		{-0.8213, 0.02, "−0.82 ± 0.02"},
		{-1.386, 0, "−1.39"},
		{0.33333, math.NaN(), "0.333"},
	} {
		if got := valueText(metrics.Measure{Value: c.value, StdErr: c.stdErr}); got != c.want {
			t.Errorf("%g with an error of %g: %q, want %q", c.value, c.stdErr, got, c.want)
		}
	}
}

// TestBenchmarks shows a table that was run on this computer.
func TestBenchmarks(t *testing.T) {
	r := readyRig(t, apptest.Points)
	all, err := reproduce.Load(results.Files)
	if err != nil {
		t.Fatal(err)
	}
	result := all[slices.IndexFunc(all, func(r reproduce.Result) bool { return r.Name == "pacgan-ring" })]
	result.Command = "ganvas reproduce pacgan-ring --quick"
	content, err := result.Encode()
	if err != nil {
		t.Fatal(err)
	}
	folder := reproduce.Folder(r.options.Home)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pacgan-ring.json"), content, 0o644); err != nil {
		t.Fatal(err)
	}
	r.show(pageJudge)
	r.judge.tabs.SelectIndex(3)
	r.until("the result is shown", func() bool { return strings.Contains(r.judge.tables.when.segment.Text, "--quick") })
	var words []string
	for _, l := range findAll[*widget.Label](r.judge.tables.table) {
		words = append(words, l.Text)
	}
	text := strings.Join(words, " | ")
	for _, want := range []string{"PacGAN2", "Published", "7.9 ± 0.10", "relativistic"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
}
