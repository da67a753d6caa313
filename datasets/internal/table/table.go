// Package table reads tables of text, JSON and Parquet row by row: what their columns are, how
// their numbers are written, and the points of two columns of numbers.
package table

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

const (
	headRows  = 20   // rows that Info.Head holds
	mostSkips = 1000 // lines that are listed one by one
)

// indexName begins the name of the column in which pandas writes its index.
const indexName = "__index_level_"

// Table gathers a table row by row: what its columns are and, in a second pass, the points of two
// columns of numbers. So each number is read as all of its column are.
type Table struct {
	Lim     dataset.Limits
	divider rune // what divides the cells of a text; 0 of others
	exact   bool // numbers are written as programs write them
	headed  bool // the file names its columns
	Unnamed bool // rows of JSON are arrays
	Columns []*columnStats
	rows    int
	head    [][]string
	Bad     []dataset.Skip
	BadMore int
	notes   []string
	sum     [32]byte

	told     func(rows int)       // how many were read, from time to time; may be nil
	expected int64                // rows of Parquet, as the file says
	Take     func(cells []string) // gets the rows instead of all that follows; the cells are overwritten; or nil

	kept   []int        // numbers of the columns that hold data
	second bool         // this is the pass for points
	pairs  [][2]float64 // of the second pass
}

// column returns the number of the column of a name, which may be new.
func (t *Table) column(name string) (int, error) {
	for i, c := range t.Columns {
		if c.Name == name {
			return i, nil
		}
	}
	if len(t.Columns) == t.Lim.Columns {
		return 0, fmt.Errorf("more than %s columns: keep fewer", wording.Thousands(t.Lim.Columns))
	}
	t.Columns = append(t.Columns, &columnStats{Name: name})
	return len(t.Columns) - 1, nil
}

// columnName is a name that can be shown in a line.
func columnName(name string) string {
	return wording.Shortened(strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) && r != ' ' {
			return ' '
		}
		return r
	}, name)))
}

// UnnamedColumn is what a column is called that has no name.
func UnnamedColumn(i int) string { return fmt.Sprintf("column %d", i+1) }

// setNames names the columns, numbering those without a name and those that stand twice.
func (t *Table) setNames(names []string) error {
	if len(names) > t.Lim.Columns {
		return fmt.Errorf("%s columns, more than %s: keep fewer", wording.Thousands(len(names)), wording.Thousands(t.Lim.Columns))
	}
	if t.second {
		return nil
	}
	seen := make(map[string]int)
	for i, name := range names {
		name = columnName(name)
		unnamed := name == "" || strings.HasPrefix(name, "Unnamed: ") || strings.HasPrefix(name, indexName)
		if name == "" {
			name = UnnamedColumn(i)
		}
		seen[name]++
		if n := seen[name]; n > 1 {
			name = fmt.Sprintf("%s.%d", name, n-1)
		}
		t.Columns = append(t.Columns, &columnStats{Name: name, unnamed: unnamed})
	}
	return nil
}

// rowPlace is where a row stands in a file; most rows are never asked.
type rowPlace struct {
	what string // line, item or row
	n    int
}

func (p rowPlace) String() string { return fmt.Sprintf("%s %d", p.what, p.n) }

// add counts a row; text says of which cells the file says that they are text, nil of none.
func (t *Table) add(at rowPlace, cells []string, text []bool) error {
	t.rows++
	switch {
	case t.Take != nil:
		t.Take(cells)
		return nil
	case t.second:
		return t.addPoint(at, cells, text)
	}
	for i, cell := range cells {
		t.Columns[i].add(cell, text != nil && text[i], t.exact)
	}
	if t.rows%toldRows == 0 && t.told != nil {
		t.told(t.rows)
	}
	if len(t.head) < headRows {
		short := make([]string, len(cells))
		for i, cell := range cells {
			short[i] = wording.Shortened(cell)
		}
		t.head = append(t.head, short)
	}
	return nil
}

// addPoint adds a row to the points, or says why it is none.
func (t *Table) addPoint(at rowPlace, cells []string, text []bool) error {
	var pair [2]float64
	for k, i := range t.kept {
		cell := ""
		if i < len(cells) {
			cell = cells[i]
		}
		v, ok := t.Columns[i].value(cell, t.exact)
		if isText := text != nil && i < len(text) && text[i]; !ok || isText {
			t.skip(fmt.Sprintf("%s, column %d", at, i+1), t.Columns[i].wrong(cell, t.exact, isText))
			return nil
		}
		pair[k] = v
	}
	if int64(len(t.pairs)+1)*16 > t.Lim.Memory {
		return fmt.Errorf("more than %s points: keep fewer lines", wording.Thousands(len(t.pairs)))
	}
	t.pairs = append(t.pairs, pair)
	return nil
}

// skip leaves a row out.
func (t *Table) skip(path, reason string) {
	if len(t.Bad) == mostSkips {
		t.BadMore++
		return
	}
	t.Bad = append(t.Bad, dataset.Skip{Path: path, Reason: reason})
}

// note says what was done to the whole file; the second pass does it again, unsaid.
func (t *Table) note(what string) {
	if !t.second {
		t.notes = append(t.notes, what)
	}
}

// settle decides, once all rows were seen, which columns hold data and how their numbers are
// written.
func (t *Table) settle() {
	var kept []int
	empty, running := 0, -1
	for i, c := range t.Columns {
		switch {
		case c.unnamed && c.seen == 0:
			empty++
		case t.headed && (i == 0 || strings.HasPrefix(c.Name, indexName)) && c.running(t.rows):
			running = i
		default:
			kept = append(kept, i)
		}
	}
	if running >= 0 && len(kept) == 1 { // which are two columns: the number is all that the rows have besides
		kept = append(kept, running)
		slices.Sort(kept)
		running = -1
	}
	if len(kept) == 0 {
		for i := range t.Columns {
			kept = append(kept, i)
		}
		empty = 0
	}
	t.kept = kept
	if running >= 0 {
		t.notes = append(t.notes, "the column without a name that numbers the rows was left out")
	}
	if empty > 0 {
		t.notes = append(t.notes, wording.Counted(empty, "empty column without a name", "empty columns without a name")+" left out")
	}
	if !t.headed && len(kept) == 2 && t.divider != 0 {
		t.Columns[kept[0]].Name, t.Columns[kept[1]].Name = "x", "y"
	}
	t.decideStyles()
}

// open makes points of two columns of numbers, else a table. again hands over all rows once more.
func (t *Table) open(ctx context.Context, file string, o dataset.Options, again func(context.Context, *Table) error) (dataset.Set, error) {
	if t.rows == 0 {
		err := fmt.Errorf("read %s: no row can be read: 0 points: at least %d are needed: add lines", file, dataset.MinItems)
		if len(t.Bad) > 0 {
			err = fmt.Errorf("%w (%s: %s)", err, t.Bad[0].Path, t.Bad[0].Reason)
		}
		return nil, err
	}
	t.settle()
	name := filepath.Base(file)
	var columns []*columnStats
	for _, i := range t.kept {
		columns = append(columns, t.Columns[i])
	}
	if len(columns) == 2 && columns[0].numeric() && columns[1].numeric() {
		for _, c := range columns {
			if c.unclear != "" {
				return nil, fmt.Errorf("read %s: column %s: %s", file, c.Name, c.unclear)
			}
		}
		if err := t.collect(ctx, again); err != nil {
			return nil, fmt.Errorf("read %s: %w", file, err)
		}
		return t.points(file, name, columns)
	}
	info := dataset.Info{
		Name: name, Kind: dataset.Table, Count: t.rows, Shape: []int{len(columns)}, Skipped: t.Bad,
		Fingerprint: fmt.Sprintf("%x", t.sum),
	}
	numeric := 0
	for _, s := range columns {
		c := s.describe(t.rows)
		info.Columns = append(info.Columns, c)
		if c.Numeric() {
			numeric++
		}
		if s.unclear != "" && s.numeric() {
			t.notes = append(t.notes, fmt.Sprintf("the numbers of %s were left as text: %s", s.Name, s.unclear))
		}
	}
	if !o.Tables {
		return nil, fmt.Errorf("read %s: a table of %s (%s), %d of them of numbers: only points can be trained on, in exactly two columns of numbers: delete the others, or look at the table with \"ganvas data\"",
			file, wording.Counted(len(columns), "column", "columns"), namesShown(columns), numeric)
	}
	info.Head = t.keptHead()
	info.Notes = append(t.notes, fmt.Sprintf("a table of %s and %s, %d of them of numbers; it can be looked at, not yet trained on", wording.Counted(t.rows, "row", "rows"), wording.Counted(len(columns), "column", "columns"), numeric))
	if len(t.Bad) > 0 {
		info.Notes = append(info.Notes, leftOut(len(t.Bad), t.BadMore, "line", "lines"))
	}
	return &tableSet{info}, nil
}

// keptHead returns the first rows of the columns that hold data.
func (t *Table) keptHead() (rows [][]string) {
	for _, row := range t.head {
		var cells []string
		for _, i := range t.kept {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			cells = append(cells, cell)
		}
		rows = append(rows, cells)
	}
	return rows
}

func namesShown(columns []*columnStats) string {
	var names []string
	for i, c := range columns {
		if i == 5 && len(columns) > 6 {
			names = append(names, "…")
			break
		}
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// collect reads all rows once more, for the points in them.
func (t *Table) collect(ctx context.Context, again func(context.Context, *Table) error) error {
	second := &Table{Lim: t.Lim, divider: t.divider, exact: t.exact, headed: t.headed, Columns: t.Columns, kept: t.kept, second: true}
	if err := again(ctx, second); err != nil {
		return err
	}
	t.pairs, t.Bad, t.BadMore = second.pairs, second.Bad, second.BadMore
	return nil
}

// points makes a set of the rows of two numbers; the others are skipped.
func (t *Table) points(file, name string, columns []*columnStats) (dataset.Set, error) {
	for i := range t.Bad {
		if !strings.HasPrefix(t.Bad[i].Path, name+" ") {
			t.Bad[i].Path = name + " " + t.Bad[i].Path
		}
	}
	if len(t.pairs) < dataset.MinItems {
		err := fmt.Errorf("read %s: %s: at least %d are needed, and some hundreds to learn from: add lines", file, wording.Counted(len(t.pairs), "point", "points"), dataset.MinItems)
		if len(t.Bad) > 0 {
			err = fmt.Errorf("%w (%s: %s)", err, t.Bad[0].Path, t.Bad[0].Reason)
		}
		return nil, err
	}
	names := [2]string{columns[0].Name, columns[1].Name}
	p := &PointTable{Names: names, Values: t.pairs, Sum: t.sum, more: t.BadMore}
	note := fmt.Sprintf("%s points from the columns %s and %s", wording.Thousands(len(t.pairs)), names[0], names[1])
	set, err := p.Open(file, name, note, t.Bad)
	if err != nil {
		return nil, err
	}
	a := set.(*dataset.AffinePointSet)
	if slices.ContainsFunc(columns, func(c *columnStats) bool {
		return c.style == commaed && c.signs.both[commaed]+c.signs.only[commaed] > 0
	}) {
		t.notes = append(t.notes, "numbers with decimal commas")
	}
	a.About.Notes = append(a.About.Notes, t.notes...)
	return set, nil
}

// tableSet is a table that is described, and no more.
type tableSet struct{ info dataset.Info }

// Info says what the table is: Columns and Head are what there is to show.
func (t *tableSet) Info() dataset.Info { return t.info }

// Len returns the number of rows.
func (t *tableSet) Len() int { return t.info.Count }

// Read panics: nothing trains on tables.
func (t *tableSet) Read(int, []float32) int { panic("datasets: a table has no items to read") }
