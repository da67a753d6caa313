package trainpage

import (
	"testing"

	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
)

// BenchmarkTimelineDrag looks at one kept step of a run after the other, each as soon as the picture
// of the one before was shown. With -benchtime 500x the percentile means something.
func BenchmarkTimelineDrag(b *testing.B) {
	uitest.Drag(b, func(r *uitest.Rig) *Page { return New(r.S, r.Host) }, func(r *uitest.Rig, _ *Page) func(i int) {
		r.Until("the time line is complete", func() bool {
			last := r.S.TimeLine.Moments[len(r.S.TimeLine.Moments)-1]
			return last.Thumb != nil || len(last.Points) > 0
		})
		var shown int64 // step of the picture
		r.S.Recalled.On(func(past studio.Past) {
			if past.Points != nil {
				shown = past.Points.Step
			} else {
				shown = past.Sheet.Step
			}
		})
		moments := r.S.TimeLine.Moments
		return func(i int) {
			shown = -1
			r.S.TimeLine.Look(moments[i%(len(moments)-1)].Step)
			r.Until("its picture shows", func() bool { return shown >= 0 })
		}
	})
}
