package export

import (
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// TestGalleryOfAClass: a generator that is told classes makes galleries of one of them, or of each.
func TestGalleryOfAClass(t *testing.T) {
	r := uitest.Start(t, nil)
	r.Ready(strings.Replace(apptest.Digits, "batch = 4", "batch = 4\nlabels = \"folder\"\nconditional = \"classifier\"", 1))
	r.Train()
	Gallery(r.S, r.Host, r.S.Memory.(settings.Preferences))
	selects := uitest.FindAll[*widgets.Select](r.Host.Window().Canvas().Overlays().Top())
	if len(selects) != 1 || !slices.Equal(selects[0].Options, []string{everyClassARow, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
		t.Errorf("the dialog offers %+v", selects)
	}
	chosen, _ := maker{true, 4}.now(r.S.Run)
	if all, _ := (maker{true, -1}).now(r.S.Run); !chosen.Chosen() || all.Chosen() {
		t.Error("a gallery of a class is not of the class, or one of all is")
	}
}
