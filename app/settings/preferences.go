package settings

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxRecent is how many projects File ▸ Open recent lists, and maxData how many data of one's own
// the Data page keeps.
const maxRecent, maxData = 10, 6

// Preferences are what is remembered from one start to the next. Fyne's own are emptied before they
// are written, so that what ends the program in that instant would lose them.
type Preferences struct{ *Store }

// Schemes are the choices of light and dark.
var Schemes = []string{"system", "light", "dark"}

// PlainPictures is the name of the preference whether pictures are written without how they were
// made.
const PlainPictures = "pictures.plain"

// LessMotion is the name of the preference whether pictures that move by themselves stand still.
const LessMotion = "motion.less"

// FileName is the file of the preferences in the home folder.
const FileName = "settings.json"

// WindowSize returns the remembered size, or the default; never smaller than the window is usable
// at: on a screen of 1440×900 pixels at scale 2.
func (p Preferences) WindowSize() (width, height float32) {
	return float32(max(720, p.FloatWithFallback("window.width", 1280))), float32(max(450, p.FloatWithFallback("window.height", 800)))
}

// SetWindowSize remembers a size.
func (p Preferences) SetWindowSize(width, height float32) {
	p.SetFloat("window.width", float64(width))
	p.SetFloat("window.height", float64(height))
}

// Scheme returns one of Schemes.
func (p Preferences) Scheme() string {
	if s := p.String("scheme"); slices.Contains(Schemes, s) {
		return s
	}
	return "system"
}

// SetScheme remembers it.
func (p Preferences) SetScheme(s string) { p.SetString("scheme", s) }

// EnergySaving tells whether training is limited to one processor.
func (p Preferences) EnergySaving() bool { return p.Bool("energy") }

// SetEnergySaving remembers it.
func (p Preferences) SetEnergySaving(on bool) { p.SetBool("energy", on) }

// Recent returns the absolute paths of projects, newest first.
func (p Preferences) Recent() []string { return p.StringList("recent") }

// AddRecent makes a project the newest of the recent ones, and the last.
func (p Preferences) AddRecent(path string) {
	p.addNewest("recent", path, maxRecent)
	p.SetString("last", path)
}

// RemoveRecent forgets a project.
func (p Preferences) RemoveRecent(path string) { p.remove("recent", path) }

// RecentData returns the absolute paths of data of one's own, newest first.
func (p Preferences) RecentData() []string { return p.StringList("data.recent") }

// AddRecentData makes data the newest of the recent ones, and keeps what of their files is an item,
// in words of the caller's; "" is as usual.
func (p Preferences) AddRecentData(path, parts string) {
	if list := p.RecentData(); len(list) == 0 || list[0] != path {
		p.addNewest("data.recent", path, maxData)
	}
	if p.Parts(path) != parts {
		p.updateList("data.parts", func(old []string) []string {
			lines := withoutParts(old, path)
			if parts != "" {
				lines = slices.Insert(lines, 0, path+"\n"+parts)
			}
			return lines[:min(len(lines), maxData)]
		})
	}
}

// Parts returns what AddRecentData was told of data; "": nothing.
func (p Preferences) Parts(path string) string {
	for _, line := range p.StringList("data.parts") {
		if parts, ok := strings.CutPrefix(line, path+"\n"); ok {
			return parts
		}
	}
	return ""
}

// withoutParts returns the lines of data.parts that are not about a path.
func withoutParts(lines []string, path string) []string {
	return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, path+"\n") })
}

// RemoveRecentData forgets data.
func (p Preferences) RemoveRecentData(path string) {
	p.remove("data.recent", path)
	p.updateList("data.parts", func(old []string) []string { return withoutParts(old, path) })
}

// addNewest puts a path at the head of a list of at most so many.
func (p Preferences) addNewest(list, path string, most int) {
	p.updateList(list, func(old []string) []string {
		paths := slices.DeleteFunc(old, func(s string) bool { return s == path })
		paths = slices.Insert(paths, 0, path)
		return paths[:min(len(paths), most)]
	})
}

// remove takes a path out of a list.
func (p Preferences) remove(list, path string) {
	p.updateList(list, func(old []string) []string {
		return slices.DeleteFunc(old, func(s string) bool { return s == path })
	})
}

// Last returns the project that was open last, "" if there is none.
func (p Preferences) Last() string { return p.String("last") }

// SetLast remembers the project that was open last; "" forgets it.
func (p Preferences) SetLast(path string) { p.SetString("last", path) }

// Folder returns the folder that was used last for a purpose, as remembered; "": none.
func (p Preferences) Folder(purpose string) string { return p.String("folder." + purpose) }

// FolderPath returns the folder that was used last for a purpose ("project", "data", "export"), or
// else the home folder.
func (p Preferences) FolderPath(purpose string) string {
	if path := p.Folder(purpose); path != "" {
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "."
	}
	return home
}

// SetFolder remembers the folder in which file is.
func (p Preferences) SetFolder(purpose, file string) {
	p.SetString("folder."+purpose, filepath.Dir(file))
}
