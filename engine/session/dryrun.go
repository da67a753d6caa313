package session

import (
	"context"
	"runtime"
	"runtime/debug"
	"slices"
	"time"

	"ganvas/engine/gan"
	"ganvas/engine/process"
)

// A dryRun takes steps of a trainer that nobody will train with.
type dryRun struct {
	trainer *gan.Trainer
	before  int64 // bytes that lived before it
}

// stepCost is what a step takes on average.
type stepCost struct {
	seconds  float64
	live     int64   // bytes of what came with the trainer: networks, optimisers, a step's values, what kernels keep
	resident int64   // size of the whole process
	garbage  float64 // bytes a second
}

const (
	probeShare  = 8          // of the batch is tried first
	leastBatch  = 2          // items that are tried
	fullTime    = 1300 * 1e6 // nanoseconds that trying the whole batch may take
	partTime    = 600 * 1e6  // or a part of it
	firstCost   = 1.5        // of a first step, which allocates, in later ones
	leastSteps  = 1          // of a kind that are measured
	enoughSteps = 15         // of which the median is taken
	enoughTime  = 250 * 1e6  // for steps that are short
)

// measure tries a small batch, and then the whole one if there is time. Otherwise it tries two
// parts of it, as large as there is time for, and draws a line through them: time and memory grow
// with the batch from what does not depend on it.
func (d *dryRun) measure(ctx context.Context) (stepCost, error) {
	whole := d.trainer.Batch
	probe := d.packed(max(leastBatch, whole/probeShare))
	if probe >= whole {
		return d.try(ctx, whole, fullTime)
	}
	first, err := d.try(ctx, probe, 0)
	if err != nil {
		return first, err
	}
	perItem := first.seconds * 1e9 / float64(probe) // hardly more in a larger batch
	if (firstCost+leastSteps)*perItem*float64(whole) <= fullTime {
		return d.try(ctx, whole, fullTime)
	}
	large := d.packed(max(2*leastBatch, int(partTime/(firstCost+2*leastSteps)/perItem)))
	if large >= whole {
		return d.try(ctx, whole, fullTime)
	}
	half := d.packed(large / 2)
	if half >= large {
		return d.try(ctx, whole, fullTime)
	}
	a, err := d.try(ctx, half, partTime/2)
	if err != nil {
		return a, err
	}
	b, err := d.try(ctx, large, partTime)
	if err != nil {
		return b, err
	}
	beyond := float64(whole-large) / float64(large-half)
	grown := b.seconds + max(0, b.seconds-a.seconds)*beyond
	proportional := b.seconds * float64(whole) / float64(large) // an item costs no more in a larger batch
	more := int64(float64(max(0, b.live-a.live)) * beyond)
	return stepCost{min(grown, proportional), b.live + more, b.resident + more, b.garbage}, nil
}

// packed returns the least batch of at least n items that can be divided into packs, and into two
// of them.
func (d *dryRun) packed(n int) int {
	m := max(1, d.trainer.Pack)
	return max(min(m, 2)*m, (n+m-1)/m*m)
}

// try takes steps with a batch size for so many nanoseconds, at least a few.
func (d *dryRun) try(ctx context.Context, batch int, limit float64) (stepCost, error) {
	c := d.trainer.Config
	c.Batch = batch
	kinds := stepKinds(&c)
	t := gan.NewTrainer(c, d.trainer.G, d.trainer.D, d.trainer.OptG, d.trainer.OptD, d.trainer.Data, 1)
	t.Average, t.Known = d.trainer.Average, d.trainer.Known
	var cost stepCost
	for _, k := range kinds {
		seconds, garbage, err := k.measure(ctx, t, time.Duration(limit/float64(len(kinds))))
		if err != nil {
			return cost, err
		}
		cost.seconds += k.share * seconds
		cost.garbage += k.share * garbage
	}
	cost.garbage /= cost.seconds
	debug.FreeOSMemory() // what reading data and other trials left
	cost.live, cost.resident = heapBytes()-d.before, process.Resident()
	runtime.KeepAlive(t)
	return cost, nil
}

// A stepKind is a part of a training step that is measured by itself.
type stepKind struct {
	share float64 // how many there are in a step, on average
	at    int64   // step at which it comes
	do    func(*gan.Trainer) (gan.Stats, error)
}

// stepKinds divides a step of c into one update of both players and those that D has besides, each
// with and without penalties where these come now and then. It leaves c one update of D.
func stepKinds(c *gan.Config) []stepKind {
	both := stepKind{1, 0, (*gan.Trainer).Both}
	kinds := []stepKind{both}
	if c.DSteps > 1 {
		kinds = append(kinds, stepKind{float64(c.DSteps - 1), 0, (*gan.Trainer).OnlyD})
		c.DSteps = 1
	}
	if every := float64(c.PenaltyEvery); every > 1 && c.Penalised() {
		for _, k := range slices.Clone(kinds) {
			kinds = append(kinds, stepKind{k.share * (every - 1) / every, 1, k.do})
		}
		for i := range kinds[:len(kinds)/2] {
			kinds[i].share /= every
		}
	}
	return kinds
}

// measure returns the median time in seconds of several steps after a first one, and the mean of
// what they allocate.
func (k stepKind) measure(ctx context.Context, t *gan.Trainer, limit time.Duration) (seconds, allocated float64, err error) {
	var times []float64
	begin, bytes := time.Now(), int64(0)
	for i := 0; ; i++ {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		t.Step = k.at
		start := time.Now()
		if _, err := k.do(t); err != nil {
			return 0, 0, err
		}
		if i == 0 {
			bytes = allocatedBytes()
			continue
		}
		times = append(times, time.Since(start).Seconds())
		spent := time.Since(begin)
		enough := len(times) >= enoughSteps && spent > enoughTime
		if n := len(times); n >= leastSteps && (enough || spent+spent/time.Duration(i+1) > limit) {
			slices.Sort(times)
			return (times[(n-1)/2] + times[n/2]) / 2, float64(allocatedBytes()-bytes) / float64(n), nil
		}
	}
}
