package explorepage

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/internal/apptest"
	"ganvas/app/ui/uitest"
	"ganvas/engine/ckpt"
	"ganvas/widgets"
)

// wideDigits has so many weights that older checkpoints keep the generator alone.
var wideDigits = strings.Replace(apptest.Digits, `"linear 784"`, `"linear 600", "linear 784"`, 1)

// TestOnlyAverage goes back to a step of which only the averaged generator is kept, and forth
// again: meanwhile the choice of weights is off and says why, and what the person had chosen comes
// back.
func TestOnlyAverage(t *testing.T) {
	r, p := explored(t, wideDigits)
	goTo := func(step int64) {
		t.Helper()
		run := r.S.Run
		run.Command(func() {
			if err := errors.Join(run.Session.Wait(), run.Session.GoTo(step)); err != nil {
				t.Error(err)
			}
		})
		r.Until("it stands there", func() bool { return t.Failed() || r.S.Status.Step == step && p.last.step == step })
	}
	thinned, last := int64(-1), int64(0)
	for range 40 {
		trainOn(r, p)
		last = r.S.Status.Step
		goTo(last) // which saves the step
		list, err := r.S.Run.Session.Checkpoints()
		if i := slices.IndexFunc(list, func(c ckpt.Checkpoint) bool { return c.Thinned }); err != nil || i >= 0 {
			if err != nil {
				t.Fatal(err)
			}
			thinned = list[i].Step
			break
		}
	}
	if thinned < 0 {
		t.Fatal("no checkpoint is thinned")
	}
	p.weights.check.SetChecked(false)
	goTo(thinned)
	r.Until("what shows is said to be averaged", func() bool { return p.last.averaged })
	if c := p.weights.check; !r.S.Status.Looking || !c.Disabled() || !c.Checked {
		t.Errorf("looking %v: the choice is off %v, averaged %v", r.S.Status.Looking, c.Disabled(), c.Checked)
	}
	tip := func() string {
		w := r.Host.Window()
		w.SetContent(widgets.WithTips(p.Content()))
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.weights.check).AddXY(20, 10)
		test.MoveMouse(w.Canvas(), at)
		var text string
		r.Until("a tip shows", func() bool {
			for _, l := range uitest.FindAll[*widget.Label](w.Content()) {
				if l.SizeName == theme.SizeNameCaptionText {
					text = l.Text
				}
			}
			return text != ""
		})
		return text
	}
	if got := tip(); got != "Only the averaged generator of this step is kept" {
		t.Errorf("says %q", got)
	}
	goTo(last)
	r.Until("what shows is said to be as trained", func() bool { return !p.last.averaged })
	if c := p.weights.check; c.Disabled() || c.Checked {
		t.Errorf("back: the choice is off %v, averaged %v", c.Disabled(), c.Checked)
	}
}
