package datasets

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// table is what a CSV of points holds.
type table struct {
	names  [2]string // of the columns: the header's, or x and y
	values [][2]float64
	sum    [32]byte // of the file
}

// readCSV reads two columns of numbers, divided by commas, semicolons or tabs, with or without a header line. Lines that begin
// with # are remarks. Errors name the line and the column; limit bounds the bytes that the values take.
func readCSV(ctx context.Context, r io.Reader, limit int64) (*table, error) {
	sum := sha256.New()
	br := bufio.NewReaderSize(io.TeeReader(r, sum), 64<<10)
	head, _ := br.Peek(64 << 10)
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return nil, errors.New("the text is UTF-16: save it as UTF-8")
	case bytes.IndexByte(head, 0) >= 0:
		return nil, errors.New("not a text file: save the points as CSV")
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		br.Discard(3)
		head = head[3:]
	}
	cr := csv.NewReader(br)
	cr.Comma = delimiter(head)
	cr.Comment = '#'
	cr.FieldsPerRecord = -1
	cr.ReuseRecord = true
	cr.TrimLeadingSpace = cr.Comma != '\t'

	t := &table{names: [2]string{"x", "y"}}
	for first := true; ; first = false {
		record, err := cr.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := cr.FieldPos(0)
		if len(record) != 2 {
			return nil, fmt.Errorf("line %d: %s where two, x and y, are needed: divide them by a comma, a semicolon or a tab, and keep no others", line, counted(len(record), "column", "columns"))
		}
		if first && isHeader(record) {
			t.names = [2]string{strings.TrimSpace(record[0]), strings.TrimSpace(record[1])}
			continue
		}
		var p [2]float64
		for i, field := range record {
			if p[i], err = number(field); err != nil {
				return nil, fmt.Errorf("line %d, column %d: %w", line, i+1, err)
			}
		}
		if t.values = append(t.values, p); len(t.values)%4096 == 0 {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			if int64(len(t.values))*16 > limit {
				return nil, fmt.Errorf("more than %s points: keep fewer lines", thousands(len(t.values)-1))
			}
		}
	}
	if len(t.values) < minItems {
		return nil, fmt.Errorf("%s: at least %d are needed, and some hundreds to learn from: add lines", counted(len(t.values), "point", "points"), minItems)
	}
	sum.Sum(t.sum[:0])
	return t, nil
}

// delimiter returns what divides the columns. A tab or a semicolon is hardly ever part of a number or name; a comma
// may be.
func delimiter(head []byte) rune {
	for line := range bytes.Lines(head) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		for _, d := range "\t;" {
			if bytes.ContainsRune(line, d) {
				return d
			}
		}
		break
	}
	return ','
}

// isHeader says whether no field is a number; a lone word among numbers is a mistake, not a header.
func isHeader(record []string) bool {
	for _, field := range record {
		if field = strings.TrimSpace(field); field == "" {
			return false
		} else if _, err := strconv.ParseFloat(field, 64); err == nil || errors.Is(err, strconv.ErrRange) {
			return false
		}
	}
	return true
}

func number(field string) (float64, error) {
	s := strings.TrimSpace(field)
	v, err := strconv.ParseFloat(s, 64)
	switch {
	case s == "":
		return 0, errors.New("it is empty: fill it in or delete the line")
	case errors.Is(err, strconv.ErrRange), err == nil && (math.IsInf(v, 0) || math.IsNaN(v)):
		return 0, fmt.Errorf("%q is no finite number: correct or delete the line", shortened(s))
	case err != nil && strings.Count(s, ",") == 1:
		return 0, fmt.Errorf("%q is not a number: write decimals with a point", shortened(s))
	case err != nil:
		return 0, fmt.Errorf("%q is not a number: correct or delete the line", shortened(s))
	}
	return v, nil
}

func shortened(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

func csvError(err error) error {
	var pe *csv.ParseError
	if errors.As(err, &pe) {
		return fmt.Errorf("line %d: %w: correct or delete the line", pe.StartLine, pe.Err)
	}
	return cause(err)
}

// standardised maps the points to mean 0 and standard deviation 1 on each axis, which puts nearly all of them
// into [-2,2]; an axis without spread is only moved.
func (t *table) standardised() (xy []float32, scale, offset [2]float64, err error) {
	n := float64(len(t.values))
	for axis := range 2 {
		for _, p := range t.values {
			offset[axis] += p[axis] / n
		}
		var variance float64
		for _, p := range t.values {
			variance += (p[axis] - offset[axis]) * (p[axis] - offset[axis]) / n
		}
		scale[axis] = math.Sqrt(variance)
		if math.IsInf(scale[axis], 0) || math.IsNaN(scale[axis]) {
			return nil, scale, offset, fmt.Errorf("column %d: numbers too large to compute with: use smaller units", axis+1)
		}
		// Rounding leaves a trace of spread where there is none.
		if scale[axis] <= 1e-12*math.Abs(offset[axis]) {
			scale[axis] = 0
		}
	}
	if scale == [2]float64{} {
		return nil, scale, offset, errors.New("all points are the same: there is nothing to learn")
	}
	for axis := range 2 {
		if scale[axis] == 0 {
			scale[axis] = 1
		}
	}
	xy = make([]float32, 2*len(t.values))
	for i, p := range t.values {
		for axis := range 2 {
			xy[2*i+axis] = float32((p[axis] - offset[axis]) / scale[axis])
		}
	}
	return xy, scale, offset, nil
}

// openCSV opens a file of points.
func openCSV(ctx context.Context, file string, lim limits) (Set, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, cause(err))
	}
	defer f.Close()
	r, err := unzipped(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	defer r.Close()
	t, err := readCSV(ctx, r, lim.memory)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return t.open(file, filepath.Base(file), fmt.Sprintf("%s points from the columns %s and %s", thousands(len(t.values)), t.names[0], t.names[1]), nil)
}

// open makes a set of points that are brought to mean 0 and standard deviation 1.
func (t *table) open(file, name, note string, skipped []Skip) (Set, error) {
	if len(t.values) < minItems {
		return nil, fmt.Errorf("read %s: %s: at least %d are needed, and some hundreds to learn from: add more", file, counted(len(t.values), "point", "points"), minItems)
	}
	xy, scale, offset, err := t.standardised()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	notes := []string{note, fmt.Sprintf("standardised: (%s − %.6g) / %.6g and (%s − %.6g) / %.6g", t.names[0], offset[0], scale[0], t.names[1], offset[1], scale[1])}
	if len(skipped) > 0 {
		notes = append(notes, counted(len(skipped), "line or item", "lines or items")+" left out, each with its reason")
	}
	return &affinePoints{
		points: points{
			info: Info{
				Name: name, Kind: Points, Count: len(t.values), Shape: []int{2}, Skipped: skipped,
				Fingerprint: hex.EncodeToString(t.sum[:]), Notes: notes,
			},
			xy: xy,
		},
		scale: scale, offset: offset,
	}, nil
}
