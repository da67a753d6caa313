package datapage

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/widgets"
)

// cellSizes are usual for sheets of sprites.
var cellSizes = []string{"8", "16", "24", "32", "48", "64"}

// parts are the controls that say what of the files is an item and what of a table its label. Each
// is shown only where it does something.
type parts struct {
	cell               *widgets.TypedEntry
	attribute          *widgets.Select
	cellRow, attribRow fyne.CanvasObject
}

// makeParts makes the controls, in rows that row makes.
func (c *controls) makeParts(row func(key, title string, o fyne.CanvasObject) fyne.CanvasObject) {
	c.parts.cell = widgets.NewTypedEntry(func(text string) error {
		_, err := ui.CellSize(text)
		return err
	}, c.setCell)
	c.parts.cell.SetOptions(cellSizes)
	c.parts.cell.OnRefused = func(err error) { c.refuse("cells", c.parts.cell, err) }
	c.parts.cell.SetPlaceHolder("from the file's name")
	c.parts.attribute = widgets.NewSelect(nil, func(string) {
		if i, values := c.parts.attribute.SelectedIndex(), c.attributes(); i >= 0 && i < len(values) {
			c.set1("attribute", values[i])
		}
	})
	c.parts.cellRow = row("cell", "Cells", c.parts.cell)
	c.parts.attribRow = row("attribute", "Labels", c.parts.attribute)
	c.parts.cellRow.Hide()
	c.parts.attribRow.Hide()
}

// setCell changes the cells, where what was typed can be their size.
func (c *controls) setCell(text string) {
	if size, err := ui.CellSize(text); err == nil {
		c.set1("cell", strconv.Itoa(size))
	}
}

// attributes are the values that the plan's attribute can have, first none, which leaves the choice
// to the program.
func (c *controls) attributes() []string {
	values := []string{""}
	if whole := c.s.Data.Whole; whole != nil {
		values = append(values, whole.Info().Attributes...)
	}
	return values
}

// refreshParts brings the controls to the plan, and says whether one came or went.
func (c *controls) refreshParts() bool {
	r, s := c.s.Plan.Now(), c.s.Data
	text := ""
	if r.Cell > 0 {
		text = strconv.Itoa(r.Cell)
	}
	c.parts.cell.SetValue(text)
	var info datasets.Info
	if s.Whole != nil {
		info = s.Whole.Info()
	}
	titles := c.attributes()
	chosen := 0
	titles[0] = "Automatic"
	switch {
	case r.Attribute != "":
		chosen = slices.IndexFunc(titles, func(title string) bool { return strings.EqualFold(strings.TrimSpace(title), r.Attribute) })
	case info.Attribute != "":
		titles[0] += ": " + info.Attribute
	}
	own := r.Attribute // not among them
	if chosen >= 0 {
		own = titles[chosen]
	}
	ui.SelectOrAdd(c.parts.attribute, titles, titles, own, own)
	cells := r.Cell > 0 || info.Cut || errors.Is(s.Err, datasets.ErrOnePicture)
	changed := ui.SetShown(c.parts.cellRow, cells)
	return ui.SetShown(c.parts.attribRow, r.Attribute != "" || len(info.Attributes) > 1) || changed
}

// correctable says whether data could not be read for what the controls say.
func (c *controls) correctable() bool {
	r, s := c.s.Plan.Now(), c.s.Data
	return s.Err != nil && (r.Cell > 0 || r.Attribute != "" || errors.Is(s.Err, datasets.ErrOnePicture))
}
