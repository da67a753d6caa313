package datasets

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Column describes a column of a table.
type Column struct {
	Name string
	// Type is "integer", "number", "boolean", "date", "category" (few different words, also of numbers that a file calls text), "text", or
	// "empty" where nothing stands in it.
	Type     string
	Missing  int // cells without a value
	Bad      int // cells of a numeric column that are no finite number
	Distinct int // different values; manyValues where there are more
	// Min, Max and Mean are those of an integer's or number's column, over the cells that hold one.
	Min, Max, Mean float64
	Categories     []Category // of a boolean's or category's column, the most frequent first
}

// Numeric says whether the column holds numbers.
func (c Column) Numeric() bool { return c.Type == "integer" || c.Type == "number" }

// Category is one of the values of a column and how often it stands there.
type Category struct {
	Name  string
	Count int
}

const (
	manyValues = 1001 // as many different values of a column are counted
	headRows   = 20   // rows that Info.Head holds
	mostSkips  = 1000 // lines that are listed one by one
)

// missingWords stand for no value, as pandas.read_csv has them.
var missingWords = func() map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields("#N/A #NA -1.#IND -1.#QNAN -NaN -nan 1.#IND 1.#QNAN <NA> N/A NA NULL NaN None n/a nan null") {
		m[w] = true
	}
	m[""], m["#N/A N/A"] = true, true
	return m
}()

// columnStats gathers what describes a column, a cell at a time.
type columnStats struct {
	name                      string
	seen, numbers, whole, odd int // cells with a value; those that are numbers, whole ones, not finite
	booleans, dates           int
	low, high, sum            float64
	values                    map[string]int
	commas                    bool // some number has a decimal comma
}

// add counts a cell and returns its number, NaN where it is none. Cells that the file calls text are never numbers.
func (s *columnStats) add(cell string, text, commas bool) float64 {
	word := strings.TrimSpace(cell)
	if missingWords[word] {
		return math.NaN()
	}
	s.seen++
	if len(s.values) < manyValues {
		if s.values == nil {
			s.values = make(map[string]int)
		}
		s.values[shortened(word)]++
	} else if _, ok := s.values[shortened(word)]; ok {
		s.values[shortened(word)]++
	}
	if text {
		if isDate(word) {
			s.dates++
		}
		return math.NaN()
	}
	if v, comma, err := parseNumber(word, commas); err == nil {
		s.commas = s.commas || comma
		if math.IsInf(v, 0) || math.IsNaN(v) {
			s.odd++
			return math.NaN()
		}
		if s.numbers == 0 {
			s.low, s.high = v, v
		}
		s.numbers++
		if v == math.Trunc(v) && !strings.ContainsAny(word, ".,eE") {
			s.whole++
		}
		s.low, s.high, s.sum = min(s.low, v), max(s.high, v), s.sum+v
		return v
	}
	switch strings.ToLower(word) {
	case "true", "false", "yes", "no":
		s.booleans++
	default:
		if isDate(word) {
			s.dates++
		}
	}
	return math.NaN()
}

// parseNumber reads a number; with commas also one such as 1,5 or 1.234,5, and says so.
func parseNumber(word string, commas bool) (v float64, comma bool, err error) {
	if strings.ContainsAny(word, "xX_pP") && !strings.EqualFold(word, "exp") { // Go's notations that no table means
		return 0, false, strconv.ErrSyntax
	}
	v, err = strconv.ParseFloat(word, 64)
	if errors.Is(err, strconv.ErrRange) {
		return v, false, nil
	}
	if err != nil && commas && strings.Count(word, ",") == 1 {
		whole, fraction, _ := strings.Cut(word, ",")
		if !strings.Contains(fraction, ".") {
			v, err = strconv.ParseFloat(strings.ReplaceAll(whole, ".", "")+"."+fraction, 64)
			return v, err == nil, err
		}
	}
	return v, false, err
}

func isDate(word string) bool {
	if len(word) < 8 || len(word) > 35 || word[0] < '0' || word[0] > '9' {
		return false
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02 15:04:05", "2006-01-02 15:04", time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05.000", "2006/01/02", "02.01.2006", "01/02/2006", "02/01/2006"} {
		if _, err := time.Parse(layout, word); err == nil {
			return true
		}
	}
	return false
}

// numeric says whether more than half of the values are numbers.
func (s *columnStats) numeric() bool { return s.numbers > 0 && 2*s.numbers > s.seen }

// describe finishes a column of rows cells.
func (s *columnStats) describe(rows int) Column {
	c := Column{Name: s.name, Missing: rows - s.seen, Distinct: len(s.values)}
	switch {
	case s.seen == 0:
		c.Type = "empty"
	case s.numeric():
		c.Type = "number"
		if s.whole == s.numbers {
			c.Type = "integer"
		}
		c.Bad = s.seen - s.numbers
		c.Min, c.Max, c.Mean = s.low, s.high, s.sum/float64(s.numbers)
	case s.booleans == s.seen:
		c.Type = "boolean"
	case s.dates == s.seen:
		c.Type = "date"
	case len(s.values) < manyValues && (len(s.values) <= 20 && len(s.values) < s.seen || 10*len(s.values) <= s.seen):
		c.Type = "category"
	default:
		c.Type = "text"
	}
	if c.Type == "boolean" || c.Type == "category" {
		for name, n := range s.values {
			c.Categories = append(c.Categories, Category{name, n})
		}
		slices.SortFunc(c.Categories, func(a, b Category) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name))
		})
	}
	return c
}

// tabular gathers a table row by row.
type tabular struct {
	lim     limits
	commas  bool // decimal commas are possible
	columns []*columnStats
	rows    int
	head    [][]string
	pairs   [][2]float64 // of the rows, while there are no more than two columns; NaN where no number stands
	lines   []string     // "line 3" of each pair
	bad     []Skip
	badMore int
	notes   []string
	sum     [32]byte

	told     func(rows int) // how many were read, from time to time; may be nil
	expected int64          // rows of Parquet, as the file says
}

// toldRows is after how many rows it is told how many were read.
const toldRows = 2000

// rowsOf returns a function that is told how many rows were read of a file, and tells progress of them, and of how many there are in
// about: as many as bytes are left, to two digits.
func rowsOf(f *os.File, progress func(done, total int)) func(rows int) {
	size := int64(0)
	if info, err := f.Stat(); err == nil {
		size = info.Size()
	}
	return func(rows int) {
		at, err := f.Seek(0, io.SeekCurrent)
		if err != nil || at <= 0 || size <= 0 {
			progress(rows, 0)
			return
		}
		total := float64(rows) * float64(size) / float64(at)
		unit := math.Pow(10, max(0, math.Floor(math.Log10(total))-1))
		progress(rows, max(rows, int(math.Round(total/unit)*unit)))
	}
}

// column returns the number of the column of a name, which may be new.
func (t *tabular) column(name string) (int, error) {
	for i, c := range t.columns {
		if c.name == name {
			return i, nil
		}
	}
	if len(t.columns) == t.lim.columns {
		return 0, fmt.Errorf("more than %s columns: keep fewer", thousands(t.lim.columns))
	}
	t.columns = append(t.columns, &columnStats{name: name})
	return len(t.columns) - 1, nil
}

// setNames names the columns, numbering those without a name and those that stand twice.
func (t *tabular) setNames(names []string) error {
	if len(names) > t.lim.columns {
		return fmt.Errorf("%s columns, more than %s: keep fewer", thousands(len(names)), thousands(t.lim.columns))
	}
	seen := make(map[string]int)
	for i, name := range names {
		if name = shortened(strings.TrimSpace(name)); name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		seen[name]++
		if n := seen[name]; n > 1 {
			name = fmt.Sprintf("%s.%d", name, n-1)
		}
		t.columns = append(t.columns, &columnStats{name: name})
	}
	return nil
}

// add counts a row; text says of which cells the file says that they are text, nil of none.
func (t *tabular) add(line string, cells []string, text []bool) error {
	pair := [2]float64{math.NaN(), math.NaN()}
	for i, cell := range cells {
		v := t.columns[i].add(cell, text != nil && text[i], t.commas)
		if i < 2 {
			pair[i] = v
		}
	}
	if t.rows++; t.rows%toldRows == 0 && t.told != nil {
		t.told(t.rows)
	}
	if len(t.head) < headRows {
		short := make([]string, len(cells))
		for i, cell := range cells {
			short[i] = shortened(cell)
		}
		t.head = append(t.head, short)
	}
	if len(t.columns) != 2 {
		t.pairs, t.lines = nil, nil
		return nil
	}
	if int64(t.rows)*16 > t.lim.memory {
		return fmt.Errorf("more than %s points: keep fewer lines", thousands(t.rows-1))
	}
	if math.IsNaN(pair[0]) || math.IsNaN(pair[1]) {
		t.lines = append(t.lines, t.wrong(line, cells))
		return nil
	}
	t.pairs = append(t.pairs, pair)
	return nil
}

// wrong says what is wrong with a row of two cells that are not both numbers.
func (t *tabular) wrong(line string, cells []string) string {
	if len(t.lines) >= mostSkips {
		return ""
	}
	for i := range 2 {
		word := ""
		if i < len(cells) {
			word = strings.TrimSpace(cells[i])
		}
		v, _, err := parseNumber(word, t.commas)
		switch at := fmt.Sprintf("%s, column %d: ", line, i+1); {
		case missingWords[word]:
			return at + "it is empty: fill it in or delete the line"
		case err != nil:
			return fmt.Sprintf("%s%q is not a number: correct or delete the line", at, shortened(word))
		case math.IsInf(v, 0) || math.IsNaN(v):
			return fmt.Sprintf("%s%q is no finite number: correct or delete the line", at, shortened(word))
		}
	}
	return line + ": not two numbers"
}

// skip leaves a row out.
func (t *tabular) skip(path, reason string) {
	if len(t.bad) == mostSkips {
		t.badMore++
		return
	}
	t.bad = append(t.bad, Skip{path, reason})
}

// open makes points of two columns of numbers, else a table.
func (t *tabular) open(file string, o Options) (Set, error) {
	if t.rows == 0 {
		err := fmt.Errorf("read %s: no row can be read: 0 points: at least %d are needed: add lines", file, minItems)
		if len(t.bad) > 0 {
			err = fmt.Errorf("%w (%s: %s)", err, t.bad[0].Path, t.bad[0].Reason)
		}
		return nil, err
	}
	name := filepath.Base(file)
	if len(t.columns) == 2 && t.columns[0].numeric() && t.columns[1].numeric() {
		return t.points(file, name)
	}
	info := Info{
		Name: name, Kind: Table, Count: t.rows, Shape: []int{len(t.columns)}, Skipped: t.bad, Head: t.head,
		Fingerprint: fmt.Sprintf("%x", t.sum),
	}
	numeric := 0
	for _, s := range t.columns {
		c := s.describe(t.rows)
		info.Columns = append(info.Columns, c)
		if c.Numeric() {
			numeric++
		}
	}
	if !o.Tables {
		return nil, fmt.Errorf("read %s: a table of %s (%s), %d of them of numbers: only points can be trained on, in exactly two columns of numbers: delete the others, or look at the table with \"ganvas data\"",
			file, counted(len(t.columns), "column", "columns"), t.namesShown(), numeric)
	}
	info.Notes = append(t.notes, fmt.Sprintf("a table of %s and %s, %d of them of numbers; it can be looked at, not yet trained on", counted(t.rows, "row", "rows"), counted(len(t.columns), "column", "columns"), numeric))
	if n := len(t.bad) + t.badMore; n > 0 {
		info.Notes = append(info.Notes, counted(n, "line", "lines")+" left out, each with its reason")
	}
	return &tableSet{info}, nil
}

func (t *tabular) namesShown() string {
	var names []string
	for i, c := range t.columns {
		if i == 5 && len(t.columns) > 6 {
			names = append(names, "…")
			break
		}
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// points makes a set of the rows of two numbers; the others are skipped.
func (t *tabular) points(file, name string) (Set, error) {
	names := [2]string{t.columns[0].name, t.columns[1].name}
	skipped := t.bad
	for _, why := range t.lines {
		if line, reason, ok := strings.Cut(why, ": "); ok && len(skipped) < mostSkips {
			skipped = append(skipped, Skip{name + " " + line, reason})
		}
	}
	if len(t.pairs) < minItems {
		err := fmt.Errorf("read %s: %s: at least %d are needed, and some hundreds to learn from: add lines", file, counted(len(t.pairs), "point", "points"), minItems)
		if len(skipped) > 0 {
			err = fmt.Errorf("%w (%s: %s)", err, skipped[0].Path, skipped[0].Reason)
		}
		return nil, err
	}
	p := &table{names: names, values: t.pairs, sum: t.sum}
	note := fmt.Sprintf("%s points from the columns %s and %s", thousands(len(t.pairs)), names[0], names[1])
	set, err := p.open(file, name, note, skipped)
	if err != nil {
		return nil, err
	}
	a := set.(*affinePoints)
	if t.columns[0].commas || t.columns[1].commas {
		t.notes = append(t.notes, "numbers with decimal commas")
	}
	a.info.Notes = append(a.info.Notes, t.notes...)
	return set, nil
}

// tableSet is a table that is described, and no more.
type tableSet struct{ info Info }

// Info says what the table is: Columns and Head are what there is to show.
func (t *tableSet) Info() Info { return t.info }

// Len returns the number of rows.
func (t *tableSet) Len() int { return t.info.Count }

// Read panics: nothing trains on tables.
func (t *tableSet) Read(int, []float32) int { panic("datasets: a table has no items to read") }
