package export

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
)

// A record is what a run keeps besides its states: the numbers of checkups and what happened.
type record struct {
	columns []string // of the metrics
	numbers []string // of the checkups, sorted
	marks   []mark   // in the order of steps
	unread  int      // checkups
}

// A mark is a checkup or an event at a step.
type mark struct {
	step    int64
	checkup map[string]float64 // nil: an event
	text    string
}

// readRecord reads the events of a run.
func readRecord(f *ckpt.File, run int64) (*record, error) {
	columns, err := f.MetricNames(run)
	if err != nil {
		return nil, err
	}
	events, err := f.Events(run)
	if err != nil {
		return nil, err
	}
	r := &record{columns: columns}
	names := map[string]bool{}
	for _, e := range events {
		if e.Kind != doctor.EventKind {
			r.marks = append(r.marks, mark{step: e.Step, text: e.Kind + ": " + e.Text})
			continue
		}
		var all map[string]any
		if json.Unmarshal([]byte(e.Text), &all) != nil {
			r.unread++
			continue
		}
		numbers := map[string]float64{}
		for name, v := range all {
			if x, ok := v.(float64); ok {
				numbers[name] = x
				names[name] = true
			}
		}
		r.marks = append(r.marks, mark{step: e.Step, checkup: numbers})
	}
	for name := range names {
		r.numbers = append(r.numbers, name)
	}
	slices.Sort(r.numbers)
	slices.SortStableFunc(r.marks, func(a, b mark) int { return cmp.Compare(a.step, b.step) })
	return r, nil
}

// warnings says what of the record was left out, and what else is wrong with the project.
func (r *record) warnings(f *ckpt.File) []string {
	list := f.Warnings()
	if r.unread > 0 {
		list = append(list, fmt.Sprintf("%d of the doctor's checkups cannot be read and are left out", r.unread))
	}
	return list
}
