package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ganvas/datasets/internal/wording"
	"ganvas/engine/wholefile"
)

// delimited is what the beginning of a text tells of its lines.
type delimited struct {
	Comma    rune // what divides the cells
	hashes   bool // a # begins a cell like any other sign does
	Declared bool // the first line says what divides them, as Excel reads and writes it
}

// DelimitedAs finds how the lines of a text are divided.
func DelimitedAs(head []byte) delimited {
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	said := strings.Trim(string(bytes.TrimRight(line, " ;,\t")), `"`)
	if len(said) >= 4 && strings.EqualFold(said[:4], "sep=") {
		line = bytes.Trim(bytes.TrimSpace(line), `"`)
		switch mark := []rune(string(line[4:])); {
		case len(mark) == 0: // a tab, which was trimmed
			return delimited{'\t', manyHashes(rest), true}
		case len(mark) >= 1 && mark[0] != '"' && mark[0] != '\r' && mark[0] != '\n':
			return delimited{mark[0], manyHashes(rest), true}
		}
	}
	hashes := manyHashes(head)
	return delimited{delimiter(head, hashes), hashes, false}
}

// LinesOfNumbers says whether a file that begins with head is a table of numbers, whatever its
// name: its lines have as many cells each, at least two, and most of those are numbers.
func LinesOfNumbers(head []byte) bool {
	end := bytes.LastIndexAny(head, "\r\n")
	if end < 0 || !utf8.Valid(head[:end]) || bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	lines := bytes.ReplaceAll(head[:end], []byte("\r"), []byte("\n"))
	for _, comma := range "\t;|, " {
		if bytes.ContainsRune(lines, comma) && numbersBetween(lines, comma, false) > 0.5 {
			return true
		}
	}
	return false
}

// manyHashes says whether most lines begin with a #, which then begins no remark.
func manyHashes(head []byte) bool {
	hashes, lines := 0, 0
	for line := range bytes.Lines(head) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		lines++
		if line[0] == '#' || bytes.HasPrefix(line, []byte(`"#`)) {
			hashes++
		}
	}
	return 2*hashes > lines
}

// readDelimited reads lines of cells, with or without a header line. Lines that cannot be read are
// left out.
func (t *Table) readDelimited(ctx context.Context, r *Records, form delimited, name string) error {
	d := &delimitedRows{t: t, r: r, form: form, name: name, first: true}
	t.divider = form.Comma
	for skip := form.Declared; ; skip = false {
		cells, line, err := r.Next()
		if err == io.EOF {
			break
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var wrong *csv.ParseError
		switch {
		case skip:
			continue
		case errors.As(err, &wrong):
			t.skip(fmt.Sprintf("%s line %d", name, line), wrong.Err.Error()+": correct or delete the line")
			continue
		case err != nil:
			return wholefile.Cause(err)
		}
		if err := d.add(cells, line); err != nil {
			return err
		}
	}
	d.finish()
	if n := len(t.Bad) + t.BadMore; !t.second && n > t.rows && t.rows > 0 {
		return fmt.Errorf("%s of %s cannot be read (%s: %s): divide the columns by a comma, a semicolon or a tab, the same number in each line",
			wording.Thousands(n), wording.Counted(n+t.rows, "line", "lines"), t.Bad[0].Path, t.Bad[0].Reason)
	}
	return nil
}

// delimitedRows makes rows of records.
type delimitedRows struct {
	t        *Table
	r        *Records
	form     delimited
	name     string
	first    bool     // no row was read yet
	header   []string // until the first row is read
	width    int      // cells of a row
	blank    int      // records without any word since the last row
	blankAt  int      // line of the first of them
	leading  int      // records without any word before the first row
	remarks  int      // lines
	trailing int      // lines with empty cells behind the last column
}

// add makes a row of a record, or a header, or says why it is none.
func (d *delimitedRows) add(cells []string, line int) error {
	cells = Trimmed(cells, d.form.Comma)
	at := rowPlace{"line", line}
	if !d.form.hashes && strings.HasPrefix(cells[0], "#") && (d.first || d.r.isRemark(cells, d.width)) {
		d.remarks++
		return nil
	}
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
		if d.blank++; d.blank == 1 {
			d.blankAt = line
		}
		return nil
	}
	if d.first {
		d.first, d.width = false, len(cells)
		if IsHeader(cells) {
			d.header = slices.Clone(cells)
			return nil
		}
		if err := d.setNames(make([]string, len(cells)), line); err != nil {
			return err
		}
		return d.row(at, cells)
	}
	if d.header != nil { // R leaves out the name of the rows' names
		if len(cells) == d.width+1 && strings.TrimSpace(cells[d.width]) != "" {
			d.header, d.width = append([]string{""}, d.header...), d.width+1
		}
		if err := d.setNames(d.header, line); err != nil {
			return err
		}
		d.header, d.t.headed = nil, true
	}
	return d.row(at, cells)
}

func (d *delimitedRows) setNames(names []string, line int) error {
	if err := d.t.setNames(names); err != nil {
		return fmt.Errorf("line %d: %w", line, err)
	}
	return nil
}

// row adds a row, after those without any word before it.
func (d *delimitedRows) row(at rowPlace, cells []string) error {
	for ; d.blank > 0 && d.t.rows > 0; d.blank-- {
		if err := d.t.add(rowPlace{"line", d.blankAt}, make([]string, d.width), nil); err != nil {
			return err
		}
		d.blankAt++
	}
	d.leading += d.blank
	d.blank = 0
	if len(cells) > d.width && strings.TrimSpace(strings.Join(cells[d.width:], "")) == "" {
		d.trailing++
		cells = cells[:d.width]
	}
	if len(cells) != d.width {
		d.t.skip(d.name+" "+at.String(), fmt.Sprintf("%s where %d are expected", wording.Counted(len(cells), "column", "columns"), d.width))
		return nil
	}
	return d.t.add(at, cells, nil)
}

// finish says what was left out that held no data.
func (d *delimitedRows) finish() {
	if d.header != nil {
		_ = d.setNames(d.header, 1) // of no rows
	}
	if n := d.leading + d.blank; n > 0 {
		d.t.note(wording.Counted(n, "line", "lines") + " without any word before the first row or behind the last left out")
	}
	if d.remarks > 0 {
		d.t.note(wording.Counted(d.remarks, "remark that begins", "remarks that begin") + " with # left out")
	}
	if d.trailing > 0 {
		d.t.note("empty cells behind the last column of " + wording.Counted(d.trailing, "line", "lines") + " left out")
	}
}

// delimiter finds what divides the cells of a text: of what divides most lines into as many cells,
// what leaves most of them numbers. What is seldom used is tried where nothing else divides.
func delimiter(head []byte, hashes bool) rune {
	if end := bytes.LastIndexByte(head, '\n'); end > 0 && len(head) == Peeked {
		head = head[:end+1]
	}
	for _, some := range []string{"\t;|, ", "^~\x01\x1f", ":"} {
		best, share := ',', -1.0
		for _, comma := range some {
			if !bytes.ContainsRune(head, comma) || comma == ':' && clocks.Match(head) {
				continue
			}
			if s := numbersBetween(head, comma, hashes); s > share {
				best, share = comma, s
			}
		}
		if share >= 0 {
			return best
		}
	}
	return ','
}

// clocks matches a text that begins with a time of day on a line of its own.
var clocks = regexp.MustCompile(`^[^:\n]*\n?[0-2]?\d:[0-5]\d(:[0-5]\d)?\s*(\n|$)`)

// numbersBetween is the share of numbers among the cells that a delimiter makes; −1 where it does
// not divide four lines in five alike.
func numbersBetween(head []byte, comma rune, hashes bool) float64 {
	cr := newCSV(bytes.NewReader(head), comma)
	if !hashes {
		cr.Comment = '#'
	}
	counts := make(map[int]int)
	first := 0 // cells of the first line, which may have others than those that it names
	lines, cells, numbers := 0, 0, 0
	for lines < 1000 {
		record, err := cr.Read()
		if err == io.EOF {
			break
		}
		lines++
		if err != nil {
			continue
		}
		record = Trimmed(record, comma)
		if counts[len(record)]++; lines == 1 {
			first = len(record)
		}
		for _, cell := range record {
			cells++
			cell = strings.TrimSpace(cell)
			if n := readNumber(cell); n.some() && !strings.Contains(cell, " ") {
				numbers++
			}
		}
	}
	for n, k := range counts {
		if n == first+1 {
			k++
		}
		if n > 1 && 10*k >= 8*lines {
			return float64(numbers) / float64(cells)
		}
	}
	return -1
}

// Trimmed takes off the empty cell that spaces at the end of a line leave.
func Trimmed(record []string, comma rune) []string {
	if n := len(record) - 1; comma == ' ' && n > 0 && record[n] == "" {
		return record[:n]
	}
	return record
}

// IsHeader says whether no cell is a number and some cell is a word; a lone word is a mistake, not
// a header, but where the first cell is empty, as above a running number.
func IsHeader(record []string) bool {
	words := 0
	for _, field := range record {
		field = strings.TrimSpace(field)
		if n := readNumber(field); n.some() {
			return false
		}
		if field != "" {
			words++
		}
	}
	return words > 0 && (words == len(record) || len(record) > 2 || strings.TrimSpace(record[0]) == "")
}
