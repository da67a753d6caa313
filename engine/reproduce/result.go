package reproduce

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Result is what became of a table.
type Result struct {
	Name        string   `json:"name"`
	Title       string   `json:"title"`
	Paper       string   `json:"paper"`
	Protocol    string   `json:"protocol"`
	Differences []string `json:"differences"`
	Command     string   `json:"command"`
	Version     string   `json:"version"`
	Made        string   `json:"made"` // day
	Cores       int      `json:"cores"`
	Quick       bool     `json:"quick"`
	Seeds       int      `json:"seeds"` // of the method that has the most
	Columns     []Column `json:"columns"`
	Rows        []Row    `json:"rows"`
}

// Row is one method.
type Row struct {
	Method    string      `json:"method"`
	Settings  []string    `json:"settings,omitempty"` // preset, then KEY=VALUE
	Network   string      `json:"network,omitempty"`
	Updates   int64       `json:"updates,omitempty"`
	Seconds   float64     `json:"seconds,omitempty"` // of training, a seed
	Published []*Number   `json:"published"`         // by column; null: none
	Ours      []*Number   `json:"ours"`              // null where nothing was run
	Runs      [][]float64 `json:"runs,omitempty"`    // of each seed, by column
	Version   string      `json:"version,omitempty"` // of the program that trained them
	Note      string      `json:"note,omitempty"`
}

// Row returns what is known of a method before it is run, in a table of so many columns.
func (m Method) Row(columns int) Row {
	row := Row{Method: m.Name, Note: m.Note, Published: make([]*Number, columns)}
	for i, f := range m.Published {
		row.Published[i] = numberOf(f.Value, f.StdErr)
	}
	return row
}

// Number is a mean with its standard error, null if it is not known.
type Number struct {
	Value  float64  `json:"value"`
	StdErr *float64 `json:"stderr"`
}

// numberOf returns a number; nil if the value is NaN. A negative error, or NaN, is not known.
func numberOf(value, stdErr float64) *Number {
	if math.IsNaN(value) {
		return nil
	}
	n := &Number{Value: value}
	if stdErr >= 0 {
		n.StdErr = &stdErr
	}
	return n
}

// Text writes a number with its error for people, or a dash.
func (n *Number) Text() string {
	switch {
	case n == nil:
		return "–"
	case n.StdErr == nil:
		return round(n.Value, 2)
	}
	return round(n.Value, 2) + " ± " + round(*n.StdErr, 1)
}

// round keeps about three significant digits, of numbers below a hundredth as many as are asked
// for, and never writes an exponent where a person would not.
func round(x float64, small int) string {
	switch {
	case x == math.Trunc(x) && math.Abs(x) < 1e6:
		return fmt.Sprintf("%.0f", x)
	case math.Abs(x) >= 100:
		return fmt.Sprintf("%.0f", x)
	case math.Abs(x) >= 1:
		return fmt.Sprintf("%.1f", x)
	case math.Abs(x) >= 0.01:
		return fmt.Sprintf("%.2f", x)
	}
	return fmt.Sprintf("%.*g", small, x)
}

// Published tells whether anything was published of a column.
func (r Result) Published(column int) bool {
	return slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Published[column] != nil })
}

// Cells returns the result as a table: a head, and a row for each method. updates and took write
// how many updates there were and how long they took; "–" stands where nothing was run, and a
// method of which fewer seeds were run than of others says so. The columns are method, updates,
// time, and for each of Columns ours and, where there is one, the published number, with
// PublishedHead.
func (r Result) Cells(updates func(int64) string, took func(time.Duration) string) (head []string, rows [][]string) {
	head = []string{"method", "updates", "time"}
	for i, c := range r.Columns {
		name := c.Name
		if c.Unit != "" {
			name += ", " + c.Unit
		}
		head = append(head, name)
		if r.Published(i) {
			head = append(head, PublishedHead)
		}
	}
	for _, m := range r.Rows {
		row := []string{m.Method, "–", "–"}
		if n := len(m.Runs); m.Ours != nil && n < r.Seeds {
			row[0] += fmt.Sprintf(" (seeds 1 to %d)", n)
		}
		if m.Ours != nil {
			row[1], row[2] = updates(m.Updates), took(time.Duration(m.Seconds*float64(time.Second)))
		}
		for i := range r.Columns {
			ours := "–"
			if m.Ours != nil {
				ours = m.Ours[i].Text()
			}
			row = append(row, ours)
			if r.Published(i) {
				row = append(row, m.Published[i].Text())
			}
		}
		rows = append(rows, row)
	}
	return head, rows
}

// PublishedHead is the head of a column of published numbers.
const PublishedHead = "published"

// Encode returns the result as it is kept in a file.
func (r Result) Encode() ([]byte, error) {
	b, err := json.MarshalIndent(r, "", "  ")
	return append(b, '\n'), err
}

// Decode reads the result of a table from a file's content.
func Decode(name string, content []byte) (Result, error) {
	var r Result
	if err := json.Unmarshal(content, &r); err != nil {
		return r, err
	}
	if r.Name != name || len(r.Columns) == 0 {
		return r, errors.New("it holds no result of that name")
	}
	for _, row := range r.Rows {
		if len(row.Published) != len(r.Columns) || row.Ours != nil && len(row.Ours) != len(r.Columns) {
			return r, fmt.Errorf("row %q has other columns than the table", row.Method)
		}
	}
	return r, nil
}

// Load reads all results of a folder, in the order of Tables; others come last. A file that is none
// is an error that names it.
func Load(folder fs.FS) ([]Result, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, err
	}
	var out []Result
	for _, name := range names {
		content, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read results: %w", err)
		}
		r, err := Decode(strings.TrimSuffix(path.Base(name), ".json"), content)
		if err != nil {
			return nil, fmt.Errorf("read results: %s: %w: remove it, or run the table again", name, err)
		}
		out = append(out, r)
	}
	order := Tables()
	at := func(r Result) int {
		i := slices.IndexFunc(order, func(t Table) bool { return t.Name == r.Name })
		if i < 0 {
			return len(order)
		}
		return i
	}
	slices.SortStableFunc(out, func(a, b Result) int { return at(a) - at(b) })
	return out, nil
}

// Folder is where a program keeps the results of its own runs, below its home folder.
func Folder(home string) string { return filepath.Join(home, "reproduce") }
