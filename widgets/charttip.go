package widgets

import "fyne.io/fyne/v2/driver/desktop"

// chartTip is what a chart's title means; see Chart.SetTip.
type chartTip struct {
	tipTimer
	over bool // the mouse is over the title
}

// SetTip changes the tooltip that shows while the mouse rests on the chart's title. An empty text
// shows nothing.
func (c *Chart) SetTip(text string) { c.tip.text = text }

func (c *Chart) titleHeight() float32 {
	if p, _ := c.easel.last(); p != nil && p.top > 0 {
		return p.top
	}
	return c.Size().Height // there is nothing else to look at
}

func (t *chartTip) move(c *Chart, e *desktop.MouseEvent) {
	switch over := e.Position.Y < c.titleHeight(); {
	case over && t.over:
		t.tipTimer.move(c, e)
	case over:
		t.over = true
		t.enter(c, e)
	default:
		t.leave()
	}
}

func (t *chartTip) leave() {
	t.over = false
	t.tipTimer.leave()
}
