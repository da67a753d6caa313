package app

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// questions turn what a studio asks and answers into dialogs.
type questions struct {
	s    *studio.Studio
	desk *ui.Desk
	show func(pageID) // turns to a page
}

// answer asks what the studio wants to know.
func (q *questions) answer(asked studio.Question) {
	switch asked := asked.(type) {
	case studio.WantsCells:
		q.askCells(asked)
	case studio.WantsConsent:
		q.askToRead(asked.Opening, asked.Data)
	case studio.WantsData:
		q.askForData(asked.Opening, asked.Data)
	case studio.WantsProject:
		strangePicture{q, asked.Picture}.ask()
	case studio.WantsWholeDisk:
		q.desk.Confirm(ui.Always, "Read all of it?", "Read it", readText(asked.Data), func(ok bool) {
			if ok {
				asked.Read()
			}
		})
	case studio.WantsRuns:
		q.show(pageRuns)
	default:
		panic(fmt.Sprintf("app: the studio asks %T", asked))
	}
}

func (q *questions) train() { q.start((*session.Session).Train) }

// toggle trains or pauses.
func (q *questions) toggle() {
	if q.s.Status.Running {
		q.s.Training.Pause()
	} else {
		q.train()
	}
}

// start sets the plan to work, and asks what that depends on.
func (q *questions) start(how studio.How) {
	switch q.s.Training.Start(how) {
	case studio.NotReady:
		q.s.Warn(q.s.Reason + ".")
	case studio.ReadOnly:
		q.sayReadOnly()
	case studio.NeedsNewRun:
		q.askReplace(how)
	case studio.AllDone:
		q.askMore()
	case studio.Started:
	}
}

// sayReadOnly says that a project can be looked at and not trained, and offers a copy that can.
func (q *questions) sayReadOnly() {
	q.s.Warn(filepath.Base(q.s.Run.Session.Path())+" is write-protected: it can be looked at. To train it, save it as another file.",
		studio.Choice{Title: "Save as…", Do: q.saveAs})
}

// askReplace asks before a run that has been trained is put aside.
func (q *questions) askReplace(how studio.How) {
	s := q.s
	d := ui.NewDialog("Start a new run?", ui.WithWidth(460, ui.NewText(s.Training.NewRunText(s.Plan.Now()))), q.desk.Win)
	fresh := ui.DialogButton("Start a new run", nil, func() { d.Hide(); s.Training.Replace(how) })
	fresh.Importance = widget.HighImportance
	keep := ui.DialogButton("Go on as it was", nil, func() {
		d.Hide()
		s.Plan.Edit(s.Run.Recipe.Clone(), "Back to the run's recipe", false)
		s.Training.WhenReady(func() { q.start(how) })
	})
	ui.SetButtons(d, ui.DialogButton("Cancel", nil, func() { d.Hide() }), keep, fresh)
	q.desk.Present(d, s.ThisPlan())
	q.desk.Win.Canvas().Focus(fresh)
}

// askMore asks how many more steps to train once all are done.
func (q *questions) askMore() {
	s, r := q.s, q.s.Run
	q.desk.Ask(ui.Question{
		About: s.ThisPlan(),
		Title: "Train on?", Message: fmt.Sprintf("This run has done all of its %s.", words.Counted(s.Status.Steps, "step")),
		Label: "More steps", Text: strconv.Itoa(r.Recipe.Steps), Action: "Train",
		Take: func(text string) error {
			n, err := widgets.ParseWhole(text)
			if err != nil || n < 1 || n > math.MaxInt32 {
				return errors.New("type a whole number above 0")
			}
			longer := s.Plan.Now().Clone()
			longer.Steps = int(s.Status.Step) + int(n)
			s.Plan.Edit(longer, "Train on", false)
			r.Command(r.Session.Train)
			return nil
		},
	})
}

// askCells asks, of data that are a single picture, how large the cells are that it is to be cut
// into.
func (q *questions) askCells(wanted studio.WantsCells) {
	q.desk.Ask(ui.Question{
		About:   q.s.ThisPlan(),
		Title:   "Cut into cells?",
		Message: filepath.Base(wanted.Data) + " is a single picture, too few to learn from. If it is a sheet of sprites, say how large a cell is: each becomes an item.",
		Label:   "Pixels a side of a cell", Text: "16", Action: "Cut",
		Take: func(text string) error {
			side, err := ui.CellSize(text)
			if err != nil || side == 0 {
				return fmt.Errorf("type a whole number from %d to %s", ui.SmallestCell, humanize.Comma(ui.LargestCell))
			}
			wanted.Cut(side)
			return nil
		},
	})
}
