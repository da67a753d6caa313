package explorepage

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/engine/ckpt"
	"ganvas/engine/latent"
)

// lookBack fetches the generators of steps of r that are looked at, the newest wish first, while
// ctx lives. Nothing is waited for between them: the page follows a drag.
func (f *follower) lookBack(ctx context.Context, r *studio.Run) {
	defer f.recall() // what woke this one at its end may have been for the next
	shown, shownEMA, renewed := int64(-1), false, int64(0)
	studio.AtMostEvery(ctx, 0, f.past, func() bool {
		step, ema := f.s.TimeLine.Wanted(), f.wantEMA.Load()
		now := r.Renewed()
		if step < 0 || !f.visible.Load() {
			shown = -1
			return true
		}
		if step == shown && ema == shownEMA && now == renewed {
			return true
		}
		shown, shownEMA, renewed = step, ema, now
		g, at, err := r.Session.GeneratorNear(step, ema)
		if err != nil {
			f.s.Do(func() { f.tell(r, err) })
			return true
		}
		l := newLearnt(g, at)
		l.averaged = ema
		if g.Classes() > 0 {
			l.classes = r.Session.Classes()
		}
		if !f.steered.Load() { // others would turn below the hand
			l.directions = latent.Directions(g, min(maxDirections, g.Latent()))
		}
		f.s.Do(func() {
			if f.s.Run == r && r.Renewed() == now && f.s.TimeLine.At == step {
				f.learn(l, g)
			}
		})
		return true
	})
}

// recall asks for the generator of the step that is looked at.
func (f *follower) recall() {
	select {
	case f.past <- struct{}{}:
	default:
	}
}

// tell says why a generator of the past cannot be shown.
func (f *follower) tell(r *studio.Run, err error) {
	if f.s.Run == r && !errors.Is(err, ckpt.ErrClosed) {
		f.s.Warn(words.Sentence(err.Error()) + ".")
	}
}

// showStep follows the studio to another step.
func showStep(p *Page) {
	past := p.s.TimeLine.Past()
	color := theme.ColorNamePlaceHolder
	if past {
		color = theme.ColorNamePrimary
	}
	p.caption.note.SetColor(color)
	p.saved.show()
	if past {
		p.recall()
		return
	}
	p.anew.Store(true)
	p.fetch()
}

// dated returns a text below the picture with the step of the generator that is shown, where that is
// not the newest.
func dated(p *Page, text string) string {
	if !p.s.TimeLine.Past() || p.last.content == nil || p.trail.Now.saved {
		return text
	}
	return strings.TrimPrefix(text+", step "+words.Of(p.last.step, p.s.Status.Step), ", ")
}
