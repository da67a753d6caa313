package cli

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
)

// consulting prints what the doctor says when it is said first.
type consulting struct {
	told map[string]bool
}

// news returns what was not printed yet, a line each.
func (c *consulting) news(r *doctor.Report) []string {
	if c.told == nil {
		c.told = make(map[string]bool)
	}
	all := slices.Concat(r.Past, r.Findings)
	slices.SortStableFunc(all, func(a, b doctor.Finding) int { return int(a.Since - b.Since) })
	var lines []string
	for _, f := range all {
		key := fmt.Sprint(f.Kind, f.Since)
		if c.told[key] {
			continue
		}
		c.told[key] = true
		if f.Kind == doctor.NonFinite {
			continue // the job ends with an error that says so
		}
		line := fmt.Sprintf("doctor, step %s: %s: %s %s. %s", words.Thousands(f.Since), strings.ToLower(f.Kind.Title()), f.Sees, upperFirst(f.Evidence), f.Advice)
		if i := slices.IndexFunc(f.Remedies, func(m doctor.Remedy) bool { return m.Live }); i >= 0 {
			line += " For instance:"
			for _, change := range f.Remedies[i].Changes {
				line += fmt.Sprintf(" --set %s=%s", change.Key, change.Value)
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// findingLine is a finding as inspect --json prints it.
type findingLine struct {
	Kind     string       `json:"kind"`
	Severity string       `json:"severity"`
	Sees     string       `json:"sees"`
	Evidence string       `json:"evidence"`
	Advice   string       `json:"advice"`
	From     int64        `json:"from"` // steps of the evidence
	To       int64        `json:"to"`
	Since    int64        `json:"since"` // step at which it was first said
	Holds    bool         `json:"holds"` // it still does
	Remedies []remedyLine `json:"remedies"`
}

type remedyLine struct {
	Title string            `json:"title"`
	Set   map[string]string `json:"set"`
	Live  bool              `json:"live"` // with ganvas resume --set; otherwise it takes a new run
}

// findingsOf has the doctor read a run's events up to a step, and returns what it says and has
// said, and how many of its checkups cannot be read.
func findingsOf(events []ckpt.Event, step int64, r *recipe.Recipe) (out []findingLine, unread int) {
	d := doctor.New()
	for _, e := range events {
		switch {
		case e.Step > step:
		case e.Kind == doctor.EventKind:
			c, err := doctor.ParseCheckup(e.Step, e.Text)
			if err != nil {
				unread++
				continue
			}
			d.See(c)
		case e.Kind == doctor.StopKind:
			d.Stopped(doctor.Stop{Step: e.Step, Text: e.Text})
		}
	}
	report := d.Report(r)
	out = []findingLine{}
	for _, f := range slices.Concat(report.Findings, report.Past) {
		l := findingLine{
			Kind: string(f.Kind), Severity: f.Severity.String(), Sees: f.Sees, Evidence: f.Evidence, Advice: f.Advice,
			From: f.From, To: f.To, Since: f.Since, Holds: !f.Over, Remedies: []remedyLine{},
		}
		for _, m := range f.Remedies {
			set := make(map[string]string)
			for _, c := range m.Changes {
				set[c.Key] = c.Value
			}
			l.Remedies = append(l.Remedies, remedyLine{m.Title, set, m.Live})
		}
		out = append(out, l)
	}
	return out, unread
}
