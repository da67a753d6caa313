package datapage

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/widgets"
)

// findings are what was understood of the data: what they are, and what may be wrong with them.
type findings struct {
	s        *studio.Studio
	box      *fyne.Container
	head     *fyne.Container // title and summary
	title    *widget.Label
	summary  *widget.Label
	notes    *ui.Note
	notesTip *fyne.Container // notes with a tip that says all of them
	away     *fyne.Container // says what is left out, and brings it back
	awayText *ui.Note
	health   *healthReport
}

// newFindings returns findings; show has the page show some items, build turns to the networks and
// changed is called when more is known.
func newFindings(s *studio.Studio, host ui.Host, show func(items []int), changed, build func()) *findings {
	f := &findings{s: s}
	f.title, f.summary = ui.NewHeading(""), ui.NewLine("")
	f.head = container.New(headLayout{}, f.title, f.summary)
	f.notes = ui.NewNoteLine("")
	f.notesTip = container.NewStack(f.notes)
	f.awayText = ui.NewNoteLine("")
	f.away = container.NewBorder(nil, nil, widget.NewIcon(theme.VisibilityOffIcon()), container.NewHBox(
		widgets.TipButton(theme.VisibilityIcon(), "Show", "Shows what is left out", func() { f.health.choose("what is left out", f.s.Data.LeftOut()) }),
		widgets.TipButton(theme.ContentUndoIcon(), "Bring all back", "Uses everything again", func() { f.s.Data.BringBack(f.s.Data.LeftOut()) }),
	), f.awayText)
	f.away.Hide()
	f.health = newHealthReport(s, host, show, changed, build)
	f.box = container.NewVBox(f.head, f.notesTip, f.health.box, f.away, widget.NewSeparator())
	return f
}

// refresh says what is understood of the data now.
func (f *findings) refresh() {
	s := f.s.Data
	gone := len(f.s.Data.LeftOut())
	ui.SetShown(f.away, gone > 0 && s.Coming == "")
	f.awayText.Set("You left out " + words.Counted(gone, "item") + ".")
	if s.Set == nil || s.Coming != "" {
		f.showMissing()
		return
	}
	info := s.Set.Info()
	ui.SetText(f.title, info.Name)
	ui.SetText(f.summary, lookOf(info.Kind).summary(info))
	notes := slices.Clone(info.Notes)
	if len(info.Labels) > 0 {
		notes = append(notes, "labels: "+strings.Join(info.Labels, ", "))
	}
	f.showNotes(strings.Join(notes, " · "), false)
}

// showNotes says what was understood on one line, which a tip says in full; or, whole, what went
// wrong. The line keeps its room where there is nothing to say: what is below it does not move when
// there is.
func (f *findings) showNotes(text string, wrap bool) {
	if text == f.notes.Segment.Text {
		return
	}
	f.notes.Wrapping, f.notes.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	if wrap {
		f.notes.Wrapping, f.notes.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	}
	f.notes.Set(text)
	f.notesTip.Objects = []fyne.CanvasObject{widgets.Tip(f.notes, text)}
}

// showMissing says why there are no data.
func (f *findings) showMissing() {
	s := f.s.Data
	name, text, why := f.s.Plan.Now().Data, "", ""
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
	ui.SetText(f.title, studio.ShortName(name))
	ui.SetText(f.summary, text)
	f.showNotes(why, true)
}

// A headLayout gives a title the width of its text, and what is said beside it the rest. Where there
// is little room the title is cut.
type headLayout struct{}

// Layout is part of fyne.Layout.
func (headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title := objects[0].(*widget.Label)
	text := fyne.MeasureText(title.Text, theme.SizeForWidget(title.SizeName, title), title.TextStyle)
	width := min(text.Width+2*theme.InnerPadding()+1, 0.6*size.Width)
	beside := width + theme.Padding()
	title.Resize(fyne.NewSize(width, title.MinSize().Height))
	objects[1].Move(fyne.NewPos(beside, 0))
	objects[1].Resize(fyne.NewSize(max(0, size.Width-beside), objects[1].MinSize().Height))
}

// MinSize is part of fyne.Layout.
func (headLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(a.Width+b.Width, max(a.Height, b.Height))
}
