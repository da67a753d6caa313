package explorepage

import (
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/widgets"
)

// weights is the choice between the averaged weights of the generator and the raw ones.
type weights struct {
	s     *studio.Studio
	check *widgets.Check
	tip   string // where there is a choice
	quiet bool   // the page, not the person, ticks
}

// newWeights returns the choice; wished is told what the person wishes.
func newWeights(s *studio.Studio, wished func(averaged bool)) *weights {
	w := &weights{s: s, tip: "The average of the generator's weights over the last steps (EMA): calmer and usually better than the raw weights"}
	w.check = widgets.NewCheck("Averaged weights", func(on bool) {
		if !w.quiet {
			wished(on)
		}
	})
	w.check.Checked = true
	w.check.SetTip(w.tip)
	return w
}

// refresh shows what the person wishes, or, where the averaged weights alone are kept, those and
// why.
func (w *weights) refresh(ready, wished bool) {
	why := w.s.OnlyAverage()
	ui.SetEnabled(w.check, ready && why == "")
	w.quiet = true
	w.check.SetChecked(wished || why != "")
	w.quiet = false
	if why == "" {
		why = w.tip
	}
	w.check.SetTip(why)
}
