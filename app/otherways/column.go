package otherways

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/glossary"
	"ganvas/app/ui"
	"ganvas/internal/feed"
	"ganvas/widgets"
)

// A column shows one model: its plane, what that is worth, and its cells of the table.
type column struct {
	of      way
	title   *widget.Label
	plane   *widgets.SpotPlane
	verdict *ui.Note
	cells   []*widget.Label // by row
	tips    []fyne.CanvasObject
	feed    feed.Feed[state]

	real     [][2]float32
	state    state
	round    *int
	revealed float64 // share of the way that is shown
	changed  bool    // texts have changed since they were placed
}

func newColumn(of way, ask func(x [2]float32)) *column {
	c := &column{of: of, title: ui.NewSection(of.title), plane: widgets.NewSpotPlane(), verdict: ui.NewNote("")}
	c.title.Truncation = fyne.TextTruncateEllipsis
	c.plane.OnTapped = func(x, y float32) { ask([2]float32{x, y}) }
	for _, r := range rows {
		l := ui.NewText("")
		l.SizeName = theme.SizeNameCaptionText
		c.cells = append(c.cells, l)
		c.tips = append(c.tips, widgets.Tip(l, "Table 2 of the paper of 2014 says: "+r.paper[columnOf(of.kind)]))
	}
	return c
}

// columnOf returns the number of a kind's column.
func columnOf(kind string) int {
	for i, w := range ways {
		if w.kind == kind {
			return i
		}
	}
	panic("otherways: no column " + kind)
}

// tip explains the column.
func (c *column) tip() string { return glossary.Tip(c.of.word) }

// clear forgets what was shown, for new data and a new round.
func (c *column) clear(real [][2]float32, round *int) {
	c.real, c.round, c.revealed = real, round, 0
	c.show(state{kind: c.of.kind})
	c.verdict.Set("")
	c.changed = true
}

// show shows a state.
func (c *column) show(s state) {
	c.state = s
	c.draw()
	c.verdict.Set(verdict(s))
	for i, l := range c.cells {
		if text := rows[i].cell(s); text != l.Text {
			l.SetText(text)
			c.changed = true
		}
	}
}

// reveal shows a share of the way of the sample that was asked for.
func (c *column) reveal(share float64) {
	c.revealed = share
	c.draw()
}

func (c *column) draw() {
	d := widgets.SpotData{Real: c.real, Fake: c.state.fakes, Reach: reach, Shade: c.state.shade, Cells: shadeCells, Judges: c.of.kind == ways[0].kind}
	if n := len(c.state.way); n > 0 && c.revealed > 0 {
		d.Way = c.state.way[:max(1, int(c.revealed*float64(n)+0.5))]
	}
	if c.state.point != nil {
		d.Asked = c.state.point
		if c.state.infers {
			back := c.state.inferred.Back
			d.Back = &back
		}
	}
	c.plane.Set(d)
}
