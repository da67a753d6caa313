package ckpt

import (
	"encoding/binary"
	"fmt"
	"math"

	"zombiezen.com/go/sqlite"
)

// MetricRow is what was measured at one step, in the order of the run's metric names. A value that was not yet measured
// when the row was saved is NaN.
type MetricRow struct {
	Step   int64
	Values []float32
}

// Metrics are stored as one packed block for each Save: the steps after the first as unsigned varints of their
// distances, then the values, row by row, as little-endian float32. So a million steps of ten metrics take 41 MB and
// some thousand database rows.

// checkRows reports rows that are out of order or do not have width values each; without names (width 0) the first row
// sets the width.
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

// unpackRows decodes a block of n rows of width values that starts at step first, appending to rows those from step from
// on. Rows are widened to pad values with NaN. The rows of a block share one array.
func unpackRows(rows []MetricRow, b []byte, first int64, n, width, pad int, from int64) ([]MetricRow, error) {
	if n < 1 || width < 0 || n > len(b)+1 || width > len(b)/4/n || width > pad {
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

// saveMetrics adds rows to a run. Rows that it has from the first of these steps on are replaced: the run has gone back
// and done them again.
func (d *db) saveMetrics(run int64, rows []MetricRow) error {
	if len(rows) == 0 {
		return nil
	}
	if err := d.cutMetrics(run, rows[0].Step); err != nil {
		return err
	}
	return d.exec("INSERT INTO metric_block (run, first_step, last_step, rows, width, data) VALUES (?, ?, ?, ?, ?, ?)",
		run, rows[0].Step, rows[len(rows)-1].Step, len(rows), len(rows[0].Values), packRows(rows))
}

// cutMetrics removes the rows of a run from step on.
func (d *db) cutMetrics(run, step int64) error {
	var kept []MetricRow
	err := d.eachBlock(run, step, func(s *sqlite.Stmt) (err error) {
		if s.ColumnInt64(0) < step {
			width := s.ColumnInt(2)
			kept, err = unpackRows(nil, columnBytes(s, 3), s.ColumnInt64(0), s.ColumnInt(1), width, width, math.MinInt64)
		}
		return err
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

// eachBlock calls block for the metric blocks of a run that reach step, in order, with the columns first step, rows,
// width, data.
func (d *db) eachBlock(run, step int64, block func(*sqlite.Stmt) error) error {
	return d.query("SELECT first_step, rows, width, data FROM metric_block WHERE run = ? AND last_step >= ? ORDER BY first_step",
		block, run, step)
}

// Metrics returns the rows of a run from fromStep on, in the order of steps.
func (f *File) Metrics(run, fromStep int64) (rows []MetricRow, err error) {
	err = f.read("read", func(d *db) error {
		names, err := d.metricNames(run)
		if err != nil {
			return err
		}
		return d.eachBlock(run, fromStep, func(s *sqlite.Stmt) error {
			width := s.ColumnInt(2)
			rows, err = unpackRows(rows, columnBytes(s, 3), s.ColumnInt64(0), s.ColumnInt(1), width, max(width, len(names)), fromStep)
			return err
		})
	})
	return rows, err
}

// Event is something that happened at a step, such as a learning rate that was changed: a mark on the charts.
type Event struct {
	Step       int64
	Kind, Text string
}

// Events returns the events of a run in the order of steps.
func (f *File) Events(run int64) (events []Event, err error) {
	err = f.read("read", func(d *db) error {
		if err := d.mustRun(run); err != nil {
			return err
		}
		return d.query("SELECT step, kind, text FROM event WHERE run = ? ORDER BY step, id", func(s *sqlite.Stmt) error {
			events = append(events, Event{s.ColumnInt64(0), s.ColumnText(1), s.ColumnText(2)})
			return nil
		}, run)
	})
	return events, err
}
