package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"ganvas/datasets"
)

type dataCmd struct {
	Source string `arg:"" name:"path|builtin" help:"Folder, zip, CSV, IDX file, or one of: two-gaussians ring grid moons circles spiral swissroll checkerboard line digits emoji shapes."`
	JSON   bool   `name:"json" help:"Print one JSON document."`
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
	Fingerprint string        `json:"fingerprint"`
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
	set, err := openData(ctx, env, c.Source, datasets.Options{})
	if err != nil {
		return err
	}
	info := set.Info()
	p := startProgress(env, "examine "+info.Name, "item", 0, 0, nil)
	findings, err := datasets.Examine(ctx, set, func(done, total int) { p.set(int64(done), int64(total), 0, "") })
	p.finish()
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
		return printJSON(env.Stdout, r)
	}
	return printData(env, info, findings)
}

func printData(env *Env, info datasets.Info, findings []datasets.Finding) error {
	rows := [][]string{
		{"name", info.Name},
		{"kind", info.Kind.String()},
		{"count", thousands(info.Count)},
		{"shape", shapeText(info.Shape)},
	}
	if len(info.Labels) > 0 {
		rows = append(rows, []string{"labels", strings.Join(info.Labels, ", ")})
	}
	for _, note := range info.Notes {
		rows = append(rows, []string{"note", note})
	}
	for _, f := range findings {
		rows = append(rows, []string{"finding", f.Title + ": " + f.Advice})
	}
	if len(info.Skipped) > 0 {
		rows = append(rows, []string{"skipped", thousands(len(info.Skipped))})
	}
	if err := printTable(env.Stdout, rows); err != nil {
		return err
	}
	for _, s := range info.Skipped {
		if _, err := fmt.Fprintf(env.Stdout, "  %s: %s\n", s.Path, s.Reason); err != nil {
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
	p := startProgress(env, "read "+source, "picture", 0, 0, nil)
	defer p.finish()
	return datasets.Open(ctx, source, o, func(done, total int) { p.set(int64(done), int64(total), 0, "") })
}
