package recipe

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/engine/nn"
)

// A Problem is one thing that is wrong with a recipe.
type Problem struct {
	Key     string     // "g.lr"; empty if it is the document as a whole
	Line    int        // in the document, from 1; 0 if the key is not in one
	Message string     // what is wrong and what to do
	Misfit  *nn.Misfit // of layers that do not fit, otherwise nil

	element int  // of the layers, from 0; −1 for the key as a whole
	absent  bool // set when there is a document and the key is not in it
}

// String returns "line 3: g.lr: message".
func (p Problem) String() string {
	var s string
	if p.Line > 0 {
		s = fmt.Sprintf("line %d: ", p.Line)
	}
	if p.Key != "" {
		s += p.Key
		if p.absent {
			s += " (not given, so it has its default)"
		}
		s += ": "
	}
	return s + p.Message
}

// Invalid is the error of a recipe: everything that is wrong with it, in the order of the document.
type Invalid struct {
	File     string // empty if the recipe is not from one
	Problems []Problem
}

// maxShown is how many problems fit into a message that somebody reads.
const maxShown = 10

// Error returns the problems on one line, at most ten of them.
func (e *Invalid) Error() string {
	var words []string
	for _, p := range e.Problems[:min(maxShown, len(e.Problems))] {
		words = append(words, p.String())
	}
	s := strings.Join(words, "; ")
	if n := len(e.Problems) - maxShown; n > 0 {
		s += fmt.Sprintf("; and %d more", n)
	}
	if e.File != "" {
		return fmt.Sprintf("read %s: %s", e.File, s)
	}
	return "check recipe: " + s
}

// invalid returns the problems as an error, nil if there are none.
func invalid(file string, ps []Problem) error {
	if len(ps) == 0 {
		return nil
	}
	return &Invalid{file, ps}
}

// sortByLine puts problems in the order of the document, those of no line last.
func sortByLine(ps []Problem) {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		if (a.Line == 0) != (b.Line == 0) {
			return b.Line - a.Line
		}
		return a.Line - b.Line
	})
}
