package charts

import (
	"bytes"
	"encoding/csv"
	"image/png"
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// history is a run of 1,000 steps with a spike and a gap.
func history() session.History {
	h := session.History{Columns: session.MetricNames}
	for range h.Columns {
		h.Min, h.Max = append(h.Min, nil), append(h.Max, nil)
	}
	for step := range 1000 {
		h.Step = append(h.Step, float64(step))
		for c, name := range h.Columns {
			v := math.NaN()
			switch {
			case name == "penalty":
				v = 0
			case name != "class_error" && step%10 != 7:
				v = float64(c) + math.Sin(float64(step)/50)
			}
			high := v
			if step == 500 && name != "penalty" {
				high = 40
			}
			h.Min[c], h.Max[c] = append(h.Min[c], v), append(h.Max[c], high)
		}
	}
	nan := float32(math.NaN())
	h.Checkups = []doctor.Checkup{{Step: 100, Distance: 0.5, Diversity: 0.2, Missed: nan}, {Step: 200, Distance: 0.4, Diversity: 0.3, Missed: nan}}
	return h
}

func all(t *testing.T, change func(r *recipe.Recipe)) []Chart {
	t.Helper()
	r, err := recipe.Named("ring")
	if err != nil {
		t.Fatal(err)
	}
	change(r)
	return Of(r, history())
}

// Charts that have nothing to show are left out, and so are curves.
func TestOf(t *testing.T) {
	names := func(charts []Chart) (list []string) {
		for _, c := range charts {
			list = append(list, c.Name)
		}
		return list
	}
	charts := all(t, func(*recipe.Recipe) {})
	if got, want := names(charts), []string{"losses", "scores", "accuracy", "gradients", "samples"}; !slices.Equal(got, want) {
		t.Errorf("charts %v, want %v", got, want)
	}
	samples, _ := Find(charts, "samples")
	if len(samples.Curves) != 2 || !slices.Equal(samples.Curves[0].Step, []float64{100, 200}) {
		t.Errorf("samples %+v", samples)
	}
	if got := names(all(t, func(r *recipe.Recipe) { r.Augment = "adaptive" })); !slices.Contains(got, "augmentation") {
		t.Errorf("charts %v, want augmentation among them", got)
	}
	critic := all(t, func(r *recipe.Recipe) { r.Objective = "wasserstein" })
	if got := critic[0].Curves[0].Name; got != "critic" {
		t.Errorf("the first loss is of %s", got)
	}
	if len(Of(recipe.Default(), session.History{Columns: session.MetricNames})) > 0 {
		t.Error("charts of a run without steps")
	}
}

// Every format is what its name says, with the curves in it.
func TestWrite(t *testing.T) {
	losses := all(t, func(*recipe.Recipe) {})[0]
	written := map[string]*bytes.Buffer{}
	for _, format := range Formats() {
		written[format] = &bytes.Buffer{}
		if err := losses.Write(written[format], format); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
	img, err := png.Decode(written["png"])
	if err != nil {
		t.Fatal(err)
	}
	blue, orange := 0, 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			r, g, b, _ := img.At(x, y).RGBA()
			switch [3]uint32{r >> 8, g >> 8, b >> 8} {
			case [3]uint32{0x1f, 0x6f, 0xb5}:
				blue++
			case [3]uint32{0xd9, 0x6b, 0}:
				orange++
			}
		}
	}
	if img.Bounds().Dx() != 960 || blue < 200 || orange < 100 {
		t.Errorf("a picture %d wide with %d pixels of one curve and %d of the other", img.Bounds().Dx(), blue, orange)
	}
	if text := written["svg"].String(); !strings.Contains(text, "<svg") || !strings.Contains(text, "ring: losses of both players") || strings.Count(text, "<path") < 4 {
		t.Errorf("the SVG begins with %.200q", text)
	}
	if b := written["pdf"].Bytes(); !bytes.HasPrefix(b, []byte("%PDF-")) || !bytes.Contains(b, []byte("%%EOF")) {
		t.Errorf("the PDF begins with %.20q", b)
	}
	rows, err := csv.NewReader(written["csv"]).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+2*900 || !slices.Contains(rows[451], "500") || rows[451][3] != "40" {
		t.Errorf("%d rows, that of step 500 is %v", len(rows), rows[451])
	}
	if err := losses.Write(&bytes.Buffer{}, "bmp"); err == nil || !strings.Contains(err.Error(), "choose png") {
		t.Errorf("bmp: error %v", err)
	}
}

// However many steps there are, no peak is lost.
func TestThin(t *testing.T) {
	losses := all(t, func(*recipe.Recipe) {})[0]
	thin := losses.Curves[0].thin(100)
	if len(thin.Step) != 100 || slices.Max(thin.High) != 40 || slices.Min(thin.Low) != slices.Min(losses.Curves[0].Low) {
		t.Errorf("%d points up to %g", len(thin.Step), slices.Max(thin.High))
	}
}
