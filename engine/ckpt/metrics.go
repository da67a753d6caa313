package ckpt

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"zombiezen.com/go/sqlite"
)

// MetricRow is what was measured at one step, in the order of the run's metric names. A value that
// was not yet measured when the row was saved is NaN.
type MetricRow struct {
	Step   int64
	Values []float32
}

// Metrics are stored as one packed block for each Save: the steps after the first as unsigned
// varints of their distances, then the values, row by row, as little-endian float32. So a million
// steps of ten metrics take 41 MB and some thousand database rows.

// checkRows reports rows that are out of order or do not have width values each; without names
// (width 0) the first row sets the width.
func checkRows(rows []MetricRow, width int) error {
	for i, r := range rows {
		if i == 0 && width == 0 {
			width = len(r.Values)
		}
		if len(r.Values) != width {
			return fmt.Errorf("metrics of step %d are %d values, the run has %d names", r.Step, len(r.Values), width)
		}
		if i > 0 && r.Step <= rows[i-1].Step {
			return fmt.Errorf("metrics of step %d come after those of step %d", r.Step, rows[i-1].Step)
		}
	}
	return nil
}

// packRows encodes a non-empty block of equally wide rows.
func packRows(rows []MetricRow) []byte {
	b := make([]byte, 0, len(rows)*(1+4*len(rows[0].Values))+8)
	for i := 1; i < len(rows); i++ {
		b = binary.AppendUvarint(b, uint64(rows[i].Step-rows[i-1].Step))
	}
	for _, r := range rows {
		b = appendFloats(b, r.Values)
	}
	return b
}

// unpackRows decodes a block of n rows of width values that starts at step first, appending to rows
// those from step from on. Rows are widened to pad values with NaN. The rows of a block share one
// array.
func unpackRows(rows []MetricRow, b []byte, first int64, n, width, pad int, from int64) ([]MetricRow, error) {
	if first < 0 || n < 1 || width < 0 || n > len(b)+1 || width > len(b)/4/n || width > pad || n > maxValue/4/max(pad, 1) {
		return nil, damaged("metrics from step %d", first)
	}
	steps := make([]int64, n)
	steps[0] = first
	for i := 1; i < n; i++ {
		delta, used := binary.Uvarint(b)
		if used <= 0 {
			return nil, damaged("metrics from step %d", first)
		}
		b = b[used:]
		steps[i] = steps[i-1] + int64(delta)
		if steps[i] <= steps[i-1] {
			return nil, damaged("metrics from step %d", first)
		}
	}
	if len(b) != 4*n*width {
		return nil, damaged("metrics from step %d", first)
	}
	values := make([]float32, n*pad)
	for i := range n {
		row := values[i*pad : (i+1)*pad : (i+1)*pad]
		for j := range row {
			if j < width {
				row[j] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*(i*width+j):]))
			} else {
				row[j] = float32(math.NaN())
			}
		}
		if steps[i] >= from {
			rows = append(rows, MetricRow{steps[i], row})
		}
	}
	return rows, nil
}

func appendFloats(b []byte, values []float32) []byte {
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// saveMetrics adds rows to a run. Rows that it has from the first of these steps on are replaced:
// the run has gone back and done them again.
func (d *db) saveMetrics(run int64, rows []MetricRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := d.cutMetrics(run, rows[0].Step); err != nil {
		return err
	}
	for block := range slices.Chunk(rows, mostRows) {
		first, last, n, width, data := block[0].Step, block[len(block)-1].Step, int64(len(block)), int64(len(block[0].Values)), packRows(block)
		err := d.exec("INSERT INTO metric_block (run, first_step, last_step, rows, width, data, sum) VALUES (?, ?, ?, ?, ?, ?, ?)",
			run, first, last, n, width, data, rowSum(run, first, last, n, width, data))
		if err != nil {
			return err
		}
	}
	return nil
}

// mostRows is how many rows a block holds at the most.
const mostRows = 50_000

// cutMetrics removes the rows of a run from step on.
func (d *db) cutMetrics(run, step int64) error {
	var kept []MetricRow
	err := d.eachBlock(run, step, func(b metricBlock) error {
		if b.first < step {
			kept, _ = b.unpack(kept, 0, math.MinInt64) // of a damaged one nothing can be kept
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.exec("DELETE FROM metric_block WHERE run = ? AND last_step >= ?", run, step); err != nil {
		return err
	}
	for i, r := range kept {
		if r.Step >= step {
			kept = kept[:i]
			break
		}
	}
	return d.saveMetrics(run, kept)
}

// metricBlock is a row of the table of that name.
type metricBlock struct {
	first, last, rows, width int64
	data                     []byte
	whole                    bool // its checksum is right, or it has none
}

// unpack appends the rows from a step on to others, each with at least least values.
func (b *metricBlock) unpack(rows []MetricRow, least int, from int64) ([]MetricRow, error) {
	if !b.whole || b.width > maxValue || b.rows > maxValue || b.last < b.first {
		return rows, damaged("metrics from step %d", b.first)
	}
	more, err := unpackRows(rows, b.data, b.first, int(b.rows), int(b.width), max(int(b.width), least), from)
	if err != nil || len(more) > len(rows) && more[len(more)-1].Step > b.last {
		return rows, damaged("metrics from step %d", b.first)
	}
	return more, nil
}

// eachBlock calls use for the metric blocks of a run that reach step, in order.
func (d *db) eachBlock(run, step int64, use func(metricBlock) error) error {
	return d.query("SELECT first_step, last_step, rows, width, data, sum FROM metric_block WHERE run = ? AND last_step >= ? ORDER BY first_step",
		func(s *sqlite.Stmt) error {
			b := metricBlock{
				first: s.ColumnInt64(0), last: s.ColumnInt64(1), rows: s.ColumnInt64(2), width: s.ColumnInt64(3), data: columnBytes(s, 4),
			}
			b.whole = isWhole(s, 5, run, b.first, b.last, b.rows, b.width, b.data)
			return use(b)
		}, run, step)
}

// Metrics returns the rows of a run from fromStep on, in the order of steps. Damaged ones are left
// out, with a warning.
func (f *File) Metrics(run, fromStep int64) (rows []MetricRow, err error) {
	err = f.EachMetric(run, fromStep, func(r MetricRow) { rows = append(rows, r) })
	return rows, err
}

// EachMetric calls use for the rows that Metrics returns, without having all of them in memory. It
// must not use the project.
func (f *File) EachMetric(run, fromStep int64, use func(MetricRow)) error {
	return f.read("read", func(d *db) error {
		names, err := d.metricNames(run)
		if err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "a block of metrics", "blocks of metrics", run) }()
		next := int64(0)
		err = d.eachBlock(run, fromStep, func(b metricBlock) error {
			rows, err := b.unpack(nil, len(names), fromStep)
			if err != nil || b.first < next { // or it overlaps the one before
				lost.add(b.first)
				return nil
			}
			next = b.last + 1
			for _, r := range rows {
				use(r)
			}
			return nil
		})
		return lost.pass(err)
	})
}

// Event is something that happened at a step, such as a learning rate that was changed: a mark on
// the charts.
type Event struct {
	Step       int64
	Kind, Text string
}

// Events returns the events of a run in the order of steps. Damaged ones are left out, with a
// warning.
func (f *File) Events(run int64) (events []Event, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		var lost leftOut
		defer func() { lost.warn(f, "an event", "events", run) }()
		// Reading all events in the order of the file and sorting them is several times faster than
		// following the index: a million take half a second.
		defer func() { slices.SortStableFunc(events, func(a, b Event) int { return cmp.Compare(a.Step, b.Step) }) }()
		kind := ""
		err := d.query("SELECT step, kind, text, sum FROM event NOT INDEXED WHERE run = ? ORDER BY id", func(s *sqlite.Stmt) error {
			if k := s.ColumnText(1); k != kind {
				kind = k // one text for all of a kind
			}
			e := Event{s.ColumnInt64(0), kind, s.ColumnText(2)}
			if !isWhole(s, 3, run, e.Step, e.Kind, e.Text) {
				lost.add(e.Step)
				return nil
			}
			events = append(events, e)
			return nil
		}, run)
		return lost.pass(err)
	})
	return events, err
}
