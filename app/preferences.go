package app

import (
	"os"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

// maxRecent is how many projects File ▸ Open recent lists.
const maxRecent = 10

// preferences are what is remembered from one start to the next. Fyne's own are emptied before they
// are written, so that what ends the program in that instant would lose them.
type preferences struct{ *store }

// settingsName is the file of the preferences in the home folder.
const settingsName = "settings.json"

// windowSize returns the remembered size, or the default; never smaller than the window is usable
// at.
func (p preferences) windowSize() fyne.Size {
	return fyne.NewSize(
		float32(max(900, p.FloatWithFallback("window.width", 1280))),
		float32(max(600, p.FloatWithFallback("window.height", 800))))
}

func (p preferences) setWindowSize(s fyne.Size) {
	p.SetFloat("window.width", float64(s.Width))
	p.SetFloat("window.height", float64(s.Height))
}

func (p preferences) scheme() string {
	if s := p.String("scheme"); slices.Contains(schemes, s) {
		return s
	}
	return "system"
}

func (p preferences) setScheme(s string) { p.SetString("scheme", s) }

// energySaving tells whether training is limited to one processor.
func (p preferences) energySaving() bool { return p.Bool("energy") }

func (p preferences) setEnergySaving(on bool) { p.SetBool("energy", on) }

// recent returns the absolute paths of projects, newest first.
func (p preferences) recent() []string { return p.StringList("recent") }

func (p preferences) addRecent(path string) {
	p.updateList("recent", func(list []string) []string {
		list = slices.DeleteFunc(list, func(s string) bool { return s == path })
		list = slices.Insert(list, 0, path)
		return list[:min(len(list), maxRecent)]
	})
	p.SetString("last", path)
}

func (p preferences) removeRecent(path string) {
	p.updateList("recent", func(list []string) []string {
		return slices.DeleteFunc(list, func(s string) bool { return s == path })
	})
}

// last returns the project that was open last, empty if it is gone.
func (p preferences) last() string {
	path := p.String("last")
	if path == "" || !exists(path) {
		return ""
	}
	return path
}

// folder returns the folder that was used last for a purpose ("project", "data", "export"), nil to
// leave it to the dialog.
func (p preferences) folder(purpose string) fyne.ListableURI {
	path := p.String("folder." + purpose)
	if path == "" {
		return nil
	}
	u, err := storage.ListerForURI(storage.NewFileURI(path))
	if err != nil {
		return nil
	}
	return u
}

// folderPath is folder as a path; without a remembered one it is the home folder.
func (p preferences) folderPath(purpose string) string {
	if path := p.String("folder." + purpose); path != "" && exists(path) {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return home
}

// setFolder remembers the folder in which file is.
func (p preferences) setFolder(purpose, file string) {
	p.SetString("folder."+purpose, filepath.Dir(file))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
