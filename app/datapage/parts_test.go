package datapage

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/app/studio"
)

// TestSheetOfSprites chooses a single picture whose name does not tell its cells: they are asked
// for, and the page changes them, undoably.
func TestSheetOfSprites(t *testing.T) {
	r := newRig(t)
	var asked []studio.Question
	r.S.Asked.On(func(q studio.Question) { asked = append(asked, q) })
	content, err := os.ReadFile(testdata(t, "frames/sprites_8x8.png"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "sheet.png")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		t.Fatal(err)
	}
	r.S.Data.Choose(file)
	r.Until("it asks for the cells", func() bool { return len(asked) > 0 })
	wanted, ok := asked[0].(studio.WantsCells)
	if !ok || wanted.Data != file {
		t.Fatalf("asks %#v, want the cells of %s", asked[0], file)
	}
	wanted.Cut(8)
	items := func(n int) func() bool {
		return func() bool { return r.S.Plan.Now().Data == file && len(r.items.items) == n && !r.S.Work.Busy() }
	}
	r.Until("the cells are listed", items(10))
	p := r.prep
	if !p.parts.cellRow.Visible() || p.parts.cell.Text != "8" || p.parts.attribRow.Visible() {
		t.Fatalf("cells of %q are shown: %v; labels: %v", p.parts.cell.Text, p.parts.cellRow.Visible(), p.parts.attribRow.Visible())
	}
	r.Until("a cell is shown as it was", func() bool { return p.original != nil && p.original.Bounds().Dx() == 8 })
	typeCell := func(text string) {
		p.parts.cell.SetText(text)
		p.parts.cell.OnSubmitted(text)
	}
	typeCell("16")
	r.Until("the cells are larger", func() bool { return r.S.Plan.Now().Cell == 16 && len(r.items.items) < 10 && !r.S.Work.Busy() })
	r.S.Plan.Undo()
	r.Until("they are small again", items(10))
	if r.S.Plan.Now().Cell != 8 || p.parts.cell.Text != "8" {
		t.Errorf("cells of %d, %q shown", r.S.Plan.Now().Cell, p.parts.cell.Text)
	}
	typeCell("") // the name does not tell
	r.Until("it cannot be read", func() bool { return r.S.Data.Err != nil })
	if !r.side.Visible() || !p.parts.cellRow.Visible() {
		t.Fatal("what was wrong cannot be mended where it was said")
	}
	typeCell("8")
	r.Until("it is read", items(10))
	r.S.Data.Choose("digits")
	r.Until("other data are read", func() bool { return r.S.Plan.Now().Data == "digits" && r.S.Data.Set != nil })
	if p.parts.cellRow.Visible() || r.S.Plan.Now().Cell != 0 {
		t.Error("digits are cut into cells")
	}
	r.S.Data.Choose(file)
	r.Until("it is cut as before", items(10))
	if len(asked) != 1 {
		t.Errorf("asks %d times, want once: its card knows the cells", len(asked))
	}
	writeWide(t, file, 6, 6, 0) // too small for such a cell
	r.S.Data.Choose("digits")
	r.Until("other data are read", func() bool { return r.S.Plan.Now().Data == "digits" && r.S.Data.Set != nil })
	r.S.Data.Choose(file)
	r.Until("it asks again where the cells do not fit any more", func() bool { return len(asked) > 1 })
}

// roomAtNote is the height of the page in a window of 1024×700, below its menu, while the window
// says something above the page: nothing has to scroll there.
const roomAtNote = 573

// TestAttribute chooses among the columns of a table of labels.
func TestAttribute(t *testing.T) {
	r := newRig(t)
	r.S.Data.Choose(testdata(t, "labels/celeba"))
	labels := func(want string) func() bool {
		return func() bool { return r.S.Data.Whole != nil && slices.Contains(r.S.Data.Whole.Info().Labels, want) }
	}
	r.Until("it is read", labels("not Smiling"))
	p := r.prep
	s := p.parts.attribute
	if want := []string{"Automatic: Smiling", "Bald", "Smiling", "Young"}; !p.parts.attribRow.Visible() || !slices.Equal(s.Options, want) || s.Selected != want[0] {
		t.Fatalf("%q of %q, shown: %v", s.Selected, s.Options, p.parts.attribRow.Visible())
	}
	r.Until("its findings show, and something is said", func() bool { return r.Said.Text != "" && len(r.health.rows.Objects) > 2 })
	if height := r.right.MinSize().Height; height > roomAtNote {
		t.Errorf("the page needs %v of the %d that a small window has", height, roomAtNote)
	}
	s.SetSelected("Bald")
	r.Until("the labels are others", labels("not Bald"))
	if r.S.Plan.Now().Attribute != "Bald" || s.Selected != "Bald" {
		t.Errorf("attribute %q, %q shown", r.S.Plan.Now().Attribute, s.Selected)
	}
	r.S.Plan.Undo()
	r.Until("the labels are the first ones", labels("not Smiling"))
	if r.S.Plan.Now().Attribute != "" || s.SelectedIndex() != 0 {
		t.Errorf("attribute %q, %q shown", r.S.Plan.Now().Attribute, s.Selected)
	}
	r.S.Data.SetPreprocessing("attribute", "Hungry")
	r.Until("it cannot be read", func() bool { return r.S.Data.Err != nil })
	if !r.side.Visible() || s.Selected != "Hungry" {
		t.Errorf("%q shown: %v", s.Selected, r.side.Visible())
	}
	s.SetSelectedIndex(0)
	r.Until("it is read again", labels("not Smiling"))
}
