package app

import (
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestJudge trains a little on points, judges, and sees the report go with the run.
func TestJudge(t *testing.T) {
	r := readyRig(t, tinyRecipe)
	r.show(pageJudge)
	if !r.judge.start.Disabled() {
		t.Error("there is something to judge before there is a generator")
	}
	r.toggle()
	r.until("the run has ended", func() bool { return r.status.Step == 40 && !r.status.Running })
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
	r.run = nil
	r.judge.refresh()
	if r.judge.report != nil || len(r.judge.table.Objects) > 0 {
		t.Error("the report outlived its run")
	}
}

// TestJudgePictures shows what is nearest to a sample.
func TestJudgePictures(t *testing.T) {
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
	r := readyRig(t, `
name = "tiny"
data = "`+filepath.ToSlash(folder)+`"
image_size = 8
channels = 1
batch = 4
steps = 6
latent = 8
[g]
layers = ["linear 64", "unflatten 8 8 1", "tanh"]
[d]
layers = ["flatten", "linear 8", "lrelu 0.2", "linear 1"]
`)
	r.show(pageJudge)
	r.toggle()
	r.until("the run has ended", func() bool { return r.status.Step == 6 && !r.status.Running })
	test.Tap(r.judge.start)
	r.until("the samples are judged", func() bool { return r.judge.report != nil })
	if got, want := len(r.judge.report.Samples), 120*8*8; got != want {
		t.Errorf("%d values of samples, want %d: as many as items are held out", got, want)
	}
	r.judge.fake.OnTapped(3)
	if !strings.HasPrefix(r.judge.near.segment.Text, "sample 4;") {
		t.Errorf("after choosing a sample the page says %q", r.judge.near.segment.Text)
	}
}
