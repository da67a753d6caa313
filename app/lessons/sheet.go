package lessons

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/lesson"
	"ganvas/widgets"
)

// A sheet shows a page of the lesson that is open.
type sheet struct {
	course *course
	act    func(lesson.Action) // does what a button of the page says

	box        *fyne.Container
	buttons    *fyne.Container // of the lesson as a whole
	kicker     *ui.Note        // the lesson
	title      *widget.Label   // the page
	elsewhere  *fyne.Container // says that another project is open
	text       *fyne.Container
	scroll     *container.Scroll
	ticks      []*tick
	praise     *ui.Note // what is still to do
	place      *ui.Note // number of the page
	back, next *widgets.TippedButton
}

// A tick says whether a goal is reached.
type tick struct {
	goal *lesson.Goal
	icon *widget.Icon
	done bool
}

func (t *tick) set(done bool) {
	t.done = done
	t.icon.SetResource(theme.CheckButtonIcon())
	if done {
		t.icon.SetResource(theme.NewSuccessThemedResource(theme.CheckButtonCheckedIcon()))
	}
}

// newSheet returns an empty sheet; turn turns over so many pages.
func newSheet(c *course, act func(lesson.Action), turn func(by int)) *sheet {
	s := &sheet{course: c, act: act, buttons: container.NewHBox(), kicker: ui.NewNoteLine(""), title: ui.NewHeading("")}
	s.title.Wrapping, s.title.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	s.text = container.New(sheetLayout{})
	s.scroll = container.NewVScroll(ui.ClearOfBar(s.text))
	s.back = widgets.TipButton(theme.NavigateBackIcon(), "Back", "", func() { turn(-1) })
	s.next = widgets.TipButton(nil, "", "", func() { turn(1) })
	s.place, s.praise = ui.NewNoteLine(""), ui.NewNote("")
	s.place.Segment.Style.Alignment = fyne.TextAlignCenter
	s.elsewhere = container.NewVBox(ui.NewText("Another project is open. The lesson waits."),
		ui.DialogButton("Back to the lesson", nil, c.comeBack), widget.NewSeparator())
	s.elsewhere.Hide()
	head := container.NewVBox(container.NewBorder(nil, nil, nil, s.buttons, s.kicker), s.title, s.elsewhere)
	foot := container.NewVBox(widget.NewSeparator(), s.praise, container.NewBorder(nil, nil, s.back, s.next, s.place))
	s.box = container.NewBorder(head, foot, nil, nil, widgets.ScrollWithin(s.scroll))
	return s
}

// showPage shows the page that is open, from its top.
func (s *sheet) showPage() {
	c := s.course
	at := c.watch.Page()
	page := &c.lesson.Pages[at]
	ui.SetText(s.title, page.Title)
	kicker := c.lesson.Title
	if c.number > 0 {
		kicker = fmt.Sprintf("Lesson %d: %s", c.number, c.lesson.Title)
	}
	s.kicker.Set(kicker)
	s.place.Set(fmt.Sprintf("%d of %d", at+1, len(c.lesson.Pages)))
	s.ticks = nil
	s.text.RemoveAll()
	for i := range page.Blocks {
		s.text.Add(s.block(&page.Blocks[i]))
	}
	ui.SetEnabled(s.back, at > 0)
	s.showElsewhere()
	s.showGoals()
	s.scroll.ScrollToTop()
	s.scroll.Refresh()
}

// block draws one block of the page.
func (s *sheet) block(b *lesson.Block) fyne.CanvasObject {
	switch b.Kind {
	case lesson.Heading:
		spans := spansOf(b.Spans)
		for i := range spans {
			spans[i].Bold = true
		}
		return widgets.NewProse(theme.SizeNameText, spans...)
	case lesson.Item:
		mark := "•"
		if b.Number > 0 {
			mark = fmt.Sprintf("%d.", b.Number)
		}
		return hung(widgets.NewProse(theme.SizeNameText, widgets.ProseSpan{Text: mark}), b.Spans)
	case lesson.Formula:
		return container.New(formulaLayout{}, formulaBack(), widgets.NewProse(theme.SizeNameText, spansOf(b.Spans)...))
	case lesson.Task:
		t := &tick{goal: b.Goal, icon: widget.NewIcon(nil)}
		t.set(s.course.watch.Done(b.Goal))
		s.ticks = append(s.ticks, t)
		return hung(t.icon, b.Spans)
	case lesson.Buttons:
		row := container.New(rowsLayout{})
		for _, a := range b.Actions {
			row.Add(widgets.TipButton(nil, a.Title, "", func() { s.act(a) }))
		}
		return row
	}
	return widgets.NewProse(theme.SizeNameText, spansOf(b.Spans)...)
}

// showElsewhere says that another project is open, where one is.
func (s *sheet) showElsewhere() {
	c := s.course
	if ui.SetShown(s.elsewhere, c.lesson != nil && !c.here()) {
		s.box.Refresh()
	}
}

// showGoals shows which goals are reached, and where it goes on.
func (s *sheet) showGoals() {
	w, c := s.course.watch, s.course
	left := 0
	for _, t := range s.ticks {
		if done := w.Done(t.goal); done != t.done {
			t.set(done)
		}
		if !t.done {
			left++
		}
	}
	last := w.Page() == len(c.lesson.Pages)-1
	label, icon, importance := "Next", theme.NavigateNextIcon(), widget.MediumImportance
	switch {
	case last && c.number > 0 && c.number < len(builtin()):
		label = "Next lesson"
	case last:
		label, icon = "Close", theme.CancelIcon()
	}
	if left == 0 {
		importance = widget.HighImportance
	}
	if s.next.Text != label || s.next.Importance != importance {
		s.next.Text, s.next.Icon, s.next.Importance = label, icon, importance
		s.next.IconPlacement = widget.ButtonIconTrailingText
		s.next.Refresh()
	}
	text := ""
	switch {
	case last && w.Complete():
		text = "All goals of this lesson are reached. Well done!"
	case left > 0:
		text = words.Counted(left, "goal") + " to reach here. You may also go on without."
	case len(s.ticks) > 0:
		text = "Reached. Go on when you like."
	}
	s.praise.Set(text)
	if ui.SetShown(s.praise, text != "") {
		s.box.Refresh()
	}
}
