package buildpage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/datasets"
	"ganvas/engine/recipe"
)

// A preset keeps data of the user's own and what is an item of them.
func TestPresetKeepsOwnData(t *testing.T) {
	r := uitest.Start(t, nil)
	p := New(r.S, r.Host)
	r.Show(p)
	r.Ready(apptest.Digits)
	file, err := filepath.Abs("../../datasets/testdata/frames/sprites_8x8.png")
	if err != nil {
		t.Fatal(err)
	}
	plan := func() *recipe.Recipe { return r.S.Plan.Now() }
	r.S.Data.Choose(file)
	r.Until("the sheet is read", func() bool { return plan().Data == file && !r.S.Data.Opening })
	r.S.Data.SetPreprocessing("cell", "16")
	r.Until("its cells are larger", func() bool { return plan().Cell == 16 && !r.S.Data.Opening })
	p.choosePreset(p.presets[slices.IndexFunc(p.presets, func(x recipe.Preset) bool { return x.Recipe.Name == "digits-dcgan" })])
	if got := plan(); got.Name != "digits-dcgan" || got.Cell != 16 || got.Data != file {
		t.Errorf("the preset %s has cells of %d of %s, want 16 of %s", got.Name, got.Cell, got.Data, file)
	}
}

// A preset keeps own data of the kind that it is for, and brings its own where they are of another.
func TestPresetKeepsOwnPoints(t *testing.T) {
	r := start(t)
	file := filepath.Join(t.TempDir(), "points.csv")
	var lines strings.Builder
	for i := range 300 {
		fmt.Fprintf(&lines, "%d,%d\n", i%20, i/20)
	}
	if err := os.WriteFile(file, []byte(lines.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r.S.Data.Choose(file)
	r.Until("the points are read", func() bool {
		return r.S.Data.Set != nil && r.S.Data.Set.Info().Kind == datasets.Points && r.S.Plan.Now().Data == file && !r.S.Data.Opening
	})
	for _, c := range []struct{ preset, data, item string }{
		{"ring-collapse", file, "2"},
		{"digits", "digits", "28×28×1"},
	} {
		r.page.choosePreset(r.page.presets[slices.IndexFunc(r.page.presets, func(x recipe.Preset) bool { return x.Recipe.Name == c.preset })])
		_, item := r.page.shapes()
		if got := r.S.Plan.Now().Data; got != c.data || item.String() != c.item {
			t.Errorf("the preset %s learns from %q with items of %v, want %q with %s", c.preset, got, item, c.data, c.item)
		}
	}
}

// A preset for points learns from what was drawn; one that cannot says what becomes of the drawing.
func TestPresetKeepsDrawing(t *testing.T) {
	r := start(t)
	text := datasets.DrawnText([]datasets.DrawnPoint{{X: 1}, {X: -1}, {Y: 1}})
	r.S.Data.ChooseDrawn(text)
	for _, c := range []struct{ preset, data, says string }{
		{"ring-collapse", studio.Drawn, ""},
		{"digits", "digits", "“Digits” learns from MNIST digits. Your drawing stays on the Data page."},
	} {
		r.Said = studio.Message{}
		r.page.choosePreset(r.page.presets[slices.IndexFunc(r.page.presets, func(x recipe.Preset) bool { return x.Recipe.Name == c.preset })])
		if now := r.S.Plan.Now(); now.Data != c.data || r.Said.Text != c.says {
			t.Errorf("the preset %s learns from %q and says %q, want %q and %q", c.preset, now.Data, r.Said.Text, c.data, c.says)
		}
	}
	r.S.Plan.Undo()
	if now := r.S.Plan.Now(); now.Data != studio.Drawn || now.Drawn != text {
		t.Errorf("undone, it learns from %q of %d bytes", now.Data, len(now.Drawn))
	}
}
