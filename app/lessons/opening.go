package lessons

import (
	"context"
	"path/filepath"

	"ganvas/app/studio"
	"ganvas/engine/lesson"
)

// OpenFile opens a lesson from a file.
func (c *Column) OpenFile(path string) {
	var l *lesson.Lesson
	c.s.Jobs.Start(func(context.Context) (err error) {
		l, err = lesson.Read(path)
		return err
	}, func(err error) {
		if err != nil {
			c.s.Failed.Emit(err)
			return
		}
		c.open(l, filepath.Clean(path), 0)
	})
}

// OpenBuiltin opens a lesson that is built in, by its number from 1.
func (c *Column) OpenBuiltin(number int) {
	if all := builtin(); number >= 1 && number <= len(all) {
		l := all[number-1]
		c.open(l, l.Name, number)
	}
}

// open puts aside what is open, which is saved, and opens what the lesson begins with.
func (c *Column) open(l *lesson.Lesson, key string, number int) {
	c.s.Plan.Lock(nil)
	if l.Recipe == nil {
		c.begin(l, key, number)
		c.s.Projects.OpenExample(nil)
		return
	}
	r := l.Recipe.Clone()
	c.s.Data.MayRead(r, func() {
		c.s.Projects.NewOf(r, func() { c.begin(l, key, number) })
	})
}

// begin shows a lesson, on the page where it was left.
func (c *Column) begin(l *lesson.Lesson, key string, number int) {
	c.lesson, c.key, c.number = l, key, number
	c.run, c.path, c.folded = nil, "", false
	c.watch = lesson.NewWatch(l, c.prefs.LessonGoals(key))
	c.watch.List("view", c.views...)
	c.watch.List("layer", c.layers...)
	c.watch.Recipe(c.recipe())
	c.watch.Open(c.prefs.LessonPage(key))
	c.s.Plan.Lock(c.locked)
	c.showPage()
	c.arrange()
	if l.View != "" {
		c.OnShow(l.View)
	}
	c.check()
}

// locked says why a key may not be changed.
func (c *Column) locked(key string) string {
	if c.lesson.Free(key) {
		return ""
	}
	return "the lesson needs it so. Leave the lesson to change it"
}

// Leave closes the lesson. What was trained stays open.
func (c *Column) Leave() {
	if c.lesson == nil {
		return
	}
	c.lesson, c.watch, c.run = nil, nil, nil
	c.s.Plan.Lock(nil)
	c.arrange()
}

// startOver forgets which goals were reached, and opens the lesson anew.
func (c *Column) startOver() {
	c.prefs.SetLessonGoals(c.key, nil)
	c.prefs.SetLessonPage(c.key, 0)
	c.open(c.lesson, c.key, c.number)
}

// here tells whether a lesson is open and what is open belongs to it.
func (c *Column) here() bool { return c.lesson != nil && c.run == c.s.Run }

// runChanged takes over the first run of the lesson, and notices when another project is opened.
func (c *Column) runChanged() {
	if c.lesson == nil {
		return
	}
	if r := c.s.Run; c.run == nil && r != nil && c.begins(r) {
		c.run, c.path = r, r.Session.Path()
	}
	if c.here() {
		c.watch.Run()
		if c.s.Run != nil {
			c.watch.Count("runs")
		}
		c.watch.Recipe(c.recipe())
		c.s.Plan.Lock(c.locked)
		c.check()
	} else {
		c.s.Plan.Lock(nil)
	}
	c.showElsewhere()
}

// begins tells whether a run is the first of the lesson: the example, or a draft that is not
// trained yet.
func (c *Column) begins(r *studio.Run) bool {
	if c.lesson.Recipe == nil {
		return r.Session.Draft()
	}
	return r.Session.Draft() && r.Session.Status().Step == 0
}

// comeBack opens the project of the lesson again, or the lesson anew if there is none.
func (c *Column) comeBack() {
	if c.path == "" || !studio.Exists(c.path) {
		c.open(c.lesson, c.key, c.number)
		return
	}
	c.run = nil
	c.s.Projects.Open(studio.Opening{Path: c.path, Then: func() {
		c.run = c.s.Run
		c.runChanged()
	}})
}
