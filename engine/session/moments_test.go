package session

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"ganvas/engine/recipe"
)

// What is kept of a step shows what the run showed at that step: pictures within 1/255 of their range,
// as views are kept in float16.
func TestNear(t *testing.T) {
	digits, err := recipe.Named("digits")
	if err != nil {
		t.Fatal(err)
	}
	digits.Batch = 4
	for name, r := range map[string]*recipe.Recipe{"shapes": pictures(), "digits": digits} {
		t.Run(name, func(t *testing.T) {
			s := create(t, r, Options{})
			z := s.Generator(true).Noise(3, 4)
			shown := map[int64][]float32{0: slices.Clone(s.Generator(true).Render(z, 4))}
			judged := map[int64]float32{}
			const end = 30
			for step := int64(1); step <= end; step++ {
				trainUntil(t, s, step)
				shown[step] = slices.Clone(s.Generator(true).Render(z, 4))
				judged[step] = s.trainer.D.Params[0].Value.Data[0]
			}
			for step := range int64(end + 1) {
				g, at, err := s.GeneratorNear(step, true)
				if err != nil || 20*max(at-step, step-at) > end {
					t.Fatalf("the generator near step %d is that of step %d, error %v", step, at, err)
				}
				if off := farthest(g.Render(z, 4), shown[at]); off > 2./255 {
					t.Errorf("the generator of step %d is off by %.2g of 2", at, off)
				}
				if d, at, err := s.DiscriminatorNear(step); err != nil || at > 0 && math.Abs(float64(d.Params[0].Value.Data[0]-judged[at])) > 1e-3 {
					t.Errorf("the discriminator near step %d is another one than that of step %d, error %v", step, at, err)
				}
			}
			moments, err := s.Moments()
			if err != nil || !slices.IsSortedFunc(moments, func(a, b Moment) int { return cmp.Compare(a.Step, b.Step) }) {
				t.Fatalf("moments %+v, error %v", moments, err)
			}
			if last := moments[len(moments)-1]; last.Step != end || !last.Full || !last.Sheet || !last.View || !last.ViewD {
				t.Errorf("of the last step not everything is kept: %+v", last)
			}
		})
	}
}

func farthest(a, b []float32) (off float64) {
	for i := range a {
		off = max(off, math.Abs(float64(a[i]-b[i])))
	}
	return off
}

// The sheet of a step is the one before it.
func TestSheetNear(t *testing.T) {
	s := create(t, pictures(), Options{})
	trainUntil(t, s, 10)
	trainUntil(t, s, 30)
	for step, want := range map[int64]int64{0: 0, 9: 0, 10: 10, 29: 10, 30: 30, 99: 30} {
		sheet, err := s.SheetNear(step)
		if err != nil || sheet.Step != want || sheet.Columns != sheetSide || sheet.Rows != sheetSide || sheet.Image.Rect.Empty() {
			t.Errorf("the sheet of step %d is %+v, error %v", step, sheet, err)
		}
	}
}

// Points of the past lie where they lay, over what D thought of the plane.
func TestPointsNear(t *testing.T) {
	s := create(t, small(), Options{})
	trainUntil(t, s, 10)
	_, want := s.view.render(s.trainer)
	trainUntil(t, s, 30)
	got, err := s.PointsNear(10)
	if err != nil || got.Step != 10 || !slices.Equal(got.Real, want.Real) {
		t.Fatalf("other real points than at step 10, error %v", err)
	}
	if off := farthest(got.Heat, want.Heat); off > 1./255 {
		t.Errorf("D's judgement is off by %.2g", off)
	}
	for i, p := range got.Fake {
		if off := farthest(p[:], want.Fake[i][:]); off > 0.01 {
			t.Fatalf("point %d lies off by %.2g", i, off)
		}
	}
}

// While training goes on the past can be looked at, and what is not saved yet is not there.
func TestLookingBackWhileTraining(t *testing.T) {
	s := create(t, pictures(), Options{Autosave: 1})
	s.TrainUntil(200)
	for range 20 {
		if _, _, err := s.GeneratorNear(100, true); err != nil {
			t.Error(err)
		}
		if _, err := s.SheetNear(100); err != nil {
			t.Error(err)
		}
		if _, err := s.Moments(); err != nil {
			t.Error(err)
		}
	}
	if err := s.Wait(); err != nil {
		t.Fatal(err)
	}
}
