package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// CopiedSide is how many pixels a side pictures have at least that are copied: smaller ones, as
// generators make them, would be hard to see elsewhere.
const CopiedSide = 512

// ShowCopyMenu opens the menu of a picture at a place on the canvas. It names no keys, as Fyne
// writes them too pale to read: the Edit menu does.
func ShowCopyMenu(h Host, copied func(), at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", fyne.NewMenuItem("Copy picture", copied)), h.Window().Canvas(), at)
}
