package app

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
)

// TestSmallWindow holds that every page fits into the smallest window, also below a message and a
// menu.
func TestSmallWindow(t *testing.T) {
	r := readyRig(t, apptest.Digits)
	r.desk.Win.Resize(fyne.NewSize(1024, 700))
	for i := range r.all() {
		r.show(pageID(i))
		if got := r.desk.Win.Content().MinSize(); got.Width > 1024 || got.Height > 700 {
			t.Errorf("%s needs %v, want at most 1024×700", pageTitles[i], got)
		}
	}
	r.show(pageData)
	folder, err := filepath.Abs("../datasets/testdata/labels/celeba") // of which the page has most to say
	if err != nil {
		t.Fatal(err)
	}
	r.s.Data.Choose(folder)
	r.until("its findings and a note show", func() bool {
		return r.note.Visible() && slices.ContainsFunc(uitest.FindAll[*ui.Note](r.data.Content()), func(n *ui.Note) bool { return strings.HasSuffix(n.Segment.Text, " findings") })
	})
	const menu = 34 // above the content
	if height := r.desk.Win.Content().MinSize().Height; height > 700-menu {
		t.Errorf("the Data page needs %v of the %d that the smallest window has", height, 700-menu)
	}
}
