package datapage

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// table is the look of tables, which can be looked at and not yet be learnt from.
var table = look{
	kind: datasets.Table,
	view: newTableView,
	summary: func(info datasets.Info) string {
		return words.Counted(info.Count, "row") + ", " + words.Counted(len(info.Columns), "column")
	},
	about:     func(datasets.Builtin) string { return "a table" },
	thumbnail: func(datasets.Set) image.Image { return tableThumbnail() },
	examine: func(_ context.Context, set datasets.Set, _ func(done, total int)) ([]datasets.Finding, error) {
		return datasets.ExamineTable(set.Info()), nil
	},
	sound: "nothing to fix in the columns",
}

// A tableView shows what was understood of a table: its columns, and its first rows.
type tableView struct {
	s             *studio.Studio
	box           *fyne.Container
	columns, rows *widget.Table
	info          datasets.Info
}

// columnHeads are the heads of the table of columns, with their widths.
var columnHeads = []struct {
	title string
	width float32
}{{"Column", 160}, {"Type", 80}, {"Missing", 76}, {"Different", 80}, {"Values", 420}}

func newTableView(s *studio.Studio, _ ui.Host) view {
	v := &tableView{s: s}
	v.columns = newReadTable(func() (int, int) { return len(v.info.Columns), len(columnHeads) },
		func(row, column int) string { return v.columnCell(row, column) },
		func(column int) string { return columnHeads[column].title })
	for i, h := range columnHeads {
		v.columns.SetColumnWidth(i, h.width)
	}
	v.rows = newReadTable(func() (int, int) { return len(v.info.Head), len(v.info.Columns) },
		func(row, column int) string {
			if column < len(v.info.Head[row]) {
				return strings.ReplaceAll(v.info.Head[row][column], "\n", " ")
			}
			return ""
		}, func(column int) string { return v.info.Columns[column].Name })
	v.box = container.New(ui.Halves{},
		container.NewBorder(ui.NewSection("Columns"), nil, nil, nil, v.columns),
		container.NewBorder(ui.NewSection("First rows"), nil, nil, nil, v.rows))
	return v
}

func (v *tableView) content() fyne.CanvasObject { return v.box }

func (v *tableView) cards() []madeHere { return nil }

func (v *tableView) refresh() {
	if kindNow(v.s) == datasets.Table {
		v.set(v.s.Data.Whole.Info())
	}
}

// choose does nothing: findings are about columns.
func (v *tableView) choose([]int) {}

func (v *tableView) close() {}

// newReadTable returns a table that is only read.
func newReadTable(size func() (rows, columns int), cell func(row, column int) string, head func(column int) string) *widget.Table {
	create := func() fyne.CanvasObject {
		l := ui.NewLine("")
		l.SizeName = theme.SizeNameCaptionText
		return l
	}
	t := widget.NewTable(size, create, func(id widget.TableCellID, o fyne.CanvasObject) {
		ui.SetText(o.(*widget.Label), cell(id.Row, id.Col))
	})
	t.ShowHeaderRow = true
	t.CreateHeader = func() fyne.CanvasObject {
		l := ui.NewLine("")
		l.SizeName, l.TextStyle.Bold = theme.SizeNameCaptionText, true
		return l
	}
	t.UpdateHeader = func(id widget.TableCellID, o fyne.CanvasObject) {
		if id.Col >= 0 {
			ui.SetText(o.(*widget.Label), head(id.Col))
		}
	}
	return t
}

// set shows another table.
func (v *tableView) set(info datasets.Info) {
	if v.info.Fingerprint == info.Fingerprint && v.info.Name == info.Name {
		return
	}
	v.info = info
	for i, c := range info.Columns {
		widest := len([]rune(c.Name))
		for _, row := range info.Head {
			if i < len(row) {
				widest = max(widest, len([]rune(row[i])))
			}
		}
		v.rows.SetColumnWidth(i, float32(min(240, max(64, 8*widest+20))))
	}
	v.columns.Refresh()
	v.rows.Refresh()
	v.columns.ScrollToTop()
	v.rows.ScrollToTop()
}

// columnCell is what the table of columns says of one.
func (v *tableView) columnCell(i, column int) string {
	c := v.info.Columns[i]
	switch column {
	case 0:
		return c.Name
	case 1:
		return c.Type
	case 2:
		text := humanize.Comma(int64(c.Missing))
		if c.Bad > 0 {
			text += fmt.Sprintf(" + %s bad", humanize.Comma(int64(c.Bad)))
		}
		return text
	case 3:
		if c.Distinct > 1000 {
			return "over 1,000"
		}
		return humanize.Comma(int64(c.Distinct))
	}
	if c.Numeric() {
		return fmt.Sprintf("%.6g to %.6g, mean %.6g", c.Min, c.Max, c.Mean)
	}
	if len(c.Categories) == 0 {
		return v.examples(i)
	}
	var names []string
	for i, k := range c.Categories {
		if i == 6 {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprintf("%s (%s)", strings.ReplaceAll(k.Name, "\n", " "), humanize.Comma(int64(k.Count))))
	}
	return strings.Join(names, ", ")
}

// examples are a few of the different values of a column, from the first rows.
func (v *tableView) examples(column int) string {
	const enough = 3
	var values []string
	for _, row := range v.info.Head {
		if column < len(row) && row[column] != "" && !slices.Contains(values, row[column]) && len(values) < enough {
			values = append(values, row[column])
		}
	}
	if len(values) == 0 {
		return ""
	}
	return "such as " + strings.ReplaceAll(strings.Join(values, ", "), "\n", " ")
}

// tableThumbnail is a table: a head, and rows of cells.
func tableThumbnail() image.Image {
	const size, margin, row, columns = 112, 14, 17, 3
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	width := (size - 2*margin) / columns
	for y := margin; y+row <= size-margin; y += row {
		for x := range columns {
			cell := image.Rect(margin+x*width, y, margin+(x+1)*width-4, y+row-5)
			if y > margin { // of text that is not as high as the head
				cell = image.Rect(cell.Min.X, cell.Min.Y+3, cell.Max.X-4*((x+y/row)%3), cell.Max.Y-3)
			}
			draw.Draw(out, cell, image.NewUniform(widgets.Real.ColorOnAny()), image.Point{}, draw.Src)
		}
	}
	return out
}
