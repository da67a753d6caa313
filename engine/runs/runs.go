// Package runs lays the runs of a project beside one another: their tree, what the doctor and what
// judgements say of each, what they draw from the same latents. It trains nothing and writes
// nothing.
package runs

import (
	"math"
	"slices"
	"strings"
	"time"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/session"
)

// An Entry is a run with what is known of it.
type Entry struct {
	session.Run
	Depth    int // of the run in the tree: 0 for one that starts from nothing
	Bytes    int64
	Doctor   doctor.Report // of what the run has saved
	Measures []Judged      // in the order of steps
}

// Judged are the measures of a run at a step.
type Judged struct {
	Step     int64
	Measures []metrics.Measure
}

// A Book reads the runs of a project, and remembers what it has read of those that have not changed
// since. Its methods are for one goroutine at a time.
type Book struct {
	f    *ckpt.File
	read map[int64]known
}

// known is what a Book has read of a run.
type known struct {
	updated time.Time
	step    int64
	report  doctor.Report
}

// NewBook returns a book of a project.
func NewBook(f *ckpt.File) *Book { return &Book{f: f, read: make(map[int64]known)} }

// Runs returns the runs of the project as a tree: each before its branches, otherwise in the order in
// which they were made. The second result are those that are deleted and can be restored.
func (b *Book) Runs() (list []Entry, deleted []ckpt.Run, err error) {
	all, err := session.RunsOf(b.f)
	if err != nil {
		return nil, nil, err
	}
	weight, err := b.f.Weight()
	if err != nil {
		return nil, nil, err
	}
	for _, r := range all {
		e := Entry{Run: r, Bytes: weight.Runs[r.ID].Bytes()}
		if e.Doctor, err = b.doctor(r); err != nil {
			return nil, nil, err
		}
		if e.Measures, err = measuresOf(b.f, r.ID); err != nil {
			return nil, nil, err
		}
		list = append(list, e)
	}
	deleted, err = b.f.DeletedRuns()
	return inTree(list), deleted, err
}

// doctor returns what the doctor says of what a run has saved.
func (b *Book) doctor(r session.Run) (doctor.Report, error) {
	if k, ok := b.read[r.ID]; ok && k.updated.Equal(r.Updated) && k.step == r.Step {
		return k.report, nil
	}
	if r.Err != nil {
		return doctor.Report{}, nil
	}
	events, err := b.f.Events(r.ID)
	if err != nil {
		return doctor.Report{}, err
	}
	d := doctor.New()
	for _, e := range events {
		switch e.Kind {
		case doctor.EventKind:
			if c, err := doctor.ParseCheckup(e.Step, e.Text); err == nil { // what cannot be read says nothing
				d.See(c)
			}
		case doctor.StopKind:
			d.Stopped(doctor.Stop{Step: e.Step, Text: e.Text})
		}
	}
	report := d.Report(r.Plan)
	b.read[r.ID] = known{r.Updated, r.Step, report}
	return report, nil
}

// measuresOf returns what was measured of a run. Texts under other keys, or that cannot be read, say
// nothing here.
func measuresOf(f *ckpt.File, run int64) (list []Judged, err error) {
	kept, err := f.Judgements(run)
	for _, j := range kept {
		if !judge.IsKey(j.Key) {
			continue
		}
		if m, err := judge.Decode(j.Text); err == nil {
			list = append(list, Judged{j.Step, m})
		}
	}
	return list, err
}

// inTree orders runs so that each comes before its branches. Runs that the tree does not reach, as a
// damaged project may have them, stand for themselves.
func inTree(list []Entry) []Entry {
	ids, branches := make(map[int64]bool, len(list)), make(map[int64][]Entry)
	for _, e := range list {
		ids[e.ID] = true
		branches[e.Parent] = append(branches[e.Parent], e)
	}
	out := make([]Entry, 0, len(list))
	placed := make(map[int64]bool, len(list))
	var place func(e Entry, depth int)
	place = func(e Entry, depth int) {
		if placed[e.ID] {
			return
		}
		placed[e.ID] = true
		e.Depth = depth
		out = append(out, e)
		for _, b := range branches[e.ID] {
			place(b, depth+1)
		}
	}
	for _, e := range list {
		if !ids[e.Parent] {
			place(e, 0)
		}
	}
	for _, e := range list {
		place(e, 0)
	}
	return out
}

// Parent returns the run that a run differs from: the one that it is a branch of, else the one that
// was made before it. ok is false where there is none.
func Parent(list []Entry, of Entry) (parent Entry, ok bool) {
	for _, e := range list {
		if e.ID == of.Parent && e.ID != of.ID {
			return e, true
		}
		if e.ID < of.ID && e.ID > parent.ID {
			parent, ok = e, true
		}
	}
	return parent, ok
}

// Best returns the best value that a run reached by a measure, with its step.
func (e *Entry) Best(name string) (best metrics.Measure, step int64, ok bool) {
	for _, j := range e.Measures {
		for _, m := range j.Measures {
			if m.Name == name && (!ok || Better(m, best)) {
				best, step, ok = m, j.Step, true
			}
		}
	}
	return best, step, ok
}

// Better tells whether a is better than b, a measure of the same name. What is no number is worse
// than any.
func Better(a, b metrics.Measure) bool {
	switch {
	case math.IsNaN(a.Value):
		return false
	case math.IsNaN(b.Value):
		return true
	case a.HigherIsBetter:
		return a.Value > b.Value
	}
	return a.Value < b.Value
}

// Measured returns the names of what was measured of any run, those that say most first.
func Measured(list []Entry) []string {
	var names []string
	for _, e := range list {
		for _, j := range e.Measures {
			for _, m := range j.Measures {
				if !slices.Contains(names, m.Name) {
					names = append(names, m.Name)
				}
			}
		}
	}
	slices.SortStableFunc(names, func(a, b string) int {
		if c := judge.Rank(a) - judge.Rank(b); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
	return names
}
