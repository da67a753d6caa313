package export

import (
	"bytes"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// TestLoop writes the way through the finds as a GIF and as an animated PNG, and says what is missing
// before there are two.
func TestLoop(t *testing.T) {
	r := trained(t, apptest.Digits)
	r.keep(3)
	Loop(r.S, r.desk, r.Prefs())
	r.Until("it says that there are too few", func() bool { return strings.Contains(r.Said.Text, "two or more finds") })
	r.keep(4, 5)
	for format, begins := range []string{"GIF89a", "\x89PNG"} {
		Loop(r.S, r.desk, r.Prefs())
		r.Until("the dialog is open", func() bool { return r.Host.Dialog() != nil })
		entries := uitest.FindAll[*ui.DialogEntry](r.Host.Dialog())
		for i, text := range []string{"1", "4", "2"} {
			entries[i].SetText(text)
		}
		uitest.FindAll[*widgets.Select](r.Host.Dialog())[0].SetSelectedIndex(format)
		r.Until("it says how much that is", func() bool {
			return r.Says("12 pictures of 56 × 56 pixels, 3.0 s") && !r.Button("Export…").Disabled()
		})
		path := filepath.Join(t.TempDir(), "loop"+loopFormats[format].extension)
		r.Said = studio.Message{}
		r.save("Export…", path)
		r.Until("it is written", func() bool { return r.Said.Text != "" })
		content, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(content, []byte(begins)) {
			t.Fatalf("format %d: says %q, error %v", format, r.Said.Text, err)
		}
		if format > 0 {
			if n := bytes.Count(content, []byte("fcTL")); n != 12 {
				t.Errorf("%d frames, want 12", n)
			}
			continue
		}
		film, err := gif.DecodeAll(bytes.NewReader(content))
		if err != nil || len(film.Image) != 12 || film.Delay[0] != 25 {
			t.Errorf("%d frames for %v, error %v", len(film.Image), film.Delay, err)
		}
	}
}
