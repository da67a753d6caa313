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
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// table is points as a file has them.
type table struct {
	names  [2]string // of the columns: the header's, or x and y
	values [][2]float64
	sum    [32]byte // of the file
}

// openText opens a file of text: a table divided by commas or something else, or JSON.
func openText(ctx context.Context, file string, o Options, lim limits, progress func(done, total int)) (Set, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, cause(err))
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, cause(err))
	}
	watch := &lineWatch{size: info.Size(), tell: progress}
	r, err := unzipped(watch.bytes(f))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	defer r.Close()
	t, err := readText(ctx, watch.text(r), filepath.Base(file), lim)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return t.open(file, o)
}

// readText reads a table of any of the kinds; name names it where lines are left out.
func readText(ctx context.Context, r io.Reader, name string, lim limits) (*tabular, error) {
	t := &tabular{lim: lim}
	sum := sha256.New()
	br := bufio.NewReaderSize(io.TeeReader(io.LimitReader(cancellable{ctx, r}, lim.memory), sum), 64<<10)
	plain, err := t.inUTF8(br)
	if err != nil {
		return nil, err
	}
	head, _ := plain.Peek(64 << 10)
	if begin := bytes.TrimSpace(head); len(begin) > 0 && (begin[0] == '{' || begin[0] == '[' && jsonArray(begin)) {
		err = t.readJSON(ctx, plain, name)
	} else {
		err = t.readDelimited(ctx, plain, head, name)
	}
	if err != nil {
		return nil, err
	}
	sum.Sum(t.sum[:0])
	return t, nil
}

// inUTF8 recognises how text is coded: UTF-8 and UTF-16, with a byte order mark or without, else Windows-1252, which holds all of Latin-1's letters.
func (t *tabular) inUTF8(br *bufio.Reader) (*bufio.Reader, error) {
	head, _ := br.Peek(64 << 10)
	var coding encoding.Encoding
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i&1]++
		}
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), zeros[1] > len(head)/4 && zeros[0] == 0:
		coding = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), zeros[0] > len(head)/4 && zeros[1] == 0:
		coding = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case zeros[0]+zeros[1] > 0:
		return nil, errors.New("not a text file: save the points as CSV")
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		br.Discard(3)
		return br, nil
	case utf8.Valid(head[:lastRune(head)]):
		return br, nil
	default:
		t.notes = append(t.notes, "text taken for Windows-1252")
		return bufio.NewReaderSize(charmap.Windows1252.NewDecoder().Reader(br), 64<<10), nil
	}
	t.notes = append(t.notes, "text in UTF-16")
	return bufio.NewReaderSize(coding.NewDecoder().Reader(br), 64<<10), nil
}

// lastRune returns where text that may be cut within a letter has its last whole one's end.
func lastRune(b []byte) int {
	for n := len(b); n > len(b)-4 && n > 0; n-- {
		if r, size := utf8.DecodeLastRune(b[:n]); r != utf8.RuneError || size != 1 {
			return n
		}
	}
	return len(b)
}

// newCSV returns a reader of lines that are divided by something; those that begin with # are remarks.
func newCSV(r io.Reader, comma rune) *csv.Reader {
	cr := csv.NewReader(r)
	cr.Comma = comma
	cr.Comment = '#'
	cr.FieldsPerRecord = -1
	cr.ReuseRecord = true
	cr.TrimLeadingSpace = comma != '\t'
	return cr
}

// readDelimited reads lines of cells, with or without a header line. Lines that cannot be read are left out.
func (t *tabular) readDelimited(ctx context.Context, r io.Reader, head []byte, name string) error {
	comma := delimiter(head)
	t.commas = comma != ','
	cr := newCSV(r, comma)
	for first := true; ; {
		record, err := cr.Read()
		if err == io.EOF {
			break
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			t.skip(fmt.Sprintf("%s line %d", name, wrong.StartLine), wrong.Err.Error()+": correct or delete the line")
			continue
		}
		if err != nil {
			return cause(err)
		}
		line, _ := cr.FieldPos(0)
		record = trimmed(record, comma)
		if first {
			first = false
			header := isHeader(record)
			names := make([]string, len(record))
			switch {
			case header:
				copy(names, record)
			case len(record) == 2:
				names = []string{"x", "y"}
			}
			if err := t.setNames(names); err != nil {
				return fmt.Errorf("line %d: %w", line, err)
			}
			if header {
				continue
			}
		}
		if len(record) != len(t.columns) {
			t.skip(fmt.Sprintf("%s line %d", name, line), fmt.Sprintf("%s where %d are expected", counted(len(record), "column", "columns"), len(t.columns)))
			continue
		}
		if err := t.add(fmt.Sprintf("line %d", line), record, nil); err != nil {
			return err
		}
	}
	if n := len(t.bad) + t.badMore; n > t.rows && t.rows > 0 {
		return fmt.Errorf("%s of %s cannot be read (%s: %s): divide the columns by a comma, a semicolon or a tab, the same number in each line",
			thousands(n), counted(n+t.rows, "line", "lines"), t.bad[0].Path, t.bad[0].Reason)
	}
	return nil
}

// delimiter finds what divides the cells of a text: of what divides most lines into as many cells, what leaves most of them numbers. What is
// seldom used is tried where nothing else divides.
func delimiter(head []byte) rune {
	if end := bytes.LastIndexByte(head, '\n'); end > 0 && len(head) == 64<<10 {
		head = head[:end+1]
	}
	for _, some := range []string{"\t;|, ", "^~\x01\x1f", ":"} {
		best, share := ',', -1.0
		for _, comma := range some {
			if !bytes.ContainsRune(head, comma) || comma == ':' && clocks.Match(head) {
				continue
			}
			if s := numbersBetween(head, comma); s > share {
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

// numbersBetween is the share of numbers among the cells that a delimiter makes; −1 where it does not divide four lines in five alike.
func numbersBetween(head []byte, comma rune) float64 {
	cr := newCSV(bytes.NewReader(head), comma)
	counts := make(map[int]int)
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
		record = trimmed(record, comma)
		counts[len(record)]++
		for _, cell := range record {
			cells++
			if _, _, err := parseNumber(strings.TrimSpace(cell), comma != ','); err == nil {
				numbers++
			}
		}
	}
	for n, k := range counts {
		if n > 1 && 10*k >= 8*lines {
			return float64(numbers) / float64(cells)
		}
	}
	return -1
}

// trimmed takes off the empty cell that spaces at the end of a line leave.
func trimmed(record []string, comma rune) []string {
	if n := len(record) - 1; comma == ' ' && n > 0 && record[n] == "" {
		return record[:n]
	}
	return record
}

// isHeader says whether no cell is a number and some cell is a word; a lone word among numbers is a mistake, not a header.
func isHeader(record []string) bool {
	words := 0
	for _, field := range record {
		field = strings.TrimSpace(field)
		if _, _, err := parseNumber(field, true); err == nil {
			return false
		}
		if field != "" {
			words++
		}
	}
	return words > 0 && (words == len(record) || len(record) > 2)
}

func shortened(s string) string {
	if len(s) <= 40 {
		return s
	}
	if r := []rune(s[:min(len(s), 200)]); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
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
