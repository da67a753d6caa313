package lessons

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/lesson"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A Column shows a lesson beside the pages. Its fields and methods belong to the UI goroutine.
type Column struct {
	s     *studio.Studio
	host  ui.Host
	prefs settings.Preferences

	// OnShow shows what a lesson names, one of lesson.Views; OnTrain trains, and OnStep takes a
	// step, as the transport bar does.
	OnShow          func(view string)
	OnTrain, OnStep func()
	// Around are the containers that the column is in, the innermost first.
	Around []*fyne.Container

	lesson *lesson.Lesson // nil: none is open
	key    string         // under which its goals are remembered
	number int            // of a lesson that is built in, from 1; 0: it is none
	watch  *lesson.Watch
	run    *studio.Run // of the lesson; nil: none yet
	path   string      // of its project, "" before there is one
	folded bool
	views  []string // what is shown
	layers []string // of the plane

	box        *fyne.Container
	strip      fyne.CanvasObject // what is left of a column that is folded away
	sheet      fyne.CanvasObject
	kicker     *ui.Note
	title      *widget.Label
	text       *fyne.Container
	scroll     *container.Scroll
	ticks      []*tick
	elsewhere  *fyne.Container // says that another project is open
	back, next *widgets.TippedButton
	place      *ui.Note
	praise     *ui.Note
}

// Width is that of the column, and stripWidth that of what is left of it where it is folded away.
const Width, stripWidth = 328, 44

// New returns a column without a lesson, which follows a studio from then on.
func New(s *studio.Studio, host ui.Host, prefs settings.Preferences) *Column {
	c := &Column{s: s, host: host, prefs: prefs, OnShow: func(string) {}, OnTrain: func() {}, OnStep: func() {}}
	c.layOut()
	c.listen()
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
	c.kicker, c.title = ui.NewNoteLine(""), ui.NewHeading("")
	c.title.Wrapping, c.title.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	buttons := container.NewHBox(
		quiet(theme.ViewRefreshIcon(), "Start over: the goals of this lesson are to be reached again, from its first page", c.startOver),
		quiet(theme.NavigateBackIcon(), "Fold the lesson away", func() { c.fold(true) }),
		quiet(theme.CancelIcon(), "Leave the lesson: what was trained stays open", c.Leave))
	head := container.NewVBox(container.NewBorder(nil, nil, nil, buttons, c.kicker), c.title)
	c.text = container.New(sheetLayout{})
	c.scroll = container.NewVScroll(ui.ClearOfBar(c.text))
	c.back = widgets.TipButton(theme.NavigateBackIcon(), "Back", "", func() { c.turn(-1) })
	c.next = widgets.TipButton(nil, "", "", func() { c.turn(1) })
	c.place, c.praise = ui.NewNoteLine(""), ui.NewNote("")
	c.place.Segment.Style.Alignment = fyne.TextAlignCenter
	c.elsewhere = container.NewVBox(ui.NewText("Another project is open. The lesson waits."),
		ui.DialogButton("Back to the lesson", nil, c.comeBack), widget.NewSeparator())
	c.elsewhere.Hide()
	foot := container.NewVBox(widget.NewSeparator(), c.praise, container.NewBorder(nil, nil, c.back, c.next, c.place))
	body := container.NewBorder(container.NewVBox(head, c.elsewhere), foot, nil, nil, widgets.ScrollWithin(c.scroll))
	surface := ui.NewSurface(theme.ColorNameMenuBackground)
	c.sheet = container.New(ui.FixedWidth(Width), container.NewStack(surface, container.NewPadded(body)))
	unfold := quiet(theme.DocumentIcon(), "Show the lesson", func() { c.fold(false) })
	c.strip = container.New(ui.FixedWidth(stripWidth), container.NewStack(ui.NewSurface(theme.ColorNameMenuBackground), container.NewPadded(container.NewVBox(unfold))))
	c.box = container.NewStack(c.sheet, c.strip)
	c.box.Hide()
}

// fold folds the column away, or brings it back.
func (c *Column) fold(away bool) {
	c.folded = away
	c.arrange()
}

// arrange shows what there is to be seen of the column, and gives it room.
func (c *Column) arrange() {
	ui.SetShown(c.sheet, c.lesson != nil && !c.folded)
	ui.SetShown(c.strip, c.lesson != nil && c.folded)
	ui.SetShown(c.box, c.lesson != nil)
	ui.Relayout(c.Around...)
}

// listen has the column follow the run.
func (c *Column) listen() {
	c.s.News.On(func(n studio.News) {
		if c.here() {
			c.watch.Snapshot(n.Snapshot)
			c.check()
		}
	})
	c.s.Charted.On(func(h session.History) {
		if c.here() {
			c.watch.History(h)
			c.check()
		}
	})
	c.s.Changed.On(func(studio.None) {
		if c.here() {
			c.watch.Recipe(c.recipe())
			c.check()
		}
	})
	c.s.RunChanged.On(func(studio.None) { c.runChanged() })
}

// recipe is that of the run, before there is one the plan.
func (c *Column) recipe() *recipe.Recipe {
	if r := c.s.Run; r != nil {
		return r.Recipe
	}
	return c.s.Plan.Now()
}

// Count notes that something that lessons count has happened.
func (c *Column) Count(name string) {
	if c.here() {
		c.watch.Count(name)
		c.check()
	}
}

// Shows notes what is shown now: a page, and parts of it.
func (c *Column) Shows(views ...string) {
	c.views = views
	c.note("view", views)
}

// ShowsLayers notes which layers of the plane are shown now.
func (c *Column) ShowsLayers(layers ...string) {
	c.layers = layers
	c.note("layer", layers)
}

func (c *Column) note(list string, words []string) {
	if c.here() {
		c.watch.List(list, words...)
		c.check()
	}
}
