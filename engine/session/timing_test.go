package session

import (
	"math"
	"testing"
	"time"
)

// TestTimeLeft trains by a clock on which a step takes 10 ms, a picture 60 ms and a save 400 ms,
// with a pause of an hour: before and after it, at a quarter, half and three quarters, the time
// left is about what it then takes.
func TestTimeLeft(t *testing.T) {
	clock := time.Unix(1000, 0)
	var saved time.Time
	left, when := map[int64]time.Duration{}, map[int64]time.Time{}
	o := Options{Autosave: 2 * time.Second}
	o.Now = func() time.Time { clock = clock.Add(10 * time.Millisecond); return clock } // asked after each step
	o.Publish = func(s Snapshot) {
		if s.Points != nil {
			clock = clock.Add(60 * time.Millisecond)
		}
		if s.Status.LastSave != saved {
			saved = s.Status.LastSave
			clock = clock.Add(400 * time.Millisecond)
		}
		if s.Status.Running {
			left[s.Status.Step], when[s.Status.Step] = s.Status.Left, clock
		}
	}
	r := small()
	r.Steps = 3000
	s := create(t, r, o)
	train := func(from, until int64) (spent time.Duration) {
		began := clock
		trainUntil(t, s, until)
		for _, percent := range []int64{25, 50, 75} {
			at := from + (until-from)*percent/100
			for when[at].IsZero() && at < until { // what was published next
				at++
			}
			took := clock.Sub(when[at])
			if off := float64(left[at]-took) / float64(took); math.Abs(off) > 0.25 {
				t.Errorf("step %d, until %d: %v left is said, and it takes %v", at, until, left[at], took)
			}
		}
		return clock.Sub(began)
	}
	spent := train(0, 1500)
	clock = clock.Add(time.Hour)
	spent += train(1500, 3000)
	st := s.Status()
	for _, got := range []float64{st.SecondsPerStep, st.MeanSeconds} {
		if want := spent.Seconds() / 3000; math.Abs(got-want) > 0.1*want {
			t.Errorf("a step is said to have taken %.1f ms, want about %.1f", 1000*got, 1000*want)
		}
	}
	if got, want := st.ImagesPerSecond*st.SecondsPerStep, float64(r.Batch); math.Abs(got-want) > 1e-6*want {
		t.Errorf("%g items a step by the speed, want the batch of %g", got, want)
	}
}
