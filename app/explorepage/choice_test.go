package explorepage

import (
	"slices"
	"strings"
	"testing"

	"ganvas/app/internal/apptest"
)

// TestChoice: of two generators that are told a class, what shows is of the class and by the
// generator that are picked, also after undo.
func TestChoice(t *testing.T) {
	r, p := explored(t, strings.Replace(apptest.Digits, "batch = 4", "batch = 4\ngenerators = 2\nlabels = \"folder\"\nconditional = \"classifier\"", 1))
	p.GoTo(slices.Repeat([]float32{1}, 8), 3, 1, "picture 6 of the contact sheet")
	drawn := func(class, part int) {
		t.Helper()
		r.Until("it is drawn", func() bool {
			return slices.Equal(p.last.z, p.place.z) && p.last.class == class && p.last.part == part
		})
		g, _ := r.S.Run.Session.GeneratorNow(true)
		g.Choose(class, part)
		if !samePicture(p.picture(), toPicture(g.Render(p.place.z, 1), g.Out())) {
			t.Errorf("class %d, generator %d: another picture shows", class, part)
		}
	}
	drawn(3, 1)
	p.choice.class.SetSelectedIndex(7)
	drawn(7, 1)
	p.choice.maker.SetSelectedIndex(0)
	drawn(7, 0)
	p.Undo() // the generator
	p.Undo() // the class
	drawn(3, 1)
}
