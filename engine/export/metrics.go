package export

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"

	"ganvas/engine/ckpt"
	"ganvas/engine/wholefile"
)

// Metrics writes what a run of a project, the current one if it is 0, has measured as a CSV file:
// the step, a column for each metric, one for each number of the doctor's checkups, whose names
// begin with "checkup.", and last what happened. There is a line for each step of which something
// is known; what was not measured is empty. It returns what of the project could not be read.
func Metrics(ctx context.Context, project string, run int64, path string, o Options) (warnings []string, err error) {
	if err := wholefile.Check(path, wholefile.Mode(o.Replace)); err != nil {
		return nil, err
	}
	f, err := ckpt.OpenReadOnly(project)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := f.RunByID(run)
	if err != nil {
		return nil, err
	}
	rec, err := readRecord(f, r.ID)
	if err != nil {
		return nil, err
	}
	err = wholefile.Write(path, wholefile.Mode(o.Replace), func(w io.Writer) error {
		b := bufio.NewWriterSize(&counted{Writer: w, err: ctx.Err, told: func(int64) {}}, 1<<16)
		t := &table{record: rec, csv: csv.NewWriter(b), rest: rec.marks, stop: ctx.Err}
		t.head()
		err := f.EachMetric(r.ID, 0, func(row ckpt.MetricRow) {
			t.before(row.Step)
			t.line(row.Step, row.Values)
			o.progress(row.Step+1, max(r.Step, row.Step+1))
		})
		t.before(math.MaxInt64)
		t.csv.Flush()
		return errors.Join(err, t.csv.Error(), b.Flush(), ctx.Err())
	})
	return rec.warnings(f), err
}

// A table is the CSV file in the making.
type table struct {
	*record
	csv  *csv.Writer
	rest []mark // that no line has yet
	stop func() error
}

func (t *table) head() {
	fields := append([]string{"step"}, t.columns...)
	for _, name := range t.numbers {
		fields = append(fields, "checkup."+name)
	}
	t.write(append(fields, "event"))
}

// before writes lines for the marks of steps before one, which have no metrics.
func (t *table) before(step int64) {
	for len(t.rest) > 0 && t.rest[0].step < step {
		t.line(t.rest[0].step, nil)
	}
}

// line writes the line of a step, with its marks.
func (t *table) line(step int64, values []float32) {
	fields := make([]string, 1, 2+len(t.columns)+len(t.numbers))
	fields[0] = strconv.FormatInt(step, 10)
	for i := range t.columns {
		text := ""
		if i < len(values) {
			text = number(float64(values[i]))
		}
		fields = append(fields, text)
	}
	checkup := map[string]float64{}
	var events []string
	for len(t.rest) > 0 && t.rest[0].step <= step {
		if m := t.rest[0]; m.checkup != nil {
			checkup = m.checkup
		} else {
			events = append(events, m.text)
		}
		t.rest = t.rest[1:]
	}
	for _, name := range t.numbers {
		text := ""
		if v, ok := checkup[name]; ok {
			text = number(v)
		}
		fields = append(fields, text)
	}
	t.write(append(fields, strings.Join(events, "; ")))
}

func (t *table) write(fields []string) {
	if t.stop() == nil {
		_ = t.csv.Write(fields) // as errors stay until Flush
	}
}

// number is the shortest text of a float32; empty where nothing was measured.
func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 32)
}
