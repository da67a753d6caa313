package runspage

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/recipe"
	"ganvas/engine/trials"
	"ganvas/widgets"
)

// tries is where values of keys are tried: what, and a table that fills.
type tries struct {
	page *Page
	box  fyne.CanvasObject
	s    *studio.Studio

	keys  []recipe.KeyInfo
	axes  [trials.MostAxes]axisForm
	seeds *widget.Entry
	steps *widget.Entry
	by    *widgets.Select
	names []string // of measures, as by lists their titles

	about  *ui.Note // what will be done, or why it cannot
	start  *widgets.TippedButton
	pause  *widgets.TippedButton
	stop   *widgets.TippedButton
	status *widget.Label
	table  *triesTable
	ready  *trials.Plan // what the form says; nil: it cannot be tried
	filled *recipe.Recipe
}

// An axisForm is a key and the values of it.
type axisForm struct {
	key    *widgets.Select
	values *widget.Entry
	tip    *ui.Note // what the key means
}

// nothing is what the second key is where only one is varied.
const nothing = "(nothing else)"

func newTries(p *Page) *tries {
	t := &tries{page: p, s: p.s, keys: trials.Keys(), about: ui.NewNote(""), status: ui.NewHeading("")}
	var list []string
	for _, k := range t.keys {
		list = append(list, titles.OfPlayer(k.Name))
	}
	form := container.NewVBox(ui.NewHeading("Try values"), ui.NewNote("One run for each value, or for each pair of two. They are trained one after the other, beside what you do, and all stay in the project."))
	for i := range t.axes {
		a := &t.axes[i]
		a.values, a.tip = t.entry("1e-4, 2e-4"), ui.NewNote("")
		options := list
		if i > 0 {
			options = append([]string{nothing}, list...)
		}
		a.key = widgets.NewSelect(options, func(string) { t.chose(i) })
		form.Add(ui.NewSection([]string{"What to vary", "And also"}[i]))
		form.Add(a.key)
		form.Add(a.values)
		form.Add(a.tip)
	}
	t.seeds, t.steps = t.entry("1"), t.entry("")
	t.seeds.SetText("1")
	t.by = widgets.NewSelect(nil, func(string) { t.check() })
	row := func(label, tip string, o fyne.CanvasObject) {
		form.Add(container.New(ui.Columns{108, 1}, widgets.Tip(widget.NewLabel(label), tip), o))
	}
	form.Add(ui.NewSection("Each of them"))
	row("Steps", "How long each run is trained", t.steps)
	row("Seeds", "Each value is tried with so many different beginnings: chance makes runs differ, too", t.seeds)
	row("Best by", "The number that says which is best. It is measured at the end of each run", t.by)
	t.start = widgets.TipButton(theme.MediaPlayIcon(), "Start", "Trains the runs in the background", t.begin)
	t.start.Importance = widget.HighImportance
	t.pause = widgets.TipButton(theme.MediaPauseIcon(), "Pause", "Finishes the step under way, and saves", t.turn)
	t.stop = widgets.TipButton(theme.MediaStopIcon(), "Stop", "Ends this for good. The runs that are there stay", t.s.Trials.Forget)
	form.Add(t.about)
	form.Add(t.start)
	t.table = newTriesTable(p)
	head := container.NewBorder(nil, nil, nil, container.NewHBox(t.pause, t.stop), t.status)
	right := container.NewBorder(head, nil, nil, nil, t.table.box)
	fold := ui.NewFold(0, ui.Column{Title: "What to try", Width: 320, Content: ui.NewPanel(container.NewVScroll(ui.ClearOfBar(form)))},
		ui.Column{Title: "Results", Width: 1, Least: 400, Content: container.NewPadded(right)})
	t.box = fold.Box
	t.axes[1].key.Selected = nothing
	t.axes[1].values.Hide()
	t.axes[1].tip.Hide()
	if i := slices.IndexFunc(t.keys, func(k recipe.KeyInfo) bool { return k.Name == "g.lr" }); i >= 0 {
		t.axes[0].key.Selected = list[i]
	}
	t.s.Trials.Changed.On(func(studio.None) { t.show() })
	t.refresh()
	t.show()
	return t
}

// entry is a field of the form.
func (t *tries) entry(hint string) *widget.Entry {
	e := widget.NewEntry()
	e.PlaceHolder = hint
	e.OnChanged = func(string) { t.check() }
	return e
}

// keyOf returns the key that is chosen in a form.
func (t *tries) keyOf(i int) (k recipe.KeyInfo, ok bool) {
	for _, k := range t.keys {
		if titles.OfPlayer(k.Name) == t.axes[i].key.Selected {
			return k, true
		}
	}
	return k, false
}

// chose suggests values of the key that was chosen.
func (t *tries) chose(i int) {
	a := &t.axes[i]
	k, ok := t.keyOf(i)
	ui.SetShown(a.values, ok)
	ui.SetShown(a.tip, ok)
	if ok {
		a.tip.Set(k.Tooltip)
		a.values.SetText(trials.Suggest(k, t.s.Plan.Now()))
	}
	t.check()
}

// refresh follows the plan: what was not changed in the form is suggested anew.
func (t *tries) refresh() {
	now := t.s.Plan.Now()
	if t.filled == nil || !t.filled.Equal(now) {
		was := t.filled
		t.filled = now
		if was == nil || t.steps.Text == fmt.Sprint(was.Steps) {
			t.steps.SetText(fmt.Sprint(now.Steps))
		}
		for i := range t.axes {
			k, ok := t.keyOf(i)
			if ok && (was == nil || t.axes[i].values.Text == trials.Suggest(k, was)) {
				t.chose(i)
			}
		}
	}
	names := t.s.Trials.Names()
	if !slices.Equal(names, t.names) {
		t.names = names
		t.by.Options = nil
		for _, n := range names {
			title, _ := titles.Measure(n)
			t.by.Options = append(t.by.Options, title)
		}
		t.by.Selected = ""
		if len(names) > 0 {
			t.by.Selected = t.by.Options[0]
		}
		t.by.Refresh()
	}
	t.check()
}

// check says what the form would do, or what is wrong with it, before anything is trained.
func (t *tries) check() {
	if t.about == nil || t.start == nil {
		return // it is being made
	}
	p, err := t.plan()
	if err == nil {
		err = t.s.Trials.Check(p)
	}
	t.ready = nil
	if err != nil {
		text := words.Sentence(strings.TrimPrefix(titles.OfEngine(err.Error()), "try: "))
		t.about.SetColor(theme.ColorNameError)
		t.about.Set(text + ".")
	} else {
		t.ready = p
		n, about := t.s.Trials.About(p)
		t.about.SetColor(theme.ColorNamePlaceHolder)
		t.about.Set(fmt.Sprintf("%s of %s each: %s in all.", words.Counted(n, "run"), words.Counted(p.Steps, "step"), words.About(about)))
	}
	t.buttons()
}

// plan reads the form.
func (t *tries) plan() (*trials.Plan, error) {
	p := &trials.Plan{Base: t.s.Plan.Now().Clone()}
	for i := range t.axes {
		k, ok := t.keyOf(i)
		if !ok {
			continue
		}
		a, err := trials.NewAxis(k.Name, t.axes[i].values.Text, p.Base)
		if err != nil {
			return nil, err
		}
		p.Axes = append(p.Axes, a)
	}
	var err error
	if p.Seeds, err = number("seeds", t.seeds.Text); err != nil {
		return nil, err
	}
	if p.Steps, err = number("steps", t.steps.Text); err != nil {
		return nil, err
	}
	if i := slices.Index(t.by.Options, t.by.Selected); i >= 0 {
		p.By = t.names[i]
	}
	return p, nil
}

// number reads a whole number above 0.
func number(what, text string) (int, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
	if err != nil || n < 1 {
		return 0, errors.New(what + ": type a whole number above 0")
	}
	return int(n), nil
}

// begin starts what the form says.
func (t *tries) begin() {
	if t.ready != nil && !t.s.Trials.Running {
		t.s.Trials.Start(t.ready)
	}
}

// buttons enables what can be done now.
func (t *tries) buttons() {
	x := t.s.Trials
	left := x.Plan != nil && len(x.Results) > 0 && x.Done() < len(x.Results)
	ui.SetEnabled(t.start, t.ready != nil && !x.Running)
	title, icon, tip := "Pause", theme.MediaPauseIcon(), "Finishes the step under way, and saves"
	if left && !x.Running {
		title, icon, tip = "Continue", theme.MediaPlayIcon(), "Goes on where it was paused"
	}
	if t.pause.Text != title {
		t.pause.Text = title
		t.pause.SetIcon(icon)
		t.pause.SetTip(tip)
	}
	ui.SetEnabled(t.pause, x.Running || left)
	title, icon, tip = "Stop", theme.MediaStopIcon(), "Ends this for good. The runs that are there stay"
	if !x.Running && !left {
		title, icon, tip = "Clear", theme.ContentClearIcon(), "Empties the table. The runs stay"
	}
	if t.stop.Text != title {
		t.stop.Text = title
		t.stop.SetIcon(icon)
		t.stop.SetTip(tip)
	}
	ui.SetEnabled(t.stop, x.Plan != nil)
}

// turn pauses what is tried, or goes on with it.
func (t *tries) turn() {
	if t.s.Trials.Running {
		t.s.Trials.Pause()
		return
	}
	t.s.Trials.Continue()
}

// show shows what is tried and how far it is.
func (t *tries) show() {
	x := t.s.Trials
	text := "Nothing is tried yet"
	switch n, all := x.Done(), len(x.Results); {
	case x.Plan == nil:
	case all > 0 && n == all:
		text = fmt.Sprintf("All %d runs are done", all)
	case x.Running:
		text = fmt.Sprintf("%d of %d runs are done", n, all)
		if left := x.Left(); left > 0 {
			text += ", " + words.Left(left)
		}
	default:
		text = fmt.Sprintf("Paused: %d of %d runs are done", n, all)
	}
	ui.SetText(t.status, text)
	t.table.show(x.Plan, x.Results)
	t.buttons()
}
