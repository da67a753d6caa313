package cli

import (
	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/memory"
)

// weightLine is what a project weighs, in bytes, in the JSON that others rely on.
type weightLine struct {
	Bytes       int64 `json:"bytes"` // of the file, and so of all parts
	Checkpoints int64 `json:"checkpoints"`
	Views       int64 `json:"views"`
	Sheets      int64 `json:"sheets"`
	Metrics     int64 `json:"metrics"`
	Checkups    int64 `json:"checkups"` // of the doctor
	Events      int64 `json:"events"`   // others
	Judgements  int64 `json:"judgements"`
	Finds       int64 `json:"finds"`
	Free        int64 `json:"free"` // used by the next save
	Rest        int64 `json:"rest"` // recipes, indexes, what does not fill its pages
}

func weightOf(w ckpt.Weight) weightLine {
	l := weightLine{Bytes: w.Bytes, Free: w.Free, Rest: w.Rest}
	for _, r := range w.Runs {
		l.Checkpoints += r.Checkpoints
		l.Views += r.Views
		l.Sheets += r.Sheets
		l.Metrics += r.Metrics
		l.Judgements += r.Judgements
		l.Finds += r.Finds
		for kind, n := range r.Events {
			if kind == doctor.EventKind {
				l.Checkups += n
			} else {
				l.Events += n
			}
		}
	}
	return l
}

// print writes the parts that are there, and their sum.
func (l weightLine) print(env *Env) error {
	rows := [][]string{{"PART OF THE FILE", "SIZE"}}
	for _, part := range []struct {
		name  string
		bytes int64
	}{
		{"checkpoints", l.Checkpoints},
		{"views", l.Views},
		{"contact sheets", l.Sheets},
		{"metrics", l.Metrics},
		{"doctor's checkups", l.Checkups},
		{"events", l.Events},
		{"judgements", l.Judgements},
		{"saved finds", l.Finds},
		{"free, for the next save", l.Free},
		{"recipes, indexes, rest", l.Rest},
	} {
		if part.bytes != 0 {
			rows = append(rows, []string{part.name, memory.Text(part.bytes)})
		}
	}
	return printTable(env.Stdout, append(rows, []string{"all", memory.Text(l.Bytes)}))
}
