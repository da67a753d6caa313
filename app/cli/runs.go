package cli

import (
	"fmt"
	"time"

	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/memory"
	"ganvas/engine/session"
)

type runsCmd struct {
	File string `arg:"" name:"run.ganvas" help:"Project file."`
	JSON bool   `name:"json" help:"Print one JSON document."`
}

// runLine is a run in the JSON that others rely on.
type runLine struct {
	ID       int64     `json:"id"`
	Parent   int64     `json:"parent"`
	FromStep int64     `json:"from_step"`
	Step     int64     `json:"step"`
	Steps    int       `json:"steps"` // of its recipe; 0: no end
	Name     string    `json:"name"`
	Data     string    `json:"data"`
	Created  time.Time `json:"created"`
	Updated  time.Time `json:"updated"`
	Bytes    int64     `json:"bytes"`   // of what it has in the file
	Current  bool      `json:"current"` // the one that is meant where --run names none
	Problem  string    `json:"problem,omitempty"`
}

// Run lists the runs of a project without changing it.
func (c runsCmd) Run(env *Env) error {
	f, err := ckpt.OpenReadOnly(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	runs, err := session.RunsOf(f)
	if err != nil {
		return err
	}
	weight, err := f.Weight()
	if err != nil {
		return err
	}
	lines := runLines(runs, weight)
	if c.JSON {
		return printJSON(env.Stdout, struct {
			Runs  []runLine `json:"runs"`
			Bytes int64     `json:"bytes"` // of the file
		}{lines, weight.Bytes})
	}
	return printRuns(env, lines)
}

func runLines(runs []session.Run, weight ckpt.Weight) []runLine {
	lines := make([]runLine, 0, len(runs))
	for _, r := range runs {
		l := runLine{
			ID: r.ID, Parent: r.Parent, FromStep: r.FromStep, Step: r.Step, Name: r.Name,
			Created: r.Created, Updated: r.Updated, Current: r.Current,
			Bytes: weight.Runs[r.ID].Bytes(),
		}
		if r.Err != nil {
			l.Problem = oneLine(r.Err.Error())
		} else {
			l.Data, l.Steps = r.Plan.Data, r.Plan.Steps
		}
		lines = append(lines, l)
	}
	return lines
}

func printRuns(env *Env, lines []runLine) error {
	rows := [][]string{{"RUN", "NAME", "DATA", "FROM RUN", "FROM STEP", "STEP", "LAST SAVED", "SIZE", ""}}
	for _, l := range lines {
		parent := "-"
		if l.Parent != 0 {
			parent = fmt.Sprint(l.Parent)
		}
		note := l.Problem
		if l.Current {
			note = "current"
		}
		rows = append(rows, []string{
			fmt.Sprint(l.ID), l.Name, l.Data, parent, words.Thousands(l.FromStep), words.Of(l.Step, int64(l.Steps)), l.Updated.Local().Format("2006-01-02 15:04"), memory.Text(l.Bytes), note,
		})
	}
	return printTable(env.Stdout, rows)
}
