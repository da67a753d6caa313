package cli

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/engine/doctor"
	"ganvas/engine/doctor/cases"
	"ganvas/engine/tensor"
)

// runDoctor trains the doctor's test bench and prints how well it tells what is wrong, as the
// tables of docs/doctor.md.
func (c benchCmd) runDoctor(ctx context.Context, env *Env) error {
	list, err := chooseCases(c.Names)
	if err != nil {
		return err
	}
	seeds, err := parseSeeds(c.Seeds)
	if err != nil {
		return err
	}
	workers := tensor.Threads()
	tensor.SetThreads(1) // cases are too small to be divided, and are trained beside each other
	defer tensor.SetThreads(workers)
	total, done := int64(len(list)*len(seeds)), int64(0)
	p := startProgress(env, "bench --doctor", "run", 0, total, nil)
	results, err := cases.TryAll(ctx, list, seeds, workers, c.Keep, func() {
		done++
		p.set(done, total, 0, "")
	})
	p.finish()
	if err != nil {
		return err
	}
	if c.JSON {
		for _, r := range results {
			printLine(env, caseLineOf(r))
		}
		return nil
	}
	for _, part := range []struct {
		title string
		of    func(k *cases.Case) bool
	}{
		{"Failing, used for setting the limits", func(k *cases.Case) bool { return !k.Healthy() && !k.Apart }},
		{"Healthy, used for setting the limits", func(k *cases.Case) bool { return k.Healthy() && !k.Apart }},
		{"Failing, kept apart", func(k *cases.Case) bool { return !k.Healthy() && k.Apart }},
		{"Healthy, kept apart", func(k *cases.Case) bool { return k.Healthy() && k.Apart }},
	} {
		var some []cases.Result
		for _, r := range results {
			if part.of(r.Case) {
				some = append(some, r)
			}
		}
		printCases(env, part.title, some, len(seeds))
	}
	return nil
}

// chooseCases returns the cases of these names, all if there are none.
func chooseCases(names []string) ([]cases.Case, error) {
	all := cases.All()
	if len(names) == 0 {
		return all, nil
	}
	var out []cases.Case
	var known []string
	for _, c := range all {
		known = append(known, c.Name)
		if slices.Contains(names, c.Name) {
			out = append(out, c)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			return nil, usageError{fmt.Errorf("bench --doctor %s: there is no such case: choose from %s", name, strings.Join(known, " "))}
		}
	}
	return out, nil
}

func parseSeeds(text string) ([]uint64, error) {
	var out []uint64
	for part := range strings.SplitSeq(text, ",") {
		n, err := strconv.ParseUint(strings.TrimSpace(part), 10, 63)
		if err != nil {
			return nil, usageError{fmt.Errorf("bench --seeds %s: write whole numbers such as 1,2,3", text)}
		}
		out = append(out, n)
	}
	return out, nil
}

// caseLine is a result as --json prints it.
type caseLine struct {
	Case     string   `json:"case"`
	Seed     uint64   `json:"seed"`
	Wants    []string `json:"wants"` // empty: healthy
	Apart    bool     `json:"apart"`
	By       int64    `json:"by"`
	Named    int64    `json:"named"` // step at which one of wants was said, −1: never
	First    bool     `json:"first"`
	Told     []string `json:"told"` // "kind@step"
	Notes    []string `json:"notes"`
	Distance float64  `json:"distance"` // at the last checkup
}

func caseLineOf(r cases.Result) caseLine {
	l := caseLine{Case: r.Case.Name, Seed: r.Seed, Wants: []string{}, Apart: r.Case.Apart, By: r.Case.By, Named: r.Named, First: r.First, Told: []string{}, Notes: []string{}}
	for _, k := range r.Case.Wants {
		l.Wants = append(l.Wants, string(k))
	}
	for _, f := range r.Told {
		l.Told = append(l.Told, fmt.Sprintf("%s@%d", f.Kind, f.Since))
	}
	for _, f := range r.Notes {
		l.Notes = append(l.Notes, fmt.Sprintf("%s@%d", f.Kind, f.Since))
	}
	if d := float64(r.Last.Distance); !math.IsNaN(d) {
		l.Distance = d
	}
	return l
}

// printCases prints one table in Markdown: a row for each case, its seeds one after the other, and
// the sum.
func printCases(env *Env, title string, results []cases.Result, seeds int) {
	if len(results) == 0 {
		return
	}
	healthy := results[0].Case.Healthy()
	fmt.Fprintf(env.Stdout, "### %s\n\n", title)
	if healthy {
		fmt.Fprint(env.Stdout, "| case | steps | flagged | what was said | notes | distance at the end |\n|---|---:|---:|---|---|---|\n")
	} else {
		fmt.Fprint(env.Stdout, "| case | why it fails | right is | before step | named | first | at step | also said |\n|---|---|---|---:|---:|---:|---|---|\n")
	}
	sum, first := 0, 0
	for of := range slices.Chunk(results, seeds) {
		row := rowOf(of)
		sum += row.hits
		first += row.first
		k := of[0].Case
		if healthy {
			fmt.Fprintf(env.Stdout, "| %s | %d | %d of %d | %s | %s | %s |\n", k.Name, k.By, row.hits, len(of), row.said, row.notes, row.distances)
		} else {
			fmt.Fprintf(env.Stdout, "| %s | %s | %s | %d | %d of %d | %d | %s | %s |\n", k.Name, k.Why, joinKinds(k.Wants), k.By, row.hits, len(of), row.first, row.steps, row.said)
		}
	}
	n := len(results)
	if healthy {
		fmt.Fprintf(env.Stdout, "\n**Flagged: %d of %d runs (%.1f %%).**\n\n", sum, n, 100*float64(sum)/float64(n))
	} else {
		fmt.Fprintf(env.Stdout, "\n**Named rightly: %d of %d runs (%.1f %%)**; in %d of them nothing else was said before.\n\n", sum, n, 100*float64(sum)/float64(n), first)
	}
}

// caseRow is a row of such a table.
type caseRow struct {
	hits, first                   int
	steps, said, notes, distances string
}

func rowOf(of []cases.Result) caseRow {
	var row caseRow
	var steps, distances []string
	var said, notes []doctor.Kind
	for _, r := range of {
		hit := r.Flagged()
		if !r.Case.Healthy() {
			hit = r.Named >= 0
		}
		if hit {
			row.hits++
		}
		if r.First && hit {
			row.first++
		}
		step := "–"
		if r.Named >= 0 {
			step = strconv.FormatInt(r.Named, 10)
		}
		steps = append(steps, step)
		distances = append(distances, strconv.FormatFloat(float64(r.Last.Distance), 'f', 3, 32))
		for _, f := range r.Told {
			if !slices.Contains(r.Case.Wants, f.Kind) && !slices.Contains(said, f.Kind) {
				said = append(said, f.Kind)
			}
		}
		for _, f := range r.Notes {
			if !slices.Contains(notes, f.Kind) {
				notes = append(notes, f.Kind)
			}
		}
	}
	row.steps, row.distances = strings.Join(steps, ", "), strings.Join(distances, ", ")
	row.said, row.notes = joinKinds(said), joinKinds(notes)
	return row
}

func joinKinds(kinds []doctor.Kind) string {
	var out []string
	for _, k := range kinds {
		out = append(out, string(k))
	}
	return strings.Join(out, ", ")
}
