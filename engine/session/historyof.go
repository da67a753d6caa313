package session

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
)

// HistoryOf returns the history of a run of a project that nobody trains here, with that of the runs
// that it goes on from, and warnings about what of it could not be read.
func HistoryOf(f *ckpt.File, run int64) (h History, warnings []string, err error) {
	runs, err := f.Runs()
	if err != nil {
		return h, nil, err
	}
	way := wayTo(runs, run)
	events, err := eventsOf(f, way)
	if err != nil {
		return h, nil, err
	}
	rows := newHistory()
	if err := eachMetric(f, way, func(r ckpt.MetricRow) { rows.add(r.Step, r.Values) }); err != nil {
		return h, nil, err
	}
	h = rows.copy()
	unread := 0
	for _, e := range events {
		if e.Kind == machineKind {
			continue
		}
		if e.Kind != doctor.EventKind {
			h.Events = append(h.Events, Event(e))
			continue
		}
		c, err := doctor.ParseCheckup(e.Step, e.Text)
		if err != nil {
			unread++
			continue
		}
		h.Checkups = append(h.Checkups, c)
	}
	if unread > 0 {
		warnings = append(warnings, fmt.Sprintf("%d of the doctor's checkups cannot be read and are left out", unread))
	}
	return h, warnings, nil
}
