package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestWords finds a word by what it does, and chooses another with the keyboard.
func TestWords(t *testing.T) {
	r := newRig(t, Options{})
	w := newWordList(r.desk)
	if w.term.Text != w.found[0].Term {
		t.Errorf("at first %q is explained, want the first word", w.term.Text)
	}
	test.Type(w.query, "collapse")
	if len(w.found) < 3 || w.term.Text != w.found[0].Term {
		t.Fatalf("\"collapse\" finds %d words and explains %q", len(w.found), w.term.Text)
	}
	w.list.FocusGained()
	w.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if w.term.Text != w.found[1].Term || !strings.HasPrefix(w.text.Text, w.found[1].Text) {
		t.Errorf("the second word is %s, but %q is explained", w.found[1].Term, w.term.Text)
	}
	w.query.SetText("qqq")
	if w.none.Hidden || w.term.Text != "" {
		t.Error("nothing says that no word was found")
	}
	w.query.SetText("")
	if !w.none.Hidden || w.term.Text == "" {
		t.Error("it still says that no word was found")
	}
}
