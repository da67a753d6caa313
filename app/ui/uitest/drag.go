package uitest

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// Drag trains some steps of three presets, each in a window of its own, and reports how long a page
// takes to look at one step of the run after the other: median and 99th percentile in milliseconds.
// make makes the page before the run begins; open returns what looks at the i-th step and waits
// until that shows.
func Drag[P Page](b *testing.B, make func(r *Rig) P, open func(r *Rig, p P) (look func(i int))) {
	for _, c := range []struct {
		preset string
		steps  int64
	}{{"ring", 800}, {"digits", 120}, {"emoji64", 16}} {
		b.Run(c.preset, func(b *testing.B) {
			r := Start(b, nil)
			page := make(r)
			tensor.SetThreads(runtime.NumCPU()) // as in the window
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
			r.Show(page)
			look := open(r, page)
			var took []float64
			for i := range b.N {
				begun := time.Now()
				look(i)
				took = append(took, time.Since(begun).Seconds()*1e3)
			}
			b.StopTimer()
			slices.Sort(took)
			b.ReportMetric(took[len(took)/2], "ms/median")
			b.ReportMetric(took[len(took)*99/100], "ms/p99")
		})
	}
}
