package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// keepSettingsIn makes Fyne keep preferences in home as well, if the user named one. Fyne asks the environment for the place.
func keepSettingsIn(home string) {
	if home == "" {
		return
	}
	abs, err := filepath.Abs(home)
	if err != nil {
		return
	}
	switch runtime.GOOS {
	case "windows":
		os.Setenv("APPDATA", abs)
	case "darwin":
		// Its place cannot be moved without moving the user's whole home.
	default:
		os.Setenv("XDG_CONFIG_HOME", abs)
	}
}
