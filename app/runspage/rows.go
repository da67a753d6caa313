package runspage

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/doctor"
	"ganvas/engine/metrics"
	"ganvas/engine/runs"
)

// A line is what the table says of a run.
type line struct {
	entry   runs.Entry
	name    string // with the place in the tree
	differs string
	step    string
	time    string
	best    string
	doctor  string
	sign    doctor.Severity // of what the doctor says
	ill     bool            // that is worse than a note
	note    string
	value   *metrics.Measure // the best; nil: not measured
	top     bool             // no other run is better
	open    bool
	problem string // why it cannot be opened; "": it can
}

// mostDifferences are said in a line.
const mostDifferences = 4

// rows returns the lines of what was read, in the order that is chosen.
func (p *Page) rows() []line {
	by, list := p.measure(), p.shown.Entries
	lines := make([]line, len(list))
	top := -1
	for i, e := range list {
		lines[i] = lineOf(list, e)
		l := &lines[i]
		l.open = p.s.Run != nil && e.ID == p.s.Run.Session.RunID()
		m, step, ok := e.Best(by)
		if !ok {
			continue
		}
		l.value, l.best = &m, words.WithError(m.Value, m.StdErr)
		if step != e.Step {
			l.best += " at " + words.Thousands(step)
		}
		if top < 0 || runs.Better(m, *lines[top].value) {
			top = i
		}
	}
	if top >= 0 {
		lines[top].top = true
	}
	p.table.sort(lines)
	return lines
}

// lineOf says of a run of a list what does not depend on what else the page shows.
func lineOf(list []runs.Entry, e runs.Entry) line {
	l := line{entry: e, name: e.Name, note: strings.Join(strings.Fields(e.Note), " "), step: words.Thousands(e.Step), time: "–", doctor: "–"}
	if e.Depth > 0 {
		l.name = strings.Repeat("    ", e.Depth-1) + "↳ " + e.Name
	}
	if e.Trained > 0 {
		l.time = words.Duration(e.Trained)
	}
	if word := e.Doctor.Word(); word != "" {
		l.doctor = word
	}
	l.sign, l.ill = e.Doctor.Worst()
	if e.Err != nil {
		l.problem, l.differs = words.Sentence(e.Err.Error()), "Its recipe cannot be read"
		return l
	}
	l.step = words.Of(e.Step, int64(e.Plan.Steps))
	switch p, ok := runs.Parent(list, e); {
	case !ok:
		l.differs = "The first run: " + titles.Data(e.Plan.Data)
	case p.Plan == nil:
	default:
		if l.differs = titles.Brief(p.Plan, e.Plan, mostDifferences); l.differs == "" {
			l.differs = "Nothing: the same recipe"
		}
		if e.Parent == p.ID {
			l.differs = fmt.Sprintf("From step %s: ", words.Thousands(e.FromStep)) + strings.TrimPrefix(l.differs, "Nothing: ")
		}
	}
	return l
}

// A column is what the table can be sorted by.
type column struct {
	title, tip string
	width      float32 // as ui.Columns has it
	less       func(a, b line) int
}

// The columns after that of the ticks and that of the thumbnails.
var columns = []column{
	{"Run", "The order in which the runs were made, each before its branches", 0.27, nil},
	{"What differs", "From the run that it is a branch of, else from the one before it", 0.4, func(a, b line) int { return strings.Compare(a.differs, b.differs) }},
	{"Step", "How far it is trained", 96, func(a, b line) int { return cmp.Compare(a.entry.Step, b.entry.Step) }},
	{"Time", "How long it was trained", 72, func(a, b line) int { return cmp.Compare(a.entry.Trained, b.entry.Trained) }},
	{"Best", "The best of its steps that were judged, by the number that is chosen above", 112, byBest},
	{"Doctor", "What the doctor says of it", 116, func(a, b line) int { return cmp.Compare(a.severity(), b.severity()) }},
	{"Note", "What you wrote about it", 0.3, func(a, b line) int { return strings.Compare(emptyLast(a.note), emptyLast(b.note)) }},
}

// severity orders what the doctor says: nothing yet, well, and how bad.
func (l line) severity() int {
	switch {
	case l.entry.Doctor.Word() == "":
		return -1
	case !l.ill:
		return 0
	}
	return int(l.sign) + 1
}

// emptyLast is a text that sorts after others where it is empty.
func emptyLast(s string) string {
	if s == "" {
		return string(rune(math.MaxInt16))
	}
	return s
}

// byBest puts the best first, and what was not measured last.
func byBest(a, b line) int {
	switch {
	case a.value == nil || b.value == nil:
		return cmp.Compare(one(a.value == nil), one(b.value == nil))
	case runs.Better(*a.value, *b.value):
		return -1
	case runs.Better(*b.value, *a.value):
		return 1
	}
	return 0
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sort puts lines into the order that is chosen.
func (t *table) sort(lines []line) {
	less := columns[t.by].less
	if less == nil {
		if t.down {
			slices.Reverse(lines)
		}
		return
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		if t.down {
			a, b = b, a
		}
		return less(a, b)
	})
}
