package studio

import (
	"context"
	"runtime/debug"
	"sync"
	"time"

	"ganvas/engine/eta"
	"ganvas/engine/tensor"
	"ganvas/internal/feed"
)

// Work is the slow work under way that a person waits for: what it is, and how far it has come.
// Only one such piece runs at a time; a new one cancels the old one. It belongs to the goroutine of
// Options.Do.
type Work struct {
	Shown Event[*Progress] // how far the work has come; nil: there is none any more

	jobs    *Jobs
	feed    feed.Feed[Progress]
	cancel  context.CancelFunc
	title   string   // of the newest work
	turn    int      // of the newest work; what comes from earlier work is not shown
	firm    bool     // the work changes which session is open: nothing else starts before its end
	writes  bool     // the end of the program waits for the work: exports start after its end
	exports bool     // the work writes what a person takes away: nobody ends it without being asked
	queue   []func() // what waits for the end of the work
}

// InPercent is the total of work that counts nothing but knows its share: it is shown in percent.
const InPercent = 1 << 20

// Progress says how far work has come.
type Progress struct {
	Title       string
	Done, Total int           // Total 0: nobody knows
	Left        time.Duration // 0: unknown
	turn        int
}

// A Task is slow work. It may call report from any goroutine.
type Task func(ctx context.Context, report func(done, total int)) error

func newWork(j *Jobs) *Work {
	w := &Work{jobs: j}
	w.feed = feed.Feed[Progress]{Do: j.do, Show: w.show}
	return w
}

// Busy tells whether work is under way.
func (w *Work) Busy() bool { return w.cancel != nil }

// Firm tells whether the work under way may not be replaced.
func (w *Work) Firm() bool { return w.firm }

// Exporting returns the title of the work under way if it is RunExport's, otherwise "".
func (w *Work) Exporting() string {
	if !w.exports {
		return ""
	}
	return w.title
}

// Stop cancels the work; its done is still called, with context.Canceled.
func (w *Work) Stop() {
	if w.cancel != nil {
		w.cancel()
	}
}

// After has f called at the end of firm work, and tells whether there is any; otherwise f is not
// called.
func (w *Work) After(f func()) bool {
	if w.firm {
		w.queue = append(w.queue, f)
	}
	return w.firm
}

// AfterWriting is After of work that writes: of two exports one does not end the other.
func (w *Work) AfterWriting(f func()) bool {
	if !w.After(f) && w.writes {
		w.queue = append(w.queue, f)
	}
	return w.firm || w.writes
}

// RunFirm is Run for work that nothing may take the place of. Work that was cancelled too late, and
// came to its end, ends without an error: what it did is to be shown.
func (w *Work) RunFirm(title string, task Task, done func(error)) {
	var result error
	w.begin(w.jobs.StartWriting, title, func(ctx context.Context, report func(done, total int)) error {
		result = task(ctx, report)
		return result
	}, func(error) {
		w.firm = false
		done(result)
	})
	w.firm = true
}

// Run starts a task, and calls done at its end. Work that was replaced by newer work ends with the
// error context.Canceled. Callers ask After first.
func (w *Work) Run(title string, task Task, done func(error)) {
	w.begin(w.jobs.Start, title, task, done)
}

// RunWriting is Run of work that the end of the program waits for.
func (w *Work) RunWriting(title string, task Task, done func(error)) {
	w.begin(w.jobs.StartWriting, title, task, done)
	w.writes = true
}

// RunExport is RunWriting of work that writes what a person takes away.
func (w *Work) RunExport(title string, task Task, done func(error)) {
	w.RunWriting(title, task, done)
	w.exports = true
}

func (w *Work) begin(start func(func(context.Context) error, func(error)) context.CancelFunc, title string, task Task, done func(error)) {
	w.Stop()
	w.title, w.writes, w.exports = title, false, false
	w.turn++
	turn := w.turn
	var mu sync.Mutex
	estimator := eta.New(time.Now(), 0)
	report := func(n, total int) {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		estimator.Note(now, float64(n))
		w.feed.Put(Progress{Title: title, Done: n, Total: total, Left: estimator.Left(now, float64(total)), turn: turn})
	}
	w.show(Progress{Title: title, turn: turn})
	w.cancel = start(func(ctx context.Context) error {
		err := task(ctx, report)
		if ctx.Err() != nil { // what it failed of then came of that
			err = ctx.Err()
		}
		return err
	}, func(err error) {
		if turn == w.turn {
			w.cancel, w.writes, w.exports = nil, false, false
			w.Shown.Emit(nil)
		}
		done(err)
		if turn == w.turn {
			w.startWaiting()
		}
		w.letGo()
	})
}

// startWaiting starts what has waited for the end of the work.
func (w *Work) startWaiting() {
	for queue := w.queue; len(queue) > 0 && !w.firm && !w.writes; queue = w.queue {
		w.queue = queue[1:]
		queue[0]()
	}
}

// letGo gives what slow work has left in memory, such as a project that was closed or pictures that
// were decoded, back to the system, in the background; with it what the engine keeps for networks
// as large as those of that project.
func (w *Work) letGo() {
	w.jobs.Start(func(context.Context) error {
		tensor.Release()
		debug.FreeOSMemory()
		return nil
	}, nil)
}

func (w *Work) show(p Progress) {
	if p.turn == w.turn {
		w.Shown.Emit(&p)
	}
}
