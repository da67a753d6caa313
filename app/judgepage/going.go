package judgepage

import (
	"ganvas/app/ui"
	"ganvas/engine/session"
)

// goBack has the window look at the best checkpoint of the run: the run itself stays where it is.
func (c *judgeCourse) goBack() {
	if p := c.page; p.s.Run != nil && c.bestStep >= 0 {
		p.s.TimeLine.Look(c.bestStep)
		p.OnLook()
	}
}

// goNewest takes the run to the newest step from which it can train.
func (c *judgeCourse) goNewest() {
	if c.page.s.Run == nil || c.page.s.Work.After(c.goNewest) {
		return
	}
	c.lead((*session.Session).GoToNewest)
}

// lead has the run's session go somewhere, and then shows what is there.
func (c *judgeCourse) lead(how func(*session.Session) error) {
	p, r := c.page, c.page.s.Run
	r.Command(func() {
		err := how(r.Session)
		p.s.Do(func() {
			if err != nil {
				r.Fail(err)
			} else if p.s.Run == r {
				p.Refresh()
			}
		})
	})
}

// follow offers the way back while the run looks at a step from which it cannot train.
func (c *judgeCourse) follow() {
	if ui.SetShown(c.newest, c.page.s.Run != nil && c.page.s.Status.Looking) {
		c.box.Refresh()
	}
}
