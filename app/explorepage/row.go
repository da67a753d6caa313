package explorepage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/ui"
)

// A wisher is a layout that can do with less width than it would like to have.
type wisher interface {
	wish(objects []fyne.CanvasObject) float32
}

// wished returns how wide an object would like to be.
func wished(o fyne.CanvasObject) float32 {
	if c, ok := o.(*fyne.Container); ok {
		if w, ok := c.Layout.(wisher); ok {
			return w.wish(c.Objects)
		}
	}
	return o.MinSize().Width
}

// A row lays the visible objects beside each other as wide as they wish. Where there is less room
// they share what there is beyond the least that they need.
type row struct{ lastAtEnd bool }

func (r row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	least, wish := r.MinSize(objects).Width, r.wish(objects)
	share := float32(1)
	if wish > least {
		share = max(0, min(1, (size.Width-least)/(wish-least)))
	}
	var x float32
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		width := o.MinSize().Width
		width += share * (wished(o) - width)
		if r.lastAtEnd && i == len(objects)-1 {
			x = size.Width - width
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width + theme.Padding()
	}
}

func (row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return layout.NewHBoxLayout().MinSize(objects)
}

func (r row) wish(objects []fyne.CanvasObject) float32 {
	wish := r.MinSize(objects).Width
	for _, o := range objects {
		if o.Visible() {
			wish += wished(o) - o.MinSize().Width
		}
	}
	return wish
}

// shortened is the layout of a long and a short form of the same, of which the long one shows where
// it has room.
type shortened struct{}

func (shortened) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	long := objects[0].MinSize().Width <= size.Width
	ui.SetShown(objects[0], long)
	ui.SetShown(objects[1], !long)
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(size)
	}
}

func (shortened) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }

func (shortened) wish(objects []fyne.CanvasObject) float32 { return objects[0].MinSize().Width }

// titled is the layout of a title and a choice, whose text is cut before it pushes others out.
type titled struct{}

// leastChoice holds a few letters and the arrow.
const leastChoice = 72

func (titled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	title := objects[0].MinSize().Width
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(title, size.Height))
	objects[1].Move(fyne.NewPos(title+theme.Padding(), 0))
	objects[1].Resize(fyne.NewSize(size.Width-title-theme.Padding(), size.Height))
}

func (t titled) MinSize(objects []fyne.CanvasObject) fyne.Size {
	title, choice := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(title.Width+theme.Padding()+min(choice.Width, leastChoice), max(title.Height, choice.Height))
}

func (titled) wish(objects []fyne.CanvasObject) float32 {
	return layout.NewHBoxLayout().MinSize(objects).Width
}
