// Package eta estimates how much time work under way still takes, and how fast it goes.
// It reads no clock, shows nothing, and knows nothing of the work but how much of it is done.
package eta

import (
	"cmp"
	"math"
	"slices"
	"time"
)

const (
	mostMarks  = 256 // that are kept
	leastNotes = 8   // whose time counts, however long ago they were
	// horizon is the longest time that counts: work that has gone on for hours is judged by its
	// newest minutes.
	horizon = 10 * time.Minute
	// soonest is how long work must have gone on before its time left is known.
	soonest = time.Second
	// forget is the share of the longest time between two notes that each further note takes away
	// from it.
	forget = 1.0 / 16
)

// An Estimator is told how much of some work is done, and divides what was done lately by the time
// that went by meanwhile. A pause for a picture, a checkup or a save counts with the time that it
// takes. What counts as lately is the newer half of the time since the beginning: a slow start is
// soon forgotten, work that gets slower is noticed, and yet pauses that come again and again are
// seen more than once. Make it with New. It is not safe for concurrent use.
type Estimator struct {
	begin  time.Time     // less what was skipped since
	base   float64       // done at the beginning, with what was done while time was skipped
	marks  []mark        // oldest first; the first is the beginning, or is from before what counts
	notes  int           // since the beginning
	first  mark          // the first note
	gap    time.Duration // the longest between two notes of late
	spread time.Duration // least time between two marks
}

// mark says how much was done at a time after the beginning.
type mark struct {
	at   time.Duration
	done float64
}

// New returns the estimator of work that begins now, or goes on with what is done already.
func New(now time.Time, done float64) *Estimator {
	return &Estimator{begin: now, base: done, marks: []mark{{}}}
}

// Note says how much is done in all, in any unit. If it is as much as before, nothing was finished,
// and the note says nothing; if it is less, the work has begun anew.
func (e *Estimator) Note(now time.Time, done float64) {
	last := e.last()
	m := mark{now.Sub(e.begin), done - e.base}
	switch {
	case m.done == last.done:
		return
	case m.done < last.done:
		*e = *New(now, done)
		return
	}
	e.gap = max(m.at-last.at, time.Duration(float64(e.gap)*(1-forget)))
	if e.notes++; e.notes == 1 {
		e.first = m
	}
	if n := len(e.marks); e.notes > leastNotes && m.at-e.marks[n-2].at < e.spread {
		e.marks[n-1] = m
		return
	}
	if e.marks = append(e.marks, m); len(e.marks) > mostMarks {
		e.thin()
	}
}

// Resume says that work goes on after a rest, during which neither time nor work counted; done is
// how much is done in all.
func (e *Estimator) Resume(now time.Time, done float64) {
	last := e.last()
	e.begin, e.base = now.Add(-last.at), done-last.done
}

// Rate returns how much is done in a second; 0 if that is not known yet.
func (e *Estimator) Rate(now time.Time) float64 {
	work, span := e.lately()
	span += max(0, now.Sub(e.begin)-e.last().at-e.gap) // what is overdue takes longer than what was done
	if span <= 0 {
		return 0
	}
	return work / span.Seconds()
}

// Mean returns how much was done in a second from the end of the first note on, or from the
// beginning to it while it is the only one; 0 if that is not known yet.
func (e *Estimator) Mean() float64 {
	from, to := e.first, e.last()
	if e.notes < 2 {
		from = mark{}
	}
	if to.at <= from.at {
		return 0
	}
	return (to.done - from.done) / (to.at - from.at).Seconds()
}

// Left returns how much time passes from now until total is done; 0 if that is not known yet, or
// nothing is left.
func (e *Estimator) Left(now time.Time, total float64) time.Duration {
	rate, last := e.Rate(now), e.last()
	at := now.Sub(e.begin)
	left := total - e.base - last.done
	if rate <= 0 || left <= 0 || at < soonest {
		return 0
	}
	// What was begun after the newest note is under way.
	s := left/rate - min(at-last.at, e.gap).Seconds()
	return time.Duration(max(0, min(s, math.MaxInt64/2/float64(time.Second))) * float64(time.Second))
}

func (e *Estimator) last() mark { return e.marks[len(e.marks)-1] }

// lately returns what was done in the time that counts, and that time, which ends with the newest
// note.
func (e *Estimator) lately() (work float64, span time.Duration) {
	last := e.last()
	from := e.since()
	i, found := slices.BinarySearchFunc(e.marks, from, func(m mark, at time.Duration) int { return cmp.Compare(m.at, at) })
	start := e.marks[i]
	if !found { // between two marks
		a, b := e.marks[i-1], e.marks[i]
		start = mark{from, a.done + (b.done-a.done)*float64(from-a.at)/float64(b.at-a.at)}
	}
	return last.done - start.done, last.at - start.at
}

// since returns when the time that counts begins.
func (e *Estimator) since() time.Duration {
	last := e.last().at
	span := min(last/2, horizon)
	enough := e.marks[max(0, len(e.marks)-1-leastNotes)].at // later where marks were thinned, and that many notes are many more
	return max(e.marks[0].at, min(last-span, enough))
}

// thin drops marks that do not count any more; if there are too many nevertheless, every other one.
func (e *Estimator) thin() {
	from := e.since()
	i := max(0, slices.IndexFunc(e.marks, func(m mark) bool { return m.at > from })-1)
	e.marks = slices.Delete(e.marks, 0, i)
	if len(e.marks) <= mostMarks/2 {
		return
	}
	kept := e.marks[:0]
	for i, m := range e.marks {
		if i%2 == 0 || i == len(e.marks)-1 {
			kept = append(kept, m)
		}
	}
	e.marks = kept
	e.spread = (e.last().at - e.marks[0].at) / (mostMarks / 2)
}
