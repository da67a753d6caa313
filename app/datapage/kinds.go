package datapage

import (
	"context"
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/widgets"
)

// A look is how the page shows data of one kind. Each kind has a file of its own.
type look struct {
	kind datasets.Kind
	// view makes what shows the data.
	view func(s *studio.Studio, host ui.Host) view
	// summary says what the data are, in a line.
	summary func(info datasets.Info) string
	// about says what built-in data are, in a few words.
	about func(b datasets.Builtin) string
	// thumbnail draws a few items, on any goroutine.
	thumbnail func(set datasets.Set) image.Image
	// examine finds what may be wrong with the data, on any goroutine.
	examine func(ctx context.Context, set datasets.Set, told func(done, total int)) ([]datasets.Finding, error)
	// aboutItems tells whether findings are about items, which can be shown and left out.
	aboutItems bool
	sound      string // is said where nothing is found
}

// looks are the kinds that the page knows, in the order in which it lists what is built in.
var looks = []*look{&pictures, &points, &table}

// lookOf returns the look of a kind.
func lookOf(kind datasets.Kind) *look {
	for _, l := range looks {
		if l.kind == kind {
			return l
		}
	}
	panic("datapage: a kind of data without a look")
}

// A view shows the data of the studio while they are of its kind. It has the middle of the page then.
type view interface {
	content() fyne.CanvasObject
	refresh()           // shows the data as they are now, also while they are of another kind
	choose(items []int) // shows some items of the whole set alone; nil: all
	cards() []madeHere  // data that are made here instead of being read
	close()             // not on the UI goroutine, and after all jobs have ended
}

// A madeHere is a card of data that are made on the page.
type madeHere struct {
	name string // of the data
	card *widgets.DataCard
	tip  string
}

// kindNow is the kind of the data that are to be shown: of data to be read, pictures as long as
// nothing is known.
func kindNow(s *studio.Studio) datasets.Kind {
	switch d := s.Data; {
	case d.Coming == "" && d.Whole != nil:
		return d.Whole.Info().Kind
	case drawnNow(s):
		return datasets.Points
	}
	return datasets.Pictures
}

// drawnNow tells whether the data are drawn by hand.
func drawnNow(s *studio.Studio) bool {
	return s.Data.Coming == "" && s.Plan.Now().Data == studio.Drawn
}
