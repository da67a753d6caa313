package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/app/words"
	"ganvas/engine/reproduce"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

type reproduceCmd struct {
	Names    []string `arg:"" optional:"" name:"name" help:"Tables to run (default: all; see --list)."`
	List     bool     `help:"Run nothing: name each table with its paper, its protocol, what differs from it and how long it takes."`
	Quick    bool     `help:"One seed and a fortieth of the updates: shows that it works, not what it reaches."`
	Seeds    int      `placeholder:"N" help:"Seeds of each method instead of the table's."`
	Out      string   `placeholder:"DIR" help:"Folder for the results, one NAME.json a table (default: the program's own, which the Judge page shows)."`
	Threads  int      `placeholder:"T" help:"Processors to use (default: all)."`
	Continue bool     `help:"Keep the rows that the results in DIR have already, if they are of the same settings and either whole or of this version."`
	Force    bool     `help:"Replace results in DIR."`
	JSON     bool     `name:"json" help:"Print one JSON document."`
}

// tableLine is what --list --json says of a table.
type tableLine struct {
	Name        string             `json:"name"`
	Title       string             `json:"title"`
	Paper       string             `json:"paper"`
	Protocol    string             `json:"protocol"`
	Differences []string           `json:"differences"`
	Time        string             `json:"time"`
	Seeds       int                `json:"seeds"`
	Columns     []reproduce.Column `json:"columns"`
}

// Run runs published tables again.
func (c reproduceCmd) Run(ctx context.Context, env *Env) error {
	if err := setThreads(c.Threads); err != nil {
		return err
	}
	const most = 100
	if c.Seeds < 0 || c.Seeds > most {
		return usageError{fmt.Errorf("reproduce: --seeds %d: choose 1 to %d", c.Seeds, most)}
	}
	tables := reproduce.Tables()
	if len(c.Names) > 0 {
		tables = tables[:0]
		for _, name := range c.Names {
			t, err := reproduce.Find(name)
			if err != nil {
				return usageError{err}
			}
			tables = append(tables, t)
		}
	}
	if c.List {
		return c.list(env, tables)
	}
	folder := c.Out
	if folder == "" {
		folder = reproduce.Folder(session.Home())
	} else if !c.Continue {
		for _, t := range tables {
			if err := refuseToReplace(resultPath(folder, t.Name), c.Force); err != nil {
				return err
			}
		}
	}
	var results []reproduce.Result
	kept := false
	for _, t := range tables {
		r, err := c.run(ctx, env, t, folder, &kept)
		if errors.Is(err, context.Canceled) && kept {
			return &interruptedError{"interrupted: the seeds that were done are kept in " + folder + ": the same command with --continue goes on"}
		}
		if err != nil {
			return err
		}
		results = append(results, r)
		if !c.JSON {
			if err := printResult(env, r); err != nil {
				return err
			}
		}
	}
	if c.JSON {
		return printJSON(env.Stdout, results)
	}
	_, err := fmt.Fprintf(env.Stdout, "kept in %s\n", cell(folder))
	return err
}

func (c reproduceCmd) list(env *Env, tables []reproduce.Table) error {
	if c.JSON {
		var lines []tableLine
		for _, t := range tables {
			lines = append(lines, tableLine{t.Name, t.Title, t.Paper, t.Protocol, t.Differences, t.Time, t.Seeds, t.Columns})
		}
		return printJSON(env.Stdout, lines)
	}
	for i, t := range tables {
		if i > 0 {
			fmt.Fprintln(env.Stdout)
		}
		fmt.Fprintf(env.Stdout, "%s: %s\n  paper     %s\n  protocol  %s\n", t.Name, t.Title, t.Paper, t.Protocol)
		for _, d := range t.Differences {
			fmt.Fprintln(env.Stdout, "  differs   "+d)
		}
		if _, err := fmt.Fprintf(env.Stdout, "  time      %s (%s, two cores)\n", t.Time, plural(t.Seeds, "seed")); err != nil {
			return err
		}
	}
	return nil
}

// run runs one table and says how far it is. After every seed the result so far is written to a
// folder, and kept is set.
func (c reproduceCmd) run(ctx context.Context, env *Env, t reproduce.Table, folder string, kept *bool) (reproduce.Result, error) {
	const whole = 10000
	have, err := c.have(t, folder)
	if err != nil {
		return reproduce.Result{}, err
	}
	p := startProgress(env, "reproduce "+t.Name, "", 0, whole, nil)
	defer p.finish()
	name := func(r *reproduce.Result) { r.Command, r.Version = c.command(t.Name), env.Version }
	r, err := reproduce.Run(ctx, t, reproduce.Options{
		Seeds: c.Seeds, Quick: c.Quick, Version: env.Version, Have: have, Progress: func(what string, share float64) { p.set(int64(share*whole), whole, 0, what) },
		Keep: func(r reproduce.Result) error {
			name(&r)
			err := writeResult(folder, r)
			*kept = *kept || err == nil
			return err
		},
	})
	name(&r)
	return r, err
}

// have returns the result in a folder that is to be continued, nil if there is none.
func (c reproduceCmd) have(t reproduce.Table, folder string) (*reproduce.Result, error) {
	if !c.Continue {
		return nil, nil
	}
	content, err := os.ReadFile(resultPath(folder, t.Name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reproduce %s: %w", t.Name, err)
	}
	r, err := reproduce.Decode(t.Name, content)
	if err != nil {
		return nil, fmt.Errorf("reproduce %s: read %s: %w: remove it, or leave out --continue", t.Name, resultPath(folder, t.Name), err)
	}
	return &r, nil
}

// command is what runs a table as this command did.
func (c reproduceCmd) command(name string) string {
	s := "ganvas reproduce " + name
	if c.Quick {
		s += " --quick"
	}
	if c.Seeds > 0 {
		s += fmt.Sprintf(" --seeds %d", c.Seeds)
	}
	if c.Threads > 0 {
		s += fmt.Sprintf(" --threads %d", c.Threads)
	}
	return s
}

func resultPath(folder, name string) string { return filepath.Join(folder, name+".json") }

// writeResult keeps a result in a folder, which is created.
func writeResult(folder string, r reproduce.Result) error {
	content, err := r.Encode()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return wholefile.Failed(folder, err)
	}
	return writeFile(resultPath(folder, r.Name), true, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// printResult prints the published number and ours for each column.
func printResult(env *Env, r reproduce.Result) error {
	head, rows := r.Cells(words.Thousands[int64], words.Duration)
	for i := range head {
		head[i] = strings.ToUpper(head[i])
	}
	rows = slices.Insert(rows, 0, head)
	fmt.Fprintf(env.Stdout, "%s: %s\n%s, mean ± standard error over them", r.Name, r.Title, plural(r.Seeds, "seed"))
	if r.Quick {
		fmt.Fprint(env.Stdout, "; quick: a fortieth of the updates, which shows that it works and not what it reaches")
	}
	fmt.Fprint(env.Stdout, "\n\n")
	if err := printTable(env.Stdout, rows); err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout)
	seen := make(map[string]bool)
	for _, m := range r.Rows {
		if m.Network != "" && !seen[m.Network] {
			fmt.Fprintf(env.Stdout, "network, %s: %s\n", m.Method, m.Network)
			seen[m.Network] = true
		}
	}
	for _, m := range r.Rows {
		if m.Note != "" {
			fmt.Fprintf(env.Stdout, "note, %s: %s\n", m.Method, m.Note)
		}
	}
	for _, d := range r.Differences {
		fmt.Fprintln(env.Stdout, "differs: "+d)
	}
	_, err := fmt.Fprintln(env.Stdout)
	return err
}

// plural writes "1 seed", "3 seeds".
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
