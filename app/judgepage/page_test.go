package judgepage

import (
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
)

// A rig has the page in a window of its own.
type rig struct {
	*uitest.Rig
	page *Page
}

// ready shows the page with a recipe as the plan.
func ready(t *testing.T, recipe string) *rig {
	t.Helper()
	r := uitest.Start(t, nil)
	page := New(r.S, r.Host, "test")
	r.Show(page)
	r.Ready(recipe)
	return &rig{r, page}
}

// pictures and points return the views of the page.
func (r *rig) pictures() *picturesView { return r.page.views[datasets.Pictures].(*picturesView) }
func (r *rig) points() *pointsView     { return r.page.views[datasets.Points].(*pointsView) }

// text is what the labels below an object say.
func text(root fyne.CanvasObject) string {
	var words []string
	for _, l := range uitest.FindAll[*widget.Label](root) {
		words = append(words, l.Text)
	}
	return strings.Join(words, " | ")
}

// TestJudgesTheRun: the generator is compared with what it learnt from, also while other data are
// chosen for the next run.
func TestJudgesTheRun(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Train()
	learnt, held := r.S.RunData(), r.page.heldOut()
	r.S.Data.Choose("shapes")
	r.Until("other data are read", func() bool { return r.S.Plan.Now().Data == "shapes" && r.S.Data.Set != nil && !r.S.Data.Opening })
	if r.page.view() != kindView(r.points()) || !r.points().object().Visible() || r.pictures().object().Visible() {
		t.Error("points that were learnt are shown as pictures")
	}
	if got := r.S.RunData(); got != learnt || r.page.heldOut() != held {
		t.Errorf("judged by %v, %d held out; want what was learnt, %d", got.Info().Name, r.page.heldOut(), held)
	}
}

// TestJudge trains a little on points, judges, and sees the report go with the run.
func TestJudge(t *testing.T) {
	r := ready(t, apptest.Points)
	p := r.page
	if !p.start.Disabled() {
		t.Error("there is something to judge before there is a generator")
	}
	r.Train()
	p.samples.SetSelected("500")
	test.Tap(p.start)
	r.Until("the samples are judged", func() bool { return p.report != nil })
	said := text(p.table)
	for _, want := range []string{"Modes found", "High quality", "Divergence (JS)", "Real data", "worse"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is missing in %s", want, said)
		}
	}
	if got := p.when.Segment.Text; !strings.HasPrefix(got, "Step 40, 500 samples") || !r.points().planes.Visible() || !r.points().plane.Visible() || r.pictures().box.Visible() {
		t.Errorf("the page says %q", got)
	}
	if g := p.game; !g.start.Disabled() || !strings.HasPrefix(g.says.Text, "This game is for pictures") {
		t.Errorf("of points the game says %q", g.says.Text)
	}
	p.show(nil, nil)
	p.Refresh()
	r.Until("the numbers are read from the project", func() bool { return strings.HasPrefix(p.when.Segment.Text, "Step 40, judged before") })
	if got := len(p.table.Objects); got < 4 {
		t.Errorf("%d rows of numbers that were judged before", got)
	}
	r.S.Run = nil
	p.Refresh()
	if p.report != nil || len(p.table.Objects) > 0 {
		t.Error("the report outlived its run")
	}
}

// noisyPictures is a run of a folder of n small pictures, which takes little to judge.
func noisyPictures(t *testing.T, n int) string {
	t.Helper()
	folder := t.TempDir()
	random := rand.New(rand.NewPCG(1, 1))
	for i := range n {
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
	r := ready(t, noisyPictures(t, 240))
	p := r.page
	r.Train()
	r.Until("it says how many are held out", func() bool {
		return p.when.Segment.Text == "Only 120 items are held out, so Judge draws as many samples."
	})
	if got, want := p.samples.Selected, "all 120"; got != want {
		t.Errorf("before judging %q samples are shown, want %q", got, want)
	}
	test.Tap(p.start)
	r.Until("the samples are judged", func() bool { return p.report != nil })
	if got, want := len(p.report.Samples), 120*8*8; got != want {
		t.Errorf("%d values of samples, want %d: as many as items are held out", got, want)
	}
	if got, want := p.samples.Selected, "all 120"; got != want {
		t.Errorf("%q samples are shown, want %q", got, want)
	}
	if got, want := p.when.Segment.Text, "Step 6, 120 samples beside 120 held-out items: all that are held out"; got != want {
		t.Errorf("the page says %q, want %q", got, want)
	}
	r.pictures().fake.OnTapped(3)
	if !strings.HasPrefix(r.pictures().near.Segment.Text, "sample 4;") {
		t.Errorf("after choosing a sample the page says %q", r.pictures().near.Segment.Text)
	}
}

// TestJudgeTooFew says before anybody judges that too few items are held out.
func TestJudgeTooFew(t *testing.T) {
	r := ready(t, strings.Replace(noisyPictures(t, 120), "steps = 6", "steps = 1", 1))
	r.Train()
	r.Until("it says how many are needed", func() bool {
		return r.page.when.Segment.Text == "Only 60 items are held out, and Judge needs 100: add data."
	})
}
