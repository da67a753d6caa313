package app

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/engine/recipe"
)

// TestSheetOfSprites drops a single picture whose name does not tell its cells: the window asks,
// and the Data page changes them, undoably.
func TestSheetOfSprites(t *testing.T) {
	r := newRig(t, Options{})
	r.show(pageData)
	r.started()
	content, err := os.ReadFile("../datasets/testdata/frames/sprites_8x8.png")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sheet.png")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	r.dropped([]fyne.URI{uri(file)})
	r.until("it asks for the cells", func() bool { return strings.Contains(r.dialogText(), "single picture") })
	entry := findAll[*DialogEntry](r.desk.Win.Canvas().Overlays().Top())[0]
	entry.SetText("x")
	entry.OnSubmitted("x")
	if r.dialogText() == "" {
		t.Fatal("cells of x pixels are taken")
	}
	entry.SetText("8")
	entry.OnSubmitted("8")
	items := func(n int) func() bool {
		return func() bool { return r.s.Plan.Now().Data == file && len(r.data.items.items) == n && !r.s.Work.Busy() }
	}
	r.until("the cells are listed", items(10))
	p := r.data.prep
	if !p.parts.cellRow.Visible() || p.parts.cell.Text != "8" || p.parts.attribRow.Visible() {
		t.Fatalf("cells of %q are shown: %v; labels: %v", p.parts.cell.Text, p.parts.cellRow.Visible(), p.parts.attribRow.Visible())
	}
	r.until("a cell is shown as it was", func() bool { return p.original != nil && p.original.Bounds().Dx() == 8 })
	typeCell := func(text string) {
		p.parts.cell.SetText(text)
		p.parts.cell.OnSubmitted(text)
	}
	typeCell("16")
	r.until("the cells are larger", func() bool { return r.s.Plan.Now().Cell == 16 && len(r.data.items.items) < 10 && !r.s.Work.Busy() })
	r.s.Plan.Undo()
	r.until("they are small again", items(10))
	if r.s.Plan.Now().Cell != 8 || p.parts.cell.Text != "8" {
		t.Errorf("cells of %d, %q shown", r.s.Plan.Now().Cell, p.parts.cell.Text)
	}
	typeCell("") // the name does not tell
	r.until("it cannot be read", func() bool { return r.s.Data.Err != nil })
	if !r.data.side.Visible() || !p.parts.cellRow.Visible() {
		t.Fatal("what was wrong cannot be mended where it was said")
	}
	typeCell("8")
	r.until("it is read", items(10))
	r.build.choosePreset(r.build.presets[slices.IndexFunc(r.build.presets, func(x recipe.Preset) bool { return x.Recipe.Name == "digits-dcgan" })])
	if r.s.Plan.Now().Cell != 8 || r.s.Plan.Now().Data != file {
		t.Errorf("a preset takes the cells away: %d of %s", r.s.Plan.Now().Cell, r.s.Plan.Now().Data)
	}
	r.s.Data.Choose("digits")
	r.until("other data are read", func() bool { return r.s.Plan.Now().Data == "digits" && r.s.Data.Set != nil })
	if p.parts.cellRow.Visible() || r.s.Plan.Now().Cell != 0 {
		t.Error("digits are cut into cells")
	}
}

// TestAttribute chooses among the columns of a table of labels.
func TestAttribute(t *testing.T) {
	r := newRig(t, Options{})
	r.show(pageData)
	r.started()
	folder, err := filepath.Abs("../datasets/testdata/labels/celeba")
	if err != nil {
		t.Fatal(err)
	}
	r.s.Data.Choose(folder)
	labels := func(want string) func() bool {
		return func() bool { return r.s.Data.Whole != nil && slices.Contains(r.s.Data.Whole.Info().Labels, want) }
	}
	r.until("it is read", labels("not Smiling"))
	p := r.data.prep
	s := p.parts.attribute
	if want := []string{"Automatic: Smiling", "Bald", "Smiling", "Young"}; !p.parts.attribRow.Visible() || !slices.Equal(s.Options, want) || s.Selected != want[0] {
		t.Fatalf("%q of %q, shown: %v", s.Selected, s.Options, p.parts.attribRow.Visible())
	}
	r.until("its findings and a note show", func() bool { return r.note.Visible() && len(r.data.health.rows.Objects) > 2 })
	const menu = 34 // above the content
	if height := r.desk.Win.Content().MinSize().Height; height > 700-menu {
		t.Errorf("the page needs %v of the %d that the smallest window has", height, 700-menu)
	}
	s.SetSelected("Bald")
	r.until("the labels are others", labels("not Bald"))
	if r.s.Plan.Now().Attribute != "Bald" || s.Selected != "Bald" {
		t.Errorf("attribute %q, %q shown", r.s.Plan.Now().Attribute, s.Selected)
	}
	r.s.Plan.Undo()
	r.until("the labels are the first ones", labels("not Smiling"))
	if r.s.Plan.Now().Attribute != "" || s.SelectedIndex() != 0 {
		t.Errorf("attribute %q, %q shown", r.s.Plan.Now().Attribute, s.Selected)
	}
	r.s.Data.SetPreprocessing("attribute", "Hungry")
	r.until("it cannot be read", func() bool { return r.s.Data.Err != nil })
	if !r.data.side.Visible() || s.Selected != "Hungry" {
		t.Errorf("%q shown: %v", s.Selected, r.data.side.Visible())
	}
	s.SetSelectedIndex(0)
	r.until("it is read again", labels("not Smiling"))
}
