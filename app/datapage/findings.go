package datapage

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/app/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// newFindings says what was understood and how it is prepared.
func (p *Page) newFindings() *fyne.Container {
	p.title = ui.NewHeading("")
	p.title.Truncation = fyne.TextTruncateOff
	p.summary = widget.NewLabel("")
	p.head = container.NewHBox(p.title, p.summary)
	p.notes = ui.NewNoteLine("")
	p.notesTip = container.NewStack(p.notes)
	p.awayText = ui.NewNoteLine("")
	p.away = container.NewBorder(nil, nil, widget.NewIcon(theme.VisibilityOffIcon()), container.NewHBox(
		widgets.TipButton(theme.VisibilityIcon(), "Show", "Shows what is left out", func() { p.health.choose("what is left out", p.s.Data.LeftOut()) }),
		widgets.TipButton(theme.ContentUndoIcon(), "Bring all back", "Takes everything in again", func() { p.s.Data.BringBack(p.s.Data.LeftOut()) }),
	), p.awayText)
	p.away.Hide()
	p.health = newHealthReport(p.s, p.host, p.choose, p.Refresh, func() { p.OnBuild() })
	return container.NewVBox(p.head, p.notesTip, p.health.box, p.away, widget.NewSeparator())
}

// showFindings says what was understood of the data.
func (p *Page) showFindings() {
	s := p.s.Data
	gone := len(p.s.Data.LeftOut())
	ui.SetShown(p.away, gone > 0 && s.Coming == "")
	p.awayText.Set("You left out " + words.Counted(gone, "item") + ".")
	if s.Set == nil || s.Coming != "" {
		p.showMissing()
		return
	}
	info := s.Set.Info()
	ui.SetText(p.title, info.Name)
	ui.SetText(p.summary, summaryOf(info))
	notes := slices.Clone(info.Notes)
	if len(info.Labels) > 0 {
		notes = append(notes, "labels: "+strings.Join(info.Labels, ", "))
	}
	p.showNotes(strings.Join(notes, " · "), false)
}

// showNotes says what was understood on one line, which a tip says in full; or, whole, what went
// wrong.
func (p *Page) showNotes(text string, wrap bool) {
	if text == p.notes.Segment.Text {
		return
	}
	p.notes.Wrapping, p.notes.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	if wrap {
		p.notes.Wrapping, p.notes.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	}
	p.notes.Set(text)
	p.notesTip.Objects = []fyne.CanvasObject{widgets.Tip(p.notes, text)}
	ui.SetShown(p.notesTip, text != "")
}

// showMissing says why there are no data.
func (p *Page) showMissing() {
	s := p.s.Data
	name, text, why := p.s.Plan.Now().Data, "", ""
	if s.Coming != "" {
		name = s.Coming
	}
	switch {
	case s.Opening:
		text = "being read …"
	case name == studio.Drawn:
		text = "nothing drawn yet"
	case s.Err != nil:
		text, why = "could not be read", words.Sentence(s.Err.Error())
		if s.Whole != nil {
			text = "read, but not the choice of items"
		}
	}
	ui.SetText(p.title, studio.ShortName(name))
	ui.SetText(p.summary, text)
	p.showNotes(why, true)
}

// summaryOf is "60,000 pictures, 28×28, grey, 10 labels".
func summaryOf(info datasets.Info) string {
	switch info.Kind {
	case datasets.Points:
		return words.Counted(info.Count, "point") + " of the plane"
	case datasets.Table:
		return words.Counted(info.Count, "row") + ", " + words.Counted(len(info.Columns), "column")
	}
	text := fmt.Sprintf("%s, %d×%d, %s", words.Counted(info.Count, "picture"), info.Shape[0], info.Shape[1], channelName(info.Shape[2]))
	if n := len(info.Labels); n > 0 {
		text += ", " + words.Counted(n, "label")
	}
	return text
}
