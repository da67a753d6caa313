package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A PictureGrid shows any number of items in a scrollable grid; only what is near the visible part is ever asked for.
type PictureGrid struct {
	widget.BaseWidget
	OnTapped func(i int) // may be nil
	Empty    string      // shown while there are no items
	CellSize float32     // side of an item in Fyne's units; 0: 64
}

// NewPictureGrid returns a grid of count items. item and caption are called on a goroutine of the grid, never two at a
// time; caption may be nil, item may return nil for what cannot be shown.
func NewPictureGrid(count int, item func(i int) image.Image, caption func(i int) string) *PictureGrid {
	g := &PictureGrid{}
	g.ExtendBaseWidget(g)
	return g
}

// SetItems replaces what the grid shows and scrolls to the top.
func (g *PictureGrid) SetItems(count int, item func(i int) image.Image, caption func(i int) string) {}

// Close ends the composing goroutine and waits for its end.
func (g *PictureGrid) Close() {}

// CreateRenderer is part of fyne.Widget.
func (g *PictureGrid) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack())
}
