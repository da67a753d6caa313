package eta

import (
	"math"
	"testing"
	"time"
)

const ms = time.Millisecond

// work is work on a virtual clock: step does unit i, and what is due after it, and returns how long
// that took.
type work struct {
	name  string
	units int
	first int // done before
	step  func(i int, gone time.Duration) time.Duration
	rest  func(i int) time.Duration // before unit i, which does not count; nil: none
	every int                       // units between two notes; 0: 1
	off   float64                   // share of what it then takes by which the estimate may be wrong
}

// train returns the steps of a training run with its pauses: pictures after 300 ms or twenty times
// what they take, checkups, and saves after 20 s.
func train(step, start, picture, checkup, save time.Duration, checkups int) func(int, time.Duration) time.Duration {
	nextPicture, nextSave := time.Duration(0), 20*time.Second
	return func(i int, gone time.Duration) time.Duration {
		took := step
		if i == 0 {
			took += start
		}
		if (i+1)%checkups == 0 {
			took += checkup
		}
		if gone+took >= nextPicture {
			took += picture
			nextPicture = gone + took + max(300*ms, 20*picture)
		}
		if gone+took >= nextSave {
			took += save
			nextSave = gone + took + 20*time.Second
		}
		return took
	}
}

// Each case is asked at 25, 50 and 75 % of its units how long the rest takes.
func TestLeft(t *testing.T) {
	const quarter, half = 0.25, 0.5
	steady := func(d time.Duration) func(int, time.Duration) time.Duration {
		return func(int, time.Duration) time.Duration { return d }
	}
	falling := func(n int, d time.Duration) func(int, time.Duration) time.Duration { // from full speed to half
		return func(i int, _ time.Duration) time.Duration {
			return time.Duration(float64(d) / (1 - float64(i)/float64(n)/2))
		}
	}
	for _, w := range []work{
		{name: "steady", units: 1000, step: steady(10 * ms), off: 0.01},
		{name: "steady, for a second and a half", units: 1500, step: steady(4 * ms), off: 0.01},
		{name: "steady, eight units", units: 8, step: steady(time.Minute), off: 0.01},
		{name: "steady, for two days", units: 2_000_000, step: steady(86 * ms), off: 0.01},
		{name: "in large pieces", units: 1000, every: 100, step: steady(10 * ms), off: 0.01},
		{name: "bursts of a second", units: 20_000, off: quarter, step: func(i int, _ time.Duration) time.Duration {
			if i%500 == 499 {
				return 1002 * ms
			}
			return 2 * ms
		}},
		{name: "units of 40 to 80 s", units: 12, off: quarter, step: func(i int, _ time.Duration) time.Duration {
			return time.Duration(40+i*7%5*10) * time.Second
		}},
		{name: "training fast networks", units: 20_000, off: quarter, step: train(700*time.Microsecond, 300*ms, 15*ms, 40*ms, 600*ms, 250)},
		{name: "training digits", units: 3_000, off: quarter, step: train(70*ms, 2*time.Second, 90*ms, 400*ms, 1500*ms, 100)},
		{name: "training slow networks", units: 200, off: quarter, step: train(2*time.Second, 5*time.Second, 900*ms, 4*time.Second, 3*time.Second, 25)},
		{name: "long saves", units: 30_000, off: quarter, step: train(5*ms, 100*ms, 15*ms, 40*ms, 8*time.Second, 250)},
		{name: "resumed", units: 1000, first: 400, off: quarter, step: train(60*ms, 2*time.Second, 90*ms, 400*ms, 1500*ms, 100)},
		{name: "paused", units: 1000, off: quarter, step: train(60*ms, 2*time.Second, 90*ms, 400*ms, 1500*ms, 100), rest: func(i int) time.Duration {
			return map[int]time.Duration{200: time.Hour, 480: 20 * time.Second, 700: time.Minute}[i]
		}},
		{name: "half as fast from the second tenth on", units: 4000, off: quarter, step: func(i int, _ time.Duration) time.Duration {
			return map[bool]time.Duration{false: 10 * ms, true: 20 * ms}[i >= 400]
		}},
		{name: "slow start", units: 1000, off: quarter, step: func(i int, _ time.Duration) time.Duration {
			return map[bool]time.Duration{true: 200 * ms, false: 20 * ms}[i < 20]
		}},
		{name: "speed falls evenly to half", units: 5000, off: half, step: falling(5000, 10*ms)},
		{name: "speed falls evenly to half, over hours", units: 50_000, off: half, step: falling(50_000, 500*ms)},
		{name: "speed falls evenly to half, few units", units: 16, off: half, step: falling(16, time.Minute)},
	} {
		t.Run(w.name, func(t *testing.T) { w.try(t) })
	}
}

func (w work) try(t *testing.T) {
	now, gone := time.Unix(1000, 0), time.Duration(0)
	e := New(now, float64(w.first))
	total := w.first + w.units
	said := map[int]time.Duration{}
	when := map[int]time.Duration{}
	for i := range w.units {
		if w.rest != nil && w.rest(i) > 0 {
			now = now.Add(w.rest(i))
			e.Resume(now, float64(w.first+i))
		}
		took := w.step(i, gone)
		now, gone = now.Add(took), gone+took
		if (i+1)%max(1, w.every) == 0 {
			e.Note(now, float64(w.first+i+1))
		}
		for _, percent := range []int{25, 50, 75} {
			if i+1 == w.units*percent/100 {
				said[percent], when[percent] = e.Left(now, float64(total)), gone
			}
		}
	}
	for _, percent := range []int{25, 50, 75} {
		took := gone - when[percent]
		off := float64(said[percent]-took) / float64(took)
		t.Logf("at %d %%: %v said, %v taken, %+.0f %%", percent, said[percent].Round(ms), took.Round(ms), 100*off)
		if math.Abs(off) > w.off {
			t.Errorf("at %d %%: %v left is said, and it takes %v: wrong by more than %g %%", percent, said[percent], took, 100*w.off)
		}
	}
	if got := e.Left(now, float64(total)); got != 0 {
		t.Errorf("at the end: %v left", got)
	}
	if len(e.marks) > mostMarks {
		t.Errorf("%d marks are kept, want %d at most", len(e.marks), mostMarks)
	}
}

// Between two notes the time left goes down with the clock, and once a note is overdue it grows.
func TestBetweenNotes(t *testing.T) {
	now := time.Unix(1000, 0)
	at := func(s float64) time.Time { return now.Add(time.Duration(s * float64(time.Second))) }
	e := New(now, 0)
	if got := e.Left(at(5), 10); got != 0 {
		t.Errorf("%v left is said before anything is done", got)
	}
	for i := 1; i <= 4; i++ {
		e.Note(at(10*float64(i)), float64(i))
	}
	for _, test := range []struct{ at, want float64 }{
		{40, 60}, {44, 56}, {50, 50}, // 6 of 10 are left, each of 10 s
		{60, 65}, // 4 in 50 s
	} {
		if got := e.Left(at(test.at), 10).Seconds(); math.Abs(got-test.want) > 1e-6 {
			t.Errorf("after %g s: %g s left, want %g", test.at, got, test.want)
		}
		e.Note(at(test.at), 4) // says nothing
	}
}

func TestRate(t *testing.T) {
	now := time.Unix(1000, 0)
	e := New(now, 500)
	if e.Rate(now) != 0 || e.Mean() != 0 || e.Left(now, 600) != 0 {
		t.Error("something is known before anything is done")
	}
	e.Note(now.Add(3*time.Second), 501) // the first, which prepares
	if got := e.Mean(); math.Abs(got-1.0/3) > 1e-9 {
		t.Errorf("%g a second on average, want 1 in 3 s", got)
	}
	for i := 1; i <= 400; i++ {
		now := now.Add(3*time.Second + time.Duration(i)*10*ms)
		e.Note(now, float64(501+i))
	}
	now = now.Add(7 * time.Second)
	if rate, mean := e.Rate(now), e.Mean(); math.Abs(rate-100) > 0.5 || math.Abs(mean-100) > 1e-6 {
		t.Errorf("%g a second of late and %g on average, want 100: units of 10 ms", rate, mean)
	}
	// Work that begins anew is a new work.
	e.Note(now, 0)
	e.Note(now.Add(2*time.Second), 1)
	if got := e.Left(now.Add(2*time.Second), 11); got != 20*time.Second {
		t.Errorf("%v left, want 20 s: ten of 2 s", got)
	}
}
