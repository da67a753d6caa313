package feed

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestFeedShowsNewest(t *testing.T) {
	var queue []func()
	var shown []int
	f := &Feed[int]{Do: func(f func()) { queue = append(queue, f) }, Show: func(v int) { shown = append(shown, v) }}
	run := func() {
		for _, f := range queue {
			f()
		}
		queue = nil
	}
	f.Put(1)
	f.Put(2)
	f.Put(3)
	if got, want := len(queue), 1; got != want {
		t.Fatalf("%d calls on their way to the screen, want %d", got, want)
	}
	run()
	f.Put(4)
	run()
	run()
	if want := []int{3, 4}; !slices.Equal(shown, want) {
		t.Errorf("shown %v, want %v", shown, want)
	}
}

func TestFeedPutWithinShow(t *testing.T) {
	var queue []func()
	var shown []int
	f := &Feed[int]{Do: func(f func()) { queue = append(queue, f) }}
	f.Show = func(v int) {
		shown = append(shown, v)
		if v < 3 {
			f.Put(v + 1)
		}
	}
	f.Put(1)
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		next()
	}
	if want := []int{1, 2, 3}; !slices.Equal(shown, want) {
		t.Errorf("shown %v, want %v", shown, want)
	}
}

func TestFeedFromManyGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := make(chan func(), 1) // the feed never has more than one call under way
		var last, shown int
		f := &Feed[int]{Do: func(f func()) { calls <- f }, Show: func(v int) { last, shown = v, shown+1 }}
		done := make(chan struct{})
		go func() { // the screen takes its time
			defer close(done)
			for call := range calls {
				time.Sleep(16 * time.Millisecond)
				call()
			}
		}()
		var puts sync.WaitGroup
		for range 8 {
			puts.Go(func() {
				for i := range 1000 {
					f.Put(i)
				}
			})
		}
		puts.Wait()
		synctest.Wait()
		f.Put(-1)
		time.Sleep(time.Second)
		close(calls)
		<-done
		if last != -1 {
			t.Errorf("the screen ends with %d, want the newest value −1", last)
		}
		if shown > 8000 {
			t.Errorf("%d values shown, though 8000 were put within one frame", shown)
		}
	})
}
