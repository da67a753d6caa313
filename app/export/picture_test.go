package export

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/provenance"
	"ganvas/widgets"
)

// shown is what Explore would show of a seed.
func (r *rig) shown(seed uint64) studio.Shown {
	r.t.Helper()
	g, step := r.S.Run.Session.GeneratorNow(true)
	z := g.Noise(seed, 1)
	item := g.Out()
	return studio.Shown{
		Picture: datasets.ToImage(g.Render(z, 1), item[0], item[1], item[2]), Z: slices.Clone(z), Seed: &seed,
		Class: -1, Part: -1, Step: step, Averaged: true, Generator: g,
	}
}

// ready waits until the topmost dialog shows what it would write.
func (r *rig) ready(button string) {
	r.t.Helper()
	r.Until("the preview is drawn", func() bool { return !r.Button(button).Disabled() })
}

// save has what the topmost dialog shows written to a path.
func (r *rig) save(button, path string) {
	r.t.Helper()
	test.Tap(r.Button(button))
	uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0].SetText(path)
	r.Said = studio.Message{}
	test.Tap(r.Button("Save"))
}

// record returns what a file says of how it was made.
func (r *rig) record(path string) *provenance.Record {
	r.t.Helper()
	record, err := provenance.ReadFile(path)
	if err != nil {
		r.t.Fatal(err)
	}
	return record
}

// TestPictureSizes: the picture that is shown is written in pixels or in centimetres, as squares or
// smooth, and says how it was made unless that is not wanted.
func TestPictureSizes(t *testing.T) {
	r := trained(t, apptest.Digits)
	for _, c := range []struct {
		width       string
		unit, look  int
		plain       bool
		side        int
		resolution  uint32 // pixels of a metre; 0: it is not said
		colours     int    // at most
		says        string
		remembersAs string
	}{
		{"280", 0, 0, false, 280, 0, 256, "280 × 280 pixels", ""},
		{"10", 1, 1, false, 1181, 11811, 256, "10 × 10 cm: 1,181 × 1,181 pixels", ""},
		{"2,5", 1, 0, true, 295, 11811, 256, "2.5 × 2.5 cm: 295 × 295 pixels", "2.5"},
	} {
		Picture(r.S, r.desk, r.Prefs(), r.shown(5), true)
		r.ready("Save…")
		selects := uitest.FindAll[*widgets.Select](r.Host.Dialog())
		selects[0].SetSelectedIndex(c.unit)
		selects[1].SetSelectedIndex(c.look)
		uitest.FindAll[*widgets.Check](r.Host.Dialog())[0].SetChecked(!c.plain)
		uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0].SetText(c.width)
		r.Until("it says how large the file will be", func() bool { return r.Says(c.says) && !r.Button("Save…").Disabled() })
		path := filepath.Join(t.TempDir(), "x.png")
		r.save("Save…", path)
		content, img := r.written(path)
		if got := img.Bounds(); got.Dx() != c.side || got.Dy() != c.side {
			t.Errorf("%+v: the file has %v", c, got)
		}
		resolution := uint32(0)
		if at := bytes.Index(content, []byte("pHYs")); at > 0 {
			resolution = binary.BigEndian.Uint32(content[at+4:])
		}
		if resolution != c.resolution {
			t.Errorf("%+v: the file says %d pixels of a metre", c, resolution)
		}
		want := r.shown(5)
		if c.look == 0 {
			squares(t, img, want.Picture)
		}
		record := r.record(path)
		if (record == nil) != c.plain || r.Prefs().Bool(settings.PlainPictures) != c.plain {
			t.Errorf("%+v: the file says %+v; remembered %v", c, record, r.Prefs().Bool(settings.PlainPictures))
		}
		if record == nil {
			continue
		}
		z, class, _, err := record.Of(want.Generator, 0)
		if err != nil || !slices.Equal(z, want.Z) || class != -1 || record.Step != 6 || record.Weights != provenance.Fingerprint(want.Generator.Net()) || *record.Seed != 5 {
			t.Errorf("%+v: latent %v, class %d, %v; record %+v", c, z, class, err, record)
		}
	}
	// What was chosen is remembered.
	Picture(r.S, r.desk, r.Prefs(), r.shown(5), true)
	selects := uitest.FindAll[*widgets.Select](r.Host.Dialog())
	if got := uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0].Text; got != "2.5" || selects[0].SelectedIndex() != 1 || selects[1].SelectedIndex() != 0 {
		t.Errorf("the dialog begins with %q, %d, %d", got, selects[0].SelectedIndex(), selects[1].SelectedIndex())
	}
}

// squares checks that a large picture shows the pixels of a small one, each in the middle of its
// square.
func squares(t *testing.T, large, small image.Image) {
	t.Helper()
	side := small.Bounds().Dx()
	for y := range side {
		for x := range side {
			at := func(v int) int { return (2*v + 1) * large.Bounds().Dx() / (2 * side) }
			if got, want := color.NRGBAModel.Convert(large.At(at(x), at(y))), color.NRGBAModel.Convert(small.At(x, y)); got != want {
				t.Fatalf("square %d,%d is %v, want %v", x, y, got, want)
			}
		}
	}
}

// TestPictureRefuses: sizes that are not possible are said to be.
func TestPictureRefuses(t *testing.T) {
	r := trained(t, apptest.Digits)
	Picture(r.S, r.desk, r.Prefs(), r.shown(5), true)
	r.ready("Save…")
	entry, unit := uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0], uitest.FindAll[*widgets.Select](r.Host.Dialog())[0]
	for _, c := range []struct {
		unit  int
		typed []string
		says  string
	}{
		{0, []string{"", "x", "0", "-3", "20001", "1.5", "NaN", "1e300"}, "The width must be a whole number from 1 to 20,000 pixels"},
		{1, []string{"", "0", "0.01", "170", "Inf"}, "The width must be a number from 0.1 to 169 cm"},
	} {
		unit.SetSelectedIndex(c.unit)
		for _, typed := range c.typed {
			entry.SetText(typed)
			if !r.Button("Save…").Disabled() || !r.Says(c.says) {
				t.Errorf("%q in unit %d can be saved: %v", typed, c.unit, !r.Button("Save…").Disabled())
			}
		}
	}
	r.desk.Dismiss()
	r.Said = studio.Message{}
	Picture(r.S, r.desk, r.Prefs(), studio.Shown{}, false)
	if !r.Said.Warning || !strings.Contains(r.Said.Text, "no picture") {
		t.Errorf("without a picture it says %q", r.Said.Text)
	}
}

// TestNotWritten: where a file cannot be written that is said, and nothing is left; so it is where
// the writing is cancelled, and what was there before stays.
func TestNotWritten(t *testing.T) {
	r := trained(t, apptest.Digits)
	dir := t.TempDir()
	path := filepath.Join(dir, "x.png")
	if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	left := func(what string) {
		t.Helper()
		entries, err := os.ReadDir(dir)
		content, _ := os.ReadFile(path)
		if err != nil || len(entries) != 1 || string(content) != "before" {
			t.Errorf("%s: %d files, the first holds %d bytes: %v", what, len(entries), len(content), err)
		}
	}
	Picture(r.S, r.desk, r.Prefs(), r.shown(5), true)
	uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0].SetText("8000") // which takes long enough to be cancelled
	r.ready("Save…")
	r.save("Save…", path)
	if !strings.Contains(r.Host.DialogText(), "exists already") {
		t.Errorf("it does not ask before it replaces: %s", r.Host.DialogText())
	}
	test.Tap(r.Button("Replace"))
	r.S.Work.Stop()
	r.Until("the writing has ended", func() bool { return !r.S.Work.Busy() })
	if want := "x.png was not written: the export was stopped."; r.Said.Text != want {
		t.Errorf("of a cancelled writing it says %q, want %q", r.Said.Text, want)
	}
	left("cancelled")

	gone := filepath.Join(dir, "gone") // since it was chosen
	w := &sampling{s: r.S, run: r.S.Run, form: asArray, maker: maker{true, -1}}
	w.options.N = 10
	w.file(filepath.Join(gone, "x.npy"))
	r.Until("it says so", func() bool { return len(r.Host.Failed) == 1 })
	if got := r.Host.Failed[0].Error(); !strings.Contains(got, "there is no folder "+gone) {
		t.Errorf("says %q", got)
	}
	r.Host.Failed = nil
	w.options.N, w.options.Fewer = 100_000_000_000, "choose fewer, or another disk"
	w.file(filepath.Join(dir, "y.npy"))
	r.Until("it says that the disk is too small", func() bool { return len(r.Host.Failed) == 1 })
	if got := r.Host.Failed[0].Error(); !strings.Contains(got, "are free on the disk: choose fewer") {
		t.Errorf("says %q", got)
	}
	r.Host.Failed = nil
	left("too large")
}

// keep keeps the latents of seeds in the project as finds.
func (r *rig) keep(seeds ...uint64) (all []ckpt.Latent) {
	r.t.Helper()
	for _, seed := range seeds {
		n := r.shown(seed)
		l := ckpt.Latent{Name: "find", Step: n.Step, Z: n.Z, Class: -1, Part: -1}
		if _, err := r.S.Run.Session.PutLatent(l, n.Picture); err != nil {
			r.t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// TestFinds: a gallery of finds shows them as they were saved, or as they are now, and says which.
func TestFinds(t *testing.T) {
	r := trained(t, strings.Replace(apptest.Digits, "[g]\n", "ema = 0\n[g]\nlr = 0.05\n", 1))
	Finds(r.S, r.desk, r.Prefs())
	r.Until("it says that nothing is saved", func() bool { return strings.Contains(r.Said.Text, "Nothing is saved yet") })
	finds := r.keep(3, 4, 5)
	if _, err := r.S.Run.Session.PutLatent(ckpt.Latent{Name: "of another", Z: []float32{1, 2}, Class: -1, Part: -1}, r.shown(3).Picture); err != nil {
		t.Fatal(err)
	}
	saved := r.shown(4).Picture
	r.S.Run.Command(r.S.Run.Session.StepBoth)
	r.Until("it has learnt on", func() bool { return r.S.Status.Step == 7 && !r.S.Status.Running })
	for when, want := range []image.Image{saved, r.shown(4).Picture} {
		Finds(r.S, r.desk, r.Prefs())
		r.Until("the dialog is open", func() bool { return r.Host.Dialog() != nil })
		uitest.FindAll[*widgets.Select](r.Host.Dialog())[0].SetSelectedIndex(when)
		uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())[0].SetText("2")
		note := "248 × 248 pixels. 1 other by another generator, or saved without a picture, are left out"
		r.Until("it shows them", func() bool { return r.Says(note) && !r.Button("Export…").Disabled() })
		path := filepath.Join(t.TempDir(), "finds.png")
		r.save("Export…", path)
		_, img := r.written(path)
		cell := image.NewRGBA(image.Rect(0, 0, 112, 112))
		for y := range 112 {
			for x := range 112 {
				cell.Set(x, y, img.At(128+x, 8+y))
			}
		}
		squares(t, cell, want)
		record := r.record(path)
		g := r.S.Run.Session.Generator(true)
		z, _, _, err := record.Of(g, 2)
		if err != nil || record.Len() != 3 || !slices.Equal(z, finds[2].Z) {
			t.Errorf("the third of %d items: %v, %v", record.Len(), z, err)
		}
		if run, step := record.RunOf(1); run != 1 || step != int64(6+when) || (record.Weights == "") != (when == 0) {
			t.Errorf("choice %d: it is of run %d, step %d, weights %q", when, run, step, record.Weights)
		}
	}
}

// TestSamples: samples are written in each form, and pictures by class are read as labels again.
func TestSamples(t *testing.T) {
	r := trained(t, strings.Replace(apptest.Digits, "batch = 4", "batch = 4\nlabels = \"folder\"\nconditional = \"classifier\"", 1))
	dir := t.TempDir()
	r.Prefs().SetFolder("export", filepath.Join(dir, "x"))
	for i, f := range ofPicture {
		Samples(r.S, r.desk, r.Prefs())
		form := uitest.FindAll[*widgets.Select](r.Host.Dialog())[0]
		form.SetSelectedIndex(i)
		if !r.Says(f.note) {
			t.Errorf("%s: it does not say %q", f.title, f.note)
		}
		entries := uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())
		entries[0].SetText("40")
		entries[1].SetText("9")
		path := filepath.Join(dir, "many"+f.ending)
		if f.ending == "" {
			path = filepath.Join(dir, fmt.Sprint("samples ", i))
		}
		r.save("Export…", path)
		r.Until("it is written", func() bool { return r.Said.Text != "" })
		if !strings.HasPrefix(r.Said.Text, "Saved "+filepath.Base(path)) {
			t.Fatalf("%s: says %q, want %s", f.title, r.Said.Text, path)
		}
		if f.ending == asTable.ending {
			if content, err := os.ReadFile(path); err != nil || bytes.Count(content, []byte("\n")) != 40 {
				t.Errorf("the table has %d lines, want 40: %v", bytes.Count(content, []byte("\n")), err)
			}
			continue
		}
		set, err := datasets.Open(t.Context(), path, datasets.Options{Size: 28, Labels: "folder"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if set.Len() != 40 {
			t.Errorf("%s: %d items, want 40", f.title, set.Len())
		}
		if f.byClass && len(set.Info().Labels) != 10 {
			t.Errorf("the classes are %v", set.Info().Labels)
		}
		if f.ending == "" {
			name := filepath.Join(path, "0003.png")
			if f.byClass {
				name = filepath.Join(path, "7", "0029.png")
			}
			if record := r.record(name); record == nil || *record.Seed != 9 {
				t.Errorf("%s says %+v", name, record)
			}
		}
	}
	points := trained(t, apptest.Points)
	Samples(points.S, points.desk, points.Prefs())
	if got := uitest.FindAll[*widgets.Select](points.Host.Dialog()); len(got) != 1 || !slices.Equal(got[0].Options, []string{asTable.title, asArray.title}) {
		t.Errorf("of points it offers %v", got)
	}
	uitest.FindAll[*ui.DialogEntry](points.Host.Dialog())[0].SetText("0")
	if !points.Button("Export…").Disabled() || !points.Says("Samples must be a whole number from 1 to 100,000,000") {
		t.Error("0 samples can be exported")
	}
}
