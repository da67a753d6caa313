package titles

import (
	"strings"

	"ganvas/app/glossary"
	"ganvas/engine/recipe"
)

// Matches tells whether a query is about a key, or a key of both players named without a player:
// every part of it begins a word of the key, of its title, of what it means, or of what the
// glossary says of it. An empty query is about all.
func Matches(key, query string) bool {
	for _, k := range Keys {
		if _, ofPlayer, _ := strings.Cut(k.Name, "."); k.Name != key && ofPlayer != key {
			continue
		}
		text := key + " " + Key(key) + " " + k.Tooltip
		if w, ok := glossary.OfKey(k.Name); ok {
			text += " " + w.All()
		}
		if glossary.Begins(text, query) {
			return true
		}
	}
	return false
}

// MatchesPreset tells whether a query is about a preset: every part of it begins a word of its name,
// its title, its group, or what is said of it. An empty query is about all.
func MatchesPreset(p recipe.Preset, query string) bool {
	return glossary.Begins(strings.Join([]string{p.Name, p.Title, p.Group, p.For, OfEngine(p.Reason)}, " "), query)
}
