package judgepage

import (
	"fyne.io/fyne/v2"

	"ganvas/datasets"
	"ganvas/engine/judge"
	"ganvas/engine/session"
)

// A kindView shows what was judged of one kind of data. What differs between the kinds is in a file
// for each.
type kindView interface {
	// object shows real beside generated items.
	object() fyne.CanvasObject
	// numbers says what will be measured, after "You will see".
	numbers() string
	// needs asks the session for what judging needs besides a generator. It may wait for a step.
	needs(o *judge.Options, s *session.Session)
	// show shows a report; nil empties the view.
	show(report *judge.Report, set datasets.Set)
	// noGame says why real and generated items are no game; "": they are one.
	noGame() string
	// close ends what draws in the background. Not on the UI goroutine.
	close()
}

// kinds make the views of the page. Data of a kind that is not here, or not known yet, are shown as
// pictures.
var kinds = map[datasets.Kind]func() kindView{
	datasets.Pictures: newPicturesView,
	datasets.Points:   newPointsView,
}
