package session

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"
)

// Home returns the folder for settings, drafts and caches: GANVAS_HOME, or the system's own place.
func Home() string {
	if dir := os.Getenv("GANVAS_HOME"); dir != "" {
		return dir
	}
	return filepath.Join(xdg.DataHome, "ganvas")
}

// DraftDir returns the folder of projects that the user has not yet given a place.
func DraftDir() string { return filepath.Join(Home(), "drafts") }

// CacheDir returns the folder in which decoded data are kept.
func CacheDir() string {
	if dir := os.Getenv("GANVAS_HOME"); dir != "" {
		return filepath.Join(dir, "cache", "data")
	}
	return filepath.Join(xdg.CacheHome, "ganvas", "data")
}

// DownloadDir returns the folder of data that were downloaded. It is no cache: runs name what is in
// it.
func DownloadDir() string { return filepath.Join(Home(), "downloads") }

// draftPath returns a path for a new draft, named by the time.
func draftPath(now time.Time) (string, error) {
	dir := DraftDir()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make a folder for drafts: %w: set GANVAS_HOME to a folder that can be written", err)
	}
	base := now.Format("2006-01-02 15.04.05")
	for i := 1; ; i++ {
		name := base
		if i > 1 {
			name = fmt.Sprintf("%s (%d)", base, i)
		}
		path := filepath.Join(dir, name+".ganvas")
		if _, err := os.Lstat(path); os.IsNotExist(err) {
			return path, nil
		}
	}
}
