package table

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// jsonArray says whether text that begins with a bracket is JSON's array of objects or of values.
func jsonArray(head []byte) bool {
	rest := bytes.TrimSpace(head[1:])
	return len(rest) > 0 && (strings.IndexByte(`{[-]"`, rest[0]) >= 0 || rest[0] >= '0' && rest[0] <= '9' ||
		slices.ContainsFunc([]string{"NaN", "Infinity", "null", "true", "false"}, func(w string) bool { return bytes.HasPrefix(rest, []byte(w)) }))
}

// ReadJSON reads rows, each an object or an array: one a line, written over several lines, in one
// array, or in one object that holds them or their columns. Rows that cannot be read are left out.
func (t *Table) ReadJSON(ctx context.Context, br *bufio.Reader, name string) error {
	head, _ := br.Peek(Peeked)
	j := &jsonReader{r: br, line: 1, most: t.Lim.Line}
	first, _ := j.start()
	switch {
	case first == '[' && oneArray(head):
		return t.readJSONArray(ctx, j, name)
	case first == '{' && alone(head):
		return t.readDocument(ctx, j, name, len(head) < Peeked, bytes.TrimSpace(head))
	case !oneRowALine(head):
		return t.readJSONRows(ctx, j, name)
	}
	lines := newLineReader(br, t.Lim.Line)
	for {
		line, err := lines.next()
		if err == io.EOF {
			return nil
		}
		if err := cmp.Or(ctx.Err(), err); err != nil {
			return err
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		if err := t.addJSON(rowPlace{"line", lines.n}, line); errors.Is(err, errRow) {
			t.skip(fmt.Sprintf("%s line %d", name, lines.n), err.Error())
		} else if err != nil {
			return fmt.Errorf("line %d: %w", lines.n, err)
		}
	}
}

// oneArray says whether the file is one array of rows rather than an array in each line.
func oneArray(head []byte) bool {
	head = bytes.TrimSpace(head)
	if len(head) == 0 || head[0] != '[' {
		return false
	}
	rest := bytes.TrimSpace(head[1:])
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == '[')
}

// alone says whether nothing follows the first value, as far as the beginning of a file tells. A
// value that is cut there counts where it is not the whole file.
func alone(head []byte) bool {
	j := &jsonReader{r: bufio.NewReader(bytes.NewReader(head)), line: 1, most: int64(len(head))}
	if _, err := j.value(); err != nil {
		return len(head) == Peeked
	}
	_, err := j.start()
	return err != nil
}

// oneRowALine says whether most lines that begin a row end it, too.
func oneRowALine(head []byte) bool {
	whole, parts := 0, 0
	for line := range bytes.Lines(head) {
		if line = bytes.TrimSpace(line); len(line) == 0 || line[0] != '{' && line[0] != '[' {
			continue
		}
		j := &jsonReader{r: bufio.NewReader(bytes.NewReader(line)), line: 1, most: int64(len(line))}
		_, err := j.value()
		if _, more := j.start(); err == nil && more == io.EOF {
			whole++
		} else {
			parts++
		}
	}
	return whole >= parts
}

// readJSONArray reads one array of rows.
func (t *Table) readJSONArray(ctx context.Context, j *jsonReader, name string) error {
	j.take() // the bracket
	if err := t.readItems(ctx, j, name, nil); err != nil {
		return err
	}
	if _, err := j.start(); err == nil {
		t.skip(fmt.Sprintf("%s line %d", name, j.line), "from here on: what follows the array of rows")
	}
	return nil
}

// readItems reads what stands in an array up to its end; names are those of the columns of rows
// that are arrays, or nil.
func (t *Table) readItems(ctx context.Context, j *jsonReader, name string, names []string) error {
	for n := 1; ; n++ {
		b, err := j.start()
		if err == nil && b == ']' {
			j.take()
			return nil
		}
		var row []byte
		if err == nil {
			row, err = j.value()
		}
		var long *tooLongError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &long):
			return err
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			t.skip(fmt.Sprintf("%s item %d", name, n), "from here on: damaged JSON: it ends within an item")
			return nil
		case err != nil:
			return err
		}
		if err := t.addNamed(rowPlace{"item", n}, row, names); errors.Is(err, errRow) {
			t.skip(fmt.Sprintf("%s item %d", name, n), err.Error())
		} else if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
	}
}

// readJSONRows reads rows that are written over several lines, one after the other.
func (t *Table) readJSONRows(ctx context.Context, j *jsonReader, name string) error {
	for {
		_, err := j.start()
		if err == io.EOF {
			return nil
		}
		at := rowPlace{"line", j.line}
		var row []byte
		if err == nil {
			row, err = j.value()
		}
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == io.ErrUnexpectedEOF:
			t.skip(name+" "+at.String(), "from here on: damaged JSON: it ends within a row")
			return nil
		case err != nil:
			return err
		}
		if err := t.addJSON(at, row); errors.Is(err, errRow) {
			t.skip(name+" "+at.String(), err.Error())
		} else if err != nil {
			return fmt.Errorf("%s: %w", at, err)
		}
	}
}

var errRow = errors.New("correct or delete it")

// addJSON adds an object, whose keys are columns, or an array of cells.
func (t *Table) addJSON(at rowPlace, row []byte) error { return t.addNamed(at, row, nil) }

// addNamed is addJSON with names for the cells of an array.
func (t *Table) addNamed(at rowPlace, row []byte, names []string) error {
	members, array, err := membersOf(row)
	if err != nil {
		return err
	}
	t.Unnamed = array && names == nil
	cells, text := make([]string, len(t.Columns)), make([]bool, len(t.Columns))
	for i, m := range members {
		key := columnName(m.key)
		switch {
		case !array:
		case i < len(names):
			key = names[i]
		case i < 2:
			key = []string{"x", "y"}[i]
		default:
			key = UnnamedColumn(i)
		}
		k, err := t.column(key)
		if err != nil {
			return err
		}
		for len(cells) <= k {
			cells, text = append(cells, ""), append(text, false)
		}
		cells[k], text[k] = jsonCell(m.value)
	}
	return t.add(at, cells, text)
}

// member is a part of an object, or, without a key, of an array.
type member struct {
	key   string
	value json.RawMessage
}

// membersOf returns the parts of an object or an array in their order.
func membersOf(text []byte) (members []member, array bool, err error) {
	text = repaired(text)
	if !json.Valid(text) {
		return nil, false, fmt.Errorf("not JSON: %w", errRow)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	start, err := d.Token()
	if err != nil || start != json.Delim('{') && start != json.Delim('[') {
		return nil, false, fmt.Errorf("neither an object nor an array: %w", errRow)
	}
	for d.More() {
		var m member
		if start == json.Delim('{') {
			k, err := d.Token()
			if err != nil {
				return nil, false, fmt.Errorf("%w: %w", err, errRow)
			}
			m.key, _ = k.(string)
		}
		if err := d.Decode(&m.value); err != nil {
			return nil, false, fmt.Errorf("%w: %w", err, errRow)
		}
		members = append(members, m)
	}
	return members, start == json.Delim('['), nil
}

// jsonCell is a value as a cell, and whether it is text.
func jsonCell(value json.RawMessage) (cell string, text bool) {
	switch {
	case string(value) == "null":
		return "", false
	case value[0] == '"':
		var s string
		if json.Unmarshal(value, &s) != nil {
			return string(value), true
		}
		if word, ok := strings.CutPrefix(s, bareWord); ok {
			return word, false
		}
		return s, true
	case value[0] == '{' || value[0] == '[':
		return strings.TrimSpace(string(value)), true
	}
	return string(value), false
}
