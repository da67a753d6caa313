package doctor

import (
	"fmt"
	"slices"

	"github.com/dustin/go-humanize"

	"ganvas/engine/recipe"
)

const (
	toSay  = 3   // checkups in a row that show something before it is said
	toDrop = 5   // in a row that do not show it before it is taken back
	easing = 0.8 // of the limits while something is said
)

// Stop is one time when training stopped by itself and went back.
type Stop struct {
	Step int64  // of the good state that it went back to
	Text string // what was not finite
}

// StopKind is the kind of the project's events that tell of a Stop; their text is the Stop's.
const StopKind = "stopped"

// A Doctor reads the checkups of a run, one after the other. It belongs to one goroutine.
type Doctor struct {
	checkups []Checkup
	stops    []Stop
	states   []state
	past     []Finding
}

// New returns the doctor of a run of which nothing is known yet.
func New() *Doctor { return &Doctor{states: make([]state, len(rules))} }

// Checkups returns all that were seen. They are never written again.
func (d *Doctor) Checkups() []Checkup { return slices.Clip(d.checkups) }

// See takes in the next checkup.
func (d *Doctor) See(c Checkup) {
	d.checkups = append(d.checkups, c)
	w := window{checkups: d.checkups, objective: c.Objective, items: c.Items}
	hidden := make(map[Kind]bool)
	for i := range rules {
		if past, ended := d.states[i].see(&rules[i], &w); ended {
			d.past = append(d.past, past)
		}
		if d.states[i].open {
			for _, k := range rules[i].hides {
				hidden[k] = true
			}
		}
	}
	for i := range rules {
		d.states[i].tell(!hidden[rules[i].kind], c.Step)
	}
}

// Stopped takes in that training stopped by itself.
func (d *Doctor) Stopped(s Stop) { d.stops = append(d.stops, s) }

// Report says how a run of a recipe stands; the recipe is for the remedies. The same checkups and
// stops give the same report.
func (d *Doctor) Report(r *recipe.Recipe) Report {
	rep := Report{Checkups: len(d.checkups), Past: slices.Clone(d.past)}
	if n := len(d.checkups); n > 0 {
		rep.Step = d.checkups[n-1].Step
	}
	rep.Findings = stopped(d.stops, rep.Step)
	for i := range d.states {
		if d.states[i].told {
			rep.Findings = append(rep.Findings, d.states[i].finding)
		}
	}
	slices.SortStableFunc(rep.Findings, func(a, b Finding) int { return int(b.Severity - a.Severity) })
	slices.SortStableFunc(rep.Past, func(a, b Finding) int { return int(a.Since - b.Since) })
	for i := range rep.Findings {
		rep.Findings[i].Remedies = remedies(rep.Findings[i].Kind, r)
	}
	return rep
}

// state is what becomes of a rule's kind over the checkups.
type state struct {
	shown, clear int // checkups in a row
	open         bool
	told         bool // open, and not hidden by another
	once         bool // told since it is open
	finding      Finding
}

// see takes in one more checkup. It returns a finding that does not hold any more, if there is one.
func (s *state) see(r *rule, w *window) (past Finding, ended bool) {
	w.ease = 1
	if s.open {
		w.ease = easing
	}
	if !r.holds(w) {
		s.shown = 0
		if s.clear++; !s.open || s.clear < toDrop {
			return past, false
		}
		s.open, s.finding.Over = false, true
		return s.finding, s.once
	}
	s.clear = 0
	if s.shown++; !s.open && s.shown < toSay {
		return past, false
	}
	step := w.checkups[len(w.checkups)-1].Step
	if !s.open {
		s.open, s.once = true, false
		s.finding = Finding{Kind: r.kind, Severity: r.severity, From: w.firstOf(r.looks + toSay - 1)}
	}
	s.finding.To = step
	s.finding.Sees, s.finding.Evidence, s.finding.Advice = r.words(w)
	return past, false
}

// tell notes whether an open finding is said at a step.
func (s *state) tell(visible bool, step int64) {
	s.told = s.open && visible
	if s.told && !s.once {
		s.once, s.finding.Since = true, step
	}
}

// rest is for how many steps after numbers that were not finite the doctor speaks of them.
const rest = 1000

// stopped returns the finding about the newest stop, unless training went on well after it.
func stopped(stops []Stop, step int64) []Finding {
	if len(stops) == 0 {
		return nil
	}
	last := stops[len(stops)-1]
	if step >= last.Step+rest {
		return nil
	}
	return []Finding{{
		Kind: NonFinite, Severity: Alarm, From: last.Step, To: max(step, last.Step), Since: last.Step,
		Sees:     "Training stopped because numbers grew beyond all bounds; the run went back to its last save.",
		Evidence: last.Text, Advice: fmt.Sprintf("Lower the learning rates before going on from step %s.", humanize.Comma(last.Step)),
	}}
}
