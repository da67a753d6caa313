package judgepage

import (
	"fmt"
	"slices"

	"github.com/dustin/go-humanize"

	"ganvas/app/ui"
	"ganvas/engine/session"
)

// goBack takes the run to its best checkpoint, once the user has said so.
func (c *judgeCourse) goBack() {
	step := c.bestStep
	p := c.page
	if p.s.Run == nil || step < 0 || p.s.Work.After(c.goBack) {
		return
	}
	if p.s.Status.Running {
		p.host.Fail(fmt.Errorf("go to step %s: training goes on: pause it first", humanize.Comma(step)))
		return
	}
	text := "Explore, Judge and Export then use the networks as they were at that step. What came later stays in the project until you train on from there."
	if slices.Contains(c.thinned, step) {
		if !p.view().looks() {
			p.host.Fail(fmt.Errorf("go to step %s: only its generator is kept: choose another checkpoint", humanize.Comma(step)))
			return
		}
		text = "Only the generator of that step is kept. Explore, Judge and Export can use it, but you cannot train on from there. What came later stays in the project: Back to the newest step leads there."
	}
	p.host.Confirm(p.s.ThisRun(), "Go back to step "+humanize.Comma(step)+"?", "Go there", text, func(ok bool) {
		if ok {
			c.lead(func(s *session.Session) error { return s.GoTo(step) })
		}
	})
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
