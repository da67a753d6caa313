package buildpage

import (
	"path/filepath"
	"slices"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
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
