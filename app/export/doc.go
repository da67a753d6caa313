// Package export takes away what was learnt, and brings weights back: the dialogs of File ▸ Export,
// the menus of charts, File ▸ Import weights. It writes no format: engine/export, engine/gallery
// and engine/samples do.
package export

import (
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
)

// A Window is what the dialogs need of the window. They belong to the UI goroutine.
type Window struct {
	S       *studio.Studio
	Host    ui.Host
	Prefs   settings.Preferences
	Version string // of the program, which files name
	Picture func() // has the picture written that Explore shows
}
