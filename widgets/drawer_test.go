package widgets

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

func TestDrawerDrawsNewestAtMostOnceAnInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		var drawn []int
		var at []time.Duration
		d := &drawer[int]{interval: 197 * time.Millisecond, draw: func(v int) {
			drawn, at = append(drawn, v), append(at, time.Since(begin))
		}}
		for i := range 101 { // every 10 ms for a second
			d.put(i)
			synctest.Wait()
			time.Sleep(10 * time.Millisecond)
		}
		d.close()
		if want := []int{0, 19, 39, 59, 78, 98}; !slices.Equal(drawn, want) {
			t.Errorf("drawn %v at %v, want %v", drawn, at, want)
		}
	})
}

func TestDrawerLeavesTheProcessorToOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var busy time.Duration
		d := &drawer[int]{interval: 200 * time.Millisecond}
		d.draw = func(int) {
			time.Sleep(100 * time.Millisecond)
			busy += 100 * time.Millisecond
		}
		for range 800 {
			d.put(0)
			time.Sleep(10 * time.Millisecond)
		}
		d.close()
		if limit := time.Second + 100*time.Millisecond; busy > limit {
			t.Errorf("drew for %v of 8 s, want at most %v", busy, limit)
		}
	})
}

func TestDrawerCloseEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		draws := 0
		d := &drawer[int]{interval: time.Hour, draw: func(int) { draws++ }}
		d.put(1)
		synctest.Wait() // drawn; the goroutine rests for an hour
		d.put(2)
		begin := time.Now()
		d.close()
		if waited := time.Since(begin); waited != 0 {
			t.Errorf("close took %v", waited)
		}
		d.put(3)
		synctest.Wait()
		if draws != 1 {
			t.Errorf("%d drawings, want 1: none after close", draws)
		}
		d.close() // again is allowed
		// A goroutine that still lived would make synctest fail here.
	})
}

func TestDrawerEndsByItselfWhenIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &drawer[int]{interval: time.Second, draw: func(int) {}}
		d.put(1)
		d.ended.Wait()
		if d.running {
			t.Error("still running")
		}
		d.put(2)
		d.ended.Wait()
	})
}

func TestDrawerCloseBeforeFirstRequest(t *testing.T) {
	d := &drawer[int]{draw: func(int) { t.Error("drawn") }}
	d.close()
	d.put(1)
	d.ended.Wait()
}
