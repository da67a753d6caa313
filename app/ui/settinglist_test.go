package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// TestSettingList: what is folded away is shown by the button and found by what it does, what would
// do nothing is never shown, and a row does not go from under a hand.
func TestSettingList(t *testing.T) {
	test.NewTempApp(t)
	l := NewSettingList()
	keys := []string{"objective", "r1", "pack", "batch", "lr"}
	for _, key := range keys[:3] {
		l.Row(key, widget.NewLabel(key))
	}
	head := widget.NewLabel("Run")
	l.Head(head)
	for _, key := range keys[3:] {
		l.Row(key, widget.NewLabel(key))
	}
	l.End()
	places := map[string]Place{"r1": Folded, "pack": Folded, "lr": Absent}
	place := func(game string) { l.Place(game, func(key string) Place { return places[key] }) }
	want := func(what string, want ...string) {
		t.Helper()
		got := slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return !l.Shows(key) })
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q are on screen, want %q", what, got, want)
		}
	}
	changes := 0
	l.OnChanged = func() { changes++ }
	place("one")
	want("at first", "objective", "batch")
	if l.more.Text != "Show 2 more settings" {
		t.Errorf("the button says %q", l.more.Text)
	}
	test.Tap(l.more)
	want("opened", "objective", "r1", "pack", "batch")
	test.Tap(l.more)
	test.Type(l.Search, "collapse")
	want("by what it does", "pack")
	if head.Visible() || l.more.Visible() || l.none.Visible() {
		t.Error("a heading without rows, the button or the note is shown")
	}
	l.Search.SetText("learning")
	want("what would do nothing")
	if !l.none.Visible() {
		t.Error("nothing says that nothing was found")
	}
	l.Search.SetText("")
	want("all again", "objective", "batch")
	if changes == 0 {
		t.Error("nobody was told")
	}
	places["r1"] = OnScreen
	place("one")
	places["r1"] = Folded // somebody turned it off
	place("one")
	want("turned off", "objective", "r1", "batch")
	place("another")
	want("with another game", "objective", "batch")
}
