package trainpage

import (
	"fmt"

	"github.com/dustin/go-humanize"

	"ganvas/engine/session"
)

// sheetText says what a contact sheet shows.
func sheetText(s *session.Sheet, classes []string) string {
	step := "Step " + humanize.Comma(s.Step)
	switch {
	case s.ByClass && s.Rows < len(classes):
		return fmt.Sprintf("%s: a row for each of the first %d of %d classes. Press one to explore it.", step, s.Rows, len(classes))
	case s.ByClass:
		return fmt.Sprintf("%s: a row for each class, %s. Press one to explore it.", step, span(classes))
	case s.ByGenerator:
		return fmt.Sprintf("%s: a row for each of %d generators, of the same %d latents. Press one to explore it.", step, s.Rows, s.Columns)
	}
	return fmt.Sprintf("%s, always the same %d latents. Press one to explore it.", step, s.Columns*s.Rows)
}

// span is "circle to star".
func span(names []string) string {
	if len(names) == 0 {
		return "in their order"
	}
	return names[0] + " to " + names[len(names)-1]
}

// placeOf returns which latent of the sheet a cell shows, with its class and generator, −1 where
// the sheet tells none apart.
func placeOf(s *session.Sheet, cell, makers int) (latent, class, part int) {
	row, column := cell/max(1, s.Columns), cell%max(1, s.Columns)
	switch {
	case s.ByClass && makers > 1:
		return column, row, column % makers
	case s.ByClass:
		return column, row, -1
	case s.ByGenerator:
		return column, -1, row
	}
	return cell, -1, -1
}
