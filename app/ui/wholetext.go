package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ganvas/widgets"
)

// WithWholeText returns a note of one line with a tip that says its whole text where that is cut.
func WithWholeText(n *Note) fyne.CanvasObject { return widgets.TipFunc(n, n.hidden) }

// hidden returns the whole text of a note of one line where some of it is cut.
func (n *Note) hidden() string {
	style := n.Segment.Style
	room := n.Size().Width - 2*theme.SizeForWidget(theme.SizeNameInnerPadding, n)
	if fyne.MeasureText(n.Segment.Text, theme.SizeForWidget(style.SizeName, n), style.TextStyle).Width <= room+0.5 {
		return ""
	}
	return n.Segment.Text
}
