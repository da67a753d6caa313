package trainpage

import (
	"errors"
	"fmt"

	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/gan"
	"ganvas/engine/session"
)

// A stopBanner explains why training stopped by itself, and offers what usually helps. That saving
// failed is said in the banner of the window.
type stopBanner struct {
	*ui.Banner
	shown error
	// again trains on; halve halves both learning rates.
	again, halve func()
}

// show explains the error of a status, if it is a new one.
func (b *stopBanner) show(s session.Status) {
	err := s.Err
	if studio.Unsaved(s) {
		err = nil
	}
	if err == b.shown {
		return
	}
	b.shown = err
	var bad *gan.NonFinite
	switch {
	case err == nil:
		b.Clear()
	case errors.As(err, &bad):
		b.Warn(fmt.Sprintf("Training stopped by itself at step %s: the %s's numbers overflowed. The run went back to its last save at step %s. A lower learning rate usually helps.",
			humanize.Comma(bad.Step), bad.Player, humanize.Comma(s.Step)),
			studio.Choice{Title: "Halve both rates and train", Do: func() {
				b.halve()
				b.again()
			}})
	default:
		b.Warn("Training stopped: "+err.Error()+".", studio.Choice{Title: "Try again", Do: func() { b.again() }})
	}
}

// forget takes away what was said of another run.
func (b *stopBanner) forget() {
	b.shown = nil
	b.Clear()
}
