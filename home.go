package main

import (
	"os"
	"path/filepath"
	"runtime"
)

// prepareFolders makes Fyne keep preferences and caches in home as well, if the user named one.
// Fyne asks the environment for their places, and expects the parent of a cache to be there.
func prepareFolders(home string) {
	if abs, err := filepath.Abs(home); err == nil && home != "" {
		switch runtime.GOOS {
		case "windows":
			os.Setenv("APPDATA", abs)
			os.Setenv("LOCALAPPDATA", abs)
		case "darwin":
			// Its places cannot be moved without moving the user's whole home.
		default:
			os.Setenv("XDG_CONFIG_HOME", abs)
			os.Setenv("XDG_CACHE_HOME", filepath.Join(abs, "cache"))
		}
	}
	if cache, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(cache, 0o700) // without it Fyne complains, and works as well
	}
}

// fynePreferences returns where Fyne keeps preferences, as earlier versions had it do.
func fynePreferences() string {
	dir, err := os.UserConfigDir()
	if home, errHome := os.UserHomeDir(); runtime.GOOS == "darwin" {
		dir, err = filepath.Join(home, "Library", "Preferences"), errHome
	}
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "fyne", appID, "preferences.json")
}
