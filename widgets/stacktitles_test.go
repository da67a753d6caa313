package widgets

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestShortTitles narrows a stack until one title no longer fits, and widens it again.
func TestShortTitles(t *testing.T) {
	cards := []Card{
		{Title: "Transposed convolution", Short: "Transposed conv", Kind: "convt", Shape: "14×14×128"},
		{Title: "Batch normalisation", Short: "Batch norm", Kind: "bn", Shape: "14×14×128"},
		{Title: "ReLU", Kind: "relu", Shape: "14×14×128"},
	}
	s, w, _ := logged(t, cards, 500)
	long := []string{"Transposed convolution", "Batch normalisation", "ReLU"}
	short := []string{"Transposed conv", "Batch norm", "ReLU"}
	shown := func() (out []string) {
		for _, c := range s.cards {
			out = append(out, test.WidgetRenderer(c.title).(*lineRenderer).text.Text)
		}
		return out
	}
	for _, x := range []struct {
		width float32
		want  []string
	}{{460, long}, {360, short}, {460, long}} {
		w.Resize(fyne.NewSize(x.width, 500))
		if got := shown(); !slices.Equal(got, x.want) {
			t.Errorf("%v wide: titles %q, want %q", x.width, got, x.want)
		}
	}
	w.Resize(fyne.NewSize(360, 500))
	for i := range cards {
		cards[i].Shape = "512"
	}
	s.Set("", cards, "") // now there is room
	if got := shown(); !slices.Equal(got, long) {
		t.Errorf("beside short shapes: titles %q, want %q", got, long)
	}
}
