package runspage

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/runs"
)

// A detail says all of the current run, and has its note.
type detail struct {
	page  *Page
	box   fyne.CanvasObject
	thumb *canvas.Image
	title *widget.Label
	facts *ui.Note
	words *widget.Label // in what it differs
	note  *noteEntry
	wrong *ui.Note
	of    int64  // the run; 0: none
	text  string // of its note, as the project has it
}

// The sizes of the panel below the table.
const (
	detailHeight = 124
	detailThumb  = 104
)

func newDetail(p *Page) *detail {
	d := &detail{page: p, thumb: canvas.NewImageFromImage(nil), title: ui.NewHeading(""), facts: ui.NewNoteLine(""), words: ui.NewText(""), wrong: ui.NewNoteLine("")}
	d.thumb.FillMode, d.thumb.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
	d.title.Truncation = fyne.TextTruncateEllipsis
	d.words.SizeName = theme.SizeNameCaptionText
	d.wrong.SetColor(theme.ColorNameError)
	d.note = newNoteEntry(d)
	picture := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(detailThumb), d.thumb))
	text := container.NewBorder(container.NewVBox(d.title, d.facts), nil, nil, nil, container.NewVScroll(ui.ClearOfBar(d.words)))
	note := container.NewBorder(nil, d.wrong, nil, nil, d.note)
	d.wrong.Hide()
	d.box = ui.NewPanel(container.New(ui.FixedHeight(detailHeight), container.New(ui.Columns{detailThumb, 0.6, 0.4}, picture, text, note)))
	return d
}

// show shows a line; nil: none.
func (d *detail) show(l *line) {
	if l == nil {
		d.of = 0
		return
	}
	e := l.entry
	ui.SetText(d.title, fmt.Sprintf("Run %d   %s", e.ID, e.Name))
	d.facts.Set(d.factsOf(e))
	ui.SetText(d.words, d.whole(l))
	d.showThumb()
	if d.of != e.ID || !d.note.focused && d.text != e.Note {
		d.of, d.text = e.ID, e.Note
		d.complain("")
		d.note.SetText(e.Note)
	}
	ui.SetEnabled(d.note, d.page.s.Run != nil && !d.page.s.Run.Session.ReadOnly())
}

// factsOf lists what the table has no column for.
func (d *detail) factsOf(e runs.Entry) string {
	var facts []string
	if e.Plan != nil {
		facts = append(facts, titles.Data(e.Plan.Data))
	}
	facts = append(facts, words.ByteSize(e.Bytes)+" in the file", "saved "+e.Updated.Local().Format("2 Jan 2006, 15:04"))
	return strings.Join(facts, " · ")
}

// whole says all in which a run differs.
func (d *detail) whole(l *line) string {
	p, ok := runs.Parent(d.page.shown.Entries, l.entry)
	switch {
	case l.problem != "":
		return l.problem
	case !ok || p.Plan == nil:
		return "The first run of the project."
	}
	beside := fmt.Sprintf("Beside run %d, %s: ", p.ID, p.Name)
	if p.ID == l.entry.Parent {
		beside = fmt.Sprintf("A branch of run %d, %s, from step %s: ", p.ID, p.Name, words.Thousands(l.entry.FromStep))
	}
	const all = 100
	text := titles.Brief(p.Plan, l.entry.Plan, all)
	if text == "" {
		text = "the same recipe"
	}
	return beside + text + "."
}

// showThumb shows the picture of the run, if it is there by now.
func (d *detail) showThumb() {
	img := d.page.thumbs.drawn[d.page.table.at].picture
	if img != d.thumb.Image {
		d.thumb.Image = img
		d.thumb.Refresh()
	}
}

// keep saves the note where it was changed.
func (d *detail) keep() {
	text := strings.TrimSpace(d.note.Text)
	if d.of == 0 || text == d.text {
		return
	}
	if err := ckpt.CheckRunNote(text); err != nil {
		d.complain(words.Sentence(err.Error()))
		return
	}
	d.complain("")
	d.text = text
	d.page.s.Runs.Note(d.of, text)
}

// complain says below the note why it cannot be kept; "": it can.
func (d *detail) complain(why string) {
	d.wrong.Set(why)
	if ui.SetShown(d.wrong, why != "") {
		d.box.Refresh()
	}
}

// A noteEntry is where a note is written. It is kept when the keyboard goes elsewhere, or with Ctrl
// and Enter.
type noteEntry struct {
	widget.Entry
	of      *detail
	focused bool
}

func newNoteEntry(d *detail) *noteEntry {
	e := &noteEntry{of: d}
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.PlaceHolder = "Write a note about this run"
	e.ExtendBaseWidget(e)
	return e
}

// FocusGained is part of fyne.Focusable.
func (e *noteEntry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost keeps the note.
func (e *noteEntry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.of.keep()
}

// TypedKey is part of fyne.Focusable: Escape gives up what was not kept yet.
func (e *noteEntry) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		e.SetText(e.of.text)
		e.of.complain("")
		e.of.page.host.Window().Canvas().Focus(e.of.page.table)
		return
	}
	e.Entry.TypedKey(key)
}

// TypedShortcut keeps the note with Ctrl and Enter.
func (e *noteEntry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && (c.KeyName == fyne.KeyReturn || c.KeyName == fyne.KeyEnter) {
		e.of.page.host.Window().Canvas().Focus(e.of.page.table)
		return
	}
	e.Entry.TypedShortcut(s)
}
