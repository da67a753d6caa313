package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
)

// A licence is the terms of something that the program contains.
type licence struct{ title, text string }

// parseLicences reads Options.Licences. Several titles may stand above one text.
func parseLicences(list string) []licence {
	const mark = "### "
	var all []licence
	for _, block := range strings.Split("\n"+list, "\n\n"+mark) {
		head, text, _ := strings.Cut(strings.TrimPrefix(strings.TrimLeft(block, "\n"), mark), "\n\n")
		if head = strings.TrimSpace(head); head == "" {
			continue
		}
		for title := range strings.SplitSeq(head, "\n") {
			all = append(all, licence{strings.TrimPrefix(title, mark), strings.TrimSpace(text)})
		}
	}
	return all
}

// showLicences shows what the program contains, and the terms of what is chosen.
func showLicences(a *App) {
	all := parseLicences(a.options.Licences)
	text := ui.NewText("")
	text.Selectable = true
	page := container.NewVScroll(ui.ClearOfBar(text))
	list := widget.NewList(func() int { return len(all) },
		func() fyne.CanvasObject { return ui.NewLine("") },
		func(id widget.ListItemID, row fyne.CanvasObject) { row.(*widget.Label).SetText(all[id].title) })
	list.OnSelected = func(id widget.ListItemID) {
		text.SetText(all[id].title + "\n\n" + all[id].text)
		page.ScrollToTop()
	}
	list.Select(0)
	size := a.desk.Win.Canvas().Size()
	height := max(200, min(460, size.Height-180))
	sheet := container.New(ui.Columns{260, 1}, list, page)
	a.desk.Inform("What Ganvas contains", container.NewGridWrap(fyne.NewSize(min(720, size.Width-80), height), sheet))
}
