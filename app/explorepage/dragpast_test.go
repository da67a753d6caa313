package explorepage

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"ganvas/app/ui/uitest"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// BenchmarkTimelineDrag looks at one kept step of a run after the other, each as soon as the picture
// of the one before was handed over, and reports how long Explore takes to show a step: median and
// 99th percentile in milliseconds. With -benchtime 500x the percentile means something.
func BenchmarkTimelineDrag(b *testing.B) {
	for _, c := range []struct {
		preset string
		steps  int64
	}{{"ring", 800}, {"digits", 120}, {"emoji64", 16}} {
		b.Run(c.preset, func(b *testing.B) {
			r := uitest.Start(b, nil)
			tensor.SetThreads(runtime.NumCPU()) // as in the window
			p := New(r.S, r.Host)
			preset, err := recipe.Named(c.preset)
			if err != nil {
				b.Fatal(err)
			}
			preset.Steps++ // so that it is another plan than the first
			r.S.Plan.Edit(preset, "benchmark", false)
			r.Until("the data are read", func() bool { return r.S.Data.Set != nil && r.S.Reason == "" })
			r.S.Training.Start((*session.Session).Train)
			r.Until("there are some steps", func() bool { return r.S.Status.Step >= c.steps })
			r.S.Training.Pause()
			r.Until("it is paused", func() bool { return !r.S.Status.Running && len(r.S.TimeLine.Moments) > 2 })
			r.Show(p)
			r.Until("a picture shows", func() bool { return p.ready && p.last.content != nil })
			kept, err := r.S.Run.Session.Moments() // which may be fewer than before the pause
			if err != nil {
				b.Fatal(err)
			}
			kept = slices.DeleteFunc(kept, func(m session.Moment) bool { return !m.View && !m.Full })
			var took []float64
			for i := range b.N {
				shown := false
				p.OnFrame(func(FrameTime) { shown = shown || r.S.TimeLine.At == p.last.step })
				begun := time.Now()
				r.S.TimeLine.Look(kept[i%(len(kept)-1)].Step)
				r.Until("its picture is handed over", func() bool { return shown })
				took = append(took, time.Since(begun).Seconds()*1e3)
			}
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2], "ms/median")
			b.ReportMetric(took[len(took)*99/100], "ms/p99")
		})
	}
}
