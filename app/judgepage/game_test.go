package judgepage

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// typed gives a key to what has the keyboard, or else to the page, as the window does.
func (r *rig) typed(name fyne.KeyName) {
	e := &fyne.KeyEvent{Name: name}
	if f := r.Host.Window().Canvas().Focused(); f != nil {
		f.TypedKey(e)
		return
	}
	r.page.Key(e)
}

// TestWhichIsReal plays a game and keeps the score.
func TestWhichIsReal(t *testing.T) {
	r := ready(t, noisyPictures(t, 240))
	g := r.page.game
	if !g.start.Disabled() {
		t.Error("a game can be started without samples")
	}
	if g.pairs.Visible() || !g.rest.Visible() {
		t.Error("a pair is shown before there is a game")
	}
	r.Train()
	test.Tap(r.page.start)
	r.Until("the samples are judged", func() bool { return r.page.report != nil })
	test.Tap(g.start)
	r.typed(fyne.KeyLeft)
	if g.of != 0 {
		t.Error("an arrow key answers while other numbers are looked at")
	}
	r.page.tabs.Select(gameTab)
	if !g.pairs.Visible() || g.rest.Visible() {
		t.Error("no pair is shown, or another game can be started")
	}
	for pair := 1; pair <= pairsOfGame; pair++ {
		if want := fmt.Sprintf("Pair %d of 10", pair); !strings.HasPrefix(g.says.Text, want) {
			t.Fatalf("the page says %q, want %q", g.says.Text, want)
		}
		side := g.real
		if pair > 8 {
			side = 1 - side
		}
		if pair%2 == 0 {
			test.Tap(g.choose[side])
			continue
		}
		r.typed([]fyne.KeyName{fyne.KeyLeft, fyne.KeyRight}[side])
	}
	r.Until("the score is kept", func() bool { return strings.Contains(g.says.Text, "8 of 10 pairs so far") })
	kept, err := r.S.Run.Session.Judgements()
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, j := range kept {
		found = found || j.Key == guessKey && j.Step == 6 && j.Text == `{"right":8,"of":10}`
	}
	if !found {
		t.Errorf("kept %+v", kept)
	}
	c := r.page.course
	r.Until("the score is among the numbers", func() bool { return slices.Contains(c.names, guessMeasure) })
	c.metric.SetSelected(measureTitle(guessMeasure))
	if want := "Best of 1 checkpoint: step 6, 0.8 ± 0.1"; c.best.Segment.Text != want {
		t.Errorf("the page says %q, want %q", c.best.Segment.Text, want)
	}
}
