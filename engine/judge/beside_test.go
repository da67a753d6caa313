package judge

import (
	"context"
	"testing"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// BenchmarkTraining measures steps of the preset digits, alone and while samples are judged over
// and over: how much judging beside training slows it. (go test -run '^$' -bench Training
// -benchtime 200x ./engine/judge)
func BenchmarkTraining(b *testing.B) {
	for name, o := range map[string]*Options{"alone": nil, "beside-judging": {GiveWay: true}} {
		b.Run(name, func(b *testing.B) {
			r, err := recipe.Named("digits")
			if err != nil {
				b.Fatal(err)
			}
			set, err := datasets.Open(b.Context(), r.Data, datasets.Options{Labels: "none"}, nil)
			if err != nil {
				b.Fatal(err)
			}
			t, err := gan.New(r, nn.Shape(set.Info().Shape), datasets.NewLoader(set, 1, false))
			if err != nil {
				b.Fatal(err)
			}
			for range 5 {
				if _, err := t.Both(); err != nil {
					b.Fatal(err)
				}
			}
			ctx, cancel := context.WithCancel(b.Context())
			done, g := make(chan int), gan.NewGenerator(t.G, r.LatentKind)
			go func() {
				judged := 0
				for o != nil && ctx.Err() == nil {
					if _, err := Evaluate(ctx, g, set, *o); err == nil {
						judged++
					}
				}
				done <- judged
			}()
			for b.Loop() {
				if _, err := t.Both(); err != nil {
					b.Fatal(err)
				}
			}
			cancel()
			b.ReportMetric(float64(<-done), "judged")
		})
	}
}
