package lessons

import (
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/engine/lesson"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// A course is the lesson that is open, with what was reached in it and the run that belongs to it.
type course struct {
	s    *studio.Studio
	kept settings.Lessons

	lesson *lesson.Lesson // nil: none is open
	key    string         // under which its goals are remembered
	number int            // of a lesson that is built in, from 1; 0: it is none
	watch  *lesson.Watch
	run    *studio.Run // of the lesson; nil: none yet
	path   string      // of its project; "": there is none yet
	views  []string    // what is shown
	layers []string    // of the plane

	// began is told that a lesson begins, came that another goal is reached, and moved that another
	// project is open, or the lesson's again.
	began, came, moved func()
}

// listen has the course follow the run.
func (c *course) listen() {
	c.s.News.On(func(n studio.News) { c.tell(func(w *lesson.Watch) { w.Snapshot(n.Snapshot) }) })
	c.s.Charted.On(func(h session.History) { c.tell(func(w *lesson.Watch) { w.History(h) }) })
	c.s.Changed.On(func(studio.None) { c.tell(func(w *lesson.Watch) { w.Recipe(c.recipe()) }) })
	c.s.RunChanged.On(func(studio.None) { c.runChanged() })
}

// tell tells the watch what has happened, unless that does not belong to the lesson.
func (c *course) tell(what func(w *lesson.Watch)) {
	if !c.here() {
		return
	}
	what(c.watch)
	if c.watch.Check() {
		c.kept.SetGoals(c.key, c.watch.Reached())
		c.came()
	}
}

// recipe is that of the run, before there is one the plan.
func (c *course) recipe() *recipe.Recipe {
	if r := c.s.Run; r != nil {
		return r.Recipe
	}
	return c.s.Plan.Now()
}

// here tells whether a lesson is open and what is open belongs to it.
func (c *course) here() bool { return c.lesson != nil && c.run == c.s.Run }

// open puts aside what is open, which is saved, and opens what the lesson begins with.
func (c *course) open(l *lesson.Lesson, key string, number int) {
	c.s.Plan.Lock(nil)
	if l.Recipe == nil {
		e, is := c.s.Projects.ExampleNamed(lesson.Examples[0])
		if !is {
			c.s.Warn("This lesson needs the finished digits, which this Ganvas comes without.")
			return
		}
		c.begin(l, key, number)
		c.s.Projects.OpenExample(e, nil)
		return
	}
	r := l.Recipe.Clone()
	c.s.Data.MayRead(r, func() {
		c.s.Projects.Begin(r, func() { c.begin(l, key, number) })
	})
}

// begin begins a lesson on the page where it was left.
func (c *course) begin(l *lesson.Lesson, key string, number int) {
	c.lesson, c.key, c.number = l, key, number
	c.run, c.path = nil, ""
	c.watch = lesson.NewWatch(l, c.kept.Goals(key))
	c.watch.List("view", c.views...)
	c.watch.List("layer", c.layers...)
	c.watch.Recipe(c.recipe())
	c.watch.Open(c.kept.Page(key))
	c.s.Plan.Lock(c.locked)
	c.began()
	c.tell(func(*lesson.Watch) {})
}

// turn opens another page.
func (c *course) turn(page int) {
	c.watch.Open(page)
	c.kept.SetPage(c.key, page)
}

// locked says why a key may not be changed.
func (c *course) locked(key string) string {
	if c.lesson.Free(key) {
		return ""
	}
	return "the lesson needs it so. Leave the lesson to change it"
}

// leave closes the lesson. What was trained stays open.
func (c *course) leave() {
	c.lesson, c.watch, c.run = nil, nil, nil
	c.s.Plan.Lock(nil)
}

// runChanged takes over the first run of the lesson, and notices when another project is opened.
func (c *course) runChanged() {
	if c.lesson == nil {
		return
	}
	if r := c.s.Run; c.run == nil && r != nil && c.begins(r) {
		c.run, c.path = r, r.Session.Path()
	}
	if c.here() {
		c.s.Plan.Lock(c.locked)
		c.tell(func(w *lesson.Watch) {
			w.Run()
			if c.s.Run != nil {
				w.Count("runs")
			}
			w.Recipe(c.recipe())
		})
	} else {
		c.s.Plan.Lock(nil)
	}
	c.moved()
}

// begins tells whether a run is the first of the lesson: the example, or a draft that is not
// trained yet.
func (c *course) begins(r *studio.Run) bool {
	return r.Session.Draft() && (c.lesson.Recipe == nil || r.Session.Status().Step == 0)
}

// comeBack opens the project of the lesson again, or the lesson anew if there is none.
func (c *course) comeBack() {
	if c.path == "" || !studio.Exists(c.path) {
		c.open(c.lesson, c.key, c.number)
		return
	}
	c.s.Projects.Open(studio.Opening{Path: c.path, Then: func() {
		c.run = c.s.Run
		c.runChanged()
	}})
}

// freely changes what the lesson locks for others.
func (c *course) freely(change func()) {
	c.s.Plan.Lock(nil)
	change()
	c.s.Plan.Lock(c.locked)
}

// startRun trains a recipe as a new run; what was trained before stays in the project.
func (c *course) startRun(r *recipe.Recipe, label string, train func()) {
	if c.s.Run != nil {
		c.s.Training.Restart(r, label)
		return
	}
	c.s.Plan.Edit(r, label, false)
	c.s.Training.WhenReady(train)
}
