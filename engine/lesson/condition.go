package lesson

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"ganvas/engine/recipe"
)

// A term is one comparison of a goal.
type term struct {
	name   string
	op     string // one of = != < <= > >=
	text   string
	number float64 // of text; NaN: it is none
}

// Views are the names of what can be shown: the pages, and parts of them.
var Views = []string{"data", "build", "train", "board", "game", "explore", "judge", "runs", "other-ways"}

// Layers are the names of what can lie over each other on the plane of the Train page.
var Layers = []string{"real", "fake", "heat-map", "manifold", "arrows", "optimal-d", "density"}

// Examples are the names of the finished projects that a lesson can open.
var Examples = []string{"digits"}

// A Name is what a goal can ask for.
type Name struct {
	Name string
	Text string // one sentence
	Kind NameKind
}

// A NameKind says what a name can be compared with.
type NameKind int

// A number is compared with a number, a list of words is asked whether a word is in it, and a count
// may stand alone, which asks whether it is at least one.
const (
	Number NameKind = iota
	List
	Count
)

// Names returns all names but the keys of recipes.
func Names() []Name { return slices.Clone(names) }

var names = []Name{
	{"step", "Steps of the run so far.", Number},
	{"trained", "Steps that were trained since the page of the lesson was opened.", Number},
	{"modes", "Spots of the data that generated points find; of data with spots only, such as ring and grid.", Number},
	{"quality", "Share of generated points that lie within three standard deviations of a spot.", Number},
	{"loss_d", "Loss of the discriminator, over the last hundred steps on average, as are the next seven.", Number},
	{"loss_g", "Loss of the generator.", Number},
	{"d_real", "What D says of real items.", Number},
	{"d_fake", "What D says of generated items.", Number},
	{"grad_d", "Length of D's gradient.", Number},
	{"grad_g", "Length of G's gradient.", Number},
	{"accuracy", "Share of items of which D says rightly whether they are real.", Number},
	{"penalty", "What the penalties add to D's loss.", Number},
	{"distance", "How far generated items are from real ones at the doctor's newest checkup: 0 where both are alike, about 1 where all generated ones are one.", Number},
	{"diversity", "How different generated items are among themselves, beside real ones: 1 where they are as different.", Number},
	{"missed", "Share of the real items in parts of the data to which no generated ones come.", Number},
	{"off", "How far the middle of the generated items is from the middle of the real ones, in mean distances of real items.", Number},
	{"turns", "How often the middle of the generated items has gone around the middle of the real ones in the run.", Number},
	{"doctor", "What the doctor says now: mode-collapse, partial-collapse, d-too-strong, d-too-weak, oscillation, divergence, over-fitting and others.", List},
	{"view", "What is shown: a page or a part of it.", List},
	{"layer", "The layers that are shown on the plane.", List},
	{"changed", "Keys of the recipe that are not as they were when the page of the lesson was opened.", List},
	{"preset", "Name of the recipe.", List},
	{"runs", "Runs that were begun since the page was opened, as are all that follow.", Count},
	{"stepped", "Single steps.", Count},
	{"moved", "Moves in latent space.", Count},
	{"saved", "Finds that were saved.", Count},
	{"pinned", "Pins that were set, A or B.", Count},
	{"judged", "Times that the generator was judged.", Count},
	{"guessed", "Answers in the game Which is real?", Count},
}

// wordsOf returns what can be in a list; nil: anything.
func wordsOf(name string) []string {
	switch name {
	case "view":
		return Views
	case "layer":
		return Layers
	case "doctor":
		return doctorKinds()
	case "changed":
		return keyNames()
	case "preset":
		var all []string
		for _, p := range recipe.Presets() {
			all = append(all, p.Name)
		}
		return all
	}
	return nil
}

var termPattern = regexp.MustCompile(`^([a-z][a-z0-9_.]*)\s*(?:(>=|<=|!=|=|<|>)\s*(\S+))?$`)

// parseCondition reads what a goal asks for: comparisons that are joined by "and".
func parseCondition(text string) ([]term, error) {
	var all []term
	for part := range strings.SplitSeq(text, " and ") {
		t, err := parseTerm(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		all = append(all, t)
	}
	return all, nil
}

func parseTerm(part string) (term, error) {
	m := termPattern.FindStringSubmatch(part)
	if m == nil {
		return term{}, fmt.Errorf("goal %q: write a name, a sign and a value, such as modes >= 8, and join several with and", short(part))
	}
	t := term{name: m[1], op: m[2], text: strings.Trim(m[3], `"`), number: numberOf(m[3])}
	i := slices.IndexFunc(names, func(n Name) bool { return n.Name == t.name })
	if i < 0 {
		return t, t.checkKey()
	}
	switch n := names[i]; {
	case t.op == "" && n.Kind == Count:
		t.op, t.number = ">=", 1
	case t.op == "":
		return t, fmt.Errorf("goal %q: %s is compared with something: write %s", short(part), t.name, example(n))
	case n.Kind != List && math.IsNaN(t.number):
		return t, fmt.Errorf("goal %q: %s is a number: write %s", short(part), t.name, example(n))
	case n.Kind == List && t.op != "=" && t.op != "!=":
		return t, fmt.Errorf("goal %q: %s is a word: write %s", short(part), t.name, example(n))
	case n.Kind == List && !slices.Contains(wordsOf(t.name), t.text):
		return t, fmt.Errorf("goal %q: there is no %s %q%s", short(part), t.name, short(t.text), nearest(t.text, wordsOf(t.name)))
	}
	return t, nil
}

func example(n Name) string {
	if n.Kind == List {
		return n.Name + " = " + wordsOf(n.Name)[0]
	}
	return n.Name + " >= 8"
}

// checkKey checks a term about a key of the recipe.
func (t *term) checkKey() error {
	if !slices.Contains(keyNames(), t.name) {
		all := keyNames()
		for _, n := range names {
			all = append(all, n.Name)
		}
		if near := nearest(t.name, all); strings.HasPrefix(near, ": did") {
			return fmt.Errorf("goal: there is no %q%s", short(t.name), near)
		}
		return fmt.Errorf("goal: there is no %q: the names are in docs/lessons.md, and every key of a recipe is one", short(t.name))
	}
	if t.op == "" {
		return fmt.Errorf("goal: %s is compared with something: write %s = … or changed = %s", t.name, t.name, t.name)
	}
	if t.op == "=" || t.op == "!=" {
		if err := recipe.Default().Set(t.name, t.text); err != nil {
			return fmt.Errorf("goal: %w", err)
		}
		return nil
	}
	if math.IsNaN(t.number) {
		return fmt.Errorf("goal: %s %s %s: only numbers are larger or smaller: write one", t.name, t.op, short(t.text))
	}
	return nil
}

// numberOf reads a number, also one in per cent; NaN where it is none.
func numberOf(text string) float64 {
	digits, percent := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(digits, 64)
	switch {
	case err != nil || math.IsInf(v, 0):
		return math.NaN()
	case percent:
		return v / 100
	}
	return v
}

// compare tells whether a number is as the term asks. What is not known is not.
func (t *term) compare(v float64) bool {
	switch t.op {
	case "=":
		return v == t.number
	case "!=":
		return v != t.number && !math.IsNaN(v)
	case "<":
		return v < t.number
	case "<=":
		return v <= t.number
	case ">":
		return v > t.number
	}
	return v >= t.number
}
