package startpage

import "fyne.io/fyne/v2"

// A middle layout gives its only object the width, and the height up to the tallest, in the middle.
type middle struct{ tallest float32 }

// Layout is part of fyne.Layout.
func (m middle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		height := min(size.Height, max(m.tallest, o.MinSize().Height))
		o.Resize(fyne.NewSize(size.Width, height))
		o.Move(fyne.NewPos(0, (size.Height-height)/2))
	}
}

// MinSize is part of fyne.Layout.
func (m middle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// A cardRow layout lays what is visible side by side, all as wide.
type cardRow struct{}

// cardGap is the room between cards.
const cardGap = 12

// shown returns the objects that are visible.
func shown(objects []fyne.CanvasObject) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, o := range objects {
		if o.Visible() {
			out = append(out, o)
		}
	}
	return out
}

// Layout is part of fyne.Layout.
func (cardRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects = shown(objects)
	width := (size.Width - cardGap*float32(len(objects)-1)) / float32(len(objects))
	for i, o := range objects {
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(float32(i)*(width+cardGap), 0))
	}
}

// MinSize is part of fyne.Layout.
func (cardRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	objects = shown(objects)
	size := fyne.NewSize(cardGap*float32(len(objects)-1), 0)
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(size.Width+m.Width, max(size.Height, m.Height))
	}
	return size
}
