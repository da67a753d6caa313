// Licences writes the list of everything that the program contains, with the terms of each: the
// modules that are linked on any of the three systems, their fonts and C sources, what compilers
// and the installer for Windows add, and the data.
//
//	go run ./packaging/licences packaging/licences.txt
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: licences FILE.txt")
	}
	text, err := list()
	if err == nil {
		err = os.WriteFile(os.Args[1], text, 0o644)
	}
	if err != nil {
		log.Fatal("licences: ", err)
	}
}

// systems are those that packages are made for.
var systems = []string{"linux", "windows", "darwin"}

// tags are those that packages are built with.
const tags = "migrated_fynedo,no_emoji,nethttpomithttp2"

// A module is linked into the program.
type module struct {
	title   string          // its path and version
	dir     string          // its root
	folders map[string]bool // of the packages that are linked
}

// modules returns what the program links on any system, by title.
func modules() (map[string]*module, error) {
	all := map[string]*module{}
	for _, system := range systems {
		c := exec.Command("go", "list", "-deps", "-tags", tags, "-json=Dir,Standard,Module", ".")
		c.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		out, err := c.Output()
		if err != nil {
			return nil, fmt.Errorf("list the packages for %s: %w", system, err)
		}
		for d := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct {
				Dir      string
				Standard bool
				Module   *struct {
					Path, Version, Dir string
					Main               bool
				}
			}
			if err := d.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if p.Standard || p.Module == nil || p.Module.Main {
				continue
			}
			title := p.Module.Path + " " + p.Module.Version
			if all[title] == nil {
				all[title] = &module{title, p.Module.Dir, map[string]bool{}}
			}
			all[title].folders[p.Dir] = true
		}
	}
	return all, nil
}

var (
	licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents|unlicense)([-_.].*)?$|[-_]licen[cs]e(\.(txt|md))?$`)
	sourceName  = regexp.MustCompile(`\.(go|c|h|m|s|py|sh)$`)
)

// texts returns the licence files of a module: at its root, above the packages that are linked, and
// in folders without Go beside these, which hold fonts and C sources.
func (m *module) texts() ([]string, error) {
	above := map[string]bool{}
	for folder := range m.folders {
		for ; !above[folder] && strings.HasPrefix(folder, m.dir); folder = filepath.Dir(folder) {
			above[folder] = true
		}
	}
	var found []string
	err := filepath.WalkDir(m.dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && !above[path]:
			goFiles, _ := filepath.Glob(filepath.Join(path, "*.go"))
			if name := e.Name(); len(goFiles) > 0 || name == "testdata" || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
				return fs.SkipDir
			}
		case !e.IsDir() && licenceName.MatchString(e.Name()) && !sourceName.MatchString(e.Name()):
			found = append(found, path)
		}
		return nil
	})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("%s: no file with its terms in %s", m.title, m.dir)
	}
	return found, err
}

// A part is something in the program with a text of its own.
type part struct {
	titles []string
	text   string
}

// A listing collects parts. Those with the same text share it.
type listing struct {
	parts  []*part
	byText map[string]*part
}

func (l *listing) add(title, path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	text := tidy(string(content))
	if l.byText[text] == nil {
		l.byText[text] = &part{text: text}
		l.parts = append(l.parts, l.byText[text])
	}
	l.byText[text].titles = append(l.byText[text].titles, title+kind(text))
	return nil
}

func (l *listing) addModule(m *module) error {
	paths, err := m.texts()
	if err != nil {
		return err
	}
	for _, path := range paths {
		title := m.title
		if inside, _ := filepath.Rel(m.dir, path); len(paths) > 1 {
			title += ", " + filepath.ToSlash(inside)
		}
		if err := l.add(title, path); err != nil {
			return err
		}
	}
	return nil
}

// list returns the whole list.
func list() ([]byte, error) {
	all, err := modules()
	if err != nil {
		return nil, err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	l := &listing{byText: map[string]*part{}}
	for _, own := range [][2]string{
		{"Ganvas", "LICENSE"},
		{"Data that come with Ganvas", "datasets/data/README.md"},
		{"Go: compiler's runtime and standard library", filepath.Join(strings.TrimSpace(string(root)), "LICENSE")},
		{"C: GCC's runtime library", "packaging/windows/terms/libgcc.txt"},
		{"C on Windows: runtime of mingw-w64", "packaging/windows/terms/mingw-w64.txt"},
		{"Windows' installer: NSIS", "packaging/windows/terms/nsis.txt"},
	} {
		if err := l.add(own[0], own[1]); err != nil {
			return nil, err
		}
	}
	for _, title := range slices.Sorted(maps.Keys(all)) {
		if err := l.addModule(all[title]); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	for _, p := range l.parts {
		for _, title := range p.titles {
			fmt.Fprintln(&b, mark+title)
		}
		fmt.Fprintf(&b, "\n%s\n\n", p.text)
	}
	return b.Bytes(), nil
}

// mark begins the title of a part.
const mark = "### "

// tidy brings a text to one form of lines, none of which reads as a title.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\f")
		if strings.HasPrefix(line, mark) {
			line = strings.TrimLeft(line, "# ")
		}
		lines[i] = line
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n\f")
}

// kind returns the names of the licences that a text is, in brackets.
func kind(text string) string {
	var names []string
	for _, m := range licensecheck.Scan([]byte(text)).Match {
		if !m.IsURL && !slices.Contains(names, m.ID) {
			names = append(names, m.ID)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return " (" + strings.Join(names, ", ") + ")"
}
