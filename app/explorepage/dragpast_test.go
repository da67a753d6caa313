package explorepage

import (
	"slices"
	"testing"

	"ganvas/app/ui/uitest"
	"ganvas/engine/session"
)

// BenchmarkTimelineDrag looks at one kept step of a run after the other, each as soon as the picture
// of the one before was handed over. With -benchtime 500x the percentile means something.
func BenchmarkTimelineDrag(b *testing.B) {
	uitest.Drag(b, func(r *uitest.Rig) *Page { return New(r.S, r.Host) }, func(r *uitest.Rig, p *Page) func(i int) {
		r.Until("a picture shows", func() bool { return p.ready && p.last.content != nil })
		kept, err := r.S.Run.Session.Moments() // which may be fewer than before the pause
		if err != nil {
			b.Fatal(err)
		}
		kept = slices.DeleteFunc(kept, func(m session.Moment) bool { return !m.View && !m.Full })
		return func(i int) {
			shown := false
			p.OnFrame(func(FrameTime) { shown = shown || r.S.TimeLine.At == p.last.step })
			r.S.TimeLine.Look(kept[i%(len(kept)-1)].Step)
			r.Until("its picture is handed over", func() bool { return shown })
		}
	})
}
