package widgets

import "fyne.io/fyne/v2"

// stepCell returns where a key leads from one of count cells in rows of columns, and whether the
// key leads anywhere at all. From no cell, which is −1, every key leads to the first.
func stepCell(cell, columns, count int, key fyne.KeyName) (int, bool) {
	next := cell
	switch key {
	case fyne.KeyLeft:
		next--
	case fyne.KeyRight:
		next++
	case fyne.KeyUp:
		next -= columns
	case fyne.KeyDown:
		next += columns
	case fyne.KeyHome:
		next = 0
	case fyne.KeyEnd:
		next = count - 1
	default:
		return cell, false
	}
	switch {
	case count <= 0:
		return -1, true
	case cell < 0:
		return 0, true
	case next < 0 || next >= count:
		return cell, true
	}
	return next, true
}
