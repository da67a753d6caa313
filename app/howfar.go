package app

import (
	"fmt"
	"time"

	"ganvas/app/words"
	"ganvas/engine/eta"
)

// howFar returns a function that work reports to, from one goroutine at a time, and that calls show
// on the UI goroutine at every twentieth with "35 %, 12 s left".
func (a *App) howFar(show func(text string)) func(done, total int) {
	estimator := eta.New(time.Now(), 0)
	shown := 0
	return func(done, total int) {
		now := time.Now()
		estimator.Note(now, float64(done))
		percent := 100 * done / max(1, total)
		if percent/5 == shown/5 || percent >= 100 {
			return
		}
		shown = percent
		text := fmt.Sprintf("%d %%", percent)
		if left := estimator.Left(now, float64(total)); left > 0 {
			text += ", " + words.Duration(left) + " left"
		}
		a.do(func() { show(text) })
	}
}
