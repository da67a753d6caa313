package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"ganvas/app/titles"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/memory"
	"ganvas/engine/runs"
	"ganvas/engine/session"
)

type runsCmd struct {
	File    string     `arg:"" name:"run.ganvas" help:"Project file."`
	JSON    bool       `name:"json" help:"Print one JSON document."`
	Rename  runAndText `xor:"change" placeholder:"ID NAME" help:"Give a run another name."`
	Note    runAndText `xor:"change" placeholder:"ID TEXT" help:"Keep a note of a run; an empty text takes it away."`
	Delete  int64      `xor:"change,delete" placeholder:"ID" help:"Delete a run for good, with all that it has saved. Branches of it stay."`
	Compare runList    `xor:"change,delete,compact" placeholder:"ID" help:"Say in what two or more runs differ, and how good they are: --compare 1 2 3."`
	Compact bool       `xor:"compact" help:"Give back to the disk what deleted runs had in the file. It is copied for that, which takes as much room once more."`
}

// runLine is a run in the JSON that others rely on.
type runLine struct {
	ID       int64      `json:"id"`
	Parent   int64      `json:"parent"`
	FromStep int64      `json:"from_step"`
	Step     int64      `json:"step"`
	Steps    int        `json:"steps"` // of its recipe; 0: no end
	Name     string     `json:"name"`
	Data     string     `json:"data"`
	Created  time.Time  `json:"created"`
	Updated  time.Time  `json:"updated"`
	Bytes    int64      `json:"bytes"`   // of what it has in the file
	Current  bool       `json:"current"` // the one that is meant where --run names none
	Problem  string     `json:"problem,omitempty"`
	Note     string     `json:"note"`
	Seconds  float64    `json:"seconds"` // of training; 0: not known
	Differs  string     `json:"differs"` // from the run that it is a branch of, else from the one before it
	Doctor   string     `json:"doctor"`  // "": no checkup yet
	Best     []bestLine `json:"best"`    // of what was judged, what says most first
}

// bestLine is the best that a run reached by a measure.
type bestLine struct {
	Name           string   `json:"name"`
	Value          float64  `json:"value"`
	StdErr         *float64 `json:"stderr"`
	Step           int64    `json:"step"`
	HigherIsBetter bool     `json:"higher_is_better"`
}

// Run lists the runs of a project without changing it, or changes one.
func (c runsCmd) Run(ctx context.Context, env *Env) error {
	if len(c.Compare) == 1 {
		return usageError{fmt.Errorf("runs --compare %d: name two runs or more", c.Compare[0])}
	}
	if !c.changes() {
		f, err := ckpt.OpenReadOnly(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		return c.show(env, f)
	}
	f, err := ckpt.Open(c.File)
	if err != nil {
		return err
	}
	said, err := c.change(ctx, env, f)
	if err == nil && c.JSON {
		err = c.show(env, f)
	} else if err == nil {
		_, err = fmt.Fprintln(env.Stdout, said)
	}
	return errors.Join(err, f.Close())
}

// changes tells whether the project is to be changed.
func (c runsCmd) changes() bool {
	return c.Rename.id != 0 || c.Note.id != 0 || c.Delete != 0 || c.Compact
}

// change does what the flags say, and says what became of it.
func (c runsCmd) change(ctx context.Context, env *Env, f *ckpt.File) (said string, err error) {
	switch {
	case c.Rename.id != 0:
		if _, err = f.RunByID(c.Rename.id); err == nil {
			err = f.SetRunName(c.Rename.id, c.Rename.text)
		}
		return fmt.Sprintf("run %d is called %s", c.Rename.id, cell(c.Rename.text)), err
	case c.Note.id != 0:
		if _, err = f.RunByID(c.Note.id); err == nil {
			err = f.SetRunNote(c.Note.id, c.Note.text)
		}
		return fmt.Sprintf("run %d: %s", c.Note.id, cell(c.Note.text)), err
	case c.Delete != 0:
		if said, err = deleteRun(f, c.Delete); err != nil || !c.Compact {
			return said, err
		}
		said += "; "
	}
	p := startProgress(env, "make "+c.File+" smaller", "", 0, 1, nil)
	freed, err := f.Compact(ctx, func(done, total int64) { p.set(done, total, 0, "") })
	p.finish()
	return said + fmt.Sprintf("%s is %s smaller", cell(c.File), memory.Text(freed)), err
}

// deleteRun deletes a run for good, and says what that frees.
func deleteRun(f *ckpt.File, id int64) (said string, err error) {
	before, err := f.Weight()
	if err != nil {
		return "", err
	}
	if err := f.DeleteRun(id); err != nil {
		return "", err
	}
	if err := session.RemoveDeleted(f); err != nil {
		return "", err
	}
	current, err := f.RunByID(0)
	return fmt.Sprintf("run %d is deleted: %s are free for what is saved next; run %d is the current one", id, memory.Text(before.Runs[id].Bytes()), current.ID), err
}

// show lists the runs, or compares some.
func (c runsCmd) show(env *Env, f *ckpt.File) error {
	if len(c.Compare) > 0 {
		return c.compare(env, f)
	}
	lines, err := runLines(f)
	if err != nil {
		return err
	}
	tellWarnings(env, f.Warnings())
	if !c.JSON {
		return printRuns(env, lines)
	}
	weight, err := f.Weight()
	if err != nil {
		return err
	}
	return printJSON(env.Stdout, struct {
		Runs  []runLine `json:"runs"`
		Bytes int64     `json:"bytes"` // of the file
		Free  int64     `json:"free"`  // of it
	}{lines, weight.Bytes, weight.Free})
}

// runLines returns what is said of the runs of a project, each before its branches.
func runLines(f *ckpt.File) ([]runLine, error) {
	list, _, err := runs.NewBook(f).Runs()
	lines := make([]runLine, 0, len(list))
	for _, e := range list {
		lines = append(lines, lineOf(list, e))
	}
	return lines, err
}

// mostDifferences are said of a run in a list.
const mostDifferences = 3

// lineOf returns what is said of a run of a list.
func lineOf(list []runs.Entry, e runs.Entry) runLine {
	l := runLine{
		ID: e.ID, Parent: e.Parent, FromStep: e.FromStep, Step: e.Step, Name: e.Name,
		Created: e.Created, Updated: e.Updated, Current: e.Current, Bytes: e.Bytes,
		Note: e.Note, Seconds: e.Trained.Seconds(), Doctor: e.Doctor.Word(), Best: []bestLine{},
	}
	if e.Err != nil {
		l.Problem = oneLine(e.Err.Error())
		return l
	}
	l.Data, l.Steps = e.Plan.Data, e.Plan.Steps
	if p, ok := runs.Parent(list, e); ok && p.Plan != nil {
		l.Differs = titles.Brief(p.Plan, e.Plan, mostDifferences)
	}
	for _, name := range runs.Measured([]runs.Entry{e}) {
		m, step, _ := e.Best(name)
		best := bestLine{Name: name, Value: m.Value, Step: step, HigherIsBetter: m.HigherIsBetter}
		if !math.IsNaN(m.StdErr) {
			best.StdErr = &m.StdErr
		}
		l.Best = append(l.Best, best)
	}
	return l
}

func printRuns(env *Env, lines []runLine) error {
	rows := [][]string{{"RUN", "NAME", "DATA", "FROM RUN", "FROM STEP", "STEP", "TRAINED", "BEST", "DOCTOR", "LAST SAVED", "SIZE", "", "DIFFERS", "NOTE"}}
	for _, l := range lines {
		parent := "-"
		if l.Parent != 0 {
			parent = fmt.Sprint(l.Parent)
		}
		mark := l.Problem
		if l.Current {
			mark = "current"
		}
		trained, best := "-", "-"
		if l.Seconds > 0 {
			trained = words.Duration(words.Seconds(l.Seconds))
		}
		if len(l.Best) > 0 {
			best = fmt.Sprintf("%s %.4g", l.Best[0].Name, l.Best[0].Value)
		}
		rows = append(rows, []string{
			fmt.Sprint(l.ID), l.Name, l.Data, parent, words.Thousands(l.FromStep), words.Of(l.Step, int64(l.Steps)), trained, best, l.Doctor,
			l.Updated.Local().Format("2006-01-02 15:04"), memory.Text(l.Bytes), mark, l.Differs, l.Note,
		})
	}
	return printTable(env.Stdout, rows)
}
