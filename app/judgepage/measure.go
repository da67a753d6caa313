package judgepage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/session"
)

// readCourse returns what the project has about the run under a key. Not on the UI goroutine.
func readCourse(s *session.Session, key string) ([]judged, error) {
	list, err := s.Judgements()
	if err != nil {
		return nil, err
	}
	var out []judged
	add := func(step int64, m ...metrics.Measure) {
		if n := len(out); n > 0 && out[n-1].step == step {
			out[n-1].measures = append(out[n-1].measures, m...)
			return
		}
		out = append(out, judged{step, m})
	}
	for _, j := range list { // in the order of steps
		var of guesses
		switch {
		case j.Key == guessKey && json.Unmarshal([]byte(j.Text), &of) == nil && of.Of > 0:
			add(j.Step, of.measure())
		case j.Key == key:
			m, err := judge.Decode(j.Text)
			if err != nil {
				return nil, err
			}
			add(j.Step, m...)
		}
	}
	return out, nil
}

// thinnedSteps returns the steps of the run of which only the generator is kept. Not on the UI
// goroutine.
func thinnedSteps(s *session.Session) ([]int64, error) {
	list, err := s.Checkpoints()
	var steps []int64
	for _, k := range list {
		if k.Thinned {
			steps = append(steps, k.Step)
		}
	}
	return steps, err
}

// unmeasured returns the steps with a checkpoint that are not among points.
func unmeasured(s *session.Session, points []judged) ([]int64, error) {
	list, err := s.Checkpoints()
	var steps []int64
	for _, k := range list {
		if !slices.ContainsFunc(points, func(j judged) bool { return j.step == k.Step && j.samples() > 0 }) {
			steps = append(steps, k.Step)
		}
	}
	return slices.Compact(steps), err
}

// judgeAll measures every checkpoint that was not measured, and shows each as soon as it is.
func (c *judgeCourse) judgeAll() {
	p := c.page
	if !p.possible() || p.s.Work.After(c.judgeAll) {
		return
	}
	r, set, ema, key := p.s.Run, p.s.RunData(), p.ema.Checked, p.key()
	c.say("", key)
	o := judge.Options{Samples: p.count(), Seed: judgeSeed, GiveWay: true, Alone: r.Alone, HeldOut: r.Recipe.HeldOut}
	left := 0 // for which the generator that played is not kept
	p.s.Work.Run("Judging the checkpoints", func(ctx context.Context, tell func(done, total int)) error {
		points, err := readCourse(r.Session, key)
		if err != nil {
			return err
		}
		steps, err := unmeasured(r.Session, points)
		if err != nil {
			return err
		}
		for i, step := range steps {
			g, err := r.Session.GeneratorAt(step, ema)
			if errors.Is(err, session.ErrAveragedOnly) {
				left++
				continue
			}
			if err != nil {
				return err
			}
			o.Progress = func(_ string, share float64) {
				tell(int((float64(i)+share)*studio.InPercent/float64(len(steps))), studio.InPercent)
			}
			report, err := judge.Evaluate(ctx, g, set, o)
			if err != nil {
				return err
			}
			if err := keepMeasures(r.Session, step, key, report.Measures); err != nil {
				return err
			}
			points = append(points, judged{step, report.Measures})
			shown := slices.Clone(points)
			p.s.Do(func() {
				if p.s.Run == r && p.key() == key {
					c.show(shown)
				}
			})
		}
		return nil
	}, func(err error) {
		switch {
		case err != nil:
			p.s.FailUnlessCancelled(err)
		case left > 0 && p.s.Run == r && p.key() == key:
			c.say(leftText(left), key)
		}
	})
}

// leftText says that so many checkpoints could not be judged.
func leftText(n int) string {
	if n == 1 {
		return "1 checkpoint is left out: only its averaged generator is kept. Tick Averaged weights to judge it too."
	}
	return fmt.Sprintf("%s are left out: only their averaged generators are kept. Tick Averaged weights to judge them too.", words.Counted(n, "checkpoint"))
}

// keepMeasures puts numbers into the project.
func keepMeasures(s *session.Session, step int64, key string, measures []metrics.Measure) error {
	text, err := judge.Encode(measures)
	if err != nil {
		return err
	}
	return s.PutJudgement(step, key, text)
}
