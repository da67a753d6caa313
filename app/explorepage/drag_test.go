package explorepage

import (
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ganvas/app/studio"
	"ganvas/app/ui/uitest"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// BenchmarkExploreDrag posts mouse events to Explore's canvas, one as soon as the picture of the
// one before it was handed over, and reports how long a picture of the digits preset takes: median
// and 99th percentile in milliseconds. With -benchtime 1000x the percentile means something.
func BenchmarkExploreDrag(b *testing.B) {
	for _, c := range []struct {
		name     string
		training bool
	}{{"idle", false}, {"training", true}} {
		b.Run(c.name, func(b *testing.B) { benchmarkDrag(b, c.training) })
	}
}

func benchmarkDrag(b *testing.B, training bool) {
	preset, err := recipe.Named(recipe.DefaultPreset)
	if err != nil {
		b.Fatal(err)
	}
	preset.Steps = 100_000_000
	processors := runtime.GOMAXPROCS(0)
	b.Cleanup(func() { runtime.GOMAXPROCS(processors) })
	studio.GiveWay()
	r := uitest.Start(b, nil)
	tensor.SetThreads(runtime.NumCPU()) // as in the window
	p := New(r.S, r.Host)
	r.S.Plan.Edit(preset, "benchmark", false)
	r.Until("the data are read", func() bool { return r.S.Data.Set != nil && r.S.Reason == "" })
	r.S.Training.Start((*session.Session).StepBoth)
	r.Until("there is a generator", func() bool { return r.S.Status.Step == 1 && !r.S.Status.Running })
	r.Show(p)
	r.Until("a picture shows", func() bool { return p.ready && p.picture() != nil })
	if training {
		r.S.Training.Start((*session.Session).Train)
		r.Until("it trains", func() bool { return r.S.Status.Running && r.S.Status.Step > 3 })
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(pad(p)).AddXY(pad(p).Size().Width/2, pad(p).Size().Height/2)
	var took []float64
	for i := range b.N {
		posted := time.Now()
		shown := false
		p.OnFrame(func(f FrameTime) {
			if !shown && !f.Asked.Before(posted) {
				shown = true
				took = append(took, f.Handed.Sub(posted).Seconds()*1e3)
			}
		})
		test.Drag(r.Host.Window().Canvas(), at, float32(7-14*(i%2)), 3)
		r.Until("the picture is handed over", func() bool { return shown })
	}
	b.StopTimer()
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "ms/median")
	b.ReportMetric(took[len(took)*99/100], "ms/p99")
}
