package runspage

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/runs"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A comparison lays runs beside one another: their charts over each other, what they make of the
// same latents, and in what they differ.
type comparison struct {
	page   *Page
	box    *fyne.Container
	title  *widget.Label
	charts charts
	fold   *ui.Fold
	sheets *fyne.Container
	note   *ui.Note
	rows   *fyne.Container // of differences
	empty  fyne.CanvasObject
	ids    []int64
	turn   int // of the newest reading
}

// mostCompared is how many runs are laid beside one another: more lines than that are not told
// apart.
const mostCompared = 8

func newComparison(p *Page) *comparison {
	c := &comparison{page: p, title: ui.NewHeading(""), note: ui.NewNote(""), sheets: container.NewGridWrap(sheetSize), rows: container.NewVBox()}
	c.charts = newCharts()
	c.empty = container.NewCenter(container.New(ui.FixedWidth(420), centred("Tick two runs or more in the list, then press Compare.\n\nTheir charts are drawn over each other, and each generator draws from the same latents.")))
	side := container.NewVBox(ui.NewSection("From the same latents"), c.note, c.sheets, ui.NewSection("In what they differ"), container.NewHScroll(c.rows))
	c.fold = ui.NewFold(0,
		ui.Column{Title: "Charts", Width: 0.5, Least: 360, Content: c.charts.box},
		ui.Column{Title: "Sheets and differences", Width: 0.5, Least: 400, Content: container.NewVScroll(ui.ClearOfBar(side))})
	c.box = container.NewStack(container.NewBorder(c.title, nil, nil, nil, c.fold.Box), c.empty)
	c.forget()
	return c
}

// centred is text in the middle of a page.
func centred(text string) *widget.Label {
	l := ui.NewText(text)
	l.Alignment = fyne.TextAlignCenter
	return l
}

func (c *comparison) close() { c.charts.close() }

// forget compares nothing.
func (c *comparison) forget() {
	c.ids = nil
	c.turn++
	c.box.Objects[0].Hide()
	c.empty.Show()
}

// set chooses the runs that are compared.
func (c *comparison) set(ids []int64) {
	c.ids = slices.Clone(ids[:min(len(ids), mostCompared)])
	if len(ids) > mostCompared {
		c.page.s.Inform(fmt.Sprintf("The first %d of the ticked runs are compared.", mostCompared))
	}
}

// compared is what was read of the runs.
type compared struct {
	entries   []runs.Entry
	histories []session.History
	sheets    []runs.Sheet
}

// load reads the runs and draws them.
func (c *comparison) load() {
	p := c.page
	f := p.s.Runs.File()
	if f == nil || len(c.ids) < 2 {
		return
	}
	ids := slices.Clone(c.ids)
	c.turn++
	turn := c.turn
	var got compared
	p.s.Jobs.Start(func(ctx context.Context) (err error) {
		list, _, err := runs.NewBook(f).Runs()
		if err != nil {
			return err
		}
		for _, id := range ids {
			i := slices.IndexFunc(list, func(e runs.Entry) bool { return e.ID == id })
			if i < 0 {
				continue // it was deleted meanwhile
			}
			h, _, err := session.HistoryOf(f, id)
			if err != nil {
				return err
			}
			got.entries, got.histories = append(got.entries, list[i]), append(got.histories, h)
		}
		var left []int64
		for _, e := range got.entries {
			left = append(left, e.ID)
		}
		got.sheets, err = runs.Sheets(ctx, f, left)
		return err
	}, func(err error) {
		switch {
		case c.turn != turn:
		case err != nil:
			p.s.FailUnlessCancelled(err)
		case len(got.entries) < 2:
			c.forget()
		default:
			c.show(got)
		}
	})
}

// show shows what was read.
func (c *comparison) show(got compared) {
	var ids []int64
	for _, e := range got.entries {
		ids = append(ids, e.ID)
	}
	ui.SetText(c.title, studio.RunsText(ids))
	c.empty.Hide()
	c.box.Objects[0].Show()
	c.charts.show(got, c.page.measure())
	c.showSheets(got)
	c.showTable(got)
	c.fold.Relayout()
	c.box.Refresh()
}

// sheetSize is that of a sheet with its name.
var sheetSize = fyne.NewSize(190, 214)

// showSheets lays what the runs make side by side.
func (c *comparison) showSheets(got compared) {
	around := realPoints(c.page.s.Run)
	c.sheets.Objects = nil
	same := true
	for i, s := range got.sheets {
		same = same && (s.Same || s.Err != nil)
		name := ui.NewNoteLine(runName(got.entries[i]) + ", step " + words.Thousands(s.Step))
		var picture fyne.CanvasObject = container.NewCenter(ui.NewNote("No picture"))
		if s.Err != nil {
			picture = ui.NewNote(words.Sentence(s.Err.Error()))
		} else if p := pictureOf(s, around); p != nil {
			img := canvas.NewImageFromImage(p)
			img.FillMode, img.ScaleMode = canvas.ImageFillContain, canvas.ImageScalePixels
			picture = img
		}
		c.sheets.Add(container.NewBorder(nil, name, nil, nil, picture))
	}
	text := "Every cell is of the same latent in all of them."
	if len(got.sheets) > 0 && got.sheets[0].Points != nil {
		text = "Points that each generator makes of the same latents."
	}
	if !same {
		text = "Their generators take other latents: these are samples of each, which do not belong together."
	}
	c.note.Set(text)
	c.sheets.Refresh()
}

// runName names a run where there are several.
func runName(e runs.Entry) string { return fmt.Sprintf("%d  %s", e.ID, e.Name) }

// The widths of the table of differences.
const (
	keyWidth   = 150
	valueWidth = 120
)

// showTable lists in what the runs differ, and how good they are.
func (c *comparison) showTable(got compared) {
	c.rows.Objects = nil
	columns := ui.Columns{keyWidth}
	head := []string{""}
	steps, times, says := []string{"Step"}, []string{"Time"}, []string{"Doctor"}
	for _, e := range got.entries {
		columns = append(columns, valueWidth)
		head = append(head, runName(e))
		l := lineOf(nil, e)
		steps, times, says = append(steps, l.step), append(times, l.time), append(says, l.doctor)
	}
	add := func(cells []string, bold func(i int) bool) {
		var objects []fyne.CanvasObject
		for i, text := range cells {
			l := ui.NewLine(text)
			l.SizeName, l.TextStyle.Bold = theme.SizeNameCaptionText, bold(i)
			objects = append(objects, widgets.Tip(l, text))
		}
		c.rows.Add(container.New(columns, objects...))
	}
	none := func(int) bool { return false }
	add(head, func(int) bool { return true })
	c.rows.Add(widget.NewSeparator())
	differences := runs.Differences(got.entries)
	for _, d := range differences {
		cells := []string{titles.OfPlayer(d.Key)}
		for _, v := range d.Values {
			cells = append(cells, titles.ValueOf(d.Key, v))
		}
		add(cells, none)
	}
	if len(differences) == 0 {
		c.rows.Add(ui.NewNote("Their recipes are the same."))
	}
	c.rows.Add(widget.NewSeparator())
	for _, cells := range [][]string{steps, times, says} {
		add(cells, none)
	}
	for _, s := range runs.Scores(got.entries) {
		title, _ := titles.Measure(s.Name)
		cells := []string{title}
		for _, m := range s.Values {
			text := "–"
			if m != nil {
				text = words.WithError(m.Value, m.StdErr)
			}
			cells = append(cells, text)
		}
		add(cells, func(i int) bool { return i > 0 && s.Top(i-1) })
	}
	c.rows.Refresh()
}
