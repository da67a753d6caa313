package explorepage

import (
	"image"
	"reflect"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
)

// TestClassesAndGenerators trains two generators on digits with classes: the page draws the class
// and the generator that are picked, and a pin leads back to its own.
func TestClassesAndGenerators(t *testing.T) {
	r := uitest.Start(t, nil)
	p := New(r.S, r.Host)
	r.Show(p)
	r.Ready(strings.Replace(apptest.Digits, "batch = 4", "batch = 4\ngenerators = 2\nlabels = \"folder\"\nconditional = \"classifier\"", 1))
	r.Train()
	r.Until("a picture shows", func() bool { return p.ready && p.picture() != nil })
	if !p.choice.parts[0].Visible() || !p.choice.parts[1].Visible() || len(p.choice.class.Options) != 10 || len(p.choice.maker.Options) != 2 {
		t.Fatalf("classes %q, generators %q", p.choice.class.Options, p.choice.maker.Options)
	}
	p.GoTo(make([]float32, len(p.place.z)), 3, 1, "picture 1 of the contact sheet")
	if class, part := p.choice.chosen(); class != 3 || part != 1 {
		t.Errorf("explored class %d, generator %d: want 3, 1", class, part)
	}
	drawn := func(class, part int) image.Image {
		t.Helper()
		r.Until("what is chosen is drawn", func() bool { return p.last.class == class && p.last.part == part })
		return p.picture()
	}
	last := drawn(3, 1)
	p.choice.class.SetSelectedIndex(7)
	next := drawn(7, 1)
	if reflect.DeepEqual(last, next) {
		t.Error("another class makes the same picture")
	}
	p.choice.maker.SetSelectedIndex(0)
	if reflect.DeepEqual(next, drawn(7, 0)) {
		t.Error("another generator makes the same picture")
	}
	p.pins.pin(0)
	p.choice.choose(2, 1)
	p.pins.tapped(0)
	if class, part := p.choice.chosen(); class != 7 || part != 0 {
		t.Errorf("back at the pin: class %d, generator %d, want 7, 0", class, part)
	}
}
