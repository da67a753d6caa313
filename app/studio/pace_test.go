package studio

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestAtMostEvery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		wake := make(chan struct{}, 1)
		ended := make(chan bool)
		took := true
		var at []time.Duration
		begin := time.Now()
		go func() {
			defer close(ended)
			AtMostEvery(ctx, time.Second, wake, func() bool {
				at = append(at, time.Since(begin))
				return took
			})
		}()
		announce := func() {
			select {
			case wake <- struct{}{}:
			default:
			}
			synctest.Wait()
		}
		announce() // at 0
		for range 5 {
			time.Sleep(100 * time.Millisecond) // virtual
			announce()                         // all of them are one call, at 1 s
		}
		time.Sleep(500 * time.Millisecond)
		synctest.Wait()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		took = false
		announce() // nothing to take at 3 s: the next one does not wait
		announce()
		took = true
		announce()
		cancel()
		<-ended
		want := []time.Duration{0, time.Second, 3 * time.Second, 3 * time.Second, 3 * time.Second}
		if !slices.Equal(at, want) {
			t.Errorf("called after %v, want %v", at, want)
		}
	})
}
