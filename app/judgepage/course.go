package judgepage

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"ganvas/app/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A judgeCourse shows how a number changed over the run: it is measured at every checkpoint, once,
// and kept in the project.
type judgeCourse struct {
	page   *Page
	box    *fyne.Container
	all    *widgets.TippedButton
	metric *widgets.Select
	chart  *widgets.Chart
	best   *ui.Note
	goTo   *widgets.TippedButton

	names    []string // of metrics, as their titles are listed
	points   []judged
	bestStep int64 // −1: there is none
}

// judged is what was measured at one step.
type judged struct {
	step     int64
	measures []metrics.Measure
}

// guessMeasure names how often a person told real pictures from generated ones.
const guessMeasure = "guess"

// samples is how many samples numbers are of; 0 where none were judged.
func (j judged) samples() int {
	for _, m := range j.measures {
		if m.Name != guessMeasure {
			return m.Samples
		}
	}
	return 0
}

func newJudgeCourse(p *Page) *judgeCourse {
	c := &judgeCourse{page: p, bestStep: -1}
	c.all = widgets.TipButton(theme.MediaPlayIcon(), "Judge the checkpoints", "Measures the generator at every checkpoint that has not been measured yet; the numbers stay in the project", c.judgeAll)
	c.metric = widgets.NewSelect(nil, func(string) { c.draw() })
	c.metric.PlaceHolder = "–"
	c.chart = widgets.NewChart("", "step", "")
	c.chart.SetEmpty("Press Judge the checkpoints to see how the numbers changed over the run")
	c.best = ui.NewNoteLine("")
	c.goTo = widgets.TipButton(theme.HistoryIcon(), "Go there", "Takes the run back to its best checkpoint by this number", c.goBack)
	c.goTo.Disable()
	top := container.NewBorder(nil, nil, container.NewHBox(c.all, widget.NewLabel("Number"), container.New(ui.FixedWidth(240), c.metric)), nil)
	below := container.NewBorder(nil, nil, nil, c.goTo, c.best)
	c.box = container.NewPadded(container.NewBorder(top, below, nil, nil, c.chart))
	return c
}

// close ends what draws in the background and waits for it. Not on the UI goroutine.
func (c *judgeCourse) close() { c.chart.Close() }

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

// load shows what the project has.
func (c *judgeCourse) load() {
	key := c.page.key()
	r := c.page.s.Run
	if r == nil {
		c.show(nil)
		return
	}
	var points []judged
	c.page.s.Jobs.Start(func(context.Context) (err error) {
		points, err = readCourse(r.Session, key)
		return err
	}, func(err error) {
		switch {
		case c.page.s.Run != r:
		case err != nil:
			r.Fail(err)
		default:
			c.show(points)
		}
	})
}

// judgeAll measures every checkpoint that was not measured, and shows each as soon as it is.
func (c *judgeCourse) judgeAll() {
	p := c.page
	if p.s.Run == nil || p.s.Data.Set == nil || p.s.Work.After(c.judgeAll) {
		return
	}
	r, set, ema, key := p.s.Run, p.s.Data.Set, p.ema.Checked, p.key()
	o := judge.Options{Samples: p.count(), Seed: judgeSeed, GiveWay: true, Alone: r.Alone, HeldOut: r.Recipe.HeldOut}
	p.s.Work.Run("Judging the checkpoints", func(ctx context.Context, tell func(done, total int)) error {
		checkpoints, err := r.Session.Checkpoints()
		if err != nil {
			return err
		}
		points, err := readCourse(r.Session, key)
		if err != nil {
			return err
		}
		checkpoints = slices.DeleteFunc(checkpoints, func(k ckpt.Checkpoint) bool {
			return slices.ContainsFunc(points, func(j judged) bool { return j.step == k.Step && j.samples() > 0 })
		})
		checkpoints = slices.CompactFunc(checkpoints, func(k, other ckpt.Checkpoint) bool { return k.Step == other.Step })
		for i, k := range checkpoints {
			g, err := r.Session.GeneratorAt(k.Step, ema)
			if err != nil {
				return err
			}
			o.Progress = func(_ string, share float64) {
				tell(int((float64(i)+share)*studio.InPercent/float64(len(checkpoints))), studio.InPercent)
			}
			report, err := judge.Evaluate(ctx, g, set, o)
			if err != nil {
				return err
			}
			if err := keepMeasures(r.Session, k.Step, key, report.Measures); err != nil {
				return err
			}
			points = append(points, judged{k.Step, report.Measures})
			shown := slices.Clone(points)
			p.s.Do(func() {
				if p.s.Run == r && p.key() == key {
					c.show(shown)
				}
			})
		}
		return nil
	}, func(err error) {
		if err != nil {
			p.s.FailUnlessCancelled(err)
		}
	})
}

// keepMeasures puts numbers into the project.
func keepMeasures(s *session.Session, step int64, key string, measures []metrics.Measure) error {
	text, err := judge.Encode(measures)
	if err != nil {
		return err
	}
	return s.PutJudgement(step, key, text)
}

// show takes over what was measured.
func (c *judgeCourse) show(points []judged) {
	slices.SortFunc(points, func(a, b judged) int { return int(a.step - b.step) })
	c.points = points
	c.page.showKept(points)
	c.names = c.names[:0]
	for _, j := range points {
		for _, m := range j.measures {
			if !slices.Contains(c.names, m.Name) {
				c.names = append(c.names, m.Name)
			}
		}
	}
	titles := make([]string, len(c.names))
	for i, n := range c.names {
		titles[i] = measureTitles[n][0]
	}
	c.metric.SetOptions(titles)
	ui.SetEnabled(c.metric, len(titles) > 0)
	if len(titles) > 0 && !slices.Contains(titles, c.metric.Selected) {
		c.metric.SetSelected(titles[0]) // draws
		return
	}
	c.draw()
}

// draw shows the chosen number, with a band of two standard errors, beside what real data score.
func (c *judgeCourse) draw() {
	i := c.metric.SelectedIndex()
	if i < 0 || i >= len(c.names) || len(c.points) == 0 {
		c.chart.Set(nil, nil)
		c.best.Set("")
		c.bestStep = -1
		ui.SetEnabled(c.goTo, false)
		return
	}
	ours := widgets.Series{Name: measureTitles[c.names[i]][0], Role: widgets.Generated}
	real := widgets.Series{Name: "real data", Role: widgets.Real}
	best := metrics.Measure{Value: math.NaN()}
	for _, j := range c.points {
		at := slices.IndexFunc(j.measures, func(m metrics.Measure) bool { return m.Name == c.names[i] })
		if at < 0 {
			continue
		}
		m, x := j.measures[at], float64(j.step)
		ours.X, ours.Y, ours.Err = append(ours.X, x), append(ours.Y, m.Value), append(ours.Err, 2*m.StdErr)
		real.X, real.Y = append(real.X, x), append(real.Y, m.Perfect)
		if math.IsNaN(best.Value) || better(m, best) {
			best, c.bestStep = m, j.step
		}
	}
	c.chart.SetLogY(c.names[i] == "frechet") // falls by orders of magnitude
	c.chart.Set([]widgets.Series{ours, real}, []widgets.Mark{{X: float64(c.bestStep), Text: "best"}})
	c.best.Set(fmt.Sprintf("Best of %s: step %s, %s", words.Counted(len(ours.X), "checkpoint"), humanize.Comma(c.bestStep), valueText(best)))
	ui.SetEnabled(c.goTo, c.page.s.Run != nil)
}

// better tells whether a is a better value of the same number than b: nearer to that of real data,
// where more is not simply better.
func better(a, b metrics.Measure) bool {
	switch {
	case a.Name == "similarity", a.Name == guessMeasure:
		return math.Abs(a.Value-a.Perfect) < math.Abs(b.Value-b.Perfect)
	case a.HigherIsBetter:
		return a.Value > b.Value
	}
	return a.Value < b.Value
}

// goBack takes the run to its best checkpoint, once the user has said so.
func (c *judgeCourse) goBack() {
	step := c.bestStep
	r := c.page.s.Run
	if r == nil || step < 0 || c.page.s.Work.After(c.goBack) {
		return
	}
	if c.page.s.Status.Running {
		c.page.host.Fail(fmt.Errorf("go to step %d: training goes on: pause it first", step))
		return
	}
	c.page.host.Confirm(c.page.s.ThisRun(), "Go back to step "+humanize.Comma(step)+"?", "Go there",
		"Explore, Judge and Export then use the networks as they were at that step. What came later stays in the project until you train on from there.",
		func(ok bool) {
			if !ok {
				return
			}
			r.Command(func() {
				err := r.Session.GoTo(step)
				c.page.s.Do(func() {
					if err != nil {
						r.Fail(err)
					} else if c.page.s.Run == r {
						c.page.Refresh()
					}
				})
			})
		})
}
