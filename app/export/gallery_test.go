package export

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/engine/gallery"
	"ganvas/widgets"
)

// A rig is a studio whose run has done its steps, and a window with the dialogs of the usual one.
type rig struct {
	*uitest.Rig
	t    *testing.T
	desk *ui.Desk
}

func trained(t *testing.T, recipe string) *rig {
	t.Helper()
	r := &rig{Rig: uitest.Start(t, nil), t: t}
	r.desk = &ui.Desk{Win: r.Host.Window(), Prefs: r.Prefs()}
	r.desk.Win.Resize(fyne.NewSize(1280, 800))
	r.Ready(recipe)
	r.Train()
	return r
}

// preview opens the dialog and waits until it shows the gallery.
func (r *rig) preview() {
	r.t.Helper()
	Gallery(r.S, r.desk, r.Prefs())
	r.Until("the preview is drawn", func() bool { return !r.Button("Export…").Disabled() })
}

// export has the gallery that is shown written to the place that is typed.
func (r *rig) export(typed string) {
	r.t.Helper()
	test.Tap(r.Button("Export…"))
	uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0].SetText(typed)
	r.Said = studio.Message{}
	test.Tap(r.Button("Save"))
}

// written waits until the gallery is written to a file, and returns it.
func (r *rig) written(path string) (content []byte, img image.Image) {
	r.t.Helper()
	r.Until("the file is written", func() bool { return r.Said.Text != "" })
	if !strings.HasPrefix(r.Said.Text, "Saved "+filepath.Base(path)+" (") || !strings.Contains(r.Said.Text, filepath.Dir(path)) || r.Said.Warning {
		r.t.Errorf("says %q of %s", r.Said.Text, path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		r.t.Fatal(err)
	}
	if img, err = png.Decode(bytes.NewReader(content)); err != nil {
		r.t.Fatal(err)
	}
	return content, img
}

func TestGalleryExport(t *testing.T) {
	r := trained(t, apptest.Digits)
	r.preview()
	path := filepath.Join(t.TempDir(), "gallery")
	r.export(path)
	path += ".png"
	first, img := r.written(path)
	if w := img.Bounds().Dx(); w < 8*28*2 {
		t.Errorf("the gallery is %d pixels wide, want at least %d", w, 8*28*2)
	}
	// A file that exists is replaced only after asking.
	r.preview()
	uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[2].SetText("2") // the seed
	r.export(path)
	if !strings.Contains(r.Host.DialogText(), "exists already") {
		t.Errorf("writes over a file without asking: %q", r.Host.DialogText())
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, first) {
		t.Errorf("the file is no longer the first before the answer: %v", err)
	}
	test.Tap(r.Button("Replace"))
	if second, _ := r.written(path); bytes.Equal(second, first) {
		t.Error("the file is that of another seed still")
	}
	// What was chosen is remembered.
	r.preview()
	if got := uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[2].Text; got != "2" {
		t.Errorf("the dialog begins with the seed %q, want that of the last time", got)
	}
}

// TestGalleryOfPoints exports a plot: the dialog asks for points, not for rows of pictures.
func TestGalleryOfPoints(t *testing.T) {
	r := trained(t, apptest.Points)
	r.Prefs().SetBool("gallery.labels", true) // as it was left for a gallery of pictures
	r.preview()
	text := r.Host.DialogText()
	for word, want := range map[string]bool{"Points": true, "Seed": true, "Rows": false, "Spacing": false, "Numbers under": false} {
		if got := strings.Contains(text, word); got != want {
			t.Errorf("the dialog says %q: %v, want %v: %s", word, got, want, text)
		}
	}
	path := filepath.Join(t.TempDir(), "plot.png")
	r.export(path)
	if _, img := r.written(path); img.Bounds().Dx() != 2*640 {
		t.Errorf("the plot is %d pixels wide, want 1280", img.Bounds().Dx())
	}
	if !r.Prefs().Bool("gallery.labels") {
		t.Error("a plot, which has no numbers under its points, takes them away from galleries of pictures")
	}
}

// TestClassIsWritten: the class that is picked is the one in the file.
func TestClassIsWritten(t *testing.T) {
	r := trained(t, strings.Replace(apptest.Digits, "batch = 4", "batch = 4\nlabels = \"folder\"\nconditional = \"classifier\"", 1))
	for chosen, class := range map[int]int{0: -1, 5: 4} { // at first a row for each class
		r.preview()
		uitest.FindAll[*widgets.Select](r.Host.Dialog())[0].SetSelectedIndex(chosen)
		path := filepath.Join(t.TempDir(), "class.png")
		r.export(path)
		_, img := r.written(path)
		g := r.S.Run.Session.Generator(true)
		g.Choose(class, -1)
		want, err := gallery.Image(g, gallery.Options{Rows: 8, Columns: 8, Seed: 1, Scale: 2, Spacing: 2})
		if err != nil {
			t.Fatal(err)
		}
		if !samePixels(img, want) {
			t.Errorf("the file is not the gallery of class %d", class)
		}
	}
}

// samePixels tells whether two pictures show the same.
func samePixels(a, b image.Image) bool {
	if a.Bounds() != b.Bounds() {
		return false
	}
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			if color.NRGBAModel.Convert(a.At(x, y)) != color.NRGBAModel.Convert(b.At(x, y)) {
				return false
			}
		}
	}
	return true
}

// TestGalleryRefuses: numbers that are not possible are said to be, and nothing is written.
func TestGalleryRefuses(t *testing.T) {
	r := trained(t, apptest.Points)
	r.preview()
	points := uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0]
	for _, typed := range []string{"", "x", "0", "-1", "100001"} {
		points.SetText(typed)
		if hint := "Points must be a whole number from 1 to 100,000"; !r.Button("Export…").Disabled() || !r.Says(hint) {
			t.Errorf("%q: it can be exported: %t; does not say %q", typed, !r.Button("Export…").Disabled(), hint)
		}
		points.OnSubmitted(typed)
		if r.Button("Export…") == nil || r.S.Work.Busy() {
			t.Errorf("Enter exports %q points", typed)
		}
	}
	points.SetText("100")
	r.Until("the preview is drawn", func() bool { return !r.Button("Export…").Disabled() })
}

// TestOnlyAverage: where only averaged weights are kept there is no choice of them, and it says
// why.
func TestOnlyAverage(t *testing.T) {
	r := trained(t, apptest.Digits)
	for _, looking := range []bool{true, false} {
		r.S.Status.Looking = looking
		r.preview()
		checks := uitest.FindAll[*widgets.Check](r.Host.Dialog())
		if ema := checks[1]; ema.Disabled() != looking || !ema.Checked {
			t.Errorf("looking at a step of the past %v: the choice is off %v, averaged %v", looking, ema.Disabled(), ema.Checked)
		}
		r.desk.Dismiss()
	}
}

// TestNothingToExport: without a run it is said what is missing.
func TestNothingToExport(t *testing.T) {
	r := uitest.Start(t, nil)
	Gallery(r.S, r.Host, r.Prefs())
	if !r.Said.Warning || !strings.Contains(r.Said.Text, "no generator") || r.Host.Dialog() != nil {
		t.Errorf("says %q; a dialog is open: %t", r.Said.Text, r.Host.Dialog() != nil)
	}
}
