// Package lesson reads lessons: text in pages, a recipe to play with, and goals that are noticed
// when they are reached. It knows the format of the files and the language of goals, and has the
// lessons that are built in. It draws nothing and trains nothing: who shows a lesson tells a Watch
// what happens.
package lesson

import "ganvas/engine/recipe"

// Extension is what the names of lessons end in.
const Extension = ".lesson"

// Version is the version of the format that this package reads.
const Version = 1

// A Lesson is what a file says. Nobody writes to it once it is read.
type Lesson struct {
	Name    string // of the file, without folder and extension
	Title   string
	About   string // one sentence for a list; may be empty
	Minutes int    // that it takes

	Recipe  *recipe.Recipe // to open; nil: the finished example
	Example string         // name of a finished project to open instead; "": none
	View    string         // what to show at first; "": what is shown already
	Only    []string       // keys that may be changed; nil: all but Locked
	Locked  []string       // keys that may not be changed

	Pages []Page
}

// A Page is what is read at once.
type Page struct {
	Title  string
	Blocks []Block
}

// Goals returns the goals of the page in their order.
func (p *Page) Goals() []*Goal {
	var goals []*Goal
	for _, b := range p.Blocks {
		if b.Goal != nil {
			goals = append(goals, b.Goal)
		}
	}
	return goals
}

// A Kind says how a block is drawn.
type Kind int

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // within a page
	Item           // of a list
	Formula        // lines as they are, without an end of line
	Task           // a goal, with the sentence that says it
	Buttons        // actions
)

// A Block is one thing below the other on a page.
type Block struct {
	Kind    Kind
	Spans   []Span
	Number  int      // of an Item; 0: it has none
	Goal    *Goal    // of a Task
	Actions []Action // of Buttons
}

// A Span is text that looks alike.
type Span struct {
	Text string
	Bold bool
	Word bool   // a word to explain
	Code bool   // a formula, a key or a value
	Link string // an address on the web; "": none
}

// An Action is a button of a lesson, for what a person could do as well.
type Action struct {
	Title    string
	Verb     Verb
	Argument string // of the verb
	Value    string // of Set
}

// A Verb says what an action does.
type Verb string

// The verbs, as they begin the address of a link.
const (
	Show   Verb = "view"   // shows what the argument names
	Set    Verb = "set"    // changes a key of the recipe
	Preset Verb = "preset" // trains a preset as a new run
	Do     Verb = "do"     // one of Deeds
)

// Deeds are the arguments of Do.
var Deeds = []string{"train", "pause", "step"}

// A Goal is something to reach.
type Goal struct {
	Text string // the sentence that is shown
	when []term // all of which hold where it is reached
}

// Free tells whether a key may be changed. What a run is called and how long it is may, unless the
// lesson says otherwise: one can always train on.
func (l *Lesson) Free(key string) bool {
	if l.Only != nil {
		return key == "steps" || key == "name" || contains(l.Only, key)
	}
	return !contains(l.Locked, key)
}

// contains tells whether keys name a key. "g" and "d" are all of a player's keys.
func contains(keys []string, key string) bool {
	for _, k := range keys {
		if k == key || len(key) > len(k) && key[:len(k)] == k && key[len(k)] == '.' {
			return true
		}
	}
	return false
}
