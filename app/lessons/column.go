package lessons

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/lesson"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A Column shows a lesson beside the pages. Its fields and methods belong to the UI goroutine.
type Column struct {
	host ui.Host

	// OnShow shows what a lesson names, one of lesson.Views; OnTrain trains, and OnStep takes a
	// step, as the transport bar does.
	OnShow          func(view string)
	OnTrain, OnStep func()
	// Around are the containers that the column is in, the innermost first.
	Around []*fyne.Container

	course *course
	sheet  *sheet
	folded bool
	box    *fyne.Container
	open   fyne.CanvasObject // the column as it is read
	strip  fyne.CanvasObject // what is left of it where it is folded away
}

// Width is that of the column, and stripWidth that of what is left of it where it is folded away.
const Width, stripWidth = 328, 44

// New returns a column without a lesson, which follows a studio from then on.
func New(s *studio.Studio, host ui.Host, kept settings.Lessons) *Column {
	c := &Column{host: host, OnShow: func(string) {}, OnTrain: func() {}, OnStep: func() {}}
	c.course = &course{s: s, kept: kept}
	c.sheet = newSheet(c.course, c.act, c.turn)
	c.course.began, c.course.came, c.course.moved = c.began, c.sheet.showGoals, c.sheet.showElsewhere
	c.course.listen()
	c.layOut()
	return c
}

// Content is what the window shows of the column.
func (c *Column) Content() fyne.CanvasObject { return c.box }

// layOut makes what the column consists of.
func (c *Column) layOut() {
	quiet := func(icon fyne.Resource, tip string, tapped func()) *widgets.TippedButton {
		b := widgets.TipButton(icon, "", tip, tapped)
		b.Importance = widget.LowImportance
		return b
	}
	c.sheet.buttons.Objects = []fyne.CanvasObject{
		quiet(theme.ViewRefreshIcon(), "Start over: from the first page, with all goals to be reached again", c.startOver),
		quiet(theme.MenuExpandIcon(), "Fold the lesson away", func() { c.fold(true) }),
		quiet(theme.CancelIcon(), "Leave the lesson: what was trained stays open", c.Leave),
	}
	back := func() fyne.CanvasObject { return ui.NewSurface(theme.ColorNameMenuBackground) }
	c.open = container.New(ui.FixedWidth(Width), container.NewStack(back(), container.NewPadded(c.sheet.box)))
	unfold := quiet(theme.DocumentIcon(), "Show the lesson again", func() { c.fold(false) })
	c.strip = container.New(ui.FixedWidth(stripWidth), container.NewStack(back(), container.NewPadded(container.NewVBox(unfold))))
	c.box = container.NewStack(c.open, c.strip)
	c.box.Hide()
}

// fold folds the column away, or brings it back.
func (c *Column) fold(away bool) {
	c.folded = away
	c.arrange()
}

// arrange shows what there is to be seen of the column, and gives it room.
func (c *Column) arrange() {
	there := c.course.lesson != nil
	ui.SetShown(c.open, there && !c.folded)
	ui.SetShown(c.strip, there && c.folded)
	ui.SetShown(c.box, there)
	ui.Relayout(c.Around...)
}

// began shows the lesson that begins.
func (c *Column) began() {
	c.folded = false
	c.sheet.showPage()
	c.arrange()
	if view := c.course.lesson.View; view != "" {
		c.OnShow(view)
	}
}

// OpenFile opens a lesson from a file.
func (c *Column) OpenFile(path string) {
	var l *lesson.Lesson
	s := c.course.s
	s.Jobs.Start(func(context.Context) (err error) {
		l, err = lesson.Read(path)
		return err
	}, func(err error) {
		if err != nil {
			s.Failed.Emit(err)
			return
		}
		c.course.open(l, filepath.Clean(path), 0)
	})
}

// OpenBuiltin opens a lesson that is built in, by its number from 1.
func (c *Column) OpenBuiltin(number int) {
	if all := builtin(); number >= 1 && number <= len(all) {
		c.course.open(all[number-1], all[number-1].Name, number)
	}
}

// Leave closes the lesson. What was trained stays open.
func (c *Column) Leave() {
	if c.course.lesson != nil {
		c.course.leave()
		c.arrange()
	}
}

// startOver forgets which goals were reached, and opens the lesson anew.
func (c *Column) startOver() {
	p := c.course
	p.kept.SetGoals(p.key, nil)
	p.kept.SetPage(p.key, 0)
	p.open(p.lesson, p.key, p.number)
}

// turn turns over a page; behind the last one is the next lesson.
func (c *Column) turn(by int) {
	p := c.course
	switch to := p.watch.Page() + by; {
	case to < 0:
	case to < len(p.lesson.Pages):
		p.turn(to)
		c.sheet.showPage()
		p.tell(func(*lesson.Watch) {})
	case p.number > 0 && p.number < len(builtin()):
		p.kept.SetPage(p.key, 0)
		c.OpenBuiltin(p.number + 1)
	default:
		p.kept.SetPage(p.key, 0)
		c.Leave()
	}
}

// Count notes that something that lessons count has happened.
func (c *Column) Count(name string) {
	c.course.tell(func(w *lesson.Watch) { w.Count(name) })
}

// Shows notes what is shown now: a page, and parts of it.
func (c *Column) Shows(views ...string) {
	c.course.views = views
	c.course.tell(func(w *lesson.Watch) { w.List("view", views...) })
}

// ShowsLayers notes which layers of the plane are shown now, of lesson.Layers.
func (c *Column) ShowsLayers(layers ...string) {
	c.course.layers = layers
	c.course.tell(func(w *lesson.Watch) { w.List("layer", layers...) })
}

// act does what a button of the lesson says.
func (c *Column) act(a lesson.Action) {
	p := c.course
	if !p.here() && a.Verb != lesson.Show {
		p.s.Warn("Another project is open: go back to the lesson first.")
		return
	}
	switch a.Verb {
	case lesson.Show:
		c.OnShow(a.Argument)
	case lesson.Set:
		p.freely(func() {
			if err := p.s.Plan.SetLive(a.Argument, a.Value, a.Title); err != nil {
				c.host.Fail(err)
			}
		})
	case lesson.Preset:
		r, err := recipe.Named(a.Argument)
		if err != nil {
			panic("lessons: " + err.Error()) // it was checked as the lesson was read
		}
		p.freely(func() { p.startRun(r, a.Title, c.OnTrain) })
	case lesson.Do:
		c.do(a.Argument)
	}
}

// do does one of lesson.Deeds.
func (c *Column) do(deed string) {
	switch s := c.course.s; {
	case deed == "pause":
		s.Training.Pause()
	case s.Status.Running:
	case deed == "train":
		c.OnTrain()
	default:
		c.OnStep()
	}
}
