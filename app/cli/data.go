package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/engine/session"
)

type dataCmd struct {
	Source string `arg:"" optional:"" name:"path|builtin" help:"Folder, archive, pictures, video, array, table, or one of: two-gaussians ring grid moons circles spiral swissroll checkerboard line digits emoji shapes; or what ganvas data --list names."`
	JSON   bool   `name:"json" help:"Print one JSON document."`

	Stride    int    `name:"stride" placeholder:"N" help:"Of videos and animated pictures take one frame in N; a recipe's stride."`
	Cell      int    `name:"cell" placeholder:"PIXELS" help:"Cut pictures into square cells, as sheets of sprites ask for; a recipe's cell."`
	Attribute string `name:"attribute" placeholder:"NAME" help:"Column of a table of labels to use; a recipe's attribute."`

	Cache      bool   `name:"cache" xor:"what" help:"Say how much decoded data are kept, where, and up to which limit."`
	ClearCache bool   `name:"clear-cache" xor:"what" help:"Remove the decoded data that are kept; they are made anew where they are needed."`
	List       bool   `name:"list" xor:"what" help:"List what can be downloaded from its makers."`
	Download   bool   `name:"download" xor:"what" help:"Download a set of the list; what broke off goes on."`
	CacheLimit string `name:"cache-limit" xor:"what" placeholder:"SIZE" help:"Keep at most so much: 500MB, 20GB; 0 keeps nothing. The oldest go first."`
}

// dataReport is the JSON that others rely on.
type dataReport struct {
	Name        string        `json:"name"`
	Kind        string        `json:"kind"`
	Count       int           `json:"count"`
	Shape       []int         `json:"shape"`
	Labels      []string      `json:"labels"`
	Skipped     []skipped     `json:"skipped"`
	Health      []healthEntry `json:"health"`
	Notes       []string      `json:"notes"`
	Columns     []column      `json:"columns,omitempty"` // of a table
	Head        [][]string    `json:"head,omitempty"`    // its first rows
	Fingerprint string        `json:"fingerprint"`
}

// column describes a column of a table; from min to mean only where it holds numbers.
type column struct {
	Name       string     `json:"name"`
	Type       string     `json:"type"`
	Missing    int        `json:"missing"`
	Bad        int        `json:"bad"`
	Distinct   int        `json:"distinct"`
	Min        *float64   `json:"min,omitempty"`
	Max        *float64   `json:"max,omitempty"`
	Mean       *float64   `json:"mean,omitempty"`
	Categories []category `json:"categories,omitempty"`
}

type category struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

type skipped struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

type healthEntry struct {
	Finding string `json:"finding"`
	Count   int    `json:"count"`
	Advice  string `json:"advice"`
}

// Run opens a source as it is, without a recipe's preprocessing.
func (c dataCmd) Run(ctx context.Context, env *Env) error {
	switch manages := c.Cache || c.ClearCache || c.CacheLimit != ""; {
	case (manages || c.List) && c.Source != "":
		return usageError{fmt.Errorf("data: %s and a flag that is not about it: ask for one of them", c.Source)}
	case manages:
		return c.manageCache(env)
	case c.List:
		return c.listDownloads(env)
	case c.Source == "":
		return usageError{errors.New("data: nothing was named: choose a path, a built-in set, or one of ganvas data --list")}
	case c.Download:
		return c.download(ctx, env)
	}
	var err error
	if c.Source, err = downloaded(c.Source); err != nil {
		return err
	}
	return c.describe(ctx, env)
}

// describe says what Ganvas understands of the source.
func (c dataCmd) describe(ctx context.Context, env *Env) error {
	o := datasets.Options{Tables: true, Cache: session.CacheDir(), Stride: c.Stride, Cell: c.Cell, Attribute: c.Attribute}
	set, err := openData(ctx, env, c.Source, o)
	if err != nil {
		return err
	}
	info := set.Info()
	findings, err := examineData(ctx, env, set)
	if err != nil {
		return err
	}
	if c.JSON {
		r := dataReport{
			Name: info.Name, Kind: info.Kind.String(), Count: info.Count, Shape: info.Shape, Fingerprint: info.Fingerprint,
			Labels: append([]string{}, info.Labels...), Notes: append([]string{}, info.Notes...),
			Skipped: []skipped{}, Health: []healthEntry{},
		}
		for _, s := range info.Skipped {
			r.Skipped = append(r.Skipped, skipped(s))
		}
		for _, f := range findings {
			r.Health = append(r.Health, healthEntry{f.Name, f.Count, f.Advice})
		}
		r.Columns, r.Head = columnsOf(info), info.Head
		return printJSON(env.Stdout, r)
	}
	return printData(env, info, findings)
}

// examineData returns the findings of a set, showing how far it is.
func examineData(ctx context.Context, env *Env, set datasets.Set) ([]datasets.Finding, error) {
	info := set.Info()
	if info.Kind == datasets.Table {
		return datasets.ExamineTable(info), nil
	}
	p := startProgress(env, "examine "+info.Name, "item", 0, 0, nil)
	defer p.finish()
	return datasets.Examine(ctx, set, func(done, total int) { p.set(int64(done), int64(total), 0, "") })
}

func columnsOf(info datasets.Info) []column {
	var out []column
	for _, c := range info.Columns {
		k := column{Name: c.Name, Type: c.Type, Missing: c.Missing, Bad: c.Bad, Distinct: c.Distinct}
		if c.Numeric() {
			k.Min, k.Max, k.Mean = &c.Min, &c.Max, &c.Mean
		}
		for _, v := range c.Categories {
			k.Categories = append(k.Categories, category(v))
		}
		out = append(out, k)
	}
	return out
}

// columnText is "integer from 3 to 90, mean 41.2, 2 missing".
func columnText(c datasets.Column) string {
	text := c.Type
	switch {
	case c.Numeric():
		text += fmt.Sprintf(" from %.6g to %.6g, mean %.6g", c.Min, c.Max, c.Mean)
	case len(c.Categories) > 0:
		var names []string
		for i, v := range c.Categories {
			if i == 5 && len(c.Categories) > 6 {
				names = append(names, "…")
				break
			}
			names = append(names, fmt.Sprintf("%s (%s)", strings.ReplaceAll(v.Name, "\n", " "), words.Thousands(v.Count)))
		}
		text += ": " + strings.Join(names, ", ")
	}
	if c.Missing > 0 {
		text += ", " + words.Thousands(c.Missing) + " missing"
	}
	if c.Bad > 0 {
		text += ", " + words.Thousands(c.Bad) + " that are no number"
	}
	return text
}

func printData(env *Env, info datasets.Info, findings []datasets.Finding) error {
	rows := [][]string{
		{"name", info.Name},
		{"kind", info.Kind.String()},
		{"count", words.Thousands(info.Count)},
		{"shape", shapeText(info.Shape)},
	}
	if len(info.Labels) > 0 {
		rows = append(rows, []string{"labels", strings.Join(info.Labels, ", ")})
	}
	for _, c := range info.Columns {
		rows = append(rows, []string{"column " + c.Name, columnText(c)})
	}
	for _, note := range info.Notes {
		rows = append(rows, []string{"note", note})
	}
	for _, f := range findings {
		rows = append(rows, []string{"finding", f.Title + ": " + f.Advice})
	}
	if len(info.Skipped) > 0 {
		rows = append(rows, []string{"skipped", words.Thousands(len(info.Skipped))})
	}
	if err := printTable(env.Stdout, rows); err != nil {
		return err
	}
	for _, s := range info.Skipped {
		if _, err := fmt.Fprintf(env.Stdout, "  %s: %s\n", cell(s.Path), cell(s.Reason)); err != nil {
			return err
		}
	}
	return nil
}

func shapeText(shape []int) string {
	words := make([]string, len(shape))
	for i, n := range shape {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, "×")
}

// openData opens a source and shows how far it is when that takes a while.
func openData(ctx context.Context, env *Env, source string, o datasets.Options) (datasets.Set, error) {
	p := startProgress(env, "read "+source, "item", 0, 0, nil)
	defer p.finish()
	return datasets.Open(ctx, source, o, p.read)
}
