package app

import (
	"fmt"
	"strings"

	"github.com/dustin/go-humanize"

	"ganvas/widgets"
)

// smallestCell and largestCell are the sides in pixels that a cell may have.
const smallestCell, largestCell = 4, 4096

// cellSize reads the side of a cell in pixels; 0, for nothing, leaves it to the file's name.
func cellSize(text string) (int, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "0" {
		return 0, nil
	}
	n, err := widgets.ParseWhole(text)
	if err != nil || n < smallestCell || n > largestCell {
		return 0, fmt.Errorf("cells: type a whole number from %d to %s", smallestCell, humanize.Comma(largestCell))
	}
	return int(n), nil
}
