package lesson

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"ganvas/engine/recipe"
)

// maxFaults is how many faults fit into a message that somebody reads.
const maxFaults = 10

// A fault is one thing that is wrong with a file.
type fault struct {
	line int // from 1; 0: of the file as a whole
	text string
}

// faults are what is wrong with a file.
type faults struct {
	file string
	list []fault
}

func (f *faults) any() bool { return len(f.list) > 0 }

// add notes a fault at a line; 1, which is the fence, stands for what is missing.
func (f *faults) add(line int, format string, values ...any) {
	f.list = append(f.list, fault{line, fmt.Sprintf(format, values...)})
}

// addError notes what is wrong with a recipe.
func (f *faults) addError(err error) {
	var invalid *recipe.Invalid
	if !errors.As(err, &invalid) {
		f.add(1, "%v", err)
		return
	}
	for _, p := range invalid.Problems {
		line := p.Line
		p.Line = 0
		f.add(line, "%s", p.String())
	}
}

// ofTOML is the error of front matter that cannot be read.
func (f *faults) ofTOML(err error) error {
	var decode *toml.DecodeError
	var missing *toml.StrictMissingError
	switch {
	case errors.As(err, &missing):
		for _, e := range missing.Errors {
			line, _ := e.Position()
			name := strings.Join(e.Key(), ".")
			f.add(line+1, "unknown key %s%s", name, nearest(name, []string{"lesson", "title", "about", "minutes", "preset", "example", "view", "only", "locked", "set", "recipe"}))
		}
	case errors.As(err, &decode):
		line, _ := decode.Position()
		f.add(line+1, "not TOML: %s: text stands in quotes, and each key on a line of its own", strings.TrimPrefix(decode.Error(), "toml: "))
	default:
		f.add(1, "not TOML: %s: see docs/lessons.md", strings.TrimPrefix(err.Error(), "toml: "))
	}
	return f.err()
}

// err returns the faults as an error on one line, nil where there are none.
func (f *faults) err() error {
	if !f.any() {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b fault) int { return a.line - b.line })
	var words []string
	for _, x := range f.list[:min(maxFaults, len(f.list))] {
		text := strings.Join(strings.Fields(x.text), " ")
		if x.line > 0 {
			text = fmt.Sprintf("line %d: %s", x.line, text)
		}
		words = append(words, text)
	}
	text := strings.Join(words, "; ")
	if n := len(f.list) - maxFaults; n > 0 {
		text += fmt.Sprintf("; and %d more", n)
	}
	return fmt.Errorf("read %s: %s", f.file, text)
}
