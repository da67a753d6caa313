package trainpage

import (
	"fmt"
	"image"

	"fyne.io/fyne/v2"
	"github.com/dustin/go-humanize"

	"ganvas/engine/session"
	"ganvas/widgets"
)

// A sheetView shows pictures: a contact sheet of the same latents over the whole run. A picture
// that is pressed is explored.
type sheetView struct {
	sheet *widgets.ContactSheet
	shown *session.Sheet
	of    madeBy
}

func newSheetView(around scene) kindView {
	v := &sheetView{sheet: widgets.NewContactSheet()}
	v.sheet.Spacing = 1
	v.sheet.Empty, v.sheet.OnMenu = emptyView, around.menu
	v.sheet.OnTapped = func(cell int) { around.explore(placeOf(v.shown, cell, v.of.generators)) }
	return v
}

func (v *sheetView) object() fyne.CanvasObject { return v.sheet }
func (v *sheetView) above() fyne.CanvasObject  { return nil }
func (v *sheetView) senseless() []string       { return nil }
func (v *sheetView) looks() session.Look       { return session.Look{} }

func (v *sheetView) picture() image.Image {
	if v.shown == nil {
		return nil
	}
	return v.shown.Image
}

func (v *sheetView) take(n session.Snapshot, of madeBy) (caption string, ok bool) {
	if n.Sheet == nil || n.Sheet == v.shown {
		return "", false
	}
	v.shown, v.of = n.Sheet, of
	v.sheet.Set(n.Sheet.Image, n.Sheet.Columns, n.Sheet.Rows)
	caption = sheetText(n.Sheet, of.classes)
	if n.Status.ClassTest != "" {
		caption += " " + n.Status.ClassTest + "."
	}
	return caption, true
}

func (v *sheetView) clear() {
	v.shown = nil
	v.sheet.Set(nil, 0, 0)
}

// close: a contact sheet draws nothing in the background.
func (v *sheetView) close() {}

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

// placeOf returns where a cell of a sheet, of so many generators, lies in latent space.
func placeOf(s *session.Sheet, cell, makers int) place {
	p := place{latent: cell, class: -1, part: -1, origin: fmt.Sprintf("picture %d of the contact sheet", cell+1)}
	if s == nil {
		return p
	}
	row, column := cell/max(1, s.Columns), cell%max(1, s.Columns)
	switch {
	case s.ByClass && makers > 1:
		p.latent, p.class, p.part = column, row, column%makers
	case s.ByClass:
		p.latent, p.class = column, row
	case s.ByGenerator:
		p.latent, p.part = column, row
	}
	return p
}
