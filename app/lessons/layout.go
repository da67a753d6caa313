package lessons

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// textWidth is that of the text of a lesson: the column without its edges and the scroll's bar.
func textWidth() float32 { return Width - 2*theme.Padding() - 8 - 2*sideGap }

// sideGap is beside the text, blockGap between blocks, and hang how far text stands from its mark.
const sideGap, blockGap, hang = 6, 10, 24

// heightAt returns how high an object is at a width: text is the higher the narrower it is.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case interface{ HeightAt(width float32) float32 }:
		return o.HeightAt(width)
	case *fyne.Container:
		if l, ok := o.Layout.(interface {
			heightAt(objects []fyne.CanvasObject, width float32) float32
		}); ok {
			return l.heightAt(o.Objects, width)
		}
	}
	o.Resize(fyne.NewSize(width, o.Size().Height)) // what wraps knows its height by its width
	return o.MinSize().Height
}

// A sheetLayout puts blocks below each other.
type sheetLayout struct{}

// Layout is part of fyne.Layout.
func (sheetLayout) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	var y float32
	for _, o := range objects {
		height := heightAt(o, textWidth())
		o.Move(fyne.NewPos(sideGap, y))
		o.Resize(fyne.NewSize(textWidth(), height))
		y += height + blockGap
	}
}

// MinSize is part of fyne.Layout.
func (sheetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var y float32
	for _, o := range objects {
		y += heightAt(o, textWidth()) + blockGap
	}
	return fyne.NewSize(textWidth()+2*sideGap, y)
}

// A hungLayout puts text beside a mark.
type hungLayout struct{}

func (hungLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return max(heightAt(objects[1], width-hang), objects[0].MinSize().Height)
}

// Layout is part of fyne.Layout.
func (hungLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSquareSize(theme.IconInlineSize()))
	objects[1].Move(fyne.NewPos(hang, 0))
	objects[1].Resize(fyne.NewSize(size.Width-hang, size.Height))
}

// MinSize is part of fyne.Layout.
func (l hungLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(textWidth(), l.heightAt(objects, textWidth()))
}

// A rowsLayout puts buttons beside each other as long as there is room.
type rowsLayout struct{}

// place moves the objects to their places in a width, and returns the height that they take.
func (rowsLayout) place(objects []fyne.CanvasObject, width float32) float32 {
	var x, y, line float32
	for _, o := range objects {
		m := o.MinSize()
		if x > 0 && x+m.Width > width {
			x, y = 0, y+line+theme.Padding()
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(min(m.Width, width), m.Height))
		x += m.Width + theme.Padding()
		line = m.Height
	}
	return y + line
}

func (l rowsLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return l.place(objects, width)
}

// Layout is part of fyne.Layout.
func (l rowsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) { l.place(objects, size.Width) }

// MinSize is part of fyne.Layout.
func (l rowsLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(textWidth(), l.place(objects, textWidth()))
}

// A formulaLayout puts a formula on its ground.
type formulaLayout struct{}

// formulaEdge is around a formula.
const formulaEdge = 8

func (formulaLayout) heightAt(objects []fyne.CanvasObject, width float32) float32 {
	return heightAt(objects[1], width-2*formulaEdge) + 2*formulaEdge
}

// Layout is part of fyne.Layout.
func (formulaLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[1].Move(fyne.NewPos(formulaEdge, formulaEdge))
	objects[1].Resize(fyne.NewSize(size.Width-2*formulaEdge, size.Height-2*formulaEdge))
}

// MinSize is part of fyne.Layout.
func (l formulaLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(textWidth(), l.heightAt(objects, textWidth()))
}
