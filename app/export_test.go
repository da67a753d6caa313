package app

import (
	"strings"
	"testing"

	"ganvas/app/export"
	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// TestExportMenu: File ▸ Export has all entries, says what is missing where one is grey,
// and Ctrl+C copies the text that is selected rather than the picture.
func TestExportMenu(t *testing.T) {
	r := newRig(t, Options{})
	if got := r.menu.export; !got.Disabled || !strings.Contains(got.Label, "open a project or train first") {
		t.Errorf("without a project it is %q, grey: %v", got.Label, got.Disabled)
	}
	if !r.menu.weights.Disabled || !r.menu.copy.Disabled {
		t.Error("without a project weights can be imported, or a picture copied")
	}
	r = newRig(t, Options{Files: []string{apptest.Project(t, apptest.Points)}})
	r.started()
	r.until("the project is open", func() bool { return r.s.Run != nil })
	if r.menu.export.Disabled || r.menu.export.Label != "Export" || r.menu.weights.Disabled {
		t.Errorf("with a project it is %q, grey: %v", r.menu.export.Label, r.menu.export.Disabled)
	}
	for i, e := range export.Entries() {
		if got := r.menu.export.ChildMenu.Items[i]; labelOf(got) != e.Name+"…" || got.Disabled {
			t.Errorf("%s is %q, grey: %v", e.Name, got.Label, got.Disabled)
		}
	}
	r.show(pageJudge)
	r.report.refresh()
	if !r.menu.copy.Disabled {
		t.Error("Judge has a picture to copy")
	}
	r.show(pageExplore)
	r.report.refresh()
	if r.menu.copy.Disabled {
		t.Error("Explore has no picture to copy")
	}
	r.until("the seed is shown", func() bool { return r.typing() })
	r.menu.copy.Action()
	if got := r.fyne.Clipboard().Content(); got != "1" {
		t.Errorf("the clipboard has %q, want the seed that is selected", got)
	}
}

// typing gives the seed of Explore the keyboard, with its text selected, and tells whether there is
// any.
func (r *rig) typing() bool {
	for _, e := range uitest.FindAll[*widgets.TypedEntry](r.desk.Win.Content()) {
		if e.Text == "1" {
			r.desk.Win.Canvas().Focus(e)
			return e.SelectedText() == "1"
		}
	}
	return false
}
