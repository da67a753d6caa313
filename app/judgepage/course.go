package judgepage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/metrics"
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
	// instead is what the chart says where there is no line.
	instead string
	best    *ui.Note
	left    *ui.Note // says which checkpoints could not be judged
	leftOf  string   // the key that it is about
	goTo    *widgets.TippedButton
	newest  *widgets.TippedButton // visible while the run looks at a step from which it cannot train

	names    []string // of metrics, as their titles are listed
	points   []judged
	thinned  []int64 // steps of which only the generator is kept
	bestStep int64   // −1: there is none
	drawn    []widgets.Series
}

// judged is what was measured at one step.
type judged struct {
	step     int64
	measures []metrics.Measure
}

// guessMeasure names how often a person told real pictures from generated ones.
const guessMeasure = "guess"

// measureTitle is what the page calls a number.
func measureTitle(name string) string {
	title, _ := titles.Measure(name)
	return title
}

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
	c.chart.SetMenu("How this chart is looked at; copy or save it", func(at fyne.Position) { p.OnChartMenu(c.drawnChart, c.chart.ViewItems(), at) })
	c.best, c.left = ui.NewNoteLine(""), ui.NewNote("")
	c.left.Hide()
	c.goTo = widgets.TipButton(theme.HistoryIcon(), "Go there", "Takes the run back to its best checkpoint by this number", c.goBack)
	c.goTo.Disable()
	c.newest = widgets.TipButton(theme.MediaSkipNextIcon(), "Back to the newest step", "Takes the run to the newest step that is kept whole: training can go on from there", c.goNewest)
	c.newest.Hide()
	top := container.NewBorder(nil, nil, container.NewHBox(c.all, widget.NewLabel("Number"), container.New(ui.FixedWidth(240), c.metric)), nil)
	below := container.NewVBox(c.left, container.NewBorder(nil, nil, nil, container.NewHBox(c.newest, c.goTo), c.best))
	c.box = container.NewPadded(container.NewBorder(top, below, nil, nil, c.chart))
	return c
}

// close ends what draws in the background and waits for it. Not on the UI goroutine.
func (c *judgeCourse) close() { c.chart.Close() }

// load shows what the project has.
func (c *judgeCourse) load() {
	key := c.page.key()
	r := c.page.s.Run
	if key != c.leftOf {
		c.say("", key)
	}
	if r == nil {
		c.say("", key)
		c.show(nil)
		return
	}
	var points []judged
	var thinned []int64
	c.page.s.Jobs.Start(func(context.Context) (err error) {
		if points, err = readCourse(r.Session, key); err == nil {
			thinned, err = thinnedSteps(r.Session)
		}
		return err
	}, func(err error) {
		switch {
		case c.page.s.Run != r:
		case err != nil:
			r.Fail(err)
		default:
			c.thinned = thinned
			c.show(points)
		}
	})
}

// say says below the chart what could not be judged under a key; "": nothing.
func (c *judgeCourse) say(text, key string) {
	c.leftOf = key
	c.left.Set(text)
	if ui.SetShown(c.left, text != "") {
		c.box.Refresh()
	}
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
		titles[i] = measureTitle(n)
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
		c.drawNothing("Press Judge the checkpoints to see how the numbers changed over the run")
		c.best.Set("")
		c.bestStep = -1
		ui.SetEnabled(c.goTo, false)
		return
	}
	ours := widgets.Series{Name: measureTitle(c.names[i]), Role: widgets.Generated}
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
	// One point makes no line.
	if len(ours.X) == 1 {
		c.drawNothing(stated(best, c.bestStep) + ".\nPress Judge the checkpoints to see how it changed.")
	} else {
		c.drawn = []widgets.Series{ours, real}
		c.chart.Set(c.drawn, []widgets.Mark{{X: float64(c.bestStep), Text: "best"}})
	}
	c.best.Set(fmt.Sprintf("Best of %s: step %s, %s", words.Counted(len(ours.X), "checkpoint"), humanize.Comma(c.bestStep), words.WithError(best.Value, best.StdErr)))
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

// drawNothing has the chart say something where there is no line.
func (c *judgeCourse) drawNothing(text string) {
	c.instead, c.drawn = text, nil
	c.chart.SetEmpty(text)
	c.chart.Set(nil, nil)
}

// stated says a number beside what real data score: "Modes found: 8 at step 6,000 (real data: 8)".
func stated(m metrics.Measure, step int64) string {
	return fmt.Sprintf("%s: %s at step %s (real data: %s)", measureTitle(m.Name), words.WithError(m.Value, m.StdErr), humanize.Comma(step), words.Significant(m.Perfect, 3))
}
