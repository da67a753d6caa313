package app

import (
	"context"

	"ganvas/app/settings"
	"ganvas/internal/motion"
)

// calm tells whether what moves by itself stands still: as the preferences say, or the system.
func calm(a *App) bool {
	return a.still || a.prefs.Bool(settings.LessMotion) || !a.fyne.Settings().ShowAnimations()
}

// askSystem asks the system whether what moves by itself is to stand still.
func askSystem(a *App) {
	var still bool
	a.s.Jobs.Start(func(context.Context) error {
		still = motion.Reduced()
		return nil
	}, func(error) {
		a.still = still
		a.start.Refresh()
	})
}
