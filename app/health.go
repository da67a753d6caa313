package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/datasets"
	"ganvas/widgets"
)

// A healthReport tells on the Data page what is wrong with the data, and shows the items that it is about.
type healthReport struct {
	app    *App
	box    *fyne.Container // hidden where there is nothing to say
	title  *widget.Label
	detail *note
	all    *widgets.TippedButton // ends the choice of items
	rows   *fyne.Container
	scroll *container.Scroll
	show   func(items []int) // has the page show some items; nil: all

	set    datasets.Set // what the report is of, or will be
	cancel context.CancelFunc
}

func newHealthReport(a *App, show func(items []int)) *healthReport {
	h := &healthReport{app: a, show: show, title: newSection("Health"), detail: newNoteLine(""), rows: container.NewVBox()}
	h.all = widgets.TipButton(theme.ContentClearIcon(), "Show all", "Shows all items again", func() { h.choose("", nil) })
	h.all.Hide()
	h.scroll = container.NewVScroll(h.rows)
	h.box = container.NewVBox(container.NewBorder(nil, nil, h.title, h.all, h.detail), h.scroll)
	h.box.Hide()
	return h
}

// examine looks at a set in the background, unless it is known already.
func (h *healthReport) examine(set datasets.Set) {
	if set == h.set {
		return
	}
	if h.cancel != nil {
		h.cancel()
	}
	h.set = set
	h.fill(nil)
	setShown(h.all, false)
	setShown(h.box, set != nil)
	if set == nil {
		return
	}
	h.detail.set("being examined …")
	percent := -1
	var found []datasets.Finding
	h.cancel = h.app.jobs.start(func(ctx context.Context) (err error) {
		found, err = datasets.Examine(ctx, set, func(done, total int) {
			if p := 100 * done / max(1, total); p != percent && p%5 == 0 {
				percent = p
				h.app.do(func() {
					if h.set == set && len(h.rows.Objects) == 0 && p < 100 {
						h.detail.set(fmt.Sprintf("being examined, %d %%", p))
					}
				})
			}
		})
		return err
	}, func(err error) {
		if h.set != set || err != nil {
			return // there are other data now
		}
		h.report(found)
	})
}

// report shows findings.
func (h *healthReport) report(found []datasets.Finding) {
	h.fill(found)
	h.summarise()
	h.app.data.refresh()
}

// rowsSeen is how many rows are visible at a time.
const rowsSeen = 3

func (h *healthReport) fill(found []datasets.Finding) {
	h.rows.RemoveAll()
	for _, f := range found {
		if f.Name != "unreadable" { // the list of files left out says it, with reasons
			h.rows.Add(h.row(f))
		}
	}
	height := h.rows.MinSize().Height
	if n := float32(len(h.rows.Objects)); n > rowsSeen {
		height *= rowsSeen / n
	}
	h.scroll.SetMinSize(fyne.NewSize(0, height))
	setShown(h.scroll, len(h.rows.Objects) > 0)
}

func (h *healthReport) summarise() {
	if n := len(h.rows.Objects); n > 0 {
		h.detail.set(counted(int64(n), "finding"))
	} else {
		h.detail.set("no copies, nothing blank, no class too rare")
	}
}

// row is a finding with its advice, and a button that shows what it is about.
func (h *healthReport) row(f datasets.Finding) fyne.CanvasObject {
	text := newNoteLine(sentence(f.Title) + ". " + f.Advice)
	icon := widget.NewIcon(theme.WarningIcon())
	if f.Name == "few-items" || f.Name == "near-duplicates" || f.Name == "nearly-blank" {
		icon.SetResource(theme.InfoIcon())
	}
	if len(f.Items) == 0 {
		return container.NewBorder(nil, nil, icon, nil, widgets.Tip(text, f.Advice))
	}
	show := widgets.TipButton(theme.VisibilityIcon(), "Show", "Shows these items alone", func() { h.choose(f.Title, f.Items) })
	return container.NewBorder(nil, nil, icon, container.New(layout.NewCenterLayout(), show), widgets.Tip(text, f.Advice))
}

// choose shows some items, or all if items is nil.
func (h *healthReport) choose(what string, items []int) {
	setShown(h.all, items != nil)
	if items != nil {
		h.detail.set("showing: " + what)
	} else {
		h.summarise()
	}
	h.show(items)
}
