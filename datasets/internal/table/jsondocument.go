package table

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// readDocument reads a file that is one object: rows in one of its members, columns, or a single
// row. whole says whether head is all of it.
func (t *Table) readDocument(ctx context.Context, j *jsonReader, name string, whole bool, head []byte) error {
	if key, ok := rowsBehind(head); ok && !whole {
		return t.streamRows(ctx, j, name, key)
	}
	j.most = t.Lim.Document // its columns stand one behind the other
	line := j.line
	text, err := j.value()
	var long *tooLongError
	switch {
	case errors.As(err, &long):
		return fmt.Errorf("%w; with pandas, to_json(orient=\"records\", lines=True) does", err)
	case err == io.ErrUnexpectedEOF:
		t.skip(fmt.Sprintf("%s line %d", name, line), "damaged JSON: it ends within an object")
		return nil
	case err != nil:
		return err
	}
	text = slices.Clone(text)
	j.most = t.Lim.Line
	if _, err := j.start(); err == nil { // more than the beginning told: it is one of several rows
		if err := t.addJSON(rowPlace{"line", 1}, text); err != nil && !errors.Is(err, errRow) {
			return err
		} else if err != nil {
			t.skip(name+" line 1", err.Error())
		}
		return t.readJSONRows(ctx, j, name)
	}
	members, _, err := membersOf(text)
	if err != nil {
		t.skip(fmt.Sprintf("%s line %d", name, line), err.Error())
		return nil
	}
	if rows := rowsMember(members); rows >= 0 {
		return t.memberRows(ctx, members, rows, name)
	}
	if columns, index := columnsOf(members); columns != nil {
		return t.addColumns(columns, index)
	}
	if err := t.addJSON(rowPlace{"item", 1}, text); err != nil && !errors.Is(err, errRow) {
		return err
	} else if err != nil {
		t.skip(name+" item 1", err.Error())
	}
	return nil
}

// rowsBehind finds in the beginning of an object a member that is an array of rows, and returns its
// key.
func rowsBehind(head []byte) (key string, ok bool) {
	depth, quoted := 0, -1
	last := ""
	for i := 0; i < len(head); i++ {
		switch b := head[i]; {
		case quoted >= 0 && b == '\\':
			i++
		case quoted >= 0 && b == '"':
			last, quoted = string(head[quoted+1:i]), -1
		case quoted >= 0:
		case b == '"':
			quoted = i
		case b == '{' || b == '[':
			if depth == 1 && b == '[' && oneArray(head[i:]) {
				return last, true
			}
			depth++
		case b == '}' || b == ']':
			depth--
		}
	}
	return "", false
}

// streamRows reads the rows in a member of an object that is too large to be looked at as a whole.
func (t *Table) streamRows(ctx context.Context, j *jsonReader, name, key string) error {
	j.take() // the brace
	var names []string
	for {
		b, err := j.start()
		if err != nil || b == '}' {
			return err
		}
		k, err := j.value()
		if err != nil {
			return err
		}
		if string(bytes.Trim(k, `":`)) == key {
			break
		}
		if b, err = j.colon(); err != nil {
			return err
		}
		value, err := j.value()
		if err != nil {
			return err
		}
		if names == nil && b == '[' {
			names = namesIn(value)
		}
	}
	if _, err := j.colon(); err != nil {
		return err
	}
	j.take() // the bracket
	t.note("the rows are those of " + columnName(key) + " in the file; its other members were left out")
	return t.readItems(ctx, j, name, names)
}

// colon passes over the colon behind a key and returns the byte that begins the value.
func (j *jsonReader) colon() (byte, error) {
	b, err := j.start()
	if err == nil && b == ':' {
		j.take()
		b, err = j.start()
	}
	return b, err
}

// rowsMember returns the number of the member that is an array of rows, or −1.
func rowsMember(members []member) int {
	best := -1
	for i, m := range members {
		usual := slices.Contains([]string{"data", "rows", "records", "items", "points"}, strings.ToLower(m.key))
		if oneArray(m.value) && (best < 0 || usual) {
			best = i
		}
	}
	return best
}

// memberRows adds the rows of one member; another one may name their columns, as pandas does when
// it splits a table.
func (t *Table) memberRows(ctx context.Context, members []member, rows int, name string) error {
	var names []string
	for _, m := range members {
		if m.key == "columns" {
			names = namesIn(m.value)
		}
	}
	if len(members) > 1 {
		t.note("the rows are those of " + columnName(members[rows].key) + " in the file; its other members were left out")
	}
	j := &jsonReader{r: newReader(members[rows].value), line: 1, most: t.Lim.Line}
	if _, err := j.start(); err != nil {
		return err
	}
	j.take()
	return t.readItems(ctx, j, name, names)
}

// namesIn returns the words of an array of words, or nil.
func namesIn(value []byte) []string {
	members, array, err := membersOf(value)
	if err != nil || !array {
		return nil
	}
	var names []string
	for _, m := range members {
		word, text := jsonCell(m.value)
		if !text {
			return nil
		}
		names = append(names, columnName(word))
	}
	return names
}

// jsonColumn is a column that stands as a whole in an object.
type jsonColumn struct {
	name  string
	cells []member // by their row's key, in an array by none
}

// columnsOf returns the columns of an object of columns, or of rows by their keys when index is
// true; nil where it is neither.
func columnsOf(members []member) (columns []jsonColumn, index bool) {
	outer, inner := 0, 0 // keys that are numbers
	arrays := 0
	for _, m := range members {
		if m.value[0] != '{' && m.value[0] != '[' {
			return nil, false
		}
		cells, array, err := membersOf(m.value)
		if err != nil || len(cells) == 0 || slices.ContainsFunc(cells, func(c member) bool { return c.value[0] == '{' || c.value[0] == '[' }) {
			return nil, false
		}
		if array {
			arrays++
		}
		if _, err := strconv.Atoi(m.key); err == nil {
			outer++
		}
		if _, err := strconv.Atoi(cells[0].key); err == nil {
			inner++
		}
		columns = append(columns, jsonColumn{m.key, cells})
	}
	if arrays > 0 && arrays < len(columns) {
		return nil, false
	}
	index = arrays == 0 && outer == len(columns) && inner == 0
	if arrays > 0 || index || inner == len(columns) {
		return columns, index
	}
	if len(columns) < 2 || slices.ContainsFunc(columns, func(c jsonColumn) bool { return !sameKeys(c.cells, columns[0].cells) }) {
		return nil, false // one row with parts
	}
	return columns, len(columns) > len(columns[0].cells)
}

func sameKeys(a, b []member) bool {
	return slices.EqualFunc(a, b, func(a, b member) bool { return a.key == b.key })
}

// addColumns adds the rows that columns have, or, by index, rows whose cells have names.
func (t *Table) addColumns(columns []jsonColumn, index bool) error {
	byName := func(at int, names []string, values []member) error {
		cells, text := make([]string, len(t.Columns)), make([]bool, len(t.Columns))
		for i, v := range values {
			k, err := t.column(columnName(names[i]))
			if err != nil {
				return err
			}
			for len(cells) <= k {
				cells, text = append(cells, ""), append(text, false)
			}
			if v.value != nil {
				cells[k], text[k] = jsonCell(v.value)
			}
		}
		return t.add(rowPlace{"item", at}, cells, text)
	}
	var names []string
	if index {
		for i, row := range columns {
			names = names[:0]
			for _, c := range row.cells {
				names = append(names, c.key)
			}
			if err := byName(i+1, names, row.cells); err != nil {
				return err
			}
		}
		return nil
	}
	var keys []string
	known := make(map[string]bool)
	at := make([]map[string]member, len(columns))
	for i, c := range columns {
		names = append(names, c.name)
		at[i] = make(map[string]member)
		for k, cell := range c.cells {
			if cell.key == "" {
				cell.key = strconv.Itoa(k)
			}
			at[i][cell.key] = cell
			if !known[cell.key] {
				known[cell.key] = true
				keys = append(keys, cell.key)
			}
		}
	}
	values := make([]member, len(columns))
	for r, key := range keys {
		for i := range columns {
			values[i] = at[i][key]
		}
		if err := byName(r+1, names, values); err != nil {
			return err
		}
	}
	return nil
}
