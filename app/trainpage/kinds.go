package trainpage

import (
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/engine/session"
)

// A kindView shows what the generator makes now of one kind of data. What differs between the kinds
// is in a file for each.
type kindView interface {
	// object shows what is made; above, which may be nil, stands above it.
	object() fyne.CanvasObject
	above() fyne.CanvasObject
	// take shows news and returns the words below them, false where they have nothing new.
	take(n session.Snapshot, of madeBy) (caption string, ok bool)
	// picture is what is shown, nil for nothing.
	picture() image.Image
	// looks returns what is looked at, besides what every snapshot shows.
	looks() session.Look
	// senseless are live settings that make no sense with such data.
	senseless() []string
	// clear forgets the run that was shown.
	clear()
	// close ends what draws in the background. Not on the UI goroutine.
	close()
}

// madeBy is what a view must know of what makes the items: the names of the classes that it tells
// apart, and how many generators it has.
type madeBy struct {
	classes    []string
	generators int
}

// A place is where something that is shown lies in latent space: the latent's number in the stream
// of the contact sheet, the class and the generator, −1 where none are told apart, and its name.
type place struct {
	latent, class, part int
	origin              string
}

// A scene is what a view may ask of the page around it.
type scene struct {
	explore func(place)            // shows a place on another page
	menu    func(at fyne.Position) // opens the menu of the picture
	looked  func()                 // tells that something else is looked at
	memory  studio.Memory          // what is remembered
}

// kinds make the views of the page. Data of a kind that is not here, or not known yet, are shown as
// pictures.
var kinds = map[datasets.Kind]func(scene) kindView{
	datasets.Pictures: newSheetView,
	datasets.Points:   newPlaneView,
}

const emptyView = "Press Train: what the generator makes appears here"
