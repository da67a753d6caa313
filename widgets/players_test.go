package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

// TestPlayers counts what is drawn: a circle a player, the data, and a line from each that makes
// items to each that judges.
func TestPlayers(t *testing.T) {
	test.NewTempApp(t)
	p := NewPlayers()
	w := test.NewTempWindow(t, p)
	p.Set(3, 2)
	w.Resize(fyne.NewSize(300, 160))
	var circles, lines int
	var texts []string
	for _, o := range test.WidgetRenderer(p).Objects() {
		switch x := o.(type) {
		case *canvas.Circle:
			circles++
		case *canvas.Line:
			lines++
		case *canvas.Text:
			texts = append(texts, x.Text)
			if pos := x.Position(); pos.X < 0 || pos.Y < 0 || pos.Y+x.Size().Height > p.Size().Height {
				t.Errorf("%q is drawn at %v, outside of %v", x.Text, pos, p.Size())
			}
		}
	}
	if want := []string{"G1", "G2", "G3", "data", "D1", "D2"}; circles != 5 || lines != 4*2 || !slices.Equal(texts, want) {
		t.Errorf("%d circles, %d lines, texts %q: want 5, 8, %q", circles, lines, texts, want)
	}
	if got := names("D", 9); !slices.Equal(got, []string{"D1", "D2", "D3", "+6"}) {
		t.Errorf("nine discriminators are %q", got)
	}
}
