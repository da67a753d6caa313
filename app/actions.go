package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"ganvas/app/titles"

	"fyne.io/fyne/v2/widget"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// whyNot says why the plan cannot be trained, in one sentence; empty where it can.
func (a *App) whyNot() string {
	s := &a.source
	switch {
	case a.run == nil && a.coming != "":
		return strings.TrimSuffix(a.coming, " …")
	case s.opening:
		return "The data are being read"
	case s.err != nil && a.plan.now.Data == drawnData:
		return "Draw some points on the Data page first"
	case s.err != nil && s.whole != nil:
		return "The items to leave out were chosen in other data: choose anew on the Data page"
	case s.err != nil:
		return "The data could not be read: choose others on the Data page"
	case s.set == nil:
		return "Choose data on the Data page first"
	case s.set.Info().Kind == datasets.Table:
		return "A table can be looked at, not yet trained on: choose pictures or points on the Data page"
	}
	err := a.plan.now.Check(s.shape())
	switch {
	case err == nil && a.run != nil && !a.planned:
		return "" // what it needs it has
	case err == nil:
		return beyondMemory(a.plan.now, a.classes(), a.free)
	}
	var invalid *recipe.Invalid
	if !errors.As(err, &invalid) {
		return words.Sentence(err.Error())
	}
	p := invalid.Problems[0]
	var m *nn.Misfit
	if errors.As(err, &m) || p.Misfit != nil {
		who := map[string]string{"g.layers": "generator", "d.layers": "discriminator"}[p.Key]
		return "The " + who + " does not fit: mend it on the Build page"
	}
	return words.Sentence(titles.OfEngine(p.String()))
}

func (a *App) trainPressed() { a.start((*session.Session).Train) }

// toggle trains or pauses.
func (a *App) toggle() {
	if a.status.Running {
		a.pause()
	} else {
		a.trainPressed()
	}
}

func (a *App) pause() {
	if a.run != nil {
		a.run.session.Pause()
	}
}

// start sets the plan to work: with the session that is open, with a new run in it, or with a new
// one.
func (a *App) start(how func(*session.Session)) {
	switch {
	case a.reason != "":
		a.note.warn(a.reason + ".")
	case a.status.Running:
	case a.run == nil:
		a.create(how)
	case a.run.session.ReadOnly():
		a.sayReadOnly(a.run)
	case a.planned && a.status.Step == 0:
		a.replace(how)
	case a.planned:
		a.askReplace(how)
	case a.status.Steps > 0 && a.status.Step >= a.status.Steps:
		a.askMore()
	default:
		a.note.hide()
		a.run.command(func() { how(a.run.session) })
		a.leaveData()
	}
}

// leaveData turns to the Train page where nothing of the training could be seen.
func (a *App) leaveData() {
	if a.page == pageData || a.page == pageBuild {
		a.show(pageTrain)
	}
}

// create makes a draft of the plan and sets it to work.
func (a *App) create(how func(*session.Session)) {
	if a.activity.after(func() { a.start(how) }) {
		return
	}
	r := newRun(a)
	plan, set := a.plan.now.Clone(), a.source.set
	a.activity.runFirm("Building the networks", func(ctx context.Context, report func(done, total int)) (err error) {
		r.session, err = session.Create(ctx, plan, set, "", r.options(report))
		return err
	}, func(err error) {
		if err != nil {
			r.cancel()
			a.failUnlessCancelled(err)
			return
		}
		r.recipe, r.first, r.data = plan, plan, set
		history := a.plan
		a.adopt(r)
		a.plan = history // building the networks is no edit
		a.refresh()
		a.leaveData()
		r.command(func() { how(r.session) })
	})
}

// replace starts the plan as a new run of the same project.
func (a *App) replace(how func(*session.Session)) {
	if a.activity.after(func() { a.start(how) }) {
		return
	}
	r := a.run
	plan, set := a.plan.now.Clone(), a.source.set
	before, trained := r.recipe.Name, a.status.Step > 0
	a.activity.runFirm("Building the networks", func(ctx context.Context, _ func(done, total int)) error {
		return r.session.Replace(ctx, plan, set)
	}, func(err error) {
		if err != nil {
			a.failUnlessCancelled(err)
			return
		}
		r.recipe, r.first, r.data, r.points = plan, plan, set, nil
		r.renew()
		a.status = r.session.Status()
		a.explore.leave()
		a.train.clear()
		a.explore.saved.reload()
		a.refresh()
		a.leaveData()
		if trained {
			a.note.info(fmt.Sprintf("The run before, “%s”, is kept in the project.", before), choice{"Show runs", a.askRuns})
		}
		r.command(func() { how(r.session) })
	})
}

// newRunText says what of a recipe only a new run can take, and what becomes of the run that is
// open.
func (a *App) newRunText(next *recipe.Recipe) string {
	return fmt.Sprintf("These cannot change while a run goes on:\n%s\n\nTraining with them starts a new run from step 0 in the same project. The run so far, %s, stays in the project: File ▸ Runs opens it.",
		titles.Fixed(a.run.recipe, next), words.Counted(a.status.Step, "step"))
}

// askReplace asks before a run that has been trained is put aside.
func (a *App) askReplace(how func(*session.Session)) {
	d := a.newDialog("Start a new run?", withWidth(460, newText(a.newRunText(a.plan.now))))
	fresh := dialogButton("Start a new run", nil, func() { d.Hide(); a.replace(how) })
	fresh.Importance = widget.HighImportance
	keep := dialogButton("Go on as it was", nil, func() {
		d.Hide()
		a.edit(a.run.recipe.Clone(), "Back to the run's recipe", false)
		a.whenReady(func() { a.start(how) })
	})
	setButtons(d, dialogButton("Cancel", nil, func() { d.Hide() }), keep, fresh)
	a.present(d, a.thisPlan())
	a.window.Canvas().Focus(fresh)
}

// whenReady calls f once the data of the plan are read, which may be now, unless the plan or the
// run has changed by then.
func (a *App) whenReady(f func()) {
	if !a.source.opening {
		f()
		return
	}
	same := a.thisPlan()
	a.afterReading = func() {
		if same() {
			f()
		}
	}
}

// askMore asks how many more steps to train once all are done.
func (a *App) askMore() {
	r := a.run
	a.ask(question{
		about: a.thisPlan(),
		title: "Train on?", message: fmt.Sprintf("This run has done all of its %s.", words.Counted(a.status.Steps, "step")),
		label: "Steps more", text: strconv.Itoa(r.recipe.Steps), action: "Train",
		take: func(text string) error {
			n, err := widgets.ParseWhole(text)
			if err != nil || n < 1 || n > math.MaxInt32 {
				return errors.New("type a whole number above 0")
			}
			longer := a.plan.now.Clone()
			longer.Steps = int(a.status.Step) + int(n)
			a.edit(longer, "Train on", false)
			r.command(r.session.Train)
			return nil
		},
	})
}

// A forecast is what was measured of the plan.
type forecast struct {
	of     *recipe.Recipe // nil: nothing was measured yet
	value  session.Forecast
	err    error
	busy   bool
	cancel context.CancelFunc
}

// settle is how long the plan stays unchanged before it is measured.
const settle = 400 * time.Millisecond

// measure has the plan's networks run once in the background, where that can be seen and is not
// known yet. While a run trains it would be a measurement of half a machine.
func (a *App) measure() {
	f := &a.forecast
	r := a.plan.now
	if a.page != pageBuild || f.of != nil && f.of.Equal(r) {
		return
	}
	if f.cancel != nil {
		f.cancel()
	}
	*f = forecast{of: r}
	shape := a.source.shape()
	if a.reason != "" || shape == nil || a.status.Running {
		f.of = nil
		a.build.refreshTotals()
		return
	}
	f.busy = true
	set := a.source.set
	var value session.Forecast
	f.cancel = a.jobs.start(func(ctx context.Context) (err error) {
		wait := time.NewTimer(settle)
		defer wait.Stop()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wait.C:
		}
		value, err = session.Measure(ctx, r, set)
		return err
	}, func(err error) {
		if a.forecast.of != r {
			return // a newer edit
		}
		a.forecast = forecast{of: r, value: value, err: err}
		a.build.refreshTotals()
	})
	a.build.refreshTotals()
}
