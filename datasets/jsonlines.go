package datasets

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonArray says whether text that begins with a bracket is JSON's array of objects or of arrays.
func jsonArray(head []byte) bool {
	rest := bytes.TrimSpace(head[1:])
	return len(rest) > 0 && (rest[0] == '{' || rest[0] == '[' || rest[0] == '-' || rest[0] >= '0' && rest[0] <= '9')
}

const longestLine = 16 << 20

// readJSON reads JSON lines, or one array of objects or arrays. Lines that cannot be read are left out.
func (t *tabular) readJSON(ctx context.Context, br *bufio.Reader, name string) error {
	head, _ := br.Peek(64 << 10)
	if oneArray(head) {
		return t.readJSONArray(ctx, br, name)
	}
	lines := bufio.NewScanner(br)
	lines.Buffer(nil, longestLine)
	for n := 1; lines.Scan(); n++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if err := t.addJSON(fmt.Sprintf("line %d", n), line); errors.Is(err, errRow) {
			t.skip(fmt.Sprintf("%s line %d", name, n), err.Error())
		} else if err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line of more than %d MB: write one object a line", longestLine>>20)
		}
		return err
	}
	return nil
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

func (t *tabular) readJSONArray(ctx context.Context, r io.Reader, name string) error {
	d := json.NewDecoder(r)
	if _, err := d.Token(); err != nil {
		return fmt.Errorf("damaged JSON: %w", err)
	}
	for n := 1; d.More(); n++ {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var row json.RawMessage
		if err := d.Decode(&row); err != nil {
			t.skip(fmt.Sprintf("%s item %d", name, n), "from here on: damaged JSON: "+err.Error())
			return nil
		}
		if err := t.addJSON(fmt.Sprintf("item %d", n), row); errors.Is(err, errRow) {
			t.skip(fmt.Sprintf("%s item %d", name, n), err.Error())
		} else if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
	}
	return nil
}

var errRow = errors.New("correct or delete it")

// addJSON adds an object, whose keys are columns, or an array of cells.
func (t *tabular) addJSON(at string, row []byte) error {
	if !json.Valid(row) {
		return fmt.Errorf("not JSON: %w", errRow)
	}
	d := json.NewDecoder(bytes.NewReader(row))
	d.UseNumber()
	start, err := d.Token()
	if err != nil || start != json.Delim('{') && start != json.Delim('[') {
		return fmt.Errorf("neither an object nor an array: %w", errRow)
	}
	cells, text := make([]string, len(t.columns)), make([]bool, len(t.columns))
	for i := 0; d.More(); i++ {
		key := fmt.Sprintf("column %d", i+1)
		if i < 2 {
			key = []string{"x", "y"}[i]
		}
		if start == json.Delim('{') {
			k, err := d.Token()
			if err != nil {
				return fmt.Errorf("%w: %w", err, errRow)
			}
			key, _ = k.(string)
			key = shortened(key)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return fmt.Errorf("%w: %w", err, errRow)
		}
		k, err := t.column(key)
		if err != nil {
			return err
		}
		for len(cells) <= k {
			cells, text = append(cells, ""), append(text, false)
		}
		cells[k], text[k] = jsonCell(value)
	}
	return t.add(at, cells, text)
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
		return s, true
	case value[0] == '{' || value[0] == '[':
		return strings.TrimSpace(string(value)), true
	}
	return string(value), false
}
