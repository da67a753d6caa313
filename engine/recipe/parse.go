package recipe

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// maxDocument is more than any recipe has, also one with many points that were drawn or items left
// out.
const maxDocument = 1 << 20

// Parse reads a recipe from TOML. Keys that are left out have their defaults. The error is an
// *Invalid that names file, line, key and remedy of everything that is wrong: syntax, unknown keys,
// types, values, and layers that do not fit.
func Parse(data []byte, file string) (*Recipe, error) {
	if len(data) > maxDocument {
		return nil, invalid(file, []Problem{{element: -1, Message: fmt.Sprintf("%d bytes are too many for a recipe: choose a TOML file of at most %d", len(data), maxDocument)}})
	}
	data, p, bad := withoutMark(data)
	if bad {
		return nil, invalid(file, []Problem{p})
	}
	var doc map[string]any
	if err := toml.Unmarshal(data, &doc); err != nil {
		return nil, invalid(file, []Problem{syntaxProblem(err, data)})
	}
	r := Default()
	ps := r.assign(doc, "")
	ps = append(ps, r.dependentProblems(ps)...)
	where := linesOf(data)
	for i := range ps {
		where.place(&ps[i])
	}
	sortByLine(ps)
	if len(ps) > 0 {
		return nil, invalid(file, ps)
	}
	return r, nil
}

func syntaxProblem(err error, data []byte) Problem {
	p := Problem{element: -1, Message: fmt.Sprintf("not TOML: %s", strings.TrimPrefix(err.Error(), "toml: "))}
	var decode *toml.DecodeError
	if errors.As(err, &decode) {
		p.Line, _ = decode.Position()
		p.Key = strings.Join(decode.Key(), ".")
		p.Message += quoteRemedy(lineAt(data, p.Line))
	}
	return p
}

// assign sets the fields of r from one table of the document and returns what cannot be set. Values
// are checked, too.
func (r *Recipe) assign(table map[string]any, prefix string) []Problem {
	var ps []Problem
	for _, name := range slices.Sorted(maps.Keys(table)) {
		value, full := table[name], prefix+name
		if prefix == "" && (name == "g" || name == "d") {
			sub, ok := value.(map[string]any)
			if !ok {
				ps = append(ps, Problem{Key: full, element: -1, Message: fmt.Sprintf("must be a table, not %s: write [%s] on a line of its own", typeName(value), full)})
				continue
			}
			ps = append(ps, r.assign(sub, full+".")...)
			continue
		}
		k := keyOf(full)
		if k == nil {
			ps = append(ps, Problem{Key: full, element: -1, Message: "unknown key" + didYouMean(full)})
			continue
		}
		if p, bad := k.assign(k.field(r), value); bad {
			ps = append(ps, p)
		}
	}
	return ps
}

// assign sets what field points to, and checks it.
func (k *key) assign(field, value any) (p Problem, bad bool) {
	p = Problem{Key: k.Name, element: -1}
	n, isInt := value.(int64)
	switch v := field.(type) {
	case *int:
		bad = !isInt
		*v = int(n)
	case *uint64:
		bad = !isInt
		if n < 0 {
			p.Message = fmt.Sprintf("must not be negative, as %d is", n)
			return p, true
		}
		*v = uint64(n)
	case *float64:
		x, isFloat := value.(float64)
		if isInt {
			x = float64(n)
		}
		bad = !isInt && !isFloat
		*v = x + 0 // never −0
	case *bool:
		*v, bad = as[bool](value)
	case *string:
		*v, bad = as[string](value)
	case *[]string:
		list, wrong := as[[]any](value)
		bad = wrong
		layers := make([]string, len(list))
		for i, e := range list {
			s, wrong := as[string](e)
			if wrong {
				p.element = i
				p.Message = fmt.Sprintf("layer %d must be text in quotes, not %s", i+1, typeName(e))
				return p, true
			}
			layers[i] = canonicalLayer(s)
		}
		*v = layers
	}
	if bad {
		p.Message = fmt.Sprintf("must be %s, not %s", typeWords[k.Type], typeName(value))
		return p, true
	}
	return k.check(field)
}

// as returns the value as a T, and whether it is none.
func as[T any](value any) (T, bool) {
	v, ok := value.(T)
	return v, !ok
}

var typeWords = map[string]string{
	"whole number":  "a whole number",
	"number":        "a number",
	"text":          "text in quotes",
	"true or false": "true or false",
	"layers":        `a list of layers such as ["linear 64", "relu"]`,
}

// typeName says what a TOML value is.
func typeName(value any) string {
	switch v := value.(type) {
	case string:
		return fmt.Sprintf("the text %q", shorten(v))
	case int64:
		return fmt.Sprintf("the number %d", v)
	case float64:
		return "the number " + formatFloat(v)
	case bool:
		return fmt.Sprint(v)
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return "a date or time"
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// dependentProblems checks what depends on several keys, as far as those are right themselves.
func (r *Recipe) dependentProblems(found []Problem) []Problem {
	bad := func(names ...string) bool {
		return slices.ContainsFunc(found, func(p Problem) bool { return slices.Contains(names, p.Key) })
	}
	var ps []Problem
	for _, p := range r.ruleProblems() {
		if !bad(p.Key, "steps", "batch", "objective", "g.lr_decay", "d.lr_decay") {
			ps = append(ps, p)
		}
	}
	if !bad("g", "d", "g.layers", "d.layers", "latent", "data", "image_size", "channels") {
		shape, _ := r.DataShape()
		ps = append(ps, r.shapeProblems(shape)...)
	}
	return ps
}
