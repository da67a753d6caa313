package app

import (
	"context"
	"fmt"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/words"
	"ganvas/engine/eta"
	"ganvas/widgets"
)

// An activity is the line above the transport bar that shows the slow work under way: what it is,
// how far it has come, and a button that cancels it. Only one such piece of work runs at a time; a
// new one cancels the old one.
type activity struct {
	jobs   *jobs
	feed   widgets.Feed[progress]
	title  *widget.Label
	detail *widget.Label
	bar    *widget.ProgressBar
	row    *fyne.Container
	line   *fyne.Container   // row on its background
	around []*fyne.Container // that the line is in, innermost first
	cancel context.CancelFunc
	turn   int      // of the newest work; what comes from earlier work is not shown
	firm   bool     // the work changes which session is open: nothing else starts before its end
	queue  []func() // what waits for the end of firm work
}

// inPercent is the total of work that counts nothing but knows its share: it is shown in percent.
const inPercent = 1 << 20

type progress struct {
	turn, done, total int
	left              time.Duration // 0: unknown
}

func newActivity(j *jobs) *activity {
	a := &activity{jobs: j, title: widget.NewLabel(""), detail: newLine(""), bar: widget.NewProgressBar()}
	a.bar.TextFormatter = func() string { return "" }
	a.feed = widgets.Feed[progress]{Do: j.do, Show: a.show}
	stop := widget.NewButton("Cancel", a.stop)
	a.row = container.NewBorder(nil, nil, a.title, container.NewHBox(withWidth(230, a.detail), stop),
		container.NewVBox(layout.NewSpacer(), container.New(fixedHeight(8), a.bar), layout.NewSpacer()))
	a.line = container.NewStack(newSurface(theme.ColorNameMenuBackground), container.New(layout.NewCustomPaddedLayout(2, 2, 8, 8), a.row))
	a.line.Hide()
	return a
}

// busy tells whether work is under way.
func (a *activity) busy() bool { return a.cancel != nil }

// stop cancels the work; its done is still called, with context.Canceled.
func (a *activity) stop() {
	if a.cancel != nil {
		a.cancel()
	}
}

// after has f called at the end of firm work, and tells whether there is any; otherwise f is not
// called.
func (a *activity) after(f func()) bool {
	if a.firm {
		a.queue = append(a.queue, f)
	}
	return a.firm
}

// runFirm is run for work that nothing may take the place of. Work that was cancelled too late, and
// came to its end, ends without an error: what it did is to be shown.
func (a *activity) runFirm(title string, work func(ctx context.Context, report func(done, total int)) error, done func(error)) {
	var result error
	a.begin(a.jobs.startWriting, title, func(ctx context.Context, report func(done, total int)) error {
		result = work(ctx, report)
		return result
	}, func(error) {
		a.firm = false
		done(result)
		for queue := a.queue; len(queue) > 0 && !a.firm; queue = a.queue {
			a.queue = queue[1:]
			queue[0]()
		}
	})
	a.firm = true
}

// run starts work with a report function that may be called from any goroutine, and done on the UI
// goroutine at its end. Work that was replaced by newer work ends with the error context.Canceled.
// Callers ask after first.
func (a *activity) run(title string, work func(ctx context.Context, report func(done, total int)) error, done func(error)) {
	a.begin(a.jobs.start, title, work, done)
}

// runWriting is run of work that the end of the program waits for.
func (a *activity) runWriting(title string, work func(ctx context.Context, report func(done, total int)) error, done func(error)) {
	a.begin(a.jobs.startWriting, title, work, done)
}

func (a *activity) begin(start func(func(context.Context) error, func(error)) context.CancelFunc, title string,
	work func(ctx context.Context, report func(done, total int)) error, done func(error),
) {
	a.stop()
	a.turn++
	turn := a.turn
	var mu sync.Mutex
	estimator := eta.New(time.Now(), 0)
	report := func(n, total int) {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		estimator.Note(now, float64(n))
		a.feed.Put(progress{turn: turn, done: n, total: total, left: estimator.Left(now, float64(total))})
	}
	setText(a.title, title)
	relayout(a.row)
	a.show(progress{turn: turn})
	if setShown(a.line, true) {
		relayout(a.around...)
	}
	a.cancel = start(func(ctx context.Context) error {
		err := work(ctx, report)
		if ctx.Err() != nil { // what it failed of then came of that
			err = ctx.Err()
		}
		return err
	}, func(err error) {
		if turn == a.turn {
			a.cancel = nil
			setShown(a.line, false)
			relayout(a.around...)
		}
		done(err)
	})
}

func (a *activity) show(p progress) {
	if p.turn != a.turn {
		return
	}
	text := ""
	if p.total > 0 {
		a.bar.SetValue(float64(p.done) / float64(p.total))
		text = fmt.Sprintf("%s of %s", humanize.Comma(int64(p.done)), humanize.Comma(int64(p.total)))
		if p.total == inPercent {
			text = fmt.Sprintf("%.0f %%", 100*float64(p.done)/inPercent)
		}
	} else {
		a.bar.SetValue(0)
		if p.done > 0 {
			text = humanize.Comma(int64(p.done)) + " found"
		}
	}
	if p.left > 0 {
		text += ", " + words.Duration(p.left) + " left"
	}
	setText(a.detail, text)
}
