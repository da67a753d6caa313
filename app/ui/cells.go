package ui

import (
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"

	"ganvas/widgets"
)

// SmallestCell and LargestCell are the sides in pixels that a cell may have.
const SmallestCell, LargestCell = 4, 4096

// CellSize reads the side of a cell in pixels; 0, for nothing, leaves it to the file's name.
func CellSize(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "0" {
		return 0, nil
	}
	n, err := widgets.ParseWhole(text)
	if err != nil || n < SmallestCell || n > LargestCell {
		return 0, fmt.Errorf("cells: type a whole number from %d to %s", SmallestCell, humanize.Comma(LargestCell))
	}
	return int(n), nil
}
