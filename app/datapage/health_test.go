package datapage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// TestHealthReport chooses a folder whose pictures are all the same: the report says so and shows
// the copies alone.
func TestHealthReport(t *testing.T) {
	folder := t.TempDir()
	for i := range 5 {
		apptest.WritePicture(t, filepath.Join(folder, fmt.Sprint(i, ".png")), 20)
	}
	r := newRig(t)
	r.S.Data.Choose(folder)
	h := r.health
	r.Until("the folder is examined", func() bool {
		return r.S.Plan.Now().Data == folder && r.S.Data.Set != nil && h.set == r.S.Data.Set && !r.S.Data.Opening && len(h.rows.Objects) > 0
	})
	if got := r.found()[0]; !strings.HasPrefix(got, "4 pictures are exact copies of others") {
		t.Errorf("the first finding is %q", got)
	}
	if r.items.chosen != nil || h.all.Visible() {
		t.Errorf("items %v are shown alone before anybody asked", r.items.chosen)
	}
	test.Tap(uitest.FindAll[*widgets.TippedButton](h.rows)[0])
	if got, want := r.items.chosen, []int{1, 2, 3, 4}; !slices.Equal(got, want) || !h.all.Visible() {
		t.Errorf("items %v are shown alone, want the copies %v", got, want)
	}
	test.Tap(h.all)
	if r.items.chosen != nil || h.all.Visible() {
		t.Errorf("items %v are still shown alone", r.items.chosen)
	}
}

// What could not be read is said first, and listed with its reason.
func TestUnreadableIsListed(t *testing.T) {
	folder := t.TempDir()
	for i := range 6 {
		apptest.WritePicture(t, filepath.Join(folder, []string{"cats", "dogs"}[i%2], fmt.Sprint(i, ".png")), 20)
	}
	if err := os.WriteFile(filepath.Join(folder, "cats", "text.png"), []byte("no picture"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := newRig(t)
	r.S.Data.Choose(folder)
	r.Until("what was left out is said", func() bool {
		rows := r.found()
		return len(rows) > 0 && strings.HasPrefix(rows[0], "1 file could not be read")
	})
	test.Tap(uitest.Button(r.health.rows, "Show"))
	if got := r.Host.Asked; !slices.Equal(got, []string{"1 file left out"}) || !strings.Contains(r.Host.DialogText(), "text.png: ") {
		t.Errorf("shows %q: %q", got, r.Host.DialogText())
	}
}

func TestFindingsHaveRemedies(t *testing.T) {
	r := garden(t)
	h := r.health
	tapped := func(row string, button string) {
		t.Helper()
		r.Until("there is "+row, func() bool {
			if h.set != r.S.Data.Set {
				return false
			}
			for _, o := range h.rows.Objects {
				if notes := uitest.FindAll[*ui.Note](o); len(notes) == 0 || !strings.Contains(notes[0].Segment.Text, row) {
					continue
				}
				if b := uitest.Button(o, button); b != nil {
					test.Tap(b)
					return true
				}
			}
			return false
		})
	}
	tapped("Only 6 pictures", "Mirror")
	if !r.S.Plan.Now().Mirror {
		t.Error("Mirror does not mirror")
	}
	tapped("Only 6 pictures", "To Build")
	if r.built != 1 {
		t.Error("To Build does not turn to Build")
	}
	tapped("was smaller than", "Leave out 1")
	if got := r.S.Data.Set.Len(); got != 5 {
		t.Errorf("%d pictures are left, want 5", got)
	}
}

// A sentence is said whole, over as many lines as it takes.
func TestFindingsWrap(t *testing.T) {
	r := garden(t)
	r.Until("the pictures are examined", func() bool { return len(r.health.rows.Objects) > 1 })
	for _, width := range []float32{1180, 700} {
		r.Host.Window().Resize(fyne.NewSize(width, 700))
		r.Refresh()
		for _, n := range uitest.FindAll[*ui.Note](r.health.rows) {
			style := n.Segment.Style
			line := fyne.MeasureText(n.Segment.Text, theme.Size(style.SizeName), fyne.TextStyle{})
			room := n.Size().Width - 2*theme.InnerPadding()
			if lines := (n.Size().Height - 2*theme.InnerPadding()) / line.Height; lines*room < line.Width {
				t.Errorf("at %v, %q takes %v and gets %.1f lines of %v", width, n.Segment.Text, line.Width, lines, room)
			}
			if n.Truncation != fyne.TextTruncateOff {
				t.Errorf("%q is cut", n.Segment.Text)
			}
		}
	}
}
