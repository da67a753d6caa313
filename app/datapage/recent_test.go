package datapage

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/widgets"
)

// ownFolder makes a folder of pictures.
func ownFolder(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), name)
	for i := range 5 {
		apptest.WritePicture(t, filepath.Join(dir, fmt.Sprint(i, ".png")), 20)
	}
	return dir
}

// owned chooses data and waits until they are the plan's.
func (r *rig) owned(data string) {
	r.t.Helper()
	r.S.Data.Choose(data)
	r.Until(data+" is read", r.isRead(data))
}

func (r *rig) isRead(data string) func() bool {
	return func() bool { return r.S.Plan.Now().Data == data && r.S.Data.Set != nil && !r.S.Data.Opening }
}

// ownCards returns the data of the cards of one's own, from the top.
func (r *rig) ownCards() []string {
	var names []string
	for _, c := range r.choices.recent.cards {
		names = append(names, c.data)
	}
	return names
}

// One's own data keep their cards when others are chosen, and come back with one click.
func TestOwnDataStay(t *testing.T) {
	r := newRig(t)
	a, b := ownFolder(t, "a"), ownFolder(t, "b")
	r.owned(a)
	r.owned(b)
	r.owned("ring")
	if got, want := r.ownCards(), []string{b, a}; !slices.Equal(got, want) {
		t.Fatalf("cards of %q, want %q", got, want)
	}
	list := r.choices.sight.list.Content
	card := func(data string) *widgets.DataCard { return r.choices.recent.cardOf(data).card }
	if cards := uitest.FindAll[*widgets.DataCard](list); cards[0] != card(b) || cards[1] != card(a) {
		t.Error("they are not the first of the list")
	}
	test.Tap(card(a))
	r.Until("the first is read again", r.isRead(a))
	if got, want := r.ownCards(), []string{b, a}; !slices.Equal(got, want) {
		t.Errorf("after a click: cards of %q, want them where they were, %q", got, want)
	}
	if !card(a).Selected() || card(b).Selected() {
		t.Errorf("marked: %v, %v, want the first alone", card(a).Selected(), card(b).Selected())
	}
	if r.choices.recent.cardOf(a).forget.Visible() {
		t.Error("the card of the plan's data can be taken away")
	}
	test.Tap(r.choices.recent.cardOf(b).forget)
	if got := r.ownCards(); !slices.Equal(got, []string{a}) || slices.Contains(r.S.Memory.RecentData(), b) {
		t.Errorf("cards of %q after one was taken away; remembered %q", got, r.S.Memory.RecentData())
	}
	if _, err := os.Stat(filepath.Join(b, "0.png")); err != nil {
		t.Error("its files are gone")
	}
}

// A new page has the cards of before, six at most, with pictures; what is not there any more is
// greyed out until it is back.
func TestOwnDataAreRemembered(t *testing.T) {
	r := newRig(t)
	var folders []string
	for i := range 7 {
		folders = append(folders, ownFolder(t, fmt.Sprint("own", i)))
		r.owned(folders[i])
	}
	r.owned("ring")
	away := folders[6] + "-away"
	if err := os.Rename(folders[6], away); err != nil {
		t.Fatal(err)
	}
	p := New(r.S, r.Host)
	r.Show(p)
	again := p.choices.recent
	slices.Reverse(folders)
	var names []string
	for _, c := range again.cards {
		names = append(names, c.data)
	}
	if want := folders[:6]; !slices.Equal(names, want) {
		t.Fatalf("cards of %q, want the newest six, %q", names, want)
	}
	r.Until("what is missing is greyed out", again.cards[0].card.Pale)
	r.Until("others have pictures", func() bool { return again.cards[1].drawn && again.cards[5].drawn })
	if again.cards[1].card.Pale() {
		t.Error("what is there is greyed out")
	}
	if err := os.Rename(away, folders[0]); err != nil {
		t.Fatal(err)
	}
	p.SetVisible(false)
	p.SetVisible(true)
	r.Until("it is back", func() bool { return !again.cards[0].card.Pale() && again.cards[0].drawn })
}
