package tensor

import (
	"errors"
	"math"
	"sync"
	"sync/atomic"
	"testing"
)

// withThreads runs f with n threads.
func withThreads(t testing.TB, n int, f func()) {
	t.Helper()
	before := Threads()
	SetThreads(n)
	defer SetThreads(before)
	f()
}

func TestParallelCoversEachElementOnce(t *testing.T) {
	for _, threads := range []int{1, 2, 3, 8} {
		withThreads(t, threads, func() {
			for _, n := range []int{0, 1, 2, 7, 64, 1000, 4097} {
				for _, grain := range []int{-1, 0, 1, 3, 64, 5000} {
					count := make([]atomic.Int32, n)
					Parallel(n, grain, func(lo, hi int) {
						if hi-lo < min(grain, n) || hi <= lo {
							t.Errorf("n %d, grain %d: got range [%d, %d)", n, grain, lo, hi)
						}
						for i := lo; i < hi; i++ {
							count[i].Add(1)
						}
					})
					for i := range count {
						if got := count[i].Load(); got != 1 {
							t.Fatalf("%d threads, n %d, grain %d: element %d covered %d times", threads, n, grain, i, got)
						}
					}
				}
			}
		})
	}
}

func TestParallelUsesSeveralGoroutines(t *testing.T) {
	withThreads(t, 2, func() {
		// Each part waits for another to have begun, so this ends only if two run at the same time.
		var begun sync.WaitGroup
		begun.Add(2)
		var parts atomic.Int32
		Parallel(8, 1, func(_, _ int) {
			if parts.Add(1) <= 2 {
				begun.Done()
				begun.Wait()
			}
		})
	})
}

func TestParallelNested(t *testing.T) {
	withThreads(t, 4, func() {
		var total atomic.Int64
		Parallel(100, 1, func(lo, hi int) {
			for range hi - lo {
				Parallel(100, 1, func(lo, hi int) {
					Parallel(10, 1, func(a, b int) { total.Add(int64((hi - lo) * (b - a))) })
				})
			}
		})
		if got, want := total.Load(), int64(100*100*10); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	})
}

func TestParallelConcurrent(t *testing.T) {
	withThreads(t, 3, func() {
		var wg sync.WaitGroup
		for g := range 8 {
			wg.Go(func() {
				x := make([]int, 50)
				for round := range 200 {
					Parallel(len(x), 1+g%3, func(lo, hi int) {
						for i := lo; i < hi; i++ {
							x[i]++
						}
					})
					for i, got := range x {
						if got != round+1 {
							t.Errorf("goroutine %d, element %d: got %d, want %d", g, i, got, round+1)
							return
						}
					}
				}
			})
		}
		wg.Wait()
	})
}

func TestParallelThreadsChangeBetweenCalls(t *testing.T) {
	var total atomic.Int64
	for round := range 300 {
		withThreads(t, 1+round*5%7, func() {
			Parallel(40, 1, func(lo, hi int) { total.Add(int64(hi - lo)) })
		})
	}
	if got, want := total.Load(), int64(300*40); got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestParallelPanics(t *testing.T) {
	want := errors.New("tensor: broken")
	withThreads(t, 2, func() {
		for bad := range 8 {
			var running atomic.Int32
			got := func() (v any) {
				defer func() { v = recover() }()
				Parallel(8, 1, func(lo, hi int) {
					running.Add(1)
					defer running.Add(-1)
					if lo <= bad && bad < hi {
						panic(want)
					}
				})
				return nil
			}()
			if got != want {
				t.Errorf("part %d: got panic %v, want %v", bad, got, want)
			}
			if n := running.Load(); n != 0 {
				t.Errorf("part %d: %d calls still running", bad, n)
			}
		}
		var total atomic.Int64
		Parallel(100, 1, func(lo, hi int) { total.Add(int64(hi - lo)) })
		if got := total.Load(); got != 100 {
			t.Errorf("after panics: got %d, want 100", got)
		}
	})
}

func TestParallelHugeRange(t *testing.T) {
	withThreads(t, 2, func() {
		var total atomic.Uint64
		Parallel(math.MaxInt, 1, func(lo, hi int) { total.Add(uint64(hi - lo)) })
		if got := total.Load(); got != math.MaxInt {
			t.Errorf("got %d, want %d", got, uint64(math.MaxInt))
		}
	})
}

func TestParallelAllocations(t *testing.T) {
	withThreads(t, 2, func() {
		x := make([]float32, 1000)
		f := func(lo, hi int) {
			for i := lo; i < hi; i++ {
				x[i]++
			}
		}
		if got := testing.AllocsPerRun(100, func() { Parallel(len(x), 1, f) }); got > 0 {
			t.Errorf("got %v allocations a call, want 0", got)
		}
	})
}

func BenchmarkParallelHandOver(b *testing.B) {
	withThreads(b, 2, func() {
		f := func(_, _ int) {}
		for b.Loop() {
			Parallel(2, 1, f)
		}
	})
}
