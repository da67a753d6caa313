package session

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/datasets"
	"ganvas/engine/recipe"
	"ganvas/engine/wholefile"
)

// A ForeignDataError says that data would be read that the user has not chosen: a project from
// elsewhere names them. It is answered by asking, and with Options.ReadData if the answer is yes.
type ForeignDataError struct {
	Project string // the project file; "": a recipe names the data
	Data    string // as an absolute path
	Whole   bool   // a whole disk or a home folder, rather than a place for data
}

// Error says what would be read and what can be done.
func (e *ForeignDataError) Error() string {
	what := "read " + e.Data
	if e.Project != "" {
		what = "open " + e.Project
	}
	if e.Whole {
		return fmt.Sprintf("%s: its data would be all that lies in %s: choose a folder that holds the data and nothing else, or allow it", what, e.Data)
	}
	return fmt.Sprintf("%s: it names data that you have not opened before, %s: say where your copy of the data lies, or allow these to be read", what, e.Data)
}

// MayRead returns a *ForeignDataError if the data of a project's recipe must not be read before the
// user was asked. Data may be read that are built in, that lie beside or below the project, and
// that this user has read before. It does not touch others: on some systems to look for a file in a
// foreign place tells its owner who looks.
func MayRead(project string, r *recipe.Recipe) error {
	for _, source := range sourcesOf(r) {
		if err := mayRead(project, source); err != nil {
			return err
		}
	}
	return nil
}

func mayRead(project, source string) error {
	path := absolute(source)
	if slices.Contains(readBefore(), path) || beside(project, path) {
		return nil
	}
	return &ForeignDataError{Project: project, Data: path, Whole: holdsEverything(path)}
}

// mayRead is MayRead of the session's project, whose data the user may have chosen: then only its
// other sources are foreign.
func (s *Session) mayRead(r *recipe.Recipe, chosen bool) error {
	for _, source := range sourcesOf(r) {
		err := mayRead(s.file.Path(), source)
		if chosen && source == r.Data {
			err = checkSource(source)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// CheckSource returns a *ForeignDataError if a recipe that the user has chosen reads a whole disk
// or a home folder, which is hardly ever meant.
func CheckSource(r *recipe.Recipe) error {
	for _, source := range sourcesOf(r) {
		if err := checkSource(source); err != nil {
			return err
		}
	}
	return nil
}

func checkSource(source string) error {
	if path := absolute(source); holdsEverything(real(path)) && !slices.Contains(readBefore(), path) {
		return &ForeignDataError{Data: path, Whole: true}
	}
	return nil
}

// sourcesOf returns the files and folders that a recipe reads data from.
func sourcesOf(r *recipe.Recipe) (paths []string) {
	if !datasets.IsBuiltin(r.Data) {
		paths = append(paths, r.Data)
	}
	if l := r.Labels; l != "" && l != "none" && l != "folder" {
		paths = append(paths, l)
	}
	return paths
}

// beside reports whether source, an absolute path, lies in the folder of project or below it. Where
// that is a folder that holds everything of a person, this says nothing. Links that lead out of the
// folder lead to a foreign place.
func beside(project, source string) bool {
	folder := filepath.Dir(real(project))
	if holdsEverything(folder) {
		return false
	}
	named := below(filepath.Dir(absolute(project)), source) || below(folder, source)
	return named && below(folder, real(source))
}

func below(folder, path string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// holdsEverything reports whether a folder is the root of a disk, or the user's home or one that
// holds it.
func holdsEverything(path string) bool {
	if filepath.Dir(path) == path {
		return true
	}
	home, err := os.UserHomeDir()
	if err != nil || home == "" {
		return false
	}
	return below(path, home) || below(path, real(home))
}

// real returns an absolute path without symbolic links, as far as there are files.
func real(path string) string {
	abs := absolute(path)
	if p, err := filepath.EvalSymlinks(abs); err == nil {
		return p
	}
	if dir := filepath.Dir(abs); dir != abs {
		return filepath.Join(real(dir), filepath.Base(abs))
	}
	return abs
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// readList is the file, in Home, of the paths of data that the user has read. The newest come last.
const readList = "data-read.txt"

// mostRead is how many paths are remembered.
const mostRead = 1000

// readBefore returns the paths of data that the user has read before.
func readBefore() (paths []string) {
	text, err := os.ReadFile(filepath.Join(Home(), readList))
	if err != nil {
		return nil // then it is asked once more than needed
	}
	for line := range strings.Lines(string(text)) {
		if path, err := strconv.Unquote(strings.TrimSpace(line)); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// RememberRead notes that the user reads the data of a recipe. Where it cannot be noted, the user
// is asked again.
func RememberRead(r *recipe.Recipe) {
	known := readBefore()
	before := len(known)
	for _, source := range sourcesOf(r) {
		if path := absolute(source); !slices.Contains(known, path) {
			known = append(known, path)
		}
	}
	if len(known) == before {
		return
	}
	var b strings.Builder
	for _, path := range known[max(0, len(known)-mostRead):] {
		b.WriteString(strconv.Quote(path) + "\n")
	}
	if os.MkdirAll(Home(), 0o755) == nil {
		_ = wholefile.WriteBytes(filepath.Join(Home(), readList), wholefile.Replace, []byte(b.String()))
	}
}
