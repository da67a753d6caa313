package export

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	engine "ganvas/engine/export"
	"ganvas/engine/export/charts"
)

// ChartMenu opens the menu of a chart, with the items of how it is looked at, at a place on the
// canvas; of returns the chart as it is when something is chosen, false where there is nothing to
// show.
func (w *Window) ChartMenu(of func() (charts.Chart, bool), view []*fyne.MenuItem, at fyne.Position) {
	items := append(append(view, fyne.NewMenuItemSeparator()), w.chartItems(of)...)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.Host.Window().Canvas(), at)
}

func (w *Window) chartItems(of func() (charts.Chart, bool)) []*fyne.MenuItem {
	if _, ok := of(); !ok || w.S.Run == nil {
		nothing := fyne.NewMenuItem("There is nothing to save yet", nil)
		nothing.Disabled = true
		return []*fyne.MenuItem{nothing}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem("Copy picture", func() {
		if c, ok := of(); ok {
			w.S.CopyPicture("the chart", func() (image.Image, error) { return pictureOf(c) })
		}
	})}
	for _, format := range charts.Formats() {
		items = append(items, fyne.NewMenuItem("Save as "+strings.ToUpper(format)+"…", func() {
			if c, ok := of(); ok {
				w.saveChart(c, format)
			}
		}))
	}
	return items
}

// saveChart has a place named for a chart, and writes it.
func (w *Window) saveChart(c charts.Chart, format string) {
	r := w.S.Run
	if r == nil {
		return
	}
	e := Entry{Write: func(_ context.Context, j *Job) ([]string, error) {
		return nil, engine.ChartFile([]charts.Chart{c}, c.Name, j.Path, j.options)
	}}
	w.Host.AskSave(ui.Always, "Save the chart as", "export", nameOf(r)+"-"+c.Name, "."+format, func(path string) {
		w.write(e, w.newJob(r, path, Choice{}))
	})
}

// pictureOf draws a chart.
func pictureOf(c charts.Chart) (image.Image, error) {
	var b bytes.Buffer
	if err := c.Write(&b, "png"); err != nil {
		return nil, err
	}
	return png.Decode(&b)
}
