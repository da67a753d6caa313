// Package reproduce runs published tables again: for each method of a table it trains some seeds,
// measures what the paper measured, and sets its mean and standard error beside the published
// number, whichever of them is better. It does not tune: what a method is, is written here, and the
// result says in what it differs from the paper.
package reproduce

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/nn"
	"ganvas/engine/recipe"
)

// Table is one published table.
type Table struct {
	Name        string
	Title       string
	Paper       string
	Protocol    string   // what is trained, and what is measured how
	Differences []string // from the paper
	Time        string   // it takes on two cores, in words
	Seeds       int      // by default; the runs have seeds 1, 2, …
	Columns     []Column
	Methods     []Method

	play func(ctx context.Context, t *trial) ([]float64, error)
	open func(ctx context.Context, r *recipe.Recipe) (datasets.Set, error) // opens data of the shape of the recipe's; nil: these
}

// Column is one thing that is measured.
type Column struct {
	Name           string `json:"name"`
	Unit           string `json:"unit,omitempty"`
	HigherIsBetter bool   `json:"higher_is_better"`
}

// Method is one row of a table: a recipe, or, if it has no preset, published numbers only.
type Method struct {
	Name      string
	Published []Figure // by column; shorter than the columns, or nil, where nothing was published
	Preset    string   // that the recipe begins with
	Settings  []string // KEY=VALUE, as of ganvas train --set
	Other     string   // kind of engine/others that learns instead, with the recipe's networks; empty: the adversarial pair
	Note      string
}

// Figure is a number with its standard error, which is negative where it is not known.
type Figure struct{ Value, StdErr float64 }

// unknown is the standard error of a number that was published without one.
const unknown = -1

// Tables returns all tables.
func Tables() []Table {
	return []Table{ring(), grid(), stacked(), parzen(), labels(), race(), ways(), failures()}
}

// Find returns the table of that name. The error lists the nearest names.
func Find(name string) (Table, error) {
	all := Tables()
	names := make([]string, len(all))
	for i, t := range all {
		if t.Name == name {
			return t, nil
		}
		names[i] = t.Name
	}
	if near := nn.Nearest(name, names); len(near) > 0 {
		return Table{}, fmt.Errorf("reproduce %s: there is no table of that name: did you mean %s?", name, strings.Join(near, " or "))
	}
	return Table{}, fmt.Errorf("reproduce %s: there is no table of that name: choose one of %s", name, strings.Join(names, ", "))
}

// recipe returns the method's recipe with a seed; quick makes it short.
func (m Method) recipe(seed int, quick bool) (*recipe.Recipe, error) {
	r, err := recipe.Named(m.Preset)
	if err != nil {
		return nil, err
	}
	for _, s := range append(slices.Clone(m.Settings), "seed="+strconv.Itoa(seed)) {
		key, value, _ := strings.Cut(s, "=")
		if err := r.Set(key, value); err != nil {
			return nil, err
		}
	}
	if quick {
		r.Steps = max(1, r.Steps/quickShare)
	}
	return r, r.Validate()
}

// quickShare is the part of the updates that a quick run makes.
const quickShare = 40
