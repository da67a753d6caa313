package trainpage

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// BenchmarkTimelineDrag looks at one kept step of a run after the other, each as soon as the picture
// of the one before was shown, and reports how long the page takes to show a step: median and
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
			var took []float64
			for i := range b.N {
				begun := time.Now()
				step := moments[i%(len(moments)-1)].Step
				shown = -1
				r.S.TimeLine.Look(step)
				r.Until("its picture shows", func() bool { return shown >= 0 })
				took = append(took, time.Since(begun).Seconds()*1e3)
			}
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2], "ms/median")
			b.ReportMetric(took[len(took)*99/100], "ms/p99")
		})
	}
}
