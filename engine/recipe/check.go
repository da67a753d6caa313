package recipe

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"ganvas/engine/nn"
)

// Validate checks every value, and the shapes as far as the recipe alone determines them. The error
// is an *Invalid.
func (r *Recipe) Validate() error {
	shape, _ := r.DataShape()
	return r.Check(shape)
}

// Check checks every value, and that both networks fit data whose items have the given shape; with
// an unknown shape, nil, that they fit each other. The error is an *Invalid.
func (r *Recipe) Check(dataShape nn.Shape) error {
	ps := r.valueProblems()
	if len(ps) == 0 {
		ps = r.shapeProblems(dataShape)
	}
	return invalid("", ps)
}

// valueProblems checks each key on its own, and keys that depend on one another.
func (r *Recipe) valueProblems() []Problem {
	var ps []Problem
	for i := range keys {
		if p, bad := keys[i].check(keys[i].field(r)); bad {
			ps = append(ps, p)
		}
	}
	return append(ps, r.ruleProblems()...)
}

// check tests the value that field points to against the key's range.
func (k *key) check(field any) (p Problem, bad bool) {
	p = Problem{Key: k.Name, element: -1}
	switch v := field.(type) {
	case *int:
		p.Message = k.checkNumber(float64(*v), format(field))
	case *uint64:
		if *v > maxSeed {
			p.Message = fmt.Sprintf("must be at most %d, not %d", int64(maxSeed), *v)
		}
	case *float64:
		p.Message = k.checkNumber(*v, format(field))
	case *string:
		p.Message = k.checkText(*v)
	case *[]string:
		for i, s := range *v {
			if _, err := nn.ParseLayer(s); err != nil {
				p.element, p.Message = i, fmt.Sprintf("layer %d %s", i+1, strings.TrimPrefix(err.Error(), "layer "))
				break
			}
		}
	}
	return p, p.Message != ""
}

func (k *key) checkNumber(v float64, text string) string {
	switch {
	case k.Choices != nil && !slices.Contains(k.Choices, text):
		return fmt.Sprintf("must be %s, not %s", orList(k.Choices), text)
	case k.Name == "version" && v != Version:
		return fmt.Sprintf("version %s is not one that this program reads: it must be %d", text, Version)
	case math.IsNaN(v) || v < k.Min || v > k.Max:
		return fmt.Sprintf("must be %s to %s, not %s", shortNumber(k.Min), shortNumber(k.Max), text)
	}
	return ""
}

func (k *key) checkText(s string) string {
	switch {
	case k.Choices != nil && !slices.Contains(k.Choices, s) && !k.takesTable(s):
		if near := nn.Nearest(s, k.Choices); len(near) > 0 {
			return fmt.Sprintf("%q is not possible: did you mean %q?", s, near[0])
		}
		if k.Other != "" {
			return fmt.Sprintf("must be %s, not %q", orList(append(slices.Clone(k.Choices), k.Other)), s)
		}
		return fmt.Sprintf("must be %s, not %q", orList(k.Choices), s)
	case !utf8.ValidString(s) || strings.ContainsRune(s, 0):
		return "must be text in UTF-8 without zero bytes"
	case k.Name == "background" && !isColour(s):
		return fmt.Sprintf("must be a colour such as #ffffff for white or #000000 for black, not %q", s)
	case k.Name == "data" && s == "":
		return `must not be empty: name a built-in set such as "digits", or a path`
	case k.Name == "data" || k.Name == "labels":
		return checkPath(s)
	}
	return ""
}

// takesTable tells whether s is a file of labels, for a key that may name one.
func (k *key) takesTable(s string) bool {
	return k.Other != "" && slices.Contains([]string{".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet"}, strings.ToLower(filepath.Ext(s)))
}

// isColour tells whether s is #rrggbb in small letters, so that the same colour is always the same
// text.
func isColour(s string) bool {
	return len(s) == 7 && s[0] == '#' && strings.Trim(s[1:], "0123456789abcdef") == ""
}

// orList returns "a, b or c".
func orList(words []string) string {
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + " or " + words[n]
}

// shapeProblems checks the networks against data of the shape want, or against each other if want
// is nil.
func (r *Recipe) shapeProblems(want nn.Shape) []Problem {
	in, _ := r.Inputs(nil)
	if want == nil {
		shapes, err := nn.Infer(r.G.Layers, in)
		if err != nil {
			return []Problem{misfit("g.layers", err)}
		}
		if len(shapes) > 0 {
			want = shapes[len(shapes)-1]
		}
		if want == nil || want.Picture() {
			want = nn.Shape{r.ImageSize, r.ImageSize, r.Channels}
		}
	}
	var ps []Problem
	if r.Augment != "none" && !want.Picture() {
		ps = append(ps, Problem{Key: "augment", element: -1, Message: fmt.Sprintf("%s changes pictures, and the items are %v numbers: set it to none", r.Augment, want)})
	}
	if err := nn.CheckOutput(r.G.Layers, in, want); err != nil {
		ps = append(ps, misfit("g.layers", err))
	}
	_, seen := r.Inputs(want)
	if err := nn.CheckOutput(r.D.Layers, seen, nn.Shape{1}); err != nil {
		ps = append(ps, misfit("d.layers", err))
	}
	if len(ps) == 0 {
		ps = r.placeProblems(want)
	}
	return ps
}

func misfit(key string, err error) Problem {
	p := Problem{Key: key, Message: err.Error(), element: -1}
	if errors.As(err, &p.Misfit) {
		p.element = p.Misfit.Index
	}
	return p
}

func isCSV(path string) bool { return strings.EqualFold(filepath.Ext(path), ".csv") }
