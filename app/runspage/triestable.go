package runspage

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/trials"
)

// A triesTable fills while values are tried: a line for each run, the best of which is marked.
type triesTable struct {
	page  *Page
	box   *fyne.Container
	head  *fyne.Container
	lines *fyne.Container
	cells [][]*widget.Label
	empty fyne.CanvasObject
	plan  *trials.Plan // that the columns are of
}

func newTriesTable(p *Page) *triesTable {
	t := &triesTable{page: p, head: container.NewVBox(), lines: container.NewVBox()}
	t.empty = container.NewCenter(container.New(ui.FixedWidth(380), centred("Choose at the left what to vary, and press Start.\n\nHere a table fills: how good each run is, and which is best. Each is a run like any other: the list of all runs has it, too.")))
	t.box = container.NewStack(container.NewBorder(t.head, nil, nil, nil, container.NewVScroll(ui.ClearOfBar(t.lines))), t.empty)
	return t
}

// columnsOf lays out a line of a plan.
func columnsOf(p *trials.Plan) ui.Columns {
	c := ui.Columns{48}
	for range p.Axes {
		c = append(c, 0.6)
	}
	if p.Seeds > 1 {
		c = append(c, 56)
	}
	c = append(c, 108, 136)
	if p.Seeds > 1 {
		c = append(c, 136)
	}
	return append(c, 0.4)
}

// show shows how far a plan is.
func (t *triesTable) show(p *trials.Plan, results []trials.Result) {
	ui.SetShown(t.empty, p == nil)
	ui.SetShown(t.box.Objects[0], p != nil)
	if p == nil {
		t.plan = nil
		return
	}
	if t.plan != p || len(t.cells) != len(results) {
		t.plan = p
		t.build(p, len(results))
	}
	means := p.Means(results)
	combination, best := p.Best(results)
	for i := range results {
		bold := i == best
		for k, text := range cellsOf(p, results, i, means, combination) {
			l := t.cells[i][k]
			if l.Text != text || l.TextStyle.Bold != bold {
				l.TextStyle.Bold = bold
				l.SetText(text)
			}
		}
	}
}

// build makes the columns and lines of a plan.
func (t *triesTable) build(p *trials.Plan, n int) {
	head := []string{"Run"}
	for _, a := range p.Axes {
		head = append(head, titles.OfPlayer(a.Key))
	}
	if p.Seeds > 1 {
		head = append(head, "Seed")
	}
	by, _ := titles.Measure(p.By)
	head = append(head, "Step", by)
	if p.Seeds > 1 {
		head = append(head, "Over seeds")
	}
	head = append(head, "")
	line := func(bold bool) (*fyne.Container, []*widget.Label) {
		var objects []fyne.CanvasObject
		var labels []*widget.Label
		for range head {
			l := ui.NewLine("")
			l.TextStyle.Bold = bold
			l.SizeName = theme.SizeNameCaptionText
			objects, labels = append(objects, l), append(labels, l)
		}
		return container.New(columnsOf(p), objects...), labels
	}
	row, labels := line(true)
	for i, text := range head {
		labels[i].SetText(text)
	}
	t.head.Objects = []fyne.CanvasObject{ui.ClearOfBar(row), widget.NewSeparator()}
	t.lines.Objects, t.cells = nil, nil
	for range n {
		row, labels := line(false)
		t.lines.Add(row)
		t.cells = append(t.cells, labels)
	}
	t.box.Refresh()
}

// cellsOf is what line i says; the combination is the best.
func cellsOf(p *trials.Plan, results []trials.Result, i int, means []trials.Mean, combination int) []string {
	r := &results[i]
	cells := []string{"–"}
	if r.Run != 0 {
		cells[0] = fmt.Sprint(r.Run)
	}
	for k, a := range p.Axes {
		cells = append(cells, titles.ValueOf(a.Key, r.Values[k]))
	}
	if p.Seeds > 1 {
		cells = append(cells, fmt.Sprint(r.Seed))
	}
	value, state := "–", ""
	if m, ok := r.Value(p.By); ok {
		value = words.WithError(m.Value, m.StdErr)
	}
	switch r.State {
	case trials.Waiting:
		if state = "waits"; r.Step > 0 {
			state = "paused"
		}
	case trials.Training:
		state = "is trained"
	case trials.Judging:
		state = "is judged"
	case trials.Failed:
		state = "stopped: " + titles.OfEngine(r.Err.Error())
	}
	mean := ""
	for k, m := range means {
		if m.First != i || m.Judged == 0 {
			continue
		}
		mean = words.WithError(m.Measure.Value, m.Measure.StdErr)
		if k == combination && state == "" {
			state = "★ best"
		}
	}
	cells = append(cells, words.Of(r.Step, int64(r.Recipe.Steps)), value)
	if p.Seeds > 1 {
		cells = append(cells, mean)
	}
	return append(cells, state)
}
