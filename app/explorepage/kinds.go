package explorepage

import (
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
)

// A kindView is how Explore draws and shows one kind of data. Its methods belong to the UI
// goroutine, but for draw.
type kindView interface {
	// object is what shows the kind on the page.
	object() fyne.CanvasObject
	// announce says what stands where nothing was drawn yet.
	announce(text string)
	// clear takes away what is shown.
	clear()
	// close ends what draws in the background and waits for it. Not on the UI goroutine.
	close()
	// shown is the picture on the screen, nil where there is none.
	shown() image.Image
	// onMenu has the other mouse button open a menu at a place on the canvas.
	onMenu(open func(at fyne.Position))
	// pins says whether one drawing is a picture that can be pinned.
	pins() bool
	// grid returns the latents that are drawn besides the place; pictures have none.
	grid(w *walk) [][]float32
	// draw has g draw a scene. The renderer calls it on its goroutine: it uses nothing but its
	// arguments and what never changes in the view.
	draw(g *gan.Generator, s scene) content
	// kept returns what a find kept of this kind, nil for nothing; card is the picture that was
	// kept with it, nil for none.
	kept(l *ckpt.Latent, card image.Image) content
}

// A content is what a generator made of a scene, or what was kept of that.
type content interface {
	view() kindView
	// show hands the content to the view's object.
	show()
	// picture is the content as a picture, nil where it is none.
	picture() image.Image
	// card is a picture of the content for the card of a find.
	card() image.Image
	// keep puts the content into a find, besides the picture of its card.
	keep(l *ckpt.Latent)
}

// kinds makes the view of each kind of data. A find belongs to the first kind that it kept
// something of. Pictures come last: a find of any kind has a picture for its card.
var kinds = []struct {
	kind datasets.Kind
	make func(s *studio.Studio, w *walk) kindView
}{
	{datasets.Points, newPointsView},
	{datasets.Pictures, newPictureView},
}

// kept returns what a find kept, nil for nothing.
func (t *stage) kept(l *ckpt.Latent, card image.Image) content {
	for _, k := range kinds {
		if c := t.views[k.kind].kept(l, card); c != nil {
			return c
		}
	}
	return nil
}
