// Package glossary explains the words of the field that are on screen: what a word means in a
// sentence or two, as a formula where there is one, and where it comes from.
package glossary

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// A Word is a term with its meaning.
type Word struct {
	Term    string
	Also    []string // other names of it, and what one may look for
	Keys    []string // of a recipe, which it explains
	Text    string
	Formula string // in plain characters; may be empty
	Source  string // paper and section; empty where the word is older than the field
}

// all are the words by their terms.
var all = sorted(slices.Concat(game, objectives, penalties, training, networks, latents, judging, troubles, others))

func sorted(words []Word) []Word {
	slices.SortFunc(words, func(a, b Word) int {
		return cmp.Compare(strings.ToLower(a.Term), strings.ToLower(b.Term))
	})
	return words
}

// All returns the words in the order of their terms. They must not be changed.
func All() []Word { return all }

// Of returns the word whose term, or another name of it, is the text; upper and lower case are the
// same.
func Of(text string) (w Word, ok bool) {
	i := slices.IndexFunc(all, func(w Word) bool {
		return slices.ContainsFunc(w.names(), func(name string) bool { return strings.EqualFold(name, text) })
	})
	if i < 0 {
		return Word{}, false
	}
	return all[i], true
}

// OfKey returns the word that explains a key of a recipe. A player's key is looked for without the
// player too.
func OfKey(key string) (w Word, ok bool) {
	_, name, _ := strings.Cut(key, ".")
	i := slices.IndexFunc(all, func(w Word) bool {
		return slices.Contains(w.Keys, key) || name != "" && slices.Contains(w.Keys, name)
	})
	if i < 0 {
		return Word{}, false
	}
	return all[i], true
}

// Find returns the words in which every part of the query begins a word: first those where terms,
// other names and keys have it, then those whose text has it. An empty query finds all.
func Find(query string) []Word {
	var named, told []Word
	for _, w := range all {
		switch {
		case Begins(w.called(), query):
			named = append(named, w)
		case Begins(w.All(), query):
			told = append(told, w)
		}
	}
	return append(named, told...)
}

func (w Word) names() []string { return append([]string{w.Term}, w.Also...) }

// called returns all that the word is called.
func (w Word) called() string { return strings.Join(slices.Concat(w.names(), w.Keys), " ") }

// All returns all that the word is called, and what it means.
func (w Word) All() string { return w.called() + " " + w.Text }

// Begins tells whether every part of a query begins a word of a text.
func Begins(text, query string) bool {
	parts, all := strings.FieldsFunc(strings.ToLower(query), apart), strings.FieldsFunc(strings.ToLower(text), apart)
	return !slices.ContainsFunc(parts, func(part string) bool {
		return !slices.ContainsFunc(all, func(word string) bool { return strings.HasPrefix(word, part) })
	})
}

func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// Tip returns what the word means, for a tooltip.
func (w Word) Tip() string {
	if w.Formula == "" {
		return w.Text
	}
	return w.Text + "\n" + w.Formula
}

// Tip returns what a term on screen means. It panics if the glossary does not have it.
func Tip(term string) string {
	w, ok := Of(term)
	if !ok {
		panic("glossary: no word for " + term)
	}
	return w.Tip()
}

// Tips returns what several terms mean, each after its name. It panics as Tip does.
func Tips(terms ...string) string {
	lines := make([]string, len(terms))
	for i, term := range terms {
		lines[i] = term + ": " + Tip(term)
	}
	return strings.Join(lines, "\n")
}
