package session

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/judge"
)

// bestKey is where a project keeps by which metric the best step of its runs is kept.
const bestKey = "best metric"

// best is the best step of a run by a metric.
type best struct {
	metric string
	step   int64
	value  float64
}

// text is how a view says that it is the best.
func (b best) text() string { return b.metric + " " + strconv.FormatFloat(b.value, 'g', -1, 64) }

// parseBest reads what text wrote.
func parseBest(text string, step int64) (b best, ok bool) {
	metric, number, ok := strings.Cut(text, " ")
	value, err := strconv.ParseFloat(number, 64)
	return best{metric, step, value}, ok && err == nil && metric != "" && !math.IsNaN(value)
}

// BestMetrics returns the metrics by which the best step of the run can be kept while it trains,
// those that say most first.
func (s *Session) BestMetrics() []string {
	return judge.Quick(s.Data())
}

// SetBest chooses the metric by which the best step of the project's runs is kept from now on; ""
// keeps none. What is the best so far by another one stays until there is a first one by this.
func (s *Session) SetBest(metric string) error {
	if names := s.BestMetrics(); metric != "" && !slices.Contains(names, metric) {
		return fmt.Errorf("keep the best step by %q: choose one of %s", metric, strings.Join(names, ", "))
	}
	if err := s.file.SetMeta(bestKey, metric); err != nil {
		return err
	}
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.bestBy = metric
	return nil
}

// BestBy returns the metric by which the best step is kept; "": none is.
func (s *Session) BestBy() string {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.bestBy
}

// Best returns the best step of the run so far, by which metric, and its value; ok is false as long
// as there is none. A branch from that step goes back to it.
func (s *Session) Best() (metric string, step int64, value float64, ok bool) {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.best.metric, s.best.step, s.best.value, s.best.metric != ""
}

// readBest finds the metric of choice, and the best step of the run up to where it is.
func (s *Session) readBest() error {
	metric, err := s.file.Meta(bestKey)
	if err != nil {
		return err
	}
	if !slices.Contains(s.BestMetrics(), metric) {
		metric = "" // of other data
	}
	views, err := s.file.Views(s.run)
	if err != nil {
		return err
	}
	found := best{}
	for _, v := range views {
		if b, ok := parseBest(v.Best, v.Step); ok && v.Step <= s.trainer.Step {
			found = b
		}
	}
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.bestBy, s.best = metric, found
	return nil
}

// An evaluator judges copies of the generator while training goes on, one at a time, on a thread
// that gets little more than what no other wants. It lives as long as the training: what is under way
// then is given up, and Close waits for that.
type evaluator struct {
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{} // closed when the last judgement has come to its end; nil: there was none
}

// idle tells whether nothing is judged.
func (e *evaluator) idle() bool {
	if e.done == nil {
		return true
	}
	select {
	case <-e.done:
		return true
	default:
		return false
	}
}

// startJudging begins to look for the best step; what it returns ends that. At the end of a training
// whose steps are done it judges the last one.
func (s *Session) startJudging(ctx context.Context) (end func(done bool)) {
	e := new(evaluator)
	e.ctx, e.cancel = context.WithCancel(context.WithoutCancel(ctx))
	s.mu.Lock()
	s.evaluator = e
	s.mu.Unlock()
	return func(done bool) {
		e.cancel()
		s.mu.Lock()
		s.evaluator = nil
		s.mu.Unlock()
		if done && ctx.Err() == nil {
			s.judgeLast(ctx)
		}
	}
}

// judgeNow judges the generator of this step in the background, unless another one is just judged.
// The caller holds mu.
func (s *Session) judgeNow() {
	e := s.evaluator
	if e == nil || !e.idle() {
		return
	}
	work, ok := s.candidate()
	if !ok {
		return
	}
	work.options.GiveWay = true
	e.done = make(chan struct{})
	s.judging.Go(func() {
		defer close(e.done)
		s.judge(e.ctx, work)
	})
}

// judgeLast judges the generator of the last step, at once: nothing is trained any more.
func (s *Session) judgeLast(ctx context.Context) {
	s.mu.Lock()
	work, ok := s.candidate()
	s.mu.Unlock()
	if ok {
		s.judge(ctx, work)
	}
}

// A candidate is a step that may be the best, with copies of all that judging it needs.
type candidate struct {
	view      ckpt.View
	metric    string
	generator *gan.Generator
	data      datasets.Set
	options   judge.Options
}

// candidate returns this step; ok is false if no best step is kept. The caller holds mu.
func (s *Session) candidate() (c candidate, ok bool) {
	metric := s.BestBy()
	if metric == "" || !s.keeper.withViews {
		return c, false
	}
	v, err := viewOf(s.trainer, s.keeper.withD)
	if err != nil {
		return c, false // a network always can be encoded
	}
	return candidate{
		v, metric, gan.NewGenerator(s.trainer.Sampler(), s.recipe.LatentKind), s.Data(),
		judge.Options{Samples: judgedItems, Seed: s.recipe.Seed, HeldOut: s.recipe.HeldOut, Only: metric},
	}, true
}

// judgedItems is how many generated items are judged: few, as it happens often, and the same latents
// each time.
const judgedItems = 500

// judge judges a step and keeps its view if it is the best so far.
func (s *Session) judge(ctx context.Context, c candidate) {
	report, err := judge.Evaluate(ctx, c.generator, c.data, c.options)
	if ctx.Err() != nil {
		return
	}
	v, metric := c.view, c.metric
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ctl.Lock()
	defer s.ctl.Unlock()
	if err != nil {
		s.bestBy = "" // it would fail again each time
		s.warnings = append(s.warnings, fmt.Sprintf("the best step is not kept: %v", err))
		return
	}
	for _, m := range report.Measures {
		if m.Name != metric || math.IsNaN(m.Value) || v.Step > s.trainer.Step || s.bestBy != metric {
			continue // the run went back meanwhile, or another metric was chosen
		}
		b := best{metric, v.Step, m.Value}
		if s.best.metric == metric && !(m.HigherIsBetter && b.value > s.best.value || !m.HigherIsBetter && b.value < s.best.value) {
			return
		}
		s.best, v.Best = b, b.text()
		s.keeper.addBest(v)
	}
}

// addBest has a view saved as the best of the run.
func (k *keeper) addBest(v ckpt.View) {
	k.views = slices.DeleteFunc(k.views, func(w ckpt.View) bool { return w.Step == v.Step })
	for i := range k.views {
		k.views[i].Best = ""
	}
	k.views = append(k.views, v)
	slices.SortFunc(k.views, func(a, b ckpt.View) int { return cmp.Compare(a.Step, b.Step) })
	k.bytes += int64(len(v.G) + len(v.D))
}
