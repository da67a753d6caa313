package session

import (
	"slices"
	"testing"

	"ganvas/engine/recipe"
)

// smallPictures returns a recipe of pictures that trains in milliseconds.
func smallPictures() *recipe.Recipe {
	r := small()
	r.Data, r.ImageSize = "shapes", 8
	r.G.Layers = []string{"linear 64", "bn", "relu", "linear 64", "tanh", "unflatten 8 8 1"}
	r.D.Layers = []string{"conv 4 4 2 1", "lrelu 0.2", "flatten", "linear 1"}
	return r
}

// What is kept of a step is what the run showed at that step.
func TestNear(t *testing.T) {
	s := create(t, smallPictures(), Options{})
	trainUntil(t, s, 10)
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	want := s.Generator(true)
	z := want.Noise(3, 4)
	items := slices.Clone(want.Render(z, 4))
	trainUntil(t, s, 30)
	g, at, err := s.GeneratorNear(11, true)
	if err != nil || at != 10 || !slices.Equal(g.Render(z, 4), items) {
		t.Errorf("the generator near step 11 is that of step %d, or another one; error %v", at, err)
	}
	if _, at, err := s.DiscriminatorNear(29); err != nil || at != 30 {
		t.Errorf("the discriminator near step 29 is that of step %d, error %v", at, err)
	}
	for step, want := range map[int64]int64{0: 0, 9: 0, 10: 10, 29: 10, 30: 30, 99: 30} {
		sheet, err := s.SheetNear(step)
		if err != nil || sheet.Step != want || sheet.Columns != sheetSide || sheet.Rows != sheetSide || sheet.Image.Rect.Empty() {
			t.Errorf("the sheet of step %d is %+v, error %v", step, sheet, err)
		}
	}
	moments, err := s.Moments()
	if err != nil {
		t.Fatal(err)
	}
	full := map[int64]bool{}
	for _, m := range moments {
		full[m.Step] = m.Full && m.View && m.ViewD && m.Sheet
	}
	for _, step := range []int64{0, 10, 30} {
		if !full[step] {
			t.Errorf("of step %d not everything is kept: %+v", step, moments)
		}
	}
}

// Points of the past lie where they lay, over what D thought of the plane.
func TestPointsNear(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 10)
	_, want := s.view.render(s.trainer)
	if err := s.Save(); err != nil {
		t.Fatal(err)
	}
	trainUntil(t, s, 30)
	got, err := s.PointsNear(12)
	if err != nil || got.Step != 10 || !slices.Equal(got.Fake, want.Fake) || !slices.Equal(got.Heat, want.Heat) || !slices.Equal(got.Real, want.Real) {
		t.Errorf("other points than at step 10, error %v", err)
	}
}
