package table

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"ganvas/datasets/internal/wording"
)

// tooLongError refuses what would take too much memory to be read at once.
type tooLongError struct {
	what       string // line or row
	line       int
	size, most int64 // bytes
}

// Error names the line and both sizes.
func (e *tooLongError) Error() string {
	return fmt.Sprintf("line %d: a %s of %s bytes, over the limit of %s: write each row on a line of its own", e.line, e.what, wording.Thousands(int(e.size)), wording.Thousands(int(e.most)))
}

// plainText hands on text with line feeds at the ends of its lines, whatever ended them, and
// without the zeros that may follow the last one.
type plainText struct {
	r       io.Reader
	line    int  // of what was read, from 1
	held    int  // zeros and ends of file as DOS had them that were read, but not handed on
	zeros   bool // some of them are zeros
	cr      bool // the last byte was a carriage return
	tail    int  // zeros behind the text, once its end is reached
	pending []byte
	out     []byte // that pending is part of
	buf     [32 << 10]byte
}

const dosEnd = 0x1a

// Read reads, or fails at a zero within the text.
func (p *plainText) Read(out []byte) (int, error) {
	for len(p.pending) == 0 {
		n, err := p.r.Read(p.buf[:])
		if n > 0 {
			if err := p.take(p.buf[:n]); err != nil {
				return 0, err
			}
		}
		if err == io.EOF {
			p.tail = p.held
		}
		if err != nil && len(p.pending) == 0 {
			return 0, err
		}
	}
	n := copy(out, p.pending)
	p.pending = p.pending[n:]
	return n, nil
}

// take makes what is pending of what was read.
func (p *plainText) take(in []byte) error {
	if p.line == 0 {
		p.line = 1
	}
	p.out = p.out[:0]
	defer func() { p.pending = p.out }()
	if p.held == 0 && !p.cr && bytes.IndexByte(in, '\r') < 0 && bytes.IndexByte(in, 0) < 0 && bytes.IndexByte(in, dosEnd) < 0 {
		p.line += bytes.Count(in, []byte("\n"))
		p.out = append(p.out, in...)
		return nil
	}
	for _, b := range in {
		if b == 0 || b == dosEnd {
			p.held++
			p.zeros = p.zeros || b == 0
			continue
		}
		if p.held > 0 && p.zeros {
			return fmt.Errorf("line %d: a zero byte: not a text file: save the points as CSV", p.line)
		}
		for ; p.held > 0; p.held-- {
			p.out = append(p.out, dosEnd)
		}
		after := p.cr
		p.cr = b == '\r'
		switch {
		case b == '\n' && after:
			continue
		case p.cr:
			b = '\n'
		}
		if b == '\n' {
			p.line++
		}
		p.out = append(p.out, b)
	}
	return nil
}

// newReader returns a reader of text in memory.
func newReader(text []byte) *bufio.Reader { return bufio.NewReader(bytes.NewReader(text)) }

// lineReader reads lines that are no longer than a limit.
type lineReader struct {
	r    *bufio.Reader
	most int64
	n    int // lines read
	back []byte
	buf  []byte
}

func newLineReader(r *bufio.Reader, most int64) *lineReader { return &lineReader{r: r, most: most} }

// next returns the next line with its line feed; it is overwritten by the next call. One that is
// too long is measured, not kept.
func (l *lineReader) next() ([]byte, error) {
	if len(l.back) > 0 {
		line := l.back
		if end := bytes.IndexByte(l.back, '\n'); end >= 0 {
			line = l.back[:end+1]
		}
		l.back = l.back[len(line):]
		l.n++
		return line, nil
	}
	l.buf = l.buf[:0]
	size := int64(0)
	for {
		part, err := l.r.ReadSlice('\n')
		if size += int64(len(part)); size <= l.most {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err != nil && (err != io.EOF || size == 0):
			return nil, err
		}
		l.n++
		if size > l.most {
			if part[len(part)-1] == '\n' {
				size--
			}
			return nil, &tooLongError{"line", l.n, size, l.most}
		}
		return l.buf, nil
	}
}

// Records reads the cells of text, a record at a time. A cell may go over several lines; one whose
// quote is never closed takes its own line with it and no other.
type Records struct {
	lines   *lineReader
	comma   rune
	CSV     *csv.Reader
	chunk   []byte // what csv has not taken yet of the record
	quoted  bool   // csv has the record, since there are quotes in it
	divider string // comma
	cells   []string
	first   int    // line that the record begins on
	many    []byte // lines of it
	open    int    // quotes that were never closed
}

const (
	mostRecordLines = 1000 // of one record
	mostOpen        = 100  // quotes that are never closed, after which none is looked for on other lines
)

// NewRecords returns the records of a text, whose cells comma divides.
func NewRecords(r *bufio.Reader, comma rune, most int64) *Records {
	s := &Records{lines: newLineReader(r, most), comma: comma, divider: string(comma)}
	s.CSV = newCSV(s, comma)
	return s
}

// Read hands one record to the CSV reader, then an end.
func (s *Records) Read(p []byte) (int, error) {
	if len(s.chunk) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.chunk)
	s.chunk = s.chunk[n:]
	return n, nil
}

// Next returns the cells of the next record that has some, and its line; they are overwritten by
// the next call. A *csv.ParseError is about this record alone.
func (s *Records) Next() (cells []string, line int, err error) {
	for {
		if s.quoted {
			cells, err := s.CSV.Read()
			if err != io.EOF {
				return cells, s.first, err
			}
			s.quoted = false
		}
		chunk, err := s.record()
		if err != nil {
			return nil, 0, err
		}
		if bytes.IndexByte(chunk, '"') >= 0 {
			s.chunk, s.quoted = chunk, true
			continue
		}
		if text := string(bytes.TrimSuffix(chunk, []byte("\n"))); text != "" {
			return s.split(text), s.first, nil
		}
	}
}

// split cuts a line without quotes, as most are, into cells.
func (s *Records) split(line string) []string {
	s.cells = s.cells[:0]
	for more := true; more; {
		if s.CSV.TrimLeadingSpace {
			line = strings.TrimLeftFunc(line, unicode.IsSpace)
		}
		var cell string
		cell, line, more = strings.Cut(line, s.divider)
		s.cells = append(s.cells, cell)
	}
	return s.cells
}

// record returns the lines of the next record.
func (s *Records) record() ([]byte, error) {
	line, err := s.lines.next()
	if err != nil {
		return nil, err
	}
	s.first = s.lines.n
	if len(line) >= mostCells && bytes.Count(line, []byte(s.divider)) >= mostCells {
		return nil, fmt.Errorf("line %d: more than %s columns: keep fewer", s.first, wording.Thousands(mostCells))
	}
	if bytes.IndexByte(line, '"') < 0 || s.open >= mostOpen {
		return line, nil
	}
	if open, wrong := s.opens(line, false); !open || wrong {
		return line, nil
	}
	s.many = append(s.many[:0], line...)
	end := len(line) // of the first line
	for n := 1; n < mostRecordLines && int64(len(s.many)) < s.lines.most; n++ {
		line, err := s.lines.next()
		var long *tooLongError
		if errors.As(err, &long) {
			return nil, err
		}
		if err != nil {
			break
		}
		s.many = append(s.many, line...)
		open, wrong := s.opens(line, true)
		if wrong {
			break
		}
		if !open {
			return s.many, nil
		}
	}
	s.open++
	s.lines.n = s.first
	s.lines.back = append(bytes.Clone(s.many[end:]), s.lines.back...)
	return s.many[:end], nil
}

// mostCells is how many cells of a line are made room for.
const mostCells = 1 << 20

// opens says whether a line leaves a quote open, and whether a closing quote stands before
// something else than the end of a cell; within says whether the line begins in a quote.
func (s *Records) opens(line []byte, within bool) (open, wrong bool) {
	comma := []byte(s.divider)
	for {
		if !within {
			if s.CSV.TrimLeadingSpace {
				line = bytes.TrimLeftFunc(line, unicode.IsSpace)
			}
			if len(line) == 0 || line[0] != '"' {
				at := bytes.Index(line, comma)
				if at < 0 {
					return false, wrong
				}
				line = line[at+len(comma):]
				continue
			}
			line = line[1:]
		}
		within = true
		at := bytes.IndexByte(line, '"')
		if at < 0 {
			return true, wrong
		}
		line = line[at+1:]
		switch {
		case bytes.HasPrefix(line, []byte(`"`)):
			line = line[1:]
		case len(line) == 0 || line[0] == '\n':
			return false, wrong
		case bytes.HasPrefix(line, comma):
			line, within = line[len(comma):], false
		default:
			wrong = wrong || !s.CSV.LazyQuotes
		}
	}
}

// newCSV returns a reader of lines that are divided by something.
func newCSV(r io.Reader, comma rune) *csv.Reader {
	cr := csv.NewReader(r)
	cr.Comma = comma
	cr.FieldsPerRecord = -1
	cr.ReuseRecord = true
	cr.TrimLeadingSpace = comma != '\t'
	return cr
}

// isRemark says whether a record of a table of n columns is a remark rather than a row: it begins
// with a # and has another number of cells.
func (s *Records) isRemark(cells []string, n int) bool {
	return strings.HasPrefix(cells[0], "#") && (len(Trimmed(cells, s.comma)) != n || n == 1 || s.comma == ' ')
}
