package runs

import (
	"slices"

	"ganvas/engine/metrics"
	"ganvas/engine/recipe"
)

// A Difference is a key of the recipe in which runs differ, with the value that each has, as
// recipe.Get gives it; "?" where a recipe cannot be read.
type Difference struct {
	Key    string
	Values []string
}

// Differences returns in what the recipes of runs differ, in the order of recipe.Keys. Names are no
// difference.
func Differences(list []Entry) (rows []Difference) {
	for _, k := range recipe.Keys() {
		if k.Name == "name" {
			continue
		}
		values := make([]string, len(list))
		var known []string
		for i, e := range list {
			values[i] = "?"
			if e.Plan == nil {
				continue
			}
			if v, err := e.Plan.Get(k.Name); err == nil {
				values[i] = v
				known = append(known, v)
			}
		}
		if len(slices.Compact(known)) > 1 {
			rows = append(rows, Difference{k.Name, values})
		}
	}
	return rows
}

// A Score is the best that runs reached by a measure; nil where one was not measured.
type Score struct {
	Name   string
	Values []*metrics.Measure
	Steps  []int64
}

// Scores returns what was measured of runs, what says most first.
func Scores(list []Entry) (scores []Score) {
	for _, name := range Measured(list) {
		s := Score{Name: name}
		for _, e := range list {
			best, step, ok := e.Best(name)
			var m *metrics.Measure
			if ok {
				m = &best
			}
			s.Values, s.Steps = append(s.Values, m), append(s.Steps, step)
		}
		scores = append(scores, s)
	}
	return scores
}

// Top tells whether no other run is better than a run, and some are worse.
func (s *Score) Top(run int) bool {
	own := s.Values[run]
	if own == nil {
		return false
	}
	worse := false
	for _, m := range s.Values {
		if m != nil && Better(*m, *own) {
			return false
		}
		worse = worse || m != nil && Better(*own, *m)
	}
	return worse
}
