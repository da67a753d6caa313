package session

import (
	"context"
	"runtime"
	"time"

	"ganvas/datasets"
	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/tensor"
)

// Forecast is what training a recipe will take on this computer, measured by running it untrained.
type Forecast struct {
	SecondsPerStep   float64 // on average, with the pictures that a session makes
	PeakBytes        int64   // that training adds to what the process has: networks, optimisers, a step's values, pictures, savings
	Resident         int64   // resident size of the process with them: the program and its data included
	GParams, DParams int
	Total            time.Duration // for the recipe's steps; 0: without end
}

// Measure builds the networks of a recipe and takes a few steps on its data, in less than two
// seconds on a computer that does nothing else. Where that is not enough for full steps, it takes
// smaller batches and reckons the rest. The error is that of the recipe's Check, of CheckFree, or
// the context's.
func Measure(ctx context.Context, r *recipe.Recipe, data datasets.Set) (Forecast, error) {
	if err := CheckFree("train "+r.Name, r, data, false); err != nil {
		return Forecast{}, err
	}
	runtime.GC()
	before := heapBytes()
	t, _, err := newTrainer(r, data)
	if err != nil {
		return Forecast{}, err
	}
	f := Forecast{GParams: t.G.CountParams(), DParams: t.D.CountParams()}
	view := newView(t, data, r)
	shows := measureShowing(func() { view.render(t) })
	checkup, examiner := measureCheckup(t, r, data)
	step, err := (&dryRun{trainer: t, before: before}).measure(ctx)
	if err != nil {
		return f, err
	}
	runtime.KeepAlive(view)
	runtime.KeepAlive(examiner)
	f.SecondsPerStep = step.seconds*(1+shows.share) + checkup
	f.Total = time.Duration(f.SecondsPerStep * float64(r.Steps) * float64(time.Second))
	garbage := min(mostGarbage, before+step.live, int64((shows.garbage+step.garbage)*lookAhead))
	besides := garbage + savingBytes + copiesOfPart*min(partBytes, stateBytes(t))
	f.PeakBytes = step.live + besides
	f.Resident = step.resident + besides
	return f, nil
}

// stateBytes returns the size of what a checkpoint holds.
func stateBytes(t *gan.Trainer) int64 {
	n := 0
	t.Tensors(func(_ string, x *tensor.Tensor) { n += 4 * len(x.Data) })
	return int64(n)
}

// Saving a state takes some memory besides: SQLite's pages, its code, and several copies of one
// part of the checkpoint.
const (
	savingBytes  = 6 << 20
	partBytes    = 1 << 20
	copiesOfPart = 4
)

// lookAhead is for how many seconds garbage may gather: then it is as much as what lives, or as a
// session lets be, or little.
const lookAhead = 20

// showing is what the pictures of a running session take.
type showing struct {
	share   float64 // of the time for steps
	garbage float64 // bytes a second
}

// measureCheckup takes the doctor's first checkup, and then one that is measured. It returns how
// many seconds of it fall on each step, and the examiner, which goes on to need memory.
func measureCheckup(t *gan.Trainer, r *recipe.Recipe, data datasets.Set) (seconds float64, e *doctor.Examiner) {
	e = doctor.NewExaminer(t, r, data)
	step := t.Step
	defer func() { t.Step = step }()
	var due int64
	for due = 1; !doctor.Due(due); due++ {
	}
	var took time.Duration
	for range 2 {
		start := time.Now()
		t.Step = due - 1
		e.Before()
		t.Step = due
		e.After(gan.Stats{})
		took = time.Since(start)
	}
	return took.Seconds() / float64(due), e
}

// measureShowing makes a picture, and then one that is measured.
func measureShowing(render func()) showing {
	render()
	start, allocated := time.Now(), allocatedBytes()
	render()
	took, garbage := time.Since(start), allocatedBytes()-allocated
	every := took + max(pictureInterval, pictureShare*took)
	return showing{float64(took) / float64(every), float64(garbage) / every.Seconds()}
}
