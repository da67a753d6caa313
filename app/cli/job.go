package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"ganvas/app/words"
	"ganvas/engine/doctor"
	"ganvas/engine/process"
	"ganvas/engine/session"
)

// job trains a session to a step and closes it.
type job struct {
	env   *Env
	s     *session.Session
	path  string
	what  string // "train digits"
	until int64  // step; 0: until interrupted
	more  bool   // whether until is not the recipe's steps, so that going on needs --steps
	json  bool   // whether to print one JSON document

	doctor   consulting
	unsaved  bool // it was said that the run is not saved
	failures int  // to save, before now
}

// outcome is what becomes of a job, as --json prints it.
type outcome struct {
	Path           string  `json:"path"`
	Step           int64   `json:"step"`
	ImagesSeen     int64   `json:"images_seen"`
	Seconds        float64 `json:"seconds"`
	SecondsPerStep float64 `json:"seconds_per_step"` // without the first one
	RSSMB          int64   `json:"rss_mb"`           // peak resident size of the process, in MiB

	Best       *bestStep `json:"best,omitempty"`        // where the best step is kept
	ClassError *float64  `json:"class_error,omitempty"` // share of held-out items of which D names a wrong class, where it names classes
}

// bestStep is the best step of a run by the metric of choice.
type bestStep struct {
	Metric string  `json:"metric"`
	Step   int64   `json:"step"`
	Value  float64 `json:"value"`
}

// run trains, shows how far it is, and says what became of it. The session is closed when it
// returns.
func (j *job) run(ctx context.Context) error {
	tellOthers(j.env)
	first := j.s.Status().Step
	started := time.Now()
	j.doctor.news(&doctor.Report{Past: j.s.Doctor().Past}) // of no use any more
	p := startProgress(j.env, j.what, "step", first, j.until, j.poll())
	stop := context.AfterFunc(ctx, j.s.Pause)
	if ctx.Err() == nil {
		if j.until > 0 {
			j.s.TrainUntil(j.until)
		} else {
			j.s.TrainUntil(math.MaxInt64)
		}
	}
	err := j.s.Wait()
	stop()
	p.finish()
	j.consult(p)
	err = j.close(err)
	status := j.s.Status()
	pending := j.s.Pending()
	switch {
	case err != nil && pending:
		return fmt.Errorf("%w (nothing of the new run was saved: what was at %s is as it was)", err, j.path)
	case err != nil && status.Step > first:
		return fmt.Errorf("%w (%s holds what was saved before)", err, j.path)
	case err != nil:
		return err
	case pending:
		return &interruptedError{fmt.Sprintf("interrupted before anything was learnt: what was at %s is as it was", j.path)}
	}
	if ctx.Err() != nil && (j.until == 0 || status.Step < j.until) {
		return &interruptedError{j.interrupted(status.Step)}
	}
	if err := j.report(status, time.Since(started)); !errors.Is(err, errUnread) {
		return err
	}
	return nil // nobody reads it, but the run is saved
}

// report says what became of the run.
func (j *job) report(status session.Status, took time.Duration) error {
	var best *bestStep
	said := ""
	if metric, step, value, ok := j.s.Best(); ok {
		best = &bestStep{metric, step, value}
		said = fmt.Sprintf(", best %s %.4g at step %s", metric, value, words.Thousands(step))
	}
	if j.json {
		return printJSON(j.env.Stdout, outcome{
			Path: j.path, Step: status.Step, ImagesSeen: status.ImagesSeen, Seconds: took.Seconds(),
			SecondsPerStep: status.MeanSeconds, RSSMB: process.Peak() >> 20, ClassError: status.ClassError, Best: best,
		})
	}
	test := ""
	if status.ClassTest != "" {
		test = ", " + status.ClassTest
	}
	_, err := fmt.Fprintf(j.env.Stdout, "%s: step %s, %s items seen, %s%s%s\n", cell(j.path), words.Thousands(status.Step), words.Thousands(status.ImagesSeen), words.Duration(took), test, said)
	return err
}

// close saves and closes the session, whose training ended with err, and returns what remains of
// that.
func (j *job) close(err error) error {
	failed := j.s.Status().SaveErr
	closeErr := j.s.CloseWithin(j.env.Patience, func(err error) {
		fmt.Fprintf(j.env.Stderr, "ganvas: cannot save, trying again for %s: %s\n", words.Duration(j.env.Patience), oneLine(err.Error()))
	})
	if err == nil || failed != nil && errors.Is(err, failed) { // which closing has made up for, or not
		return closeErr
	}
	return err
}

// saving says that the run is not saved though it goes on, and later that it is again. Each is said
// once.
func (j *job) saving(p *progress) {
	s := j.s.Status()
	line := ""
	switch {
	case s.SaveErr != nil && !j.unsaved:
		line = "training goes on, but is not saved until the disk lets it: " + oneLine(s.SaveErr.Error())
	case s.SaveErr == nil && j.unsaved:
		line = "saved again: nothing is missing"
	case s.SaveErr == nil && s.SaveErrs > j.failures:
		line = "saving failed for a moment: it is made up for, and nothing is missing"
	}
	j.unsaved, j.failures = s.SaveErr != nil, s.SaveErrs
	if line != "" {
		p.clear(func() { fmt.Fprintln(j.env.Stderr, line) })
	}
}

// tellOthers says that other processes train on this computer, and what can be done about it.
func tellOthers(env *Env) {
	for _, w := range session.Others(session.Home()) {
		fmt.Fprintf(env.Stderr, "another Ganvas (process %d) trains %s on this computer: both are slower for it; end one, or give each some processors with --threads\n", w.PID, w.What)
	}
}

// poll reads the session's state for the progress, and says when a save was made.
func (j *job) poll() func(p *progress) {
	return func(p *progress) {
		j.consult(p)
		j.saving(p)
		s := j.s.Status()
		note := ""
		if s.ImagesPerSecond > 0 {
			note = j.s.Data().Info().Kind.PerSecond(s.ImagesPerSecond)
		}
		if s.ClassTest != "" {
			note += ", " + s.ClassTest
		}
		if p.bar == nil && !s.LastSave.IsZero() {
			note += ", saved " + words.Duration(time.Since(s.LastSave)) + " ago"
		}
		p.set(s.Step, j.until, s.Left, note)
	}
}

// consult prints what the doctor says that was not printed yet.
func (j *job) consult(p *progress) {
	if lines := j.doctor.news(j.s.Doctor()); len(lines) > 0 {
		p.clear(func() {
			for _, l := range lines {
				fmt.Fprintln(j.env.Stderr, l)
			}
		})
	}
}

// interrupted says how to go on.
func (j *job) interrupted(step int64) string {
	at := "step " + words.Of(step, j.until)
	command := "ganvas resume " + shellQuote(j.path)
	if j.more && j.until > 0 {
		command += fmt.Sprintf(" --steps %d", j.until-step)
	}
	return fmt.Sprintf("interrupted at %s and saved: go on with: %s", at, command)
}
