package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/glossary"
	"ganvas/app/ui"
)

// A wordList shows the words of the field, and explains the one that is chosen.
type wordList struct {
	query *ui.DialogEntry
	found []glossary.Word
	list  *widget.List
	none  *ui.Note

	term, formula, source *widget.Label
	text                  *widget.Label
	page                  *container.Scroll
}

// showWords explains the words that are on screen.
func showWords(a *App) {
	w := newWordList(a.desk)
	size := a.desk.Win.Canvas().Size()
	left := container.NewBorder(container.NewVBox(w.query, w.none), nil, nil, nil, w.list)
	sheet := container.New(ui.Columns{250, 1}, left, w.page)
	height := max(240, min(460, size.Height-180))
	a.desk.Inform("Words", container.NewGridWrap(fyne.NewSize(min(760, size.Width-80), height), sheet))
	w.list.ScrollToTop() // it had no size when the first word was chosen
	a.desk.Win.Canvas().Focus(w.query)
}

func newWordList(h ui.Host) *wordList {
	w := &wordList{query: ui.NewEntry(h), none: ui.NewNote("")}
	w.query.SetPlaceHolder("Find a word, or what it does")
	w.query.OnChanged = w.find
	w.query.OnSubmitted = func(string) { h.Window().Canvas().Focus(w.list) }
	w.term, w.formula, w.source = ui.NewSection(""), ui.NewText(""), ui.NewText("")
	w.text = ui.NewText("")
	w.formula.Selectable, w.source.Selectable = true, true
	w.formula.TextStyle.Italic = true
	w.source.SizeName = theme.SizeNameCaptionText
	w.page = container.NewVScroll(ui.ClearOfBar(container.NewVBox(w.term, w.text, w.formula, w.source)))
	w.list = widget.NewList(func() int { return len(w.found) },
		func() fyne.CanvasObject { return ui.NewLine("") },
		func(id widget.ListItemID, row fyne.CanvasObject) { row.(*widget.Label).SetText(w.found[id].Term) })
	w.list.OnSelected = func(id widget.ListItemID) { w.explain(w.found[id]) }
	w.list.OnHighlighted = w.list.Select
	w.find("")
	return w
}

// find lists the words for a query, and explains the first.
func (w *wordList) find(query string) {
	w.found = glossary.Find(query)
	w.list.UnselectAll()
	w.list.Refresh()
	w.none.Hide()
	if len(w.found) == 0 {
		w.none.Set("No word has that in its name or in what it means.")
		w.none.Show()
		w.explain(glossary.Word{})
		return
	}
	w.list.ScrollToTop()
	w.list.Select(0)
}

func (w *wordList) explain(word glossary.Word) {
	w.term.SetText(word.Term)
	w.text.SetText(word.Text)
	w.formula.SetText(word.Formula)
	w.formula.Hidden = word.Formula == ""
	var notes []string
	if len(word.Also) > 0 {
		notes = append(notes, "Also: "+strings.Join(word.Also, ", "))
	}
	if len(word.Keys) > 0 {
		notes = append(notes, "In a recipe: "+strings.Join(word.Keys, ", "))
	}
	if word.Source != "" {
		notes = append(notes, "From: "+word.Source)
	}
	w.source.SetText(strings.Join(notes, "\n"))
	w.page.ScrollToTop()
	w.page.Refresh()
}
