package app

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/widgets"
)

// TestHealthReport drops a folder whose pictures are all the same: the report says so and shows the
// copies alone.
func TestHealthReport(t *testing.T) {
	folder := t.TempDir()
	for i := range 5 {
		apptest.WritePicture(t, filepath.Join(folder, fmt.Sprint(i, ".png")), 20)
	}
	r := newRig(t, Options{})
	r.started()
	r.dropped([]fyne.URI{uri(folder)})
	h := r.data.health
	r.until("the folder is examined", func() bool {
		return r.s.Data.Set != nil && h.set == r.s.Data.Set && !r.s.Data.Opening && len(h.rows.Objects) > 0
	})
	if got := findAll[*note](h.rows)[0].segment.Text; !strings.HasPrefix(got, "4 pictures are exact copies of others") {
		t.Errorf("the first finding is %q", got)
	}
	if r.data.items.chosen != nil || h.all.Visible() {
		t.Errorf("items %v are shown alone before anybody asked", r.data.items.chosen)
	}
	test.Tap(findAll[*widgets.TippedButton](h.rows)[0])
	if got, want := r.data.items.chosen, []int{1, 2, 3, 4}; !slices.Equal(got, want) || !h.all.Visible() {
		t.Errorf("items %v are shown alone, want the copies %v", got, want)
	}
	test.Tap(h.all)
	if r.data.items.chosen != nil || h.all.Visible() {
		t.Errorf("items %v are still shown alone", r.data.items.chosen)
	}
}
