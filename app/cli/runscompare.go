package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/runs"
)

// runAndText is what a flag is given that takes a run and a text.
type runAndText struct {
	id   int64
	text string
}

// Decode is part of kong.MapperValue.
func (v *runAndText) Decode(ctx *kong.DecodeContext) error {
	token, err := ctx.Scan.PopValue("ID")
	if err != nil {
		return err
	}
	if v.id, err = runNumber(token.String()); err != nil {
		return err
	}
	if token, err = ctx.Scan.PopValue("text"); err != nil {
		return err
	}
	v.text = token.String()
	return nil
}

// runList are the runs that a flag is given, as many as stand there.
type runList []int64

// Decode is part of kong.MapperValue.
func (v *runList) Decode(ctx *kong.DecodeContext) error {
	token, err := ctx.Scan.PopValue("ID")
	if err != nil {
		return err
	}
	for {
		for text := range strings.SplitSeq(token.String(), ",") {
			id, err := runNumber(text)
			if err != nil {
				return err
			}
			if !slices.Contains(*v, id) {
				*v = append(*v, id)
			}
		}
		if _, err := runNumber(ctx.Scan.Peek().String()); err != nil || !ctx.Scan.Peek().IsValue() {
			return nil
		}
		token = ctx.Scan.Pop()
	}
}

// runNumber reads the number of a run.
func runNumber(text string) (int64, error) {
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%q is no number of a run: choose one that \"ganvas runs\" lists", text)
	}
	return id, nil
}

// differenceLine is a key in which runs differ, in the JSON that others rely on.
type differenceLine struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
}

// scoreLine is the best that runs reached by a measure; null where one was not judged.
type scoreLine struct {
	Name   string     `json:"name"`
	Values []*float64 `json:"values"`
}

// compare says in what the runs differ that the command names, and how good they are.
func (c runsCmd) compare(env *Env, f *ckpt.File) error {
	all, _, err := runs.NewBook(f).Runs()
	if err != nil {
		return err
	}
	tellWarnings(env, f.Warnings())
	var list []runs.Entry
	for _, id := range c.Compare {
		if _, err := f.RunByID(id); err != nil {
			return fmt.Errorf("compare runs: %w", err)
		}
		list = append(list, all[slices.IndexFunc(all, func(e runs.Entry) bool { return e.ID == id })])
	}
	differences, scores := runs.Differences(list), runs.Scores(list)
	if !c.JSON {
		return printComparison(env, list, differences, scores)
	}
	out := struct {
		Runs        []runLine        `json:"runs"`
		Differences []differenceLine `json:"differences"`
		Scores      []scoreLine      `json:"scores"`
	}{Differences: []differenceLine{}, Scores: []scoreLine{}}
	for _, e := range list {
		out.Runs = append(out.Runs, lineOf(all, e))
	}
	for _, d := range differences {
		out.Differences = append(out.Differences, differenceLine(d))
	}
	for _, s := range scores {
		line := scoreLine{Name: s.Name}
		for _, m := range s.Values {
			var value *float64
			if m != nil {
				value = &m.Value
			}
			line.Values = append(line.Values, value)
		}
		out.Scores = append(out.Scores, line)
	}
	return printJSON(env.Stdout, out)
}

// printComparison prints a column for each run.
func printComparison(env *Env, list []runs.Entry, differences []runs.Difference, scores []runs.Score) error {
	head, step, trained, word := []string{""}, []string{"step"}, []string{"trained"}, []string{"doctor"}
	for _, e := range list {
		head = append(head, fmt.Sprintf("RUN %d %s", e.ID, e.Name))
		step, trained, word = append(step, words.Thousands(e.Step)), append(trained, words.Duration(e.Trained)), append(word, e.Doctor.Word())
	}
	rows := [][]string{head, step, trained, word}
	for _, d := range differences {
		row := []string{d.Key}
		for _, v := range d.Values {
			row = append(row, titles.ValueOf(d.Key, v))
		}
		rows = append(rows, row)
	}
	for _, s := range scores {
		row := []string{s.Name}
		for _, m := range s.Values {
			text := "-"
			if m != nil {
				text = words.WithError(m.Value, m.StdErr)
			}
			row = append(row, text)
		}
		rows = append(rows, row)
	}
	if err := printTable(env.Stdout, rows); err != nil {
		return err
	}
	if len(differences) == 0 {
		_, err := fmt.Fprintln(env.Stdout, "\nTheir recipes are the same.")
		return err
	}
	return nil
}
