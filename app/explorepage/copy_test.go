package explorepage

import (
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
)

// TestCopyPicture: what is shown goes to the clipboard, enlarged where it is small.
func TestCopyPicture(t *testing.T) {
	empty := uitest.Start(t, nil)
	p := newPage(empty)
	empty.Show(p)
	if p.CopyPicture(); !empty.Said.Warning || empty.Copied != nil {
		t.Errorf("without a generator: says %q", empty.Said.Text)
	}
	r, page := explored(t, apptest.Digits)
	page.CopyPicture()
	r.Until("it is copied", func() bool { return strings.HasPrefix(r.Said.Text, "Copied the picture") })
	if shown := pad(page).Picture(); r.Copied.Bounds().Dx() != 19*28 || r.Copied.At(19*5, 19*9) != shown.At(5, 9) {
		t.Errorf("copied %v of %v", r.Copied.Bounds(), shown.Bounds())
	}
}
