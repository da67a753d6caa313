package glossary

import (
	"slices"
	"strings"
	"testing"

	"ganvas/engine/doctor"
	"ganvas/engine/recipe"
)

// TestNamesAreOne holds that a name stands for one word only, and a key too.
func TestNamesAreOne(t *testing.T) {
	of := make(map[string]string)
	claim := func(what, term string) {
		what = strings.ToLower(what)
		if other, ok := of[what]; ok {
			t.Errorf("%q is of %s and of %s", what, other, term)
		}
		of[what] = term
	}
	for _, w := range All() {
		for _, name := range w.names() {
			claim(name, w.Term)
		}
		for _, key := range w.Keys {
			claim("key "+key, w.Term)
		}
		if !strings.HasSuffix(w.Text, ".") {
			t.Errorf("%s: the text is no sentence: %q", w.Term, w.Text)
		}
		if n := len(w.Text); n > 240 {
			t.Errorf("%s: %d characters are no short explanation", w.Term, n)
		}
	}
}

// TestKeysAreOfTheRecipe holds that each key that is named is one of a recipe, and that each that a
// run changes is explained.
func TestKeysAreOfTheRecipe(t *testing.T) {
	var names []string
	for _, k := range recipe.Keys() {
		_, of, _ := strings.Cut(k.Name, ".")
		names = append(names, k.Name, of)
		if _, ok := OfKey(k.Name); k.Live && !ok {
			t.Errorf("no word explains %s", k.Name)
		}
	}
	for _, w := range All() {
		for _, key := range w.Keys {
			if !slices.Contains(names, key) {
				t.Errorf("%s: no recipe has the key %s", w.Term, key)
			}
		}
	}
}

func TestFindingsHaveWords(t *testing.T) {
	for _, k := range doctor.Kinds() {
		if _, ok := Of(k.Title()); !ok {
			t.Errorf("no word explains %s", k.Title())
		}
	}
}

func TestFind(t *testing.T) {
	terms := func(query string) (out []string) {
		for _, w := range Find(query) {
			out = append(out, w.Term)
		}
		return out
	}
	for query, first := range map[string]string{"r1": "R1 penalty", "fid": "Fréchet distance", "mode coll": "Mode collapse", "adam": "Optimiser", "D(G(z))": "D(G(z))", "beta1": "Optimiser"} {
		if got := terms(query); len(got) == 0 || got[0] != first {
			t.Errorf("%q finds %q, want %s first", query, got, first)
		}
	}
	if got := terms("collapse"); !slices.Contains(got, "Packing") || !slices.Contains(got, "Relativistic") {
		t.Errorf("what works against collapse is not found by its name: %q", got)
	}
	if got := terms("qqq"); got != nil {
		t.Errorf("nonsense finds %q", got)
	}
	if len(terms("")) != len(All()) {
		t.Error("an empty query does not find all")
	}
}
