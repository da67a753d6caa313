package datasets

import (
	"iter"
	"testing"

	"ganvas/datasets/internal/cache"
	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/files"
)

// BenchmarkKept deals items of 28×28 from the cache.
func BenchmarkKept(b *testing.B) {
	shape := cache.SlotShape{Count: 100_000, Side: 28, Channels: 1}
	slots, err := cache.KeepingOf(Options{Cache: b.TempDir()}, nil, nil).Room("items", shape, files.Weight{Files: shape.Count}, dataset.StandardLimits)
	if err != nil {
		b.Fatal(err)
	}
	defer slots.Discard()
	info := Info{Kind: Pictures, Count: shape.Count, Shape: []int{28, 28, 1}}
	all := iter.Seq2[int, int](func(yield func(int, int) bool) { yield(0, shape.Count) })
	set, err := slots.Set(cache.Prepared{Info: info, Origins: &dataset.Origins{}, Runs: all})
	if err != nil {
		b.Fatal(err)
	}
	l := NewLoader(set, 1, false)
	dst := make([]float32, 64*784)
	for b.Loop() {
		l.Next(64, dst, nil)
	}
	b.ReportMetric(64*float64(b.N)/b.Elapsed().Seconds(), "items/s")
}
