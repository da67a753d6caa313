package widgets

import (
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestPoster gives every part its room: text has as many lines as there is room for, and what is cut
// can be read in the tip.
func TestPoster(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	art := NewStill(image.NewRGBA(image.Rect(0, 0, 40, 10)))
	look := PosterLook{Width: 120, Art: 50, Lines: 2}
	p := NewPoster(look, art, "A title", strings.Repeat("many words ", 30), "a note", func() { pressed++ })
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(160, 300))
	if got := p.text.linesAt(p.text.Size().Width); len(got) != 2 || !strings.HasSuffix(got[1], "…") || p.text.hidden() == "" {
		t.Errorf("lines %q, hidden %q", got, p.text.hidden())
	}
	if end := p.note.Position().Y + p.note.Size().Height; end > p.Size().Height || p.note.Position().Y < p.text.Position().Y+p.text.Size().Height {
		t.Errorf("the note ends at %g of %g", end, p.Size().Height)
	}
	if got := art.Size().Height; got <= look.Art {
		t.Errorf("the picture is %g high in a poster that is higher than it must be, want more than %g", got, look.Art)
	}
	if size := art.picture.Size(); size.Width != art.Size().Width || size.Height*4 != size.Width {
		t.Errorf("a picture of 4:1 is drawn %v in %v", size, art.Size())
	}
	p.SetText("Another", "short")
	if got := p.text.linesAt(p.text.Size().Width); len(got) != 1 || p.text.hidden() != "" || p.Title() != "Another" {
		t.Errorf("after a change lines %q, title %q", got, p.Title())
	}
	test.Tap(p)
	p.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if pressed != 2 {
		t.Errorf("pressed %d times, want 2", pressed)
	}
}
