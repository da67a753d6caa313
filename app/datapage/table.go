package datapage

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/app/ui"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/datasets"
)

// A tableView shows what was understood of a table: its columns, and its first rows.
type tableView struct {
	box           *fyne.Container
	columns, rows *widget.Table
	info          datasets.Info
}

// columnHeads are the heads of the table of columns, with their widths.
var columnHeads = []struct {
	title string
	width float32
}{{"Column", 160}, {"Type", 80}, {"Missing", 76}, {"Different", 80}, {"Values", 420}}

func newTableView() *tableView {
	v := &tableView{}
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
	v.box.Hide()
	return v
}

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
