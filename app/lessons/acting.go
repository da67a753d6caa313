package lessons

import (
	"ganvas/engine/lesson"
	"ganvas/engine/recipe"
)

// act does what a button of the lesson says.
func (c *Column) act(a lesson.Action) {
	if !c.here() && a.Verb != lesson.Show {
		c.s.Warn("Another project is open: go back to the lesson first.")
		return
	}
	switch a.Verb {
	case lesson.Show:
		c.OnShow(a.Argument)
	case lesson.Set:
		c.freely(func() {
			if err := c.s.Plan.SetLive(a.Argument, a.Value, a.Title); err != nil {
				c.host.Fail(err)
			}
		})
	case lesson.Preset:
		r, err := recipe.Named(a.Argument)
		if err != nil {
			panic("lessons: " + err.Error()) // it was checked as the lesson was read
		}
		c.freely(func() { c.startRun(r, a.Title) })
	case lesson.Do:
		c.do(a.Argument)
	}
}

func (c *Column) do(deed string) {
	switch {
	case deed == "pause":
		c.s.Training.Pause()
	case c.s.Status.Running:
	case deed == "train":
		c.OnTrain()
	case deed == "step":
		c.OnStep()
	}
}

// freely changes what the lesson locks for others.
func (c *Column) freely(change func()) {
	c.s.Plan.Lock(nil)
	change()
	c.s.Plan.Lock(c.locked)
}

// startRun trains a recipe as a new run; what was trained before stays in the project.
func (c *Column) startRun(r *recipe.Recipe, label string) {
	if c.s.Run != nil {
		c.s.Training.Restart(r, label)
		return
	}
	c.s.Plan.Edit(r, label, false)
	c.s.Training.WhenReady(c.OnTrain)
}
