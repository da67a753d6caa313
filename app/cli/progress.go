package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"ganvas/app/words"
	"ganvas/engine/eta"
)

// progress shows how far a job is: a bar with the time left on a terminal, elsewhere a line every
// now and then. Its methods may be called from several goroutines.
type progress struct {
	out  io.Writer
	what string // what is done, such as "train digits"
	unit string // what is counted, such as "step"; empty: nothing, but the share that is done is known, or only the time

	mu          sync.Mutex
	bar         *progressbar.ProgressBar // nil: lines
	done, total int64                    // total 0: no end in sight
	note        string
	left        time.Duration // 0: as eta says
	eta         *eta.Estimator
	found       int64 // files that were found so far, where these are looked for still
	started     time.Time
	poll        func(p *progress) // asked before each showing; may be nil
	stop        chan struct{}
	stopped     sync.WaitGroup
}

// barWidth is that of the bar alone, in characters; with its text it fits a terminal of 80.
const barWidth = 16

// startProgress begins to show a job of total units of which done were done before. poll, if not
// nil, is asked to set what is new before each showing. End it with finish.
func startProgress(env *Env, what, unit string, done, total int64, poll func(p *progress)) *progress {
	p := &progress{
		out: env.Stderr, what: what, unit: unit, done: done, total: total,
		poll: poll, eta: eta.New(time.Now(), float64(done)), started: time.Now(), stop: make(chan struct{}),
	}
	every := env.Every
	if env.Interactive {
		limit := total
		if total == 0 {
			limit = -1
		}
		p.bar = progressbar.NewOptions64(
			limit,
			progressbar.OptionSetWriter(cmp.Or(env.terminal, env.Stderr)), progressbar.OptionSetWidth(barWidth), progressbar.OptionSetDescription(cell(what)),
			progressbar.OptionShowDescriptionAtLineEnd(),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false), progressbar.OptionUseANSICodes(true),
			progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░", BarStart: "", BarEnd: ""}),
		)
		every = time.Second / 5
	}
	p.stopped.Go(func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-p.stop:
				return
			case <-tick.C:
				p.show()
			}
		}
	})
	return p
}

// set says how much is done in all, and what else is worth knowing; left is the time that remains,
// 0 if it is to be estimated from what was done so far.
func (p *progress) set(done, total int64, left time.Duration, note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done, p.total, p.left, p.note, p.found = done, total, left, note, 0
	p.eta.Note(time.Now(), float64(done))
}

// read says how far reading of data is: a total of 0 means that done files were found so far.
func (p *progress) read(done, total int) {
	if total > 0 {
		p.set(int64(done), int64(total), 0, "")
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.found = int64(done)
}

// finish ends the showing; on a terminal the bar is taken away.
func (p *progress) finish() {
	close(p.stop)
	p.stopped.Wait()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// clear lets print write to the terminal without the bar in between.
func (p *progress) clear(print func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Clear()
	}
	print()
}

func (p *progress) show() {
	if p.poll != nil {
		p.poll(p)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil {
		fmt.Fprintf(p.out, "%s: %s\n", p.what, p.text())
		return
	}
	p.bar.Describe(cell(" " + p.text()))
	if p.total > 0 {
		p.bar.ChangeMax64(max(p.total, p.done+1)) // a full bar would end its line
	}
	_ = p.bar.Set64(p.done)
}

// text is "step 1,200 of 20,000 (6 %), 1,240 img/s, 3 min 10 s left", or "6 %, the note, 3 min 10 s
// left" where nothing is counted.
func (p *progress) text() string {
	if p.unit == "" && p.total == 0 {
		return words.Duration(time.Since(p.started))
	}
	if p.found > 0 {
		return fmt.Sprintf("%s files found, %s", words.Thousands(p.found), words.Duration(time.Since(p.started)))
	}
	var parts []string
	if count := p.count(); count != "" {
		parts = append(parts, count)
	}
	if p.note != "" {
		parts = append(parts, p.note)
	}
	if left := cmp.Or(p.left, p.eta.Left(time.Now(), float64(p.total))); p.total > 0 && left > 0 {
		parts = append(parts, words.Left(left))
	}
	return strings.Join(parts, ", ")
}

// count says how much is done, apart from what the bar shows.
func (p *progress) count() string {
	share := ""
	if p.total > 0 && p.bar == nil {
		share = fmt.Sprintf("%d %%", 100*p.done/p.total)
	}
	if p.unit == "" {
		return share
	}
	s := p.unit + " " + words.Of(p.done, p.total)
	if share != "" {
		s += " (" + share + ")"
	}
	return s
}
