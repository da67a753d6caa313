package widgets

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

var testKinds = []KindItem{
	{"dense", "Dense", "Every output is a weighted sum of all inputs", "Learn"},
	{"conv", "Convolution", "Slides small filters over the picture", "Learn"},
	{"act", "Activation", "", "Fixed"},
}

func wholeNumber(text string) error {
	if n, err := strconv.Atoi(text); err != nil || n < 1 {
		return errors.New("a whole number from 1 on")
	}
	return nil
}

// testCards returns n cards of changing kinds.
func testCards(n int) []Card {
	var cards []Card
	for i := range n {
		switch i % 3 {
		case 0:
			cards = append(cards, Card{Title: "Dense", Kind: "dense", Shape: fmt.Sprint(10 + i), Params: "1,000 parameters", Knobs: []CardKnob{
				{Name: "units", Value: fmt.Sprint(10 + i), Check: wholeNumber},
				{Name: "bias", Value: "on", Choices: []string{"off", "on"}},
			}})
		case 1:
			cards = append(cards, Card{Kind: "act", Shape: fmt.Sprint(10 + i), Knobs: []CardKnob{
				{Name: "function", Value: "ReLU", Choices: []string{"ReLU", "tanh", "sigmoid"}},
			}})
		default:
			cards = append(cards, Card{Title: "Convolution", Kind: "conv", Shape: "7×7×8", Knobs: []CardKnob{
				{Name: "filters", Value: "8", Check: wholeNumber}, {Name: "kernel", Value: "3", Check: wholeNumber},
			}})
		}
	}
	return cards
}

// logged returns a stack that writes down its callbacks.
func logged(t *testing.T, cards []Card, height float32) (*LayerStack, fyne.Window, *[]string) {
	t.Helper()
	s := NewLayerStack("Generator", testKinds)
	calls := &[]string{}
	note := func(format string, args ...any) { *calls = append(*calls, fmt.Sprintf(format, args...)) }
	s.OnAdd = func(at int, kind string) { note("add %d %s", at, kind) }
	s.OnRemove = func(i int) { note("remove %d", i) }
	s.OnMove = func(from, to int) { note("move %d %d", from, to) }
	s.OnDuplicate = func(i int) { note("duplicate %d", i) }
	s.OnKnob = func(i, knob int, value string) { note("knob %d %d %s", i, knob, value) }
	s.OnFix = func(i, fix int) { note("fix %d %d", i, fix) }
	w := inWindow(t, s, 420, height)
	s.Set("100 numbers", cards, "28×28×1")
	return s, w, calls
}

func expect(t *testing.T, calls *[]string, want ...string) {
	t.Helper()
	if !slices.Equal(*calls, want) {
		t.Errorf("calls %q, want %q", *calls, want)
	}
	*calls = nil
}

func press(f fyne.Focusable, keys ...fyne.KeyName) {
	for _, key := range keys {
		f.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

func TestStackKnobs(t *testing.T) {
	s, w, calls := logged(t, testCards(3), 600)
	entry := s.cards[0].knobs[0].entry
	w.Canvas().Focus(entry)
	entry.SetText("")
	test.Type(entry, "64")
	expect(t, calls) // nothing before it is finished
	press(entry, fyne.KeyReturn)
	expect(t, calls, "knob 0 0 64")
	s.cards[0].knobs[1].check.SetChecked(false)
	s.cards[1].knobs[0].choice.SetSelected("tanh")
	expect(t, calls, "knob 0 1 off", "knob 1 0 tanh")
	press(s.cards[2].knobs[0].entry, fyne.KeyUp)
	expect(t, calls, "knob 2 0 9")
	w.Canvas().Focus(s.cards[2].knobs[1].entry)
	test.Type(s.cards[2].knobs[1].entry, "1")
	w.Canvas().Unfocus()
	expect(t, calls, "knob 2 1 1") // what was there is selected when a key brings the keyboard
}

// TestStackTellsWhatIsWrong tells once what is wrong, until all of it is mended or its card is
// gone.
func TestStackTellsWhatIsWrong(t *testing.T) {
	s, _, calls := logged(t, testCards(3), 600)
	s.OnWrong = func(text string) { *calls = append(*calls, "wrong: "+text) }
	cards := testCards(3)
	first, third := s.cards[0].knobs[0].entry, s.cards[2].knobs[0].entry
	third.SetText("y")
	expect(t, calls, "wrong: "+cards[2].Title+", "+cards[2].Knobs[0].Name+": a whole number from 1 on")
	first.SetText("x")
	wrong := "wrong: " + cards[0].Title + ", units: a whole number from 1 on"
	expect(t, calls, wrong)
	s.Set("100 numbers", cards, "28×28×1") // somebody else has changed something
	expect(t, calls)
	press(third, fyne.KeyEscape)
	expect(t, calls)
	press(first, fyne.KeyEscape)
	expect(t, calls, "wrong: ")
	first.SetText("z")
	expect(t, calls, wrong)
	s.Set("100 numbers", cards[1:], "28×28×1")
	expect(t, calls, "wrong: ")
}

func TestStackRefusesWrongValues(t *testing.T) {
	s, w, calls := logged(t, testCards(1), 600)
	entry := s.cards[0].knobs[0].entry
	before := s.cards[0].Size().Height
	w.Canvas().Focus(entry)
	test.Type(entry, "x")
	press(entry, fyne.KeyReturn)
	expect(t, calls)
	if got, want := s.cards[0].trouble.Text, "units: a whole number from 1 on"; got != want || !s.cards[0].trouble.Visible() {
		t.Errorf("shown %q, want %q", got, want)
	}
	if s.cards[0].Size().Height <= before {
		t.Error("the card makes no room for what is wrong")
	}
	press(entry, fyne.KeyEscape)
	if entry.Text != "10" || s.cards[0].trouble.Visible() || s.cards[0].Size().Height != before {
		t.Errorf("after Escape: %q, trouble %v", entry.Text, s.cards[0].trouble.Visible())
	}
	test.Type(entry, "y")
	w.Canvas().Unfocus()
	if entry.Text != "y" || !s.cards[0].trouble.Visible() {
		t.Errorf("%q, trouble %v after leaving nonsense", entry.Text, s.cards[0].trouble.Visible())
	}
	expect(t, calls)
	s.cards[0].knobs[0].entry.SetText("1")
	press(entry, fyne.KeyDown)
	if entry.Text != "1" {
		t.Errorf("counted down to %q, which is not allowed", entry.Text)
	}
}

func TestStackSetKeepsTypingFocusAndScroll(t *testing.T) {
	s, w, _ := logged(t, testCards(12), 400)
	s.scroll.ScrollToOffset(fyne.NewPos(0, 150))
	entry := s.cards[3].knobs[0].entry
	w.Canvas().Focus(entry)
	entry.SetText("")
	test.Type(entry, "12")
	offset := s.scroll.Offset.Y
	if offset == 0 {
		t.Fatal("nothing to scroll")
	}
	cards := testCards(12)
	for i := range cards {
		cards[i].Shape = "changed"
		for j := range cards[i].Knobs {
			if cards[i].Knobs[j].Check != nil {
				cards[i].Knobs[j].Value = "77"
			}
		}
	}
	s.Set("other", cards, "other")
	if w.Canvas().Focused() != fyne.Focusable(entry) || s.cards[3].knobs[0].entry != entry {
		t.Error("the keyboard went elsewhere")
	}
	if entry.Text != "12" {
		t.Errorf("entry %q, want what is being typed", entry.Text)
	}
	if s.scroll.Offset.Y != offset {
		t.Errorf("scrolled to %g, want %g", s.scroll.Offset.Y, offset)
	}
	if got := s.cards[6].knobs[0].entry.Text; got != "77" {
		t.Errorf("another entry shows %q, want the new value", got)
	}
	if got := s.cards[0].shape.text; got != "changed" {
		t.Errorf("shape %q", got)
	}
	// a card is inserted above and one is taken away below
	cards = slices.Insert(cards, 1, Card{Kind: "new"})
	s.Set("", cards[:len(cards)-1], "")
	if w.Canvas().Focused() != fyne.Focusable(entry) || entry.Text != "12" {
		t.Errorf("focus or text lost on insertion: %q", entry.Text)
	}
	if got := s.cards[4].knobs[0].entry; got != entry {
		t.Error("the card that is typed in did not move down by one")
	}
	if s.cards[4].index != 4 {
		t.Errorf("its index is %d, want 4", s.cards[4].index)
	}
	s.OnKnob = func(int, int, string) { t.Error("a card that is gone changes something") }
	s.Set("", nil, "")
	if w.Canvas().Focused() != nil {
		t.Error("a card that is gone keeps the keyboard")
	}
}

func TestStackMatchesCards(t *testing.T) {
	kinds := func(letters string) (cards []Card) {
		for _, l := range letters {
			cards = append(cards, Card{Kind: string(l)})
		}
		return cards
	}
	for _, c := range []struct {
		from, to string
		kept     int
	}{
		{"", "abc", 0},
		{"abc", "", 0},
		{"abc", "abc", 3},
		{"abc", "axbc", 3},
		{"abc", "ac", 2},
		{"abcd", "bcda", 3},
		{"aab", "aaab", 3},
		{"abcabc", "xabcab", 5},
		{"abc", "def", 0},
		{"abab", "baba", 3},
	} {
		s, _, _ := logged(t, kinds(c.from), 300)
		old := slices.Clone(s.cards)
		s.Set("", kinds(c.to), "")
		kept := 0
		for i, w := range s.cards {
			if w.card.Kind != c.to[i:i+1] || w.index != i {
				t.Errorf("%q to %q: card %d is %q with index %d", c.from, c.to, i, w.card.Kind, w.index)
			}
			if slices.Contains(old, w) {
				kept++
			}
		}
		if len(s.cards) != len(c.to) || kept != c.kept || len(s.gaps) != len(c.to)+1 {
			t.Errorf("%q to %q: %d cards, %d kept, want %d", c.from, c.to, len(s.cards), kept, c.kept)
		}
	}
}

func TestStackAddByMenu(t *testing.T) {
	s, w, calls := logged(t, testCards(2), 500)
	test.Tap(s.gaps[1])
	pop, ok := w.Canvas().Overlays().Top().(interface{ Size() fyne.Size })
	if !ok || pop == nil {
		t.Fatal("no menu")
	}
	filter, ok := w.Canvas().Focused().(*kindFilter)
	if !ok || filter.list.marked != 0 {
		t.Fatalf("keyboard on %T, want the entry above the kinds", w.Canvas().Focused())
	}
	press(filter, fyne.KeyDown, fyne.KeyReturn)
	expect(t, calls, "add 1 conv")
	if w.Canvas().Overlays().Top() != nil {
		t.Error("menu stays open")
	}
	press(s.gaps[2], fyne.KeySpace)
	press(w.Canvas().Focused(), fyne.KeyEscape)
	expect(t, calls)
	if w.Canvas().Overlays().Top() != nil {
		t.Error("menu stays open after Escape")
	}
	test.Tap(s.gaps[2])
	test.Tap(w.Canvas().Focused().(*kindFilter).list.rows[2])
	expect(t, calls, "add 2 act")
}

func TestStackButtonsAndMenu(t *testing.T) {
	s, w, calls := logged(t, testCards(3), 500)
	row := s.cards[1]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row.buttons)
	size := row.buttons.Size()
	test.TapCanvas(w.Canvas(), at.AddXY(size.Width/6, size.Height/2))
	test.TapCanvas(w.Canvas(), at.AddXY(size.Width/2, size.Height/2))
	expect(t, calls, "duplicate 1", "remove 1")
	test.TapCanvas(w.Canvas(), at.AddXY(size.Width*5/6, size.Height/2))
	if w.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
	for _, c := range []struct {
		card         int
		up, down     bool
		first, calls string
	}{{0, false, true, "", ""}, {1, true, true, "move 1 0", ""}, {2, true, false, "move 2 1", ""}} {
		m := s.cards[c.card].menu()
		if m.Items[0].Disabled == c.up || m.Items[1].Disabled == c.down {
			t.Errorf("card %d: up %v, down %v", c.card, !m.Items[0].Disabled, !m.Items[1].Disabled)
		}
		if c.first != "" {
			m.Items[0].Action()
			expect(t, calls, c.first)
		}
	}
}

func TestStackDragMoves(t *testing.T) {
	for _, c := range []struct {
		from  int
		dropY func(s *LayerStack) float32
		want  []string
	}{
		{0, func(*LayerStack) float32 { return 1e4 }, []string{"move 0 3"}},
		{3, func(*LayerStack) float32 { return -50 }, []string{"move 3 0"}},
		{1, func(s *LayerStack) float32 { return s.cards[2].Position().Y + s.cards[2].Size().Height - 1 }, []string{"move 1 2"}},
		{2, func(s *LayerStack) float32 { return s.cards[1].Position().Y + 1 }, []string{"move 2 1"}},
		{2, func(s *LayerStack) float32 { return s.cards[2].Position().Y + 4 }, nil},
	} {
		s, _, calls := logged(t, testCards(4), 700)
		g := s.cards[c.from].grip
		y := c.dropY(s) - s.cards[c.from].Position().Y - g.Position().Y
		g.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, y)}})
		targets := 0
		for _, gap := range s.gaps {
			if gap.target {
				targets++
			}
		}
		if targets != len(c.want) {
			t.Errorf("from %d: %d places marked, want %d", c.from, targets, len(c.want))
		}
		expect(t, calls)
		g.DragEnd()
		expect(t, calls, c.want...)
		if slices.ContainsFunc(s.gaps, func(gap *stackGap) bool { return gap.target }) {
			t.Error("a place stays marked")
		}
	}
}

func TestStackKeyboardMovesAndFollows(t *testing.T) {
	s, w, calls := logged(t, testCards(3), 600)
	cards := testCards(3)
	s.OnMove = func(from, to int) {
		*calls = append(*calls, fmt.Sprintf("move %d %d", from, to))
		cards[from], cards[to] = cards[to], cards[from]
		s.Set("", cards, "")
	}
	test.Tap(s.cards[0].grip)
	for range 3 { // the third press is at the end already
		press(w.Canvas().Focused(), fyne.KeyDown)
	}
	expect(t, calls, "move 0 1", "move 1 2")
	if w.Canvas().Focused() != fyne.Focusable(s.cards[2].grip) {
		t.Error("the keyboard did not follow the card")
	}
	press(w.Canvas().Focused(), fyne.KeyDelete)
	expect(t, calls, "remove 2")
}

func TestStackMisfit(t *testing.T) {
	cards := testCards(3)
	s, w, calls := logged(t, cards, 600)
	before := s.cards[2].Size().Height
	cards[2].Error, cards[2].Fixes = "a 15×15 kernel does not fit into 14×14", []string{"Make the kernel 13", "Remove"}
	s.Set("", cards, "")
	c := s.cards[2]
	if !c.icon.Visible() || !c.trouble.Visible() || c.trouble.Text != cards[2].Error || c.Size().Height <= before {
		t.Errorf("misfit not shown: icon %v, text %q, height %g", c.icon.Visible(), c.trouble.Text, c.Size().Height)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.fixes.Objects[0])
	test.TapCanvas(w.Canvas(), at.AddXY(5, 5))
	test.Tap(c.fixes.Objects[1].(*TippedButton))
	expect(t, calls, "fix 2 0", "fix 2 1")
	cards[2].Error, cards[2].Fixes = "", nil
	s.Set("", cards, "")
	if c.icon.Visible() || c.trouble.Visible() || c.Size().Height != before {
		t.Error("misfit stays")
	}
}

func TestStackNarrowWrapsKnobs(t *testing.T) {
	cards := []Card{{Kind: "conv", Knobs: []CardKnob{{Name: "filters", Value: "64"}, {Name: "kernel", Value: "3"}, {Name: "stride", Value: "1"}, {Name: "padding", Value: "1"}}}}
	s, w, _ := logged(t, cards, 400)
	wide := s.cards[0].Size().Height
	w.Resize(fyne.NewSize(300, 400))
	narrow := s.cards[0].Size().Height
	if narrow <= wide {
		t.Errorf("height %g at 300, %g at 420: knobs do not wrap", narrow, wide)
	}
	for _, k := range s.cards[0].knobs {
		if right := k.object.Position().X + k.object.Size().Width; right > s.cards[0].flow.Size().Width {
			t.Errorf("%s ends at %g of %g", k.knob.Name, right, s.cards[0].flow.Size().Width)
		}
	}
}
