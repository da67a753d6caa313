package lessons

import (
	"fmt"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/glossary"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/lesson"
	"ganvas/widgets"
)

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
		t.icon.SetResource(theme.NewSuccessThemedResource(theme.ConfirmIcon()))
	}
}

// showPage shows the page that is open, from its top.
func (c *Column) showPage() {
	l, at := c.lesson, c.watch.Page()
	page := &l.Pages[at]
	ui.SetText(c.title, page.Title)
	kicker := l.Title
	if c.number > 0 {
		kicker = fmt.Sprintf("%d  %s", c.number, l.Title)
	}
	c.kicker.Set(kicker)
	c.place.Set(fmt.Sprintf("%d of %d", at+1, len(l.Pages)))
	c.ticks = nil
	c.text.RemoveAll()
	for i := range page.Blocks {
		c.text.Add(c.block(&page.Blocks[i]))
	}
	c.prefs.SetLessonPage(c.key, at)
	ui.SetEnabled(c.back, at > 0)
	c.showProgress()
	c.scroll.ScrollToTop()
	c.scroll.Refresh()
	c.showElsewhere()
}

// showElsewhere says that another project is open, where one is.
func (c *Column) showElsewhere() {
	if ui.SetShown(c.elsewhere, c.lesson != nil && !c.here()) {
		c.box.Refresh()
	}
}

// block draws one block of the page.
func (c *Column) block(b *lesson.Block) fyne.CanvasObject {
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
		return ui.NewPanel(widgets.NewProse(theme.SizeNameText, spansOf(b.Spans)...))
	case lesson.Task:
		t := &tick{goal: b.Goal, icon: widget.NewIcon(theme.CheckButtonIcon())}
		t.set(c.watch.Done(b.Goal))
		c.ticks = append(c.ticks, t)
		return hung(t.icon, b.Spans)
	case lesson.Buttons:
		row := container.New(rowsLayout{})
		for _, a := range b.Actions {
			row.Add(widgets.TipButton(nil, a.Title, "", func() { c.act(a) }))
		}
		return row
	}
	return widgets.NewProse(theme.SizeNameText, spansOf(b.Spans)...)
}

// hung puts text beside a mark.
func hung(mark fyne.CanvasObject, spans []lesson.Span) fyne.CanvasObject {
	return container.New(hungLayout{}, mark, widgets.NewProse(theme.SizeNameText, spansOf(spans)...))
}

// spansOf returns text as it is drawn. Words that the glossary has explain themselves.
func spansOf(spans []lesson.Span) []widgets.ProseSpan {
	out := make([]widgets.ProseSpan, len(spans))
	for i, s := range spans {
		out[i] = widgets.ProseSpan{Text: s.Text, Bold: s.Bold, Code: s.Code}
		if s.Word {
			w, known := WordOf(s.Text)
			out[i].Tip, out[i].Code = w.Tip(), s.Code || !known
		}
		if s.Link != "" {
			out[i].OnTapped = func() { visit(s.Link) }
		}
	}
	return out
}

// WordOf returns the word of the glossary that a text names, in the singular or in the plural.
func WordOf(text string) (w glossary.Word, ok bool) {
	for _, name := range []string{text, strings.TrimSuffix(text, "s"), strings.TrimSuffix(text, "es")} {
		if w, ok = glossary.Of(name); ok {
			return w, true
		}
	}
	return w, false
}

// visit opens an address outside.
func visit(address string) {
	u, err := url.Parse(address)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(u)
	}
	if err != nil {
		fyne.LogError("open "+address, err)
	}
}

// check looks for goals that are reached, and shows and remembers them.
func (c *Column) check() {
	if !c.watch.Check() {
		return
	}
	for _, t := range c.ticks {
		if done := c.watch.Done(t.goal); done != t.done {
			t.set(done)
		}
	}
	c.prefs.SetLessonGoals(c.key, c.watch.Reached())
	c.showProgress()
}

// showProgress shows where it goes on, and says what is still to do.
func (c *Column) showProgress() {
	left := 0
	for _, t := range c.ticks {
		if !t.done {
			left++
		}
	}
	last := c.watch.Page() == len(c.lesson.Pages)-1
	label, icon := "Next", theme.NavigateNextIcon()
	switch {
	case last && c.number > 0 && c.number < len(builtin()):
		label = "Next lesson"
	case last:
		label, icon = "Close", theme.CancelIcon()
	}
	importance := widget.MediumImportance
	if left == 0 {
		importance = widget.HighImportance
	}
	if c.next.Text != label || c.next.Importance != importance || c.next.Icon == nil {
		c.next.Text, c.next.Icon, c.next.Importance = label, icon, importance
		c.next.IconPlacement = widget.ButtonIconTrailingText
		c.next.Refresh()
	}
	text := ""
	switch {
	case last && c.watch.Complete():
		text = "All goals of this lesson are reached. Well done!"
	case len(c.ticks) > 0 && left == 0:
		text = "Done: on to the next page."
	case left > 0:
		text = words.Counted(left, "goal") + " left on this page. You may go on without."
	}
	c.praise.Set(text)
	ui.SetShown(c.praise, text != "")
	c.box.Refresh()
}

// turn turns over a page; behind the last one is the next lesson.
func (c *Column) turn(by int) {
	to := c.watch.Page() + by
	switch {
	case to < 0:
	case to < len(c.lesson.Pages):
		c.watch.Open(to)
		c.showPage()
		c.check()
	case c.number > 0 && c.number < len(builtin()):
		c.prefs.SetLessonPage(c.key, 0)
		c.OpenBuiltin(c.number + 1)
	default:
		c.prefs.SetLessonPage(c.key, 0)
		c.Leave()
	}
}
