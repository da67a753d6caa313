// Package doctor watches a run: it takes a checkup every so many steps, reads all checkups so far,
// and says in plain sentences what goes wrong, on what evidence, and what to change. What it says
// follows from the checkups alone, which the project keeps: after a resume it says the same. It
// changes nothing itself and judges no final quality: that is package judge's.
package doctor

import (
	"fmt"
	"strings"
)

// Kind is what a finding is about.
type Kind string

// The kinds of findings, in the order in which they are told: what explains others comes first.
const (
	NonFinite       Kind = "non-finite"
	Divergence      Kind = "divergence"
	DeadUnits       Kind = "dead-units"
	RateTooHigh     Kind = "rate-too-high"
	FewData         Kind = "few-data"
	OverFitting     Kind = "over-fitting"
	RateTooLow      Kind = "rate-too-low"
	DTooStrong      Kind = "d-too-strong"
	DTooWeak        Kind = "d-too-weak"
	ModeCollapse    Kind = "mode-collapse"
	PartialCollapse Kind = "partial-collapse"
	Oscillation     Kind = "oscillation"
	Plateau         Kind = "plateau"
)

// Kinds lists all kinds in that order.
func Kinds() []Kind {
	return []Kind{
		NonFinite, Divergence, DeadUnits, RateTooHigh, FewData, OverFitting, RateTooLow, DTooStrong, DTooWeak, ModeCollapse,
		PartialCollapse, Oscillation, Plateau,
	}
}

// Title returns the kind's name for people.
func (k Kind) Title() string { return titles[k] }

var titles = map[Kind]string{
	NonFinite: "Numbers overflowed", Divergence: "Divergence", DeadUnits: "Dead units", RateTooHigh: "Learning rate too high",
	FewData: "Too few data", OverFitting: "Over-fitting", RateTooLow: "Learning rate too low", DTooStrong: "D too strong",
	DTooWeak: "D too weak", ModeCollapse: "Mode collapse", PartialCollapse: "Partial collapse", Oscillation: "Oscillation",
	Plateau: "Plateau",
}

// Severity says how much a finding matters.
type Severity int

// A note tells something worth knowing of a run that is well; a warning, that the result will be
// worse than it need be; an alarm, that going on like this is in vain.
const (
	Note Severity = iota
	Warning
	Alarm
)

// String returns "note", "warning" or "alarm".
func (s Severity) String() string { return [...]string{"note", "warning", "alarm"}[s] }

// Finding is something that the doctor sees, or has seen.
type Finding struct {
	Kind     Kind
	Severity Severity
	Sees     string // one sentence
	Evidence string // the numbers behind it
	Advice   string // one sentence
	From, To int64  // steps between which the evidence lies; To is that of the newest checkup while the finding holds
	Since    int64  // step of the checkup at which it was first said
	Over     bool   // it does not hold any more
	Remedies []Remedy
}

// Report is all that the doctor says at a step.
type Report struct {
	Step     int64     // of the newest checkup
	Checkups int       // so far
	Findings []Finding // that hold: the worst first, and of these what explains others
	Past     []Finding // that held once, in the order in which they were first said
}

// Worst returns the severity of the worst finding; ok is false where there is nothing but notes.
func (r *Report) Worst() (s Severity, ok bool) {
	for _, f := range r.Findings {
		s = max(s, f.Severity)
	}
	return s, s > Note
}

// Word says in a few words how the run is: the title of the worst finding and how many more there
// are, "healthy", or "" before the first checkup.
func (r *Report) Word() string {
	if r.Checkups == 0 && len(r.Findings) == 0 {
		return ""
	}
	worst, ok := r.Worst()
	if !ok {
		if len(r.Findings) > 0 {
			return strings.ToLower(r.Findings[0].Kind.Title())
		}
		return "healthy"
	}
	n, word := 0, ""
	for _, f := range r.Findings {
		if f.Severity == worst && word == "" {
			word = f.Kind.Title()
		}
		if f.Severity > Note {
			n++
		}
	}
	if n > 1 {
		word += fmt.Sprintf(" + %d", n-1)
	}
	return word
}
