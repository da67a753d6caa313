package cases

import (
	"context"
	"slices"
	"sync"

	"ganvas/engine/doctor"
)

// Result is what the doctor said of one case with one seed.
type Result struct {
	Case  *Case
	Seed  uint64
	Told  []doctor.Finding // warnings and alarms, in the order in which they were first said
	Notes []doctor.Finding
	Last  doctor.Checkup // the newest one; of step 0 if there was none
	Named int64          // step at which a right kind was first said; −1: never
	First bool           // nothing wrong was said before it
}

// Flagged tells whether there was any warning.
func (r *Result) Flagged() bool { return len(r.Told) > 0 }

// Try trains a case with a seed and has the doctor read its checkups. In a folder, if one is named,
// checkups are kept, and those that are there are read instead of training.
func Try(ctx context.Context, c *Case, seed uint64, folder string) (Result, error) {
	run, err := c.course(ctx, seed, folder)
	if err != nil {
		return Result{}, err
	}
	return score(c, seed, run), nil
}

// score says how well the doctor's words fit the case.
func score(c *Case, seed uint64, run course) Result {
	d := doctor.New()
	for _, k := range run.checkups {
		d.See(k)
	}
	if run.stop != nil {
		d.Stopped(*run.stop)
	}
	rep := d.Report(run.recipe)
	r := Result{Case: c, Seed: seed, Named: -1}
	if n := len(run.checkups); n > 0 {
		r.Last = run.checkups[n-1]
	}
	all := slices.Concat(rep.Past, rep.Findings)
	slices.SortStableFunc(all, func(a, b doctor.Finding) int { return int(a.Since - b.Since) })
	for _, f := range all {
		if r.Named < 0 && slices.Contains(c.Wants, f.Kind) {
			r.Named = f.Since
			r.First = len(r.Told) == 0 || r.Told[0].Since == f.Since
		}
		if f.Severity > doctor.Note {
			r.Told = append(r.Told, f)
		} else {
			r.Notes = append(r.Notes, f)
		}
	}
	return r
}

// TryAll tries cases with seeds, as many at a time as workers, and returns the results in the order
// of cases and then seeds. done, which may be nil, is called after each, by one goroutine at a
// time. folder is as of Try.
func TryAll(ctx context.Context, list []Case, seeds []uint64, workers int, folder string, done func()) ([]Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	results := make([]Result, len(list)*len(seeds))
	next := make(chan int)
	var group sync.WaitGroup
	var mu sync.Mutex
	for range max(1, workers) {
		group.Go(func() {
			for i := range next {
				r, err := Try(ctx, &list[i/len(seeds)], seeds[i%len(seeds)], folder)
				if err != nil {
					cancel(err)
					continue
				}
				mu.Lock()
				results[i] = r
				if done != nil {
					done()
				}
				mu.Unlock()
			}
		})
	}
	for i := range results {
		next <- i
	}
	close(next)
	group.Wait()
	return results, context.Cause(ctx)
}
