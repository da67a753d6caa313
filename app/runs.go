package app

import (
	"context"
	"fmt"

	"ganvas/app/words"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/dustin/go-humanize"

	"ganvas/engine/session"
	"ganvas/widgets"
)

// A runRow is what the list of runs says of one.
type runRow struct {
	id                     int64
	name, data, step, when string
	current                bool
	problem                string // why it cannot be opened; empty: it can
}

// runRows are the rows of runs, the newest first.
func runRows(runs []session.Run) []runRow {
	var rows []runRow
	for i := len(runs) - 1; i >= 0; i-- {
		r := runs[i]
		row := runRow{id: r.ID, name: r.Name, step: "step " + humanize.Comma(r.Step), when: r.Updated.Local().Format("2 Jan 2006, 15:04"), current: r.Current}
		if r.Err != nil {
			row.problem = words.Sentence(r.Err.Error())
		} else {
			row.data = shortName(r.Plan.Data)
			if r.Plan.Steps > 0 {
				row.step += " of " + humanize.Comma(int64(r.Plan.Steps))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// askRuns lists the runs of the project, any of which can be opened.
func (a *App) askRuns() {
	r := a.run
	if r == nil {
		a.note.warn("There are no runs yet: open a project, or press Train.")
		return
	}
	var runs []session.Run
	a.jobs.start(func(context.Context) (err error) {
		runs, err = r.session.Runs()
		return err
	}, func(err error) {
		switch {
		case a.run != r || a.modal():
		case err != nil:
			r.fail(err)
		default:
			a.showRuns(r, runRows(runs))
		}
	})
}

const runColumns = 5

// showRuns shows the list.
func (a *App) showRuns(r *run, rows []runRow) {
	list := container.NewVBox()
	note := newNote("A recipe that cannot change while a run goes on starts a new run. Those before it stay here; opening one puts the other aside, saved.")
	d := a.newDialog("Runs of "+a.projectName(), withWidth(720, container.NewVBox(note, container.New(fixedHeight(min(320, float32(len(rows))*44+8)), container.NewVScroll(clearOfBar(list))))))
	for _, row := range rows {
		open := dialogButton("Open", nil, func() {
			d.Hide()
			a.open(opening{path: r.session.Path(), run: row.id})
		})
		var last fyne.CanvasObject = open
		switch {
		case row.current:
			last = newLine("open now")
		case row.problem != "":
			open.Disable()
			last = widgets.Tip(open, row.problem)
		}
		cells := make([]fyne.CanvasObject, 0, runColumns)
		for _, text := range []string{fmt.Sprintf("%d   %s", row.id, row.name), row.data, row.step, row.when} {
			l := newLine(text)
			l.Truncation = fyne.TextTruncateEllipsis
			l.TextStyle.Bold = row.current
			cells = append(cells, l)
		}
		list.Add(container.New(columns{0.26, 0.2, 0.27, 0.27, 104}, append(cells, last)...))
	}
	closing := dialogButton("Close", theme.CancelIcon(), func() { d.Hide() })
	setButtons(d, closing)
	a.present(d, a.thisRun())
	a.window.Canvas().Focus(closing)
}
