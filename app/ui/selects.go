package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ganvas/widgets"
)

// SelectTitle brings a select to the title of value without calling back more than it must.
func SelectTitle(s *widgets.Select, titles, values []string, value string) {
	for i, v := range values {
		if v == value && s.Selected != titles[i] {
			s.SetSelected(titles[i])
		}
	}
}

// SelectOrAdd brings a select to the title of value, or to one of its own where it has none.
func SelectOrAdd(s *widgets.Select, titles, values []string, value, own string) {
	options, shown := titles, own
	if i := slices.Index(values, value); i >= 0 {
		shown = titles[i]
	} else {
		options = append(slices.Clone(titles), own)
	}
	if !slices.Equal(s.Options, options) {
		s.SetOptions(options)
	}
	if s.Selected != shown {
		s.SetSelected(shown)
	}
}

// A Halves layout gives two objects, one above the other, the same height.
type Halves struct{}

// Layout is part of fyne.Layout.
func (Halves) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Padding()
	height := (size.Height - gap) / 2
	for i, o := range objects {
		o.Move(fyne.NewPos(0, float32(i)*(height+gap)))
		o.Resize(fyne.NewSize(size.Width, height))
	}
}

// MinSize is part of fyne.Layout.
func (Halves) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return fyne.NewSize(size.Width, 2*size.Height+theme.Padding())
}
