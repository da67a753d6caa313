package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A runRow is what the list of runs says of one.
type runRow struct {
	id                     int64
	name, data, step, when string
	size                   string // what it has in the project file
	current                bool
	problem                string // why it cannot be opened; empty: it can
}

// runRows are the rows of runs, the newest first.
func runRows(runs []session.Run, w ckpt.Weight) []runRow {
	var rows []runRow
	for i := len(runs) - 1; i >= 0; i-- {
		r := runs[i]
		row := runRow{id: r.ID, name: r.Name, step: "step " + words.Thousands(r.Step), when: r.Updated.Local().Format("2 Jan 2006, 15:04"), current: r.Current, size: words.ByteSize(w.Runs[r.ID].Bytes())}
		if r.Err != nil {
			row.problem = words.Sentence(r.Err.Error())
		} else {
			row.data = studio.ShortName(r.Plan.Data)
			row.step = "step " + words.Of(r.Step, int64(r.Plan.Steps))
		}
		rows = append(rows, row)
	}
	return rows
}

// askRuns lists the runs of the project, any of which can be opened.
func (q *questions) askRuns() {
	r := q.s.Run
	if r == nil {
		q.s.Warn("There are no runs yet: open a project, or press Train.")
		return
	}
	var runs []session.Run
	var weight ckpt.Weight
	q.s.Jobs.Start(func(context.Context) (err error) {
		if runs, err = r.Session.Runs(); err != nil {
			return err
		}
		weight, err = r.Session.Weight()
		return err
	}, func(err error) {
		switch {
		case q.s.Run != r || q.desk.Modal():
		case err != nil:
			r.Fail(err)
		default:
			q.showRuns(r, runRows(runs, weight), weight.Bytes)
		}
	})
}

const runColumns = 6

// showRuns shows the list.
func (q *questions) showRuns(r *studio.Run, rows []runRow, bytes int64) {
	list := container.NewVBox()
	note := ui.NewNote("A run is one training, from its first step. Other data or other networks start a new one; those before it stay here, saved, and Open shows one again. The project file takes " + words.ByteSize(bytes) + ".")
	d := ui.NewDialog("Runs of "+q.s.Projects.Name(), ui.WithWidth(780, container.NewVBox(note, container.New(ui.FixedHeight(min(320, float32(len(rows))*44+8)), container.NewVScroll(ui.ClearOfBar(list))))), q.desk.Win)
	for _, row := range rows {
		open := ui.DialogButton("Open", nil, func() {
			d.Hide()
			q.s.Projects.Open(studio.Opening{Path: r.Session.Path(), Run: row.id})
		})
		var last fyne.CanvasObject = open
		switch {
		case row.current:
			last = ui.NewLine("open now")
		case row.problem != "":
			open.Disable()
			last = widgets.Tip(open, row.problem)
		}
		cells := make([]fyne.CanvasObject, 0, runColumns)
		for _, text := range []string{fmt.Sprintf("%d   %s", row.id, row.name), row.data, row.step, row.when, row.size} {
			l := ui.NewLine(text)
			l.Truncation = fyne.TextTruncateEllipsis
			l.TextStyle.Bold = row.current
			cells = append(cells, l)
		}
		list.Add(container.New(ui.Columns{0.25, 0.2, 0.27, 0.28, 64, 104}, append(cells, last)...))
	}
	closing := ui.DialogButton("Close", theme.CancelIcon(), func() { d.Hide() })
	ui.SetButtons(d, closing)
	q.desk.Present(d, q.s.ThisRun())
	q.desk.Win.Canvas().Focus(closing)
}
